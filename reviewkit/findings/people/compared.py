"""People's performance judged fairly: like cases compared, small numbers drawn in, doubt shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from reviewkit.performance import adjust, false_discovery, shrink, shrink_means

from .cells import ASPECTS as ASPECTS
from .cells import MIX as MIX
from .cells import Aspect as Aspect
from .cells import contact_cells as contact_cells

FEWEST = 30
"""Contacts below which nobody is judged."""
SURE = 0.05
"""Share of chance findings to be expected among those singled out."""
_KEYS = ["agent", "team", "site"]
_FIGURES = ["measure", "n", "rate", "adjusted", "shrunk", "lower", "upper", "centre", "rank"]
_FIGURES += ["rank_lower", "rank_upper"]
COLUMNS = [*_KEYS, *_FIGURES]
_MORE = ["above", "error", "q_value", "adjusted_for"]
RULES = (
    "Each agent is compared with what the other agents of the same site reach on the same mix of contacts: "
    "nobody answers for the site's systems, training or staffing. How hard a kind of contact is, is learnt "
    "within agents, so that nobody's own results decide what is expected of them (regression with an effect "
    "for each agent, external standardisation).",
    "Adjusted figures are drawn towards the whole by how little is known of an agent (empirical Bayes).",
    f"Nobody is judged on fewer than {FEWEST} contacts, or without colleagues to be compared with; they are "
    "counted.",
    "Recognise: the 95% interval lies wholly on the better side in an objective measure, it still stands out "
    f"when all agents looked at are allowed for (false discovery rate {100 * SURE:.0f}%), and customers' "
    "scores do not say the opposite. Support: the other way round. Scores alone decide about nobody, and "
    "time taken is shown but not judged: longer may be better. A person decides, never the list.",
)


def fair_rates(
    cells: pd.DataFrame, unit: str = "agent", *, mix: Sequence[str] = MIX, within: str | None = "site"
) -> pd.DataFrame:
    """Return each unit's figures, adjusted for the mix of cases and drawn towards the whole.

    Parameters
    ----------
    cells : as :func:`contact_cells` returns them; contacts that name no unit are left out.
    unit : ``"agent"`` or ``"team"``.
    mix : columns that make contacts alike.
    within : column whose units are compared with one another; none for all.

    Returns
    -------
    ``unit`` (with ``team`` and ``site`` where it is the agent), ``measure, n, rate`` (as
    counted), ``adjusted`` (:func:`reviewkit.performance.adjust`), ``shrunk, lower, upper, centre``
    (all together) in the measure's unit, ``rank`` (1 is best) with ``rank_lower, rank_upper``
    (95 %), ``above`` (chance that the unit lies above the centre), ``error`` (of ``adjusted``),
    ``q_value`` (share of chance findings among those as far from the centre, all units of the
    measure looked at) and ``adjusted_for`` in words. Units with fewer than 30 contacts are left out:
    :func:`not_judged` names them.

    Examples
    --------
    >>> cells = pd.DataFrame({"agent": ["a", "a", "b", "b"], "team": "t", "site": "s", "readiness": "",
    ...     "reason": ["easy", "hard", "easy", "hard"], "resolved_n": [90, 10, 10, 90],
    ...     "resolved_sum": [81, 5, 9, 45]})
    >>> fair_rates(cells)[["agent", "rate", "adjusted"]].round(1).values.tolist()
    [['a', 86.0, 70.0], ['b', 54.0, 70.0]]
    """
    parts = []
    for aspect in _there(cells):
        table = _compared(cells, unit, aspect, mix, within)
        known = table[_enough(table)]
        if len(known) > 1:
            parts.append(_drawn(known, unit, aspect))
    columns = [*_lead(unit), *_FIGURES, *_MORE]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def not_judged(
    cells: pd.DataFrame, unit: str = "agent", *, mix: Sequence[str] = MIX, within: str | None = "site"
) -> pd.DataFrame:
    """Return who is not judged in which measure, and why: nobody is dropped without a word.

    Returns
    -------
    ``unit`` (with ``team`` and ``site`` where it is the agent), ``measure, n`` (contacts that
    could be compared) and ``why``.

    Examples
    --------
    >>> cells = pd.DataFrame({"agent": ["a", "b", "c"], "team": "t", "site": ["s", "s", "far"],
    ...     "resolved_n": [90, 12, 40], "resolved_sum": [81, 5, 9]})
    >>> not_judged(cells)[["agent", "n", "why"]].values.tolist()
    [['b', 12, 'fewer than 30 contacts'], ['c', 0, 'no colleague at the same site to be compared with']]
    """
    parts = []
    for aspect in _there(cells):
        table = _compared(cells, unit, aspect, mix, within)
        gone = table[~_enough(table)]
        alone = (gone["n"] + gone["uncompared"] >= FEWEST) & (gone["n"] < FEWEST)
        few = f"fewer than {FEWEST} {'scores' if aspect.column == 'csat' else 'contacts'}"
        place = "to be compared with" if within is None else f"at the same {within} to be compared with"
        why = np.where(alone, f"no colleague {place}", few)
        why = np.where(gone["n"] >= FEWEST, "figures that cannot be judged: nothing varies", why)
        gone = gone.assign(measure=aspect.id, why=why)
        parts.append(gone.astype({"n": "int64"})[[*_lead(unit), "measure", "n", "why"]])
    columns = [*_lead(unit), "measure", "n", "why"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _there(cells: pd.DataFrame) -> list[Aspect]:
    return [item for item in ASPECTS if f"{item.column}_n" in cells and cells[f"{item.column}_n"].sum() > 0]


def _lead(unit: str) -> list[str]:
    return _KEYS if unit == "agent" else [unit]


def _enough(table: pd.DataFrame) -> pd.Series[bool]:
    return (table["n"] >= FEWEST) & table["adjusted"].notna() & table["error"].notna()


def _compared(
    cells: pd.DataFrame, unit: str, aspect: Aspect, mix: Sequence[str], within: str | None
) -> pd.DataFrame:
    """Every unit beside the others on its mix, with its team and site."""
    count, total = f"{aspect.column}_n", f"{aspect.column}_sum"
    rows = cells[(cells[count] > 0) & cells[unit].fillna("").ne("")]
    squares = f"{aspect.column}_square" if aspect.kind == "mean" else None
    made = adjust(rows, unit=unit, successes=total, trials=count, mix=mix, within=within, squares=squares)
    # An agent who changed teams is one person: the team with most contacts is theirs.
    sums = rows.groupby(_lead(unit), dropna=False)[[count]].sum().reset_index()
    home = sums.sort_values(by=[count], ascending=False, kind="stable").drop_duplicates(unit)[_lead(unit)]
    table: pd.DataFrame = home.merge(made, on=unit)
    return table.sort_values(by=[unit], ignore_index=True)


def _drawn(table: pd.DataFrame, unit: str, aspect: Aspect) -> pd.DataFrame:
    """Adjusted figures drawn towards the whole, in the unit of the measure."""
    from scipy.special import ndtr

    centre, best = float(table["centre"].iloc[0]), aspect.direction == "decrease"
    table = table.assign(raw=table["observed"] / table["n"], n=table["n"].astype("int64"))
    if aspect.kind == "share":
        # What the adjusted share is worth in simple trials: the level of colleagues is not known exactly.
        table["won"] = (table["adjusted"] * table["effective"]).clip(upper=table["effective"])
        drawn = shrink(table, successes="won", trials="effective", against=centre, ascending=best)
    else:
        drawn = shrink_means(table, mean="adjusted", error="error", against=centre, ascending=best)
    distance = (drawn["adjusted"] - centre).abs() / drawn["error"]
    drawn["q_value"] = false_discovery(pd.Series(2 * ndtr(-distance), index=drawn.index))
    drawn = drawn.assign(rate=drawn["raw"], centre=centre, measure=aspect.id)
    scaled = ["rate", "adjusted", "shrunk", "lower", "upper", "centre", "error"]
    drawn[scaled] = drawn[scaled] * aspect.scale
    return drawn[[*_lead(unit), *_FIGURES, *_MORE]]
