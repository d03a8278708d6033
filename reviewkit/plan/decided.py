"""What was decided about recommendations, laid over what the analysis proposes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from reviewkit.content import Intervention, load_causes
from reviewkit.findings.wording import filled
from reviewkit.model.words import inline

from .choice import SETTLE
from .estimates import Estimate, told
from .places import acts_at
from .rows import records

_BEGIN = re.compile(r" Begin at [^.]*\.")
DECISIONS = ("proposed", "amended", "agreed", "overruled")
PREFIX = "3.1/recommendation/"
NO_LONGER = "Agreed earlier; the figures of this run no longer lead to it."


def latest_decisions(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the latest decision about each recommendation, in the order they were taken.

    Parameters
    ----------
    decisions : evidence table ``decisions``; those about other findings, and edits of words, are left out.
    """
    mine = decisions[
        decisions["finding_id"].str.startswith(PREFIX, na=False) & decisions["decision"].isin(DECISIONS)
    ]
    return mine.sort_values("decided_on", kind="stable").drop_duplicates("finding_id", keep="last")


def unplaced(table: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the latest decisions about recommendations that the table does not hold.

    They are about what this run no longer makes and the library no longer knows, or about what was
    proposed or overruled and is not made any more: nothing decided goes unsaid.

    Parameters
    ----------
    table : as :func:`with_decisions` returns it. decisions : evidence table ``decisions``.
    """
    latest = latest_decisions(decisions)
    return latest[~latest["finding_id"].isin(list(table["recommendation_id"]))].reset_index(drop=True)


def with_decisions(
    table: pd.DataFrame,
    decisions: pd.DataFrame,
    interventions: Mapping[str, Intervention],
    causes: pd.DataFrame | None = None,
    estimates: Mapping[str, Estimate] | None = None,
    sites: Collection[str] = (),
) -> pd.DataFrame:
    """Return the recommendations with status, role, date and dissent; nothing agreed goes missing.

    The latest decision counts. An agreed or amended recommendation that the analysis no longer
    makes stays in the table, with ``flag`` saying so: a later run never overturns it silently.

    Parameters
    ----------
    table : as :func:`reviewkit.plan.recommendations` returns it.
    decisions : evidence table ``decisions``.
    causes : of step 2.1; where every test of the causes it acts on now contradicts them, the flag says so.
    estimates : recommendation -> what people estimate of it, which holds for what is kept here as well.
    sites : all there are; where a reason names some, it says where to begin, in place of the analysis.

    Examples
    --------
    >>> from reviewkit.content import load_interventions
    >>> from reviewkit.plan import empty_recommendations
    >>> decided = pd.DataFrame([{"finding_id": "3.1/recommendation/three_priorities", "decision": "agreed",
    ...     "role": "sponsor", "reason": "", "words": "", "dissent": "Finance would wait.",
    ...     "decided_on": pd.Timestamp("2025-06-01")}])
    >>> found = with_decisions(empty_recommendations(), decided, load_interventions())
    >>> found[["status", "dissent", "flag"]].values.tolist()
    [['agreed', 'Finance would wait.', 'Agreed earlier; the figures of this run no longer lead to it.']]
    """
    rows = records(table)
    known = {row["recommendation_id"]: row for row in rows}
    for decision in records(latest_decisions(decisions)):
        row = known.get(decision["finding_id"])
        if row is None:
            row = _kept(decision, interventions, causes, (estimates or {}).get(decision["finding_id"]))
            if row is None:
                continue
            rows.append(row)
        row.update(_decided(decision, row, sites))
    if not rows:
        return table
    result = pd.DataFrame(rows, columns=list(table.columns))
    return result.assign(decided_on=pd.to_datetime(result["decided_on"]).astype("datetime64[us]"))


def _decided(decision: Mapping[str, Any], row: Mapping[str, Any], sites: Collection[str]) -> dict[str, Any]:
    words = decision["words"] if filled(decision["words"]) else ""
    reason = str(decision["reason"]).strip() if filled(decision.get("reason")) else ""
    what = str(row["what"])
    if acts_at(reason, sites):
        what = _BEGIN.sub("", what)  # people said where it begins: our own proposal is out of date
    noted = f"{what} As decided: {reason}" if reason else row["what"]
    return {
        "status": decision["decision"],
        "role": decision["role"],
        "decided_on": decision["decided_on"],
        "dissent": decision["dissent"] if filled(decision["dissent"]) else "",
        "what": words or noted,
        "first": row["first"] and decision["decision"] != "overruled",
    }


def _kept(
    decision: Mapping[str, Any],
    interventions: Mapping[str, Intervention],
    causes: pd.DataFrame | None,
    estimate: Estimate | None,
) -> dict[str, Any] | None:
    """A row for what was agreed although this run does not propose it."""
    name, _, subject = str(decision["finding_id"]).removeprefix(PREFIX).partition("/")
    entry = interventions.get(name)
    if entry is None or decision["decision"] not in ("agreed", "amended"):
        return None
    says = told(entry.impact, entry.effort, entry.days, entry.weeks, "")
    estimate = estimate or Estimate()
    entry, impact = estimate.over(entry), estimate.impact or entry.impact
    missing = dict.fromkeys(("return_low", "return_high", "first_year_low", "first_year_high"), float("nan"))
    texts = "department gap_ids cause verdict measure site expected assumptions"
    names = "title type what why effort stop effect_contract effect_improvement owner days weeks shows"
    names += " watch strength"
    settled = entry.id == SETTLE and bool(subject)
    title = f"Settle what lies behind the gap in {subject.replace('_', ' ')}" if settled else entry.title
    return {
        **dict.fromkeys(texts.split(), ""),
        **{name: getattr(entry, name) for name in names.split()},
        **missing,
        "title": title,
        "support": entry.evidence,
        "recommendation_id": decision["finding_id"],
        "intervention": entry.id,
        "action_area": entry.action_areas[0],
        "department": "common",
        "impact": impact,
        "library_says": says,
        "estimated": "",
        "priority": 0.0,
        "first": False,
        "flag": f"{NO_LONGER}{_contradicted(entry, causes)}",
    }


def _contradicted(entry: Intervention, causes: pd.DataFrame | None) -> str:
    """Return what the tests of this run say against the cause an intervention is meant for; "" if nothing."""
    if causes is None or causes.empty or entry.id == SETTLE:
        return ""
    mine = causes.loc[causes["cause"].eq(entry.causes[0]), "verdict"]
    if mine.empty or not mine.eq("contradicted").all():
        return ""
    return f" The tests now contradict its cause, {inline(load_causes()[entry.causes[0]].name)}."
