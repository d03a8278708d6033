"""SMART, checked letter by letter: each passes, or says why it does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.findings.goals.dates import dates_in
from reviewkit.findings.goals.words import beyond_reach, read_specific
from reviewkit.findings.wording import filled

from .owners import stranger
from .rows import records

LETTERS = ("specific", "measurable", "achievable", "relevant", "time_bound")


def smart(
    actions: pd.DataFrame,
    *,
    as_of: pd.Timestamp,
    latest_due: pd.Timestamp | None = None,
    roles: frozenset[str] = frozenset(),
    lags: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """Return the actions with a column a letter, empty where it passes, and ``smart``.

    Specific: names an act and something concrete it is done to, as goals on file are read
    (:mod:`reviewkit.findings.goals.words`), and who answers for it: a role that somebody
    in the register has, where there is one. Measurable: a known measure, of
    which one way is better, with baseline and target, the target better than the baseline. Achievable:
    the target is no better than a level that was sustained for half a year, or says openly
    that it is a stretch. Relevant: it acts on a gap, on a cause that no test contradicts.
    Time-bound: starts and is due, in that order, not in the past, within the plan, and no sooner than
    its measure can show it.

    Parameters
    ----------
    actions : ``what, owner, measure, unit, direction, baseline, target, starts, due, sustained,
        stretch`` (text of a stated stretch), ``gap_ids, verdict``.
    as_of : date up to which the data reach. latest_due : end of the plan or contract.
    roles : as :func:`reviewkit.plan.owners.known_roles` returns them; empty where there is no register.
    lags : weeks until what is done can show, by measure; only those that have a lag.

    Examples
    --------
    >>> action = {"what": "Train on the five reasons that come back most", "owner": "training lead",
    ...     "measure": "fcr", "unit": "percent", "direction": "increase", "baseline": 60.0, "target": 75.0,
    ...     "starts": pd.Timestamp("2025-07-01"), "due": pd.Timestamp("2025-12-31"), "sustained": 70.0,
    ...     "stretch": "", "gap_ids": "2.1/gap/fcr", "verdict": "supported"}
    >>> checked = smart(pd.DataFrame([action]), as_of=pd.Timestamp("2025-06-30"))
    >>> bool(checked["smart"][0]), checked["achievable"][0]
    (False, 'nobody has sustained more than 70.0% for half a year, and no stretch is stated')
    """
    checked = [
        {
            "specific": _specific(row, as_of, roles),
            "measurable": _measurable(row),
            "achievable": _achievable(row),
            "relevant": _relevant(row),
            "time_bound": _time_bound(row, as_of, latest_due, (lags or {}).get(str(row["measure"]), 0)),
        }
        for row in records(actions)
    ]
    letters = pd.DataFrame(checked, columns=list(LETTERS), index=actions.index, dtype="str")
    result = actions.drop(columns=[*LETTERS, "smart"], errors="ignore").join(letters)
    return result.assign(smart=(letters == "").all(axis=1))


def _specific(row: Mapping[str, Any], as_of: pd.Timestamp, roles: frozenset[str]) -> str:
    what = row["what"] if filled(row["what"]) else ""
    lacks = read_specific(what, dates=dates_in(what, as_of.date())).lacks
    if lacks:
        return lacks
    if not filled(row["owner"]):
        return "nobody is named by role to answer for it"
    return f"the register has nobody with the role {row['owner']}" if stranger(row["owner"], roles) else ""


def _measurable(row: Mapping[str, Any]) -> str:
    if not filled(row["measure"]):
        return "no measure would show it"
    if not filled(row["unit"]):
        return f"no measure of this engagement is called '{row['measure']}'"
    if row["direction"] == "neutral":
        return "of its measure nobody has said which way is better"
    for name in ("baseline", "target"):
        if pd.isna(row[name]):
            return f"it has no {name}"
    gain = float(row["target"]) - float(row["baseline"])
    if row["direction"] == "decrease":
        gain = -gain
    return "" if gain > 0 else "the target is no better than the baseline"


def _achievable(row: Mapping[str, Any]) -> str:
    if pd.isna(row["target"]):
        return "without a target nobody can tell"
    if filled(row["stretch"]):
        return ""
    if pd.isna(row["sustained"]):
        return "no level is known to have been sustained, and no stretch is stated"
    lacks = beyond_reach(
        float(row["target"]), float(row["sustained"]), str(row["direction"]), str(row["unit"])
    )
    return f"{lacks}, and no stretch is stated" if lacks else ""


def _relevant(row: Mapping[str, Any]) -> str:
    if not filled(row["gap_ids"]):
        return "it acts on no gap that was found"
    return "the test contradicts the cause it acts on" if row["verdict"] == "contradicted" else ""


def _time_bound(
    row: Mapping[str, Any], as_of: pd.Timestamp, latest_due: pd.Timestamp | None, lag: int
) -> str:
    if pd.isna(row["starts"]) or pd.isna(row["due"]):
        return "it has no start or no end"
    if row["due"] <= row["starts"]:
        return "it is due before it starts"
    if row["due"] <= as_of:
        return "its date has passed"
    if latest_due is not None and row["due"] > latest_due:
        return f"it is due after the plan ends on {_day(latest_due)}"
    first = row["starts"] + pd.Timedelta(weeks=lag)
    if lag and row["due"] <= first:
        return f"its measure counts people {lag} weeks later and cannot show it before {_day(first)}"
    return ""


def _day(day: pd.Timestamp) -> str:
    return f"{day.day}.{day:%m.%Y}"
