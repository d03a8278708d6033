"""What step 2.5 says of individuals: counts of standings, and findings that are personal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.findings.people import compared as fair
from reviewkit.model import Edition, Evidence, Finding
from reviewkit.present.words import number

ASPECTS = {aspect.id: aspect for aspect in fair.ASPECTS}
OBJECTIVE = [aspect.id for aspect in fair.ASPECTS if aspect.role == "objective"]
PERSONAL: tuple[Edition, ...] = ("team", "managers")
ALL: tuple[Edition, ...] = ("team", "leadership", "managers")
WAYS: tuple[tuple[str, Edition, tuple[Edition, ...]], ...] = (
    ("counts", "team", PERSONAL),
    ("bands", "leadership", ("leadership",)),
)
"""Counts of people are said twice: exactly for those who may know who they are, in bands for leadership."""


def unit_of(aspect: fair.Aspect) -> str:
    """Return the unit in which an aspect is shown."""
    return {"share": "percent"}.get(aspect.kind, "seconds" if aspect.column == "handle_seconds" else "score")


def people_table(rates: pd.DataFrame) -> pd.DataFrame:
    """Return the table handed on: one row an agent and measure, with the standing and its reason."""
    figures = [name for name in fair.COLUMNS if name != "adjusted"]
    return rates[[*figures, "standing", "reason"]].reset_index(drop=True)


def one_each(people: pd.DataFrame) -> pd.DataFrame:
    """Return one row an agent."""
    return people.drop_duplicates("agent")


def finding(
    kind: str,
    subject: str,
    statement: str,
    made: dict[str, Any],
    rows: int,
    rule: str,
    audience: tuple[Edition, ...] = ALL,
) -> Finding:
    """Return a finding of step 2.5 that rests on contacts."""
    evidence = Evidence(source="contacts", rule=rule, rows=rows)
    return Finding.of(
        "2.5", kind, subject, statement=statement, figures=made, evidence=(evidence,), audience=audience
    )


def standing_words(people: pd.DataFrame, gate: Discloser, edition: Edition, agents: int = 0) -> list[str]:
    """Return how many stand out, as exactly as the edition may know; nothing where there is nobody.

    ``agents`` is how many there are with those who are not judged, where it is known.
    """
    if people.empty:
        return []
    each = one_each(people[people["measure"].isin(OBJECTIVE)])
    if each.empty:
        return [
            "What agents achieve is not on file, contact by contact, so nobody is singled out: time taken "
            "and scores alone decide about nobody."
        ]
    total = max(agents, len(each))
    may_know: Edition = "team" if edition in PERSONAL else edition
    out = {key: int((each["standing"] == key).sum()) for key in ("recognise", "support")}
    counts = [gate.count(n, total, may_know) for n in out.values()]
    whose = "" if counts[0].endswith(f"of {total}") else f" of {total}"
    stand = "stands" if out["recognise"] == 1 else "stand"
    text = (
        f"Judged on like cases, {counts[0]}{whose} agents {stand} out for recognition; for "
        f"{counts[1]} a person should consider support."
    )
    return [text]


def standing_findings(rates: pd.DataFrame, gate: Discloser, agents: int = 0) -> list[Finding]:
    """Return the counts of standings as a finding for team and managers, and in words for leadership."""
    agents = agents or (int(rates["agent"].nunique()) if len(rates) else 0)
    return [
        finding("standing", subject, text, {}, agents, fair.RULES[3], audience)
        for subject, edition, audience in WAYS
        for text in standing_words(rates, gate, edition, agents)
    ]


def person_findings(rates: pd.DataFrame) -> list[Finding]:
    """Return one personal finding for each agent with a standing, with the figures it rests on."""
    if rates.empty:
        return []
    judged = rates[rates["measure"].isin(OBJECTIVE)]
    agents = judged.groupby("measure")["agent"].nunique()
    apart = one_each(judged[(judged["standing"] != "") & (judged["side"] != "")])
    return [_person(row, int(agents[row["measure"]])) for row in apart.to_dict("records")]


_ADVICE = {
    "recognise": "recognise",
    "support": "consider support or an improvement plan, after a conversation",
}


def _person(row: Mapping[Any, Any], agents: int) -> Finding:
    where = f" ({row['team'] or row['site']})" if row["team"] or row["site"] else ""
    unit = unit_of(ASPECTS[row["measure"]])
    level, low, high, whole = (number(row[name], unit) for name in ("shrunk", "lower", "upper", "centre"))
    text = (
        f"{row['agent']}{where}: {_ADVICE[row['standing']]}. {row['reason'][0].upper()}{row['reason'][1:]}: "
        f"{level} (95% interval {low} to {high}) beside {whole} for colleagues on like contacts, on "
        f"{row['n']:,} contacts; rank {row['rank']} of {agents} (95% interval {row['rank_lower']} to "
        f"{row['rank_upper']})."
    )
    ranks = {name: int(row[name]) for name in ("rank", "rank_lower", "rank_upper")}
    made = {"standing": row["standing"], "contacts": int(row["n"]), **ranks, "q_value": float(row["q_value"])}
    return Finding.of(
        "2.5",
        "person",
        row["agent"],
        statement=text,
        figures=made,
        evidence=(Evidence(source="contacts", rule=fair.RULES[3], rows=int(row["n"])),),
        audience=PERSONAL,
        personal=True,
    )
