"""People: improvement plans to consider, development of leaders, feedback and recognition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from reviewkit.content import load_competencies
from reviewkit.findings.wording import amount
from reviewkit.model import Measure

from .rows import records

CHECKS_WEEKS = (2, 4, 8)
PLAN_COLUMNS: tuple[str, ...] = (
    "agent",
    "team",
    "site",
    "measure",
    "name",
    "unit",
    "baseline",
    "target",
    "starts",
    "first_check",
)
PLAN_COLUMNS += ("second_check", "ends", "what", "support", "reason")


def improvement_plans(
    people: pd.DataFrame, measures: Sequence[Measure], starts: pd.Timestamp
) -> pd.DataFrame:
    """Return an improvement plan for each person and measure where support should be considered.

    Only measures in which the person is worse than all together, with the interval clear of them
    (``lower, upper`` against ``centre``), come into it: nobody is asked to improve what is as good
    as others'. A person decides whether there is to be one. The target is the median of all that
    were judged on the measure: a level half of them hold, so one that is within reach. Figures are
    those that allow for small numbers and mix of work (``shrunk``).

    Parameters
    ----------
    people : table of step 2.5: ``agent, team, site, measure, shrunk, lower, upper, centre, standing,
        reason``.
    starts : first day of the plan; checks follow after two, four and eight weeks.

    Examples
    --------
    >>> people = pd.DataFrame({"agent": ["a", "b", "c"], "team": "T", "site": "S", "measure": "fcr",
    ...     "shrunk": [60.0, 70.0, 72.0], "standing": ["support", "", ""],
    ...     "lower": [54, 64, 66], "upper": [66, 76, 78], "centre": 68, "reason": ["below", "", ""]})
    >>> fcr = Measure(id="fcr", name="Resolution", unit="percent", direction="increase", table="contacts",
    ...               numerator="sum(resolved)")
    >>> plans = improvement_plans(people, [fcr], pd.Timestamp("2025-07-01"))
    >>> plans[["agent", "baseline", "target"]].values.tolist()
    [['a', 60.0, 70.0]]
    """
    if people.empty:
        return pd.DataFrame(columns=list(PLAN_COLUMNS))
    known = {measure.id: measure for measure in measures}
    medians = people.groupby("measure")["shrunk"].median()
    ways = {measure.id: measure.direction for measure in measures}
    way = people["measure"].map(ways)
    worse = (way.eq("increase") & (people["upper"] < people["centre"])) | (
        way.eq("decrease") & (people["lower"] > people["centre"])
    )
    chosen = people[people["standing"].eq("support") & worse]
    rows = [
        _plan(row, known[row["measure"]], float(medians[row["measure"]]), starts) for row in records(chosen)
    ]
    return pd.DataFrame(rows, columns=list(PLAN_COLUMNS))


def leader_development(capability: pd.DataFrame) -> pd.DataFrame:
    """Return for each competency how many leaders fall short, by how much, and by which route to close it.

    It holds no individuals. ``leaders`` counts those short by enough to have a route,
    ``assessed`` all that were assessed; ``gap`` is the mean shortfall of those short on the
    scale of 1 to 5.

    Parameters
    ----------
    capability : table of step 2.4: ``stakeholder_id, competency, gap, kind, route``.

    Examples
    --------
    >>> gaps = pd.DataFrame({"stakeholder_id": ["a", "b"], "competency": "coaching", "gap": [1.5, -0.5],
    ...                      "kind": "teachable", "route": ["coaching", ""]})
    >>> leader_development(gaps)[["leaders", "assessed", "gap", "route"]].values.tolist()
    [[1, 2, 1.5, 'coaching']]
    """
    names = ["competency", "name", "kind", "leaders", "assessed", "gap", "route"]
    if capability.empty:
        return pd.DataFrame(columns=names)
    known = load_competencies()
    rows = []
    for competency, part in capability.groupby("competency", sort=False):
        short = part[part["gap"].gt(0) & part["route"].ne("")]
        routes = short["route"].mode() if len(short) else short["route"]
        entry = known.get(str(competency))
        rows.append(
            {
                "competency": competency,
                "name": entry.name if entry else str(competency),
                "kind": part["kind"].iloc[0],
                "leaders": short["stakeholder_id"].nunique(),
                "assessed": part["stakeholder_id"].nunique(),
                "gap": float(short["gap"].mean()) if len(short) else 0.0,
                "route": str(routes.iloc[0]) if len(routes) else "",
            }
        )
    table = pd.DataFrame(rows, columns=names)
    return table[table["leaders"] > 0].sort_values(["gap", "leaders"], ascending=False).reset_index(drop=True)


def feedback_routine(feedback: pd.DataFrame) -> pd.DataFrame:
    """Return the habits of feedback and recognition: what is aimed at, and how it is now.

    Parameters
    ----------
    feedback : evidence table ``feedback_given``; may be empty, and then ``now`` says so.

    Returns
    -------
    ``habit, aim, now``: one row each for cadence, balance, specificity and timeliness.

    Examples
    --------
    >>> given = pd.DataFrame({"at": pd.to_datetime(["2025-01-01", "2025-01-29"]), "receiver": ["a", "a"],
    ...     "giver": "m", "kind": ["praise", "correction"], "specific": [True, False], "days_after": [1, 9]})
    >>> feedback_routine(given)["now"].tolist()
    ['every 28 days', '1.0 to 1', '50%', '5 days']
    """
    aims = {
        "Cadence: a one-to-one with each person": "every 14 days",
        "Balance: praise to correction": "3 to 1",
        "Specificity: names an act and its effect": "90%",
        "Timeliness: days between act and feedback": "2 days",
    }
    now = ["not recorded"] * 4 if feedback.empty else _feedback_now(feedback)
    return pd.DataFrame({"habit": list(aims), "aim": list(aims.values()), "now": now})


def _feedback_now(feedback: pd.DataFrame) -> list[str]:
    ordered = feedback.sort_values("at")
    days = ordered["at"].map(lambda at: pd.Timestamp(at).toordinal()).groupby(ordered["receiver"]).diff()
    praise, correction = (int(feedback["kind"].eq(kind).sum()) for kind in ("praise", "correction"))
    specific, late = feedback["specific"].dropna(), feedback["days_after"].dropna()
    return [
        f"every {float(days.median()):.0f} days" if days.notna().any() else "not recorded",
        f"{praise / correction:.1f} to 1" if correction else "no correction recorded",
        f"{float(specific.astype('float64').mean()):.0%}" if len(specific) else "not recorded",
        f"{float(late.astype('float64').median()):.0f} days" if len(late) else "not recorded",
    ]


def _plan(row: dict[str, Any], measure: Measure, median: float, starts: pd.Timestamp) -> dict[str, Any]:
    first, second, last = (starts + pd.Timedelta(weeks=weeks) for weeks in CHECKS_WEEKS)
    level = amount(median, measure.unit, measure.decimals)
    return {
        "agent": row["agent"],
        "team": row["team"],
        "site": row["site"],
        "measure": measure.id,
        "name": measure.name,
        "unit": measure.unit,
        "baseline": float(row["shrunk"]),
        "target": median,
        "starts": starts,
        "first_check": first,
        "second_check": second,
        "ends": last,
        "what": f"Reach {level}, which half of colleagues hold, with one thing to try at a time",
        "support": "An hour a week side by side with the team lead, and time off the queue to practise",
        "reason": row["reason"],
    }
