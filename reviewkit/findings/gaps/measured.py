"""Measured gaps: what the contract (or the own earlier level) asks for against what is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from reviewkit.model import Engagement, Measure, slug

from ..wording import measures_by_id
from .level import Level, current_level
from .money import counting_note, mark_overlaps, site_shares
from .words import gap_words

COLUMNS: tuple[str, ...] = (
    "gap_id",
    "kind",
    "measure",
    "name",
    "unit",
    "site",
    "contract",
    "target",
    "actual",
    "gap",
    "lower",
)
COLUMNS += (
    "upper",
    "since",
    "cost_per_year",
    "overlaps",
    "code",
    "raised_by",
    "statement",
    "basis",
    "expected",
    "level",
    "n",
    "over",
)
Unit: TypeAlias = tuple[Any, ...]
"""Measure, site and contract."""
SERIES = ("measure", "site", "contract", "period", "value", "denominator")


def measured_gaps(
    signals: pd.DataFrame,
    engagement: Engagement,
    series: pd.DataFrame | None = None,
    *,
    annotations: pd.DataFrame | None = None,
    step: str = "2.1",
) -> pd.DataFrame:
    """Return the gaps that numbers show, costliest first.

    A gap is a level on the wrong side of the target in force, by more than chance (its
    interval leaves out zero; of a site or contract even when all those of the measure are
    allowed for) and by at least the smallest change worth acting on. A promoted
    signal of concern on a measure without a target, or that still meets it, is a gap against its
    own earlier level. A site or contract has a gap of its own where it got worse, or is surely
    further short than the whole; at most ten sites a measure.

    Parameters
    ----------
    signals : one row a measure, site and contract, from step 1.1.
    engagement : its measures give units, direction and the value of one unit a year.
    series : ``measure, site, contract, period, value, denominator``: the points behind the
        signals. Without it the level and its interval come from the signals' mean and limits.
    annotations : local knowledge: a gap that a changed way of counting may have made says so
        and is not valued.
    step : number of the step that makes the gaps, the first part of their ids.

    Returns
    -------
    ``gap_id, kind, measure, name, unit, site, contract, target, actual, gap`` (how far short,
    always positive), ``lower, upper`` (95 per cent), ``since, cost_per_year`` (gap x value of
    one unit; a site has its share of the denominator), ``overlaps`` (gap whose cost holds
    this one's), ``code, raised_by, statement, basis`` (target or earlier level), ``expected, n``,
    ``over`` (the periods that the actual level is the mean of, in words).

    Examples
    --------
    >>> review = Engagement.model_validate({
    ...     "id": "demo", "name": "Demo", "client": "Demo", "purpose": "Answer", "data_as_of": "2025-06-30",
    ...     "data": ".", "measures": [{"id": "fcr", "name": "Resolution", "unit": "percent",
    ...     "direction": "increase", "table": "contacts", "numerator": "sum(resolved)",
    ...     "value_per_unit": 5000}]})
    >>> row = {"measure": "fcr", "site": "", "contract": "", "n": 24, "mean": 62.0, "lower": 58.0,
    ...        "upper": 66.0, "target": 75.0, "variation": "concern", "promoted": True, "effect": -8.0,
    ...        "since": pd.Timestamp("2025-01-01")}
    >>> measured_gaps(pd.DataFrame([row]), review)[["gap", "cost_per_year"]].values.tolist()
    [[13.0, 65000.0]]
    """
    measures = measures_by_id(engagement)
    shares, points, factors = site_shares(series), _by_unit(series), _surer(signals)
    if annotations is not None:
        annotations = annotations[annotations["effect"].eq("process_changed")]
    rows = []
    for row in signals.to_dict("records") if len(signals) else []:
        measure = measures.get(row["measure"])
        if measure is not None and measure.direction != "neutral":
            row["sure"] = factors.get(row["measure"], 1.0) if row["site"] or row["contract"] else 1.0
            made = _gap(row, measure, engagement, points, shares, annotations, step)
            rows += [made] if made else []
    if not rows:
        return empty_gaps()
    table = _telling(pd.DataFrame(rows).drop_duplicates("gap_id"))
    order = table.assign(whole=table["site"].eq(""), size=table["gap"] / table["smallest"])
    order = order.sort_values(["whole", "kpi", "cost_per_year", "size"], ascending=False, na_position="last")
    return mark_overlaps(order, measures)[list(COLUMNS)].reset_index(drop=True)


def _surer(signals: pd.DataFrame) -> dict[str, float]:
    """How many times its interval a part must be short by, as several parts of a measure are looked at.

    Bonferroni: the two-sided 5 per cent are shared out among the sites and contracts of a measure.
    """
    from scipy.special import ndtri

    if signals.empty:
        return {}
    part = signals["site"].ne("") | signals["contract"].ne("")
    looks = part.groupby(signals["measure"]).sum().clip(lower=1)
    return {str(name): float(ndtri(1 - 0.025 / n) / ndtri(0.975)) for name, n in looks.items()}


def _telling(table: pd.DataFrame, most: int = 10) -> pd.DataFrame:
    """Leave out parts that only repeat the gap of the whole; keep the largest ``most`` of a measure."""
    whole = table[table["site"].eq("") & table["contract"].eq("")].set_index("measure")["gap"]
    part = table["site"].ne("") | table["contract"].ne("")
    repeats = part & table["since"].isna() & table["lower"].le(table["measure"].map(whole).fillna(0.0))
    kept = table[~repeats].sort_values("gap", ascending=False, kind="stable")
    parts = kept["site"].ne("").groupby(kept["measure"]).cumsum()
    return kept[kept["site"].eq("") | parts.le(most)]


def empty_gaps() -> pd.DataFrame:
    """Return a table of gaps without rows."""
    numbers = ("target", "actual", "gap", "lower", "upper", "cost_per_year")
    kinds = dict.fromkeys(numbers, "float64") | {"since": "datetime64[us]", "n": "int64"}
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in COLUMNS})


def _gap(
    row: Mapping[Any, Any],
    measure: Measure,
    engagement: Engagement,
    points: Mapping[Unit, pd.DataFrame],
    shares: dict[tuple[str, str, str], float],
    annotations: pd.DataFrame | None,
    step: str,
) -> dict[str, Any] | None:
    """The gap of one signal, with its words; none where the level meets what is expected of it."""
    worse = bool(row["promoted"]) and row["variation"] == "concern" and pd.notna(row["effect"])
    sized = _sized(row, measure, _level(row, points), worse)
    if sized is None:
        return None
    since = pd.to_datetime(row["since"]) if worse else pd.NaT
    note, value = _value(row, measure, since, annotations)
    made = {
        "gap_id": _identify(step, measure.id, row["site"], row["contract"]),
        "kind": "measured",
        "measure": measure.id,
        "name": measure.name,
        "unit": measure.unit,
        "site": row["site"],
        "contract": row["contract"],
        **sized,
        "since": since,
        "cost_per_year": sized["gap"] * value * _share(row, measure, shares),
        **dict.fromkeys(("overlaps", "code", "raised_by"), ""),
        "smallest": measure.minimum_effect or 1.0,
        "kpi": measure.contract_kpi,
    }
    return made | gap_words(made, measure, engagement, note)


def _sized(row: Mapping[Any, Any], measure: Measure, level: Level, worse: bool) -> dict[str, Any] | None:
    """How far a level is from what is expected; none where that is chance, or too little to act on."""
    expected = _expected(row, measure, level, worse)
    if expected is None:
        return None
    target, basis = expected
    gap, half = _sign(measure) * (target - level.mean), (level.upper - level.lower) / 2
    # A change that was told has been tested already, for all series together.
    beyond = np.nan_to_num(half) * (1.0 if worse else row["sure"])
    if not (gap > 0 and gap - beyond > 0 and gap >= measure.minimum_effect):
        return None
    names = {"target": target, "actual": level.mean, "gap": gap, "lower": gap - half, "upper": gap + half}
    return {**names, "basis": basis, "n": level.n}


def _sign(measure: Measure) -> float:
    return 1.0 if measure.direction == "increase" else -1.0


def _expected(
    row: Mapping[Any, Any], measure: Measure, level: Level, worse: bool
) -> tuple[float, str] | None:
    """What the level is held against, and on what basis; none where there is nothing."""
    if worse and not _sign(measure) * (row["target"] - level.mean) > 0:
        # No target, or one that is still met: what was lost is the gap.
        return level.mean - float(row["effect"]), "earlier level"
    return None if pd.isna(row["target"]) else (float(row["target"]), "target")


def _value(
    row: Mapping[Any, Any], measure: Measure, since: object, annotations: pd.DataFrame | None
) -> tuple[str, float]:
    """Local knowledge of a changed way of counting, and what one unit is worth a year if that is known."""
    note, valued = counting_note(measure.id, row["site"], since, annotations)
    worth = measure.value_per_unit or 0.0
    # A negative value says that closing the gap loses money: more likely a wrong sign than a fact.
    return note, worth if valued and worth > 0 else np.nan


def _share(row: Mapping[Any, Any], measure: Measure, shares: Mapping[tuple[str, str, str], float]) -> float:
    """Part of the value of the whole that a gap of this site or contract makes; sums are their own."""
    if measure.denominator is None and measure.unit in ("count", "money"):
        return 1.0
    return shares.get((measure.id, row["site"], row["contract"]), 1.0 if not row["site"] else np.nan)


def _by_unit(series: pd.DataFrame | None) -> dict[Unit, pd.DataFrame]:
    """Return the points of each measure, site and contract, told apart once for all signals."""
    if series is None or series.empty:
        return {}
    order = series.sort_values("period", kind="stable")
    return dict(iter(order.groupby(["measure", "site", "contract"], sort=False)))


def _level(row: Mapping[Any, Any], points: Mapping[Unit, pd.DataFrame]) -> Level:
    mine = points.get((row["measure"], row["site"], row["contract"]))
    if mine is not None and len(mine) > 1:
        since = row["since"] if bool(row["promoted"]) else None
        return current_level(mine["period"], mine["value"], since)
    # The limits stand three standard deviations either side of the mean.
    n = int(row["n"]) if pd.notna(row["n"]) else 1
    half = 1.96 * (row["upper"] - row["lower"]) / 6 / np.sqrt(max(1, min(n, 12)))
    return Level(float(row["mean"]), float(row["mean"]) - half, float(row["mean"]) + half, n)


def _identify(step: str, measure: str, site: str, contract: str) -> str:
    return "/".join([step, "gap", *(slug(part) for part in (measure, site, contract) if part)])
