"""People's performance judged fairly: like cases compared, small numbers drawn in, doubt shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from reviewkit.performance import shrink, shrink_means

if TYPE_CHECKING:
    import ibis

MIX = ("reason", "readiness")
"""What makes one contact harder than another."""
AT_SITE = (*MIX, "site")
"""Agents are compared within their site: nobody answers for its systems, training or staffing."""
FEWEST = 30
"""Contacts below which nobody is judged."""


@dataclass(frozen=True)
class Aspect:
    """One way of looking at an agent's work: a column of contacts and which way is better."""

    id: str
    column: str
    name: str
    kind: Literal["share", "mean"]
    direction: Literal["increase", "decrease"]
    role: Literal["objective", "subjective", "shown"]
    scale: float = 1.0


ASPECTS = (
    Aspect(
        "first_contact_resolution",
        "resolved",
        "First-contact resolution",
        "share",
        "increase",
        "objective",
        scale=100,
    ),
    Aspect("handle_time", "handle_seconds", "Handle time", "mean", "decrease", "shown"),
    Aspect("csat", "csat", "Customer satisfaction", "mean", "increase", "subjective"),
)
COLUMNS = [
    "agent",
    "team",
    "site",
    "measure",
    "n",
    "rate",
    "adjusted",
    "shrunk",
    "lower",
    "upper",
    "centre",
    "rank",
]
RULES = (
    "Each agent is compared with what colleagues at the same site reach on contacts of the same reason and "
    "readiness (indirect standardisation): nobody answers for the site's systems, training or staffing.",
    "Adjusted figures are drawn towards the whole by how little is known of an agent (empirical Bayes).",
    f"Nobody is judged on fewer than {FEWEST} contacts.",
    "Recognise: the 95% interval lies wholly on the better side in an objective measure, and "
    "customers' scores do "
    "not say the opposite. Support: the other way round. Scores alone decide about nobody, "
    "and time taken is shown "
    "but not judged: longer may be better. A person decides, never the list.",
)


def contact_cells(contacts: ibis.Table, since: pd.Timestamp) -> pd.DataFrame:
    """Return counts and sums by agent and kind of contact; no single contact leaves the database.

    Parameters
    ----------
    contacts : the evidence table.
    since : contacts from this moment on count.

    Returns
    -------
    ``agent, team, site, reason, readiness`` and, for each aspect's column, ``<column>_n``,
    ``<column>_sum`` and ``<column>_square``.
    """
    rows = contacts.filter(contacts["agent"].notnull() & (contacts["at"] >= since))
    keys = {name: rows[name].fill_null("") for name in ("agent", "team", "site", *MIX)}
    sums: dict[str, Any] = {}
    for aspect in ASPECTS:
        value = rows[aspect.column].cast("float64")
        sums |= {f"{aspect.column}_n": value.count(), f"{aspect.column}_sum": value.sum(),
                 f"{aspect.column}_square": (value * value).sum()}  # fmt: skip
    cells: pd.DataFrame = rows.group_by(**keys).aggregate(**sums).execute()
    return cells.fillna(0)


def fair_rates(cells: pd.DataFrame, unit: str = "agent", *, mix: Sequence[str] = AT_SITE) -> pd.DataFrame:
    """Return each unit's figures, adjusted for the mix of cases and drawn towards the whole.

    Parameters
    ----------
    cells : as :func:`contact_cells` returns them.
    unit : ``"agent"`` or ``"team"``.
    mix : columns within which contacts count as alike; by default the site is one of them.

    Returns
    -------
    ``unit`` (with ``team`` and ``site`` where it is the agent), ``measure, n, rate`` (as
    counted), ``adjusted, shrunk, lower, upper, centre`` (all together) in the measure's
    unit, and ``rank`` (1 is best). Units with fewer than 30 contacts are left out.

    Examples
    --------
    >>> cells = pd.DataFrame({"agent": ["a", "a", "b", "b"], "team": "t", "site": "s", "readiness": "",
    ...     "reason": ["easy", "hard", "easy", "hard"], "resolved_n": [90, 10, 10, 90],
    ...     "resolved_sum": [81, 5, 9, 45]})
    >>> fair_rates(cells)[["agent", "rate", "adjusted"]].round(1).values.tolist()
    [['a', 86.0, 70.0], ['b', 54.0, 70.0]]
    """
    aspects = [
        aspect
        for aspect in ASPECTS
        if f"{aspect.column}_n" in cells and cells[f"{aspect.column}_n"].sum() > 0
    ]
    parts = [_fair(cells, unit, aspect, list(mix)) for aspect in aspects]
    parts = [part for part in parts if len(part)]
    lead = _lead(unit)
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*lead, *COLUMNS[3:]])


def _lead(unit: str) -> list[str]:
    return ["agent", "team", "site"] if unit == "agent" else [unit]


def _fair(cells: pd.DataFrame, unit: str, aspect: Aspect, mix: list[str]) -> pd.DataFrame:
    count, total = f"{aspect.column}_n", f"{aspect.column}_sum"
    rows = cells[cells[count] > 0]
    like = rows.groupby(mix)[[count, total]].transform("sum")
    rows = rows.assign(expected=rows[count] * like[total] / like[count])
    names = _lead(unit)
    # An agent who changed teams is one person: the team with most contacts is theirs.
    home = rows.sort_values(count, ascending=False).drop_duplicates(unit)[names]
    table = rows.groupby(unit)[[count, total, "expected"]].sum().reset_index()
    table = home.merge(table, on=unit)
    table = table[table[count] >= FEWEST].sort_values(unit, ignore_index=True)
    if len(table) < 2:
        return table.iloc[:0]
    centre = float(rows[total].sum() / rows[count].sum())
    table = table.assign(n=table[count].astype("int64"), rate=table[total] / table[count], centre=centre)
    drawn = _shares(table) if aspect.kind == "share" else _means(table, rows, aspect, mix)
    return _scaled(drawn, aspect, names)


def _shares(table: pd.DataFrame) -> pd.DataFrame:
    total = table["rate"] * table["n"]
    table = table.assign(adjusted=total / table["expected"] * table["centre"])
    table["won"] = (table["adjusted"] * table["n"]).clip(upper=table["n"])
    drawn = shrink(table, successes="won", trials="n")
    return drawn.assign(rate=table["rate"])


def _means(table: pd.DataFrame, rows: pd.DataFrame, aspect: Aspect, mix: list[str]) -> pd.DataFrame:
    square = f"{aspect.column}_square"
    sums = rows.groupby(mix)[[f"{aspect.column}_n", f"{aspect.column}_sum", square]].sum()
    within = sums[square] - sums[f"{aspect.column}_sum"] ** 2 / sums[f"{aspect.column}_n"]
    spread = np.sqrt(max(float(within.sum()), 0.0) / max(float(table["n"].sum()) - len(sums), 1.0))
    table = table.assign(adjusted=table["rate"] - table["expected"] / table["n"] + table["centre"])
    table["error"] = spread / np.sqrt(table["n"])
    return shrink_means(table, mean="adjusted", error="error")


def _scaled(drawn: pd.DataFrame, aspect: Aspect, names: list[str]) -> pd.DataFrame:
    for name in ("rate", "adjusted", "shrunk", "lower", "upper", "centre"):
        drawn[name] = drawn[name] * aspect.scale
    drawn["measure"] = aspect.id
    best = aspect.direction == "decrease"
    drawn["rank"] = drawn["shrunk"].rank(ascending=best, method="min").astype("int64")
    return drawn[[*names, *COLUMNS[3:]]]


def standings(rates: pd.DataFrame) -> pd.DataFrame:
    """Return the rates with each agent's standing and the reason for it.

    Returns
    -------
    The columns of ``rates``, ``side`` (``better``, ``worse`` or ``""`` in this measure),
    ``standing`` (``recognise``, ``support`` or ``""``, the same in every row of an agent) and
    ``reason``.

    Examples
    --------
    >>> rates = pd.DataFrame({"agent": ["a"], "measure": ["first_contact_resolution"], "lower": [72.0],
    ...                       "upper": [80.0], "centre": [70.0]})
    >>> standings(rates)[["side", "standing"]].values.tolist()
    [['better', 'recognise']]
    """
    ways = {aspect.id: 1 if aspect.direction == "increase" else -1 for aspect in ASPECTS}
    way = rates["measure"].map(ways)
    above = (rates["lower"] > rates["centre"]).astype(int) - (rates["upper"] < rates["centre"]).astype(int)
    table = rates.assign(side=(above * way).map({1: "better", -1: "worse", 0: ""}))
    role = table["measure"].map({aspect.id: aspect.role for aspect in ASPECTS})
    agent = table["agent"]
    seen = {
        (side, kind): ((table["side"] == side) & (role == kind)).groupby(agent).transform("any")
        for side in ("better", "worse")
        for kind in ("objective", "subjective")
    }
    good = seen["better", "objective"] & ~seen["worse", "objective"] & ~seen["worse", "subjective"]
    poor = seen["worse", "objective"] & ~seen["better", "objective"] & ~seen["better", "subjective"]
    table["standing"] = np.select([good, poor], ["recognise", "support"], "")
    apart = agent.map(_told(table)).astype("object")
    table["reason"] = apart.fillna("not told apart from colleagues on like contacts")
    return table


def _told(table: pd.DataFrame) -> pd.Series[Any]:
    """Where each agent lies apart, in words."""
    names = {aspect.id: aspect.name.lower() for aspect in ASPECTS}
    sides = {
        aspect.id: {"better": "shorter", "worse": "longer"} if aspect.role == "shown" else {}
        for aspect in ASPECTS
    }
    apart = table[table["side"] != ""]
    words = [
        f"{names[measure]} {sides[measure].get(side, side)}"
        for measure, side in zip(apart["measure"], apart["side"], strict=True)
    ]
    return pd.Series(words, index=apart.index, dtype="str").groupby(apart["agent"]).agg(", ".join)
