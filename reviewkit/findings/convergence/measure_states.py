"""What each measure says: its loudest signal, how it stands to its target, and sites that differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import Measure

from .topics import DataState, Stance


def data_states(signals: pd.DataFrame, measures: dict[str, Measure]) -> dict[str, DataState]:
    """Return one state a measure: that of the whole, or of a site where only a site speaks."""
    if signals.empty:
        return {}
    states = {}
    for measure, rows in signals.groupby("measure", sort=False):
        smallest = measures[str(measure)].minimum_effect if str(measure) in measures else 0.0
        made = [_data(row, smallest) for row in rows.to_dict("records")]
        made.sort(key=_loudness, reverse=True)
        loud = [one.site for one in made if one.site and one.level(1.0) in ("concern", "strength")]
        states[str(measure)] = replace(made[0], sites=tuple(dict.fromkeys(loud)))
    return states


def sites_apart(comparison: pd.DataFrame, measures: Mapping[str, Measure]) -> dict[str, list[DataState]]:
    """Return, by measure, the sites that differ from the whole by more than small numbers explain.

    A site that was always better or worse gives no signal over time, yet people there speak of it.

    Parameters
    ----------
    comparison : ``measure, site, rate, centre, outlier, direction`` (step 1.1); may be empty.

    Returns
    -------
    The state furthest from the whole first, its ``sites`` all those on the same side.
    """
    found: dict[str, list[DataState]] = {}
    if comparison.empty:
        return found
    tones: dict[str, Stance] = {"worse": "concern", "better": "strength"}
    out = comparison[comparison["outlier"].astype(bool) & comparison["direction"].isin(list(tones))]
    for (name, side), rows in out.groupby(["measure", "direction"], sort=False):
        measure = measures.get(str(name))
        off = (rows["rate"] - rows["centre"]).abs().astype("float64").sort_values(ascending=False)
        if measure is None:
            continue
        sites = tuple(str(site) for site in rows.loc[off.index, "site"])
        size = float(off.iloc[0]) / measure.minimum_effect if measure.minimum_effect else np.nan
        state = DataState(
            measure.id, measure.name, sites[0], tone=tones[str(side)], size=size, promoted=True, sites=sites
        )
        found.setdefault(measure.id, []).append(replace(state, apart=True))
    return found


def _data(row: Mapping[Any, Any], smallest: float) -> DataState:
    effect = row.get("effect", np.nan)
    size = abs(float(effect)) / smallest if smallest and pd.notna(effect) else np.nan
    tones: dict[str, Stance] = {"concern": "concern", "improvement": "strength"}
    return DataState(
        measure=str(row["measure"]),
        name=str(row.get("name", row["measure"])),
        site=_text(row.get("site")),
        contract=_text(row.get("contract")),
        tone=tones.get(str(row.get("variation")), ""),
        size=size,
        promoted=bool(row.get("promoted")) if pd.notna(row.get("promoted")) else False,
        assurance=_text(row.get("assurance")),
        since=row.get("since"),
        too_small="smaller than" in _text(row.get("reason")),
        periods_since=_number(row.get("periods_since")),
        met_since=_number(row.get("met_since")),
    )


def _loudness(state: DataState) -> tuple[bool, bool, bool, float]:
    level = state.level(1.0)
    speaks = level in ("concern", "strength")
    return speaks, not state.site and not state.contract, level == "concern", np.nan_to_num(state.size)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not pd.isna(value) else 0.0
