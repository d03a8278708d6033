"""What step 2.5 says: findings made from its figures; those about individuals are personal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.findings import goals_and_feedback as development
from reviewkit.findings import people as fair
from reviewkit.findings import people_bias
from reviewkit.model import Edition, Evidence, Finding
from reviewkit.present.words import percent, plural

ASPECTS = {aspect.id: aspect for aspect in fair.ASPECTS}


PERSONAL: tuple[Edition, ...] = ("team", "managers")


_ALL: tuple[Edition, ...] = ("team", "leadership", "managers")


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


def _finding(
    kind: str, subject: str, statement: str, made: dict[str, Any], rows: int, source: str, rule: str
) -> Finding:
    evidence = Evidence(source=source, rule=rule, rows=rows)
    return Finding.of(
        "2.5", kind, subject, statement=statement, figures=made, evidence=(evidence,), audience=_ALL
    )


def fairness_findings(rates: pd.DataFrame) -> list[Finding]:
    """Return how many agents raw figures would have placed wrongly."""
    found = []
    for row in people_bias.moved_by_adjusting(rates).to_dict("records"):
        name = ASPECTS[row["measure"]].name
        text = (
            f"{name}: raw figures would have placed {row['moved']} of "
            f"{plural(row['agents'], 'agent')} among the best or weakest "
        )
        text += "quarter who do not belong there once case mix and small numbers are allowed for."
        made = {"moved": row["moved"], "agents": row["agents"]}
        found.append(
            _finding("fairness", row["measure"], text, made, row["agents"], "contacts", fair.RULES[0])
        )
    return found


def bias_findings(rates: pd.DataFrame) -> list[Finding]:
    """Return how far what customers feel agrees with what was done."""
    link = people_bias.agreement(rates) if len(rates) else None
    if not link:
        return []
    clear = link["lower"] > 0 or link["upper"] < 0
    strength = (
        "go together"
        if link["lower"] > 0
        else ("go against one another" if link["upper"] < 0 else "cannot be shown to go together")
    )
    text = f"Agents' first-contact resolution and the scores customers give them {strength} "
    text += (
        f"(rank correlation {link['correlation']:.2f}, 95% interval {link['lower']:.2f} to "
        f"{link['upper']:.2f}, {link['n']:.0f} agents)"
    )
    text += "." if clear and link["lower"] > 0 else ": scores alone should not decide about anybody."
    return [
        _finding(
            "bias",
            "resolution_and_csat",
            text,
            dict(link),
            int(link["n"]),
            "contacts",
            "Spearman, adjusted figures",
        )
    ]


def goal_findings(quality: pd.DataFrame) -> list[Finding]:
    """Return how many goals on file can be worked with."""
    if quality.empty:
        return []
    table = development.goal_summary(quality)
    whole, weakest = table.iloc[-1], table.iloc[:-1].sort_values("share").iloc[0]
    text = (
        f"{whole['met']} of {plural(len(quality), 'goal')} on file are specific, measurable, "
        f"relevant and time-bound; "
    )
    text += f"most often missing: {weakest['letter'].lower()} ({weakest['goals'] - weakest['met']} goals)."
    made = {"smart": int(whole["met"]), "goals": len(quality)}
    return [
        _finding(
            "goals", "smart", text, made, len(quality), "goals", "Letters of SMART by what is written down"
        )
    ]


def feedback_findings(given: pd.DataFrame, rates: pd.DataFrame) -> list[Finding]:
    """Return cadence, balance, specificity and timeliness, and whether good work is praised."""
    if given.empty:
        return []
    made = development.feedback_summary(given)
    text = f"Each person on file received {made['per_receiver_month']:.1f} pieces of feedback a month; "
    text += f"{percent(made['praise'])} was praise, {percent(made['specific'])} named an act and its effect, "
    text += f"{percent(made['timely'])} came within {development.LATE_DAYS} days."
    found = [
        _finding(
            "feedback",
            "quality",
            text,
            made,
            len(given),
            "feedback_given",
            "Shares of the feedback that says so",
        )
    ]
    good = set(one_each(rates).loc[lambda rows: rows["standing"] == "recognise", "agent"])
    praised = set(given.loc[given["kind"] == "praise", "receiver"])
    if len(good) >= 10:
        share = len(good & praised) / len(good)
        statement = f"{percent(share)} of those whose results stand out have praise on file."
        found.append(
            _finding(
                "feedback",
                "praise",
                statement,
                {"share": share},
                len(good),
                "feedback_given",
                "Receivers of praise",
            )
        )
    return found


def standing_words(people: pd.DataFrame, gate: Discloser, edition: Edition) -> list[str]:
    """Return how many stand out, as exactly as the edition may know."""
    each = one_each(people)
    if each.empty:
        return []
    total = len(each)
    counts = [
        gate.count(int((each["standing"] == key).sum()), total, edition) for key in ("recognise", "support")
    ]
    whose = "" if counts[0].endswith(f"of {total}") else f" of {total}"
    text = (
        f"Judged on like cases, {counts[0]}{whose} agents stand out for recognition; for "
        f"{counts[1]} a person should consider support."
    )
    return [text]


def standing_findings(rates: pd.DataFrame, gate: Discloser) -> list[Finding]:
    """Return the counts of standings as a finding for team and managers, and in words for leadership."""
    found = []
    ways: tuple[tuple[str, Edition, tuple[Edition, ...]], ...] = (
        ("counts", "managers", PERSONAL),
        ("bands", "leadership", ("leadership",)),
    )
    for subject, edition, audience in ways:
        for text in standing_words(rates, gate, edition):
            evidence = Evidence(source="contacts", rule=fair.RULES[3], rows=int(rates["agent"].nunique()))
            found.append(
                Finding.of(
                    "2.5", "standing", subject, statement=text, evidence=(evidence,), audience=audience
                )
            )
    return found


def person_findings(rates: pd.DataFrame) -> list[Finding]:
    """Return one personal finding for each agent with a standing."""
    rows = one_each(rates)
    return [_person(row) for row in rows[rows["standing"] != ""].to_dict("records")]


def _person(row: Mapping[Any, Any]) -> Finding:
    words = "recognise" if row["standing"] == "recognise" else "consider support, after a conversation"
    where = f" ({row['team'] or row['site']})" if row["team"] or row["site"] else ""
    return Finding.of(
        "2.5",
        "person",
        row["agent"],
        statement=f"{row['agent']}{where}: {words}. {row['reason'][0].upper()}{row['reason'][1:]}.",
        figures={"standing": row["standing"], "contacts": int(row["n"])},
        evidence=(Evidence(source="contacts", rule=fair.RULES[3], rows=int(row["n"])),),
        audience=PERSONAL,
        personal=True,
    )
