"""Every measure over time, for the whole and for each site and contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reviewkit.model import TABLES, Engagement, Measure

from .series import COLUMNS, Level, Period, date_column, series_of

if TYPE_CHECKING:
    from reviewkit.evidence import EvidenceSet

KEYS = ["measure", "site", "contract"]
LEVELS: tuple[Level, ...] = ((), ("site",), ("contract",))
"""For the whole, each site, each contract."""
BEGUN, ENDED = pd.Timedelta(days=20), pd.Timedelta(days=62)


def all_series(
    evidence: EvidenceSet,
    measures: Sequence[Measure] | None = None,
    *,
    levels: Sequence[Level] = LEVELS,
) -> pd.DataFrame:
    """Return the engagement's measures over time, for the whole, each site and each contract.

    Contracts are told apart only where there are several. Measures whose table is not there
    are left out.

    Parameters
    ----------
    measures : those to work out; all of the engagement where left out.
    levels : ``()`` for the whole, ``("site",)`` and ``("contract",)``, as far as they are wanted.

    Returns
    -------
    ``measure, site, contract`` (``""`` for all together), ``period, numerator, denominator,
    value, cadence`` (``"month"`` or ``"week"``); ``attrs["said"]`` maps each measure to what
    :func:`reviewkit.performance.notes` would say: ``left_out``, ``impossible`` and ``partial``.
    """
    engagement = evidence.engagement
    measures = [m for m in (engagement.measures if measures is None else measures) if evidence.has(m.table)]
    found = _asked(evidence, measures, levels)
    parts: list[tuple[Measure, Level, pd.DataFrame]] = []
    said: dict[str, dict[str, Any]] = {}
    for measure in measures:
        for by in _levels(evidence, measure, levels):
            part = found[measure.id, by]
            if by in ((), ("site",)):
                said[measure.id] = said.get(measure.id, {}) | {
                    str(key): part.attrs[key] for key in part.attrs
                }
            parts.append((measure, by, part[part[by[0]] != ""] if by else part))
    panel = _joined(parts, engagement) if parts else _empty()
    panel.attrs = {"said": said}
    return panel


def _joined(parts: Sequence[tuple[Measure, Level, pd.DataFrame]], engagement: Engagement) -> pd.DataFrame:
    """Return the parts one below the other; each column is made once for all of them."""
    sizes = [len(part) for _, _, part in parts]

    def repeated(words: Sequence[str]) -> Any:
        return pd.array(np.repeat(np.array(words, dtype="object"), sizes), dtype="str")

    def units(key: str) -> Any:
        told = [part[key] if key in by else pd.Series("", range(len(part)), "str") for _, by, part in parts]
        return pd.concat(told, ignore_index=True).array

    columns: dict[str, Any] = {"measure": repeated([measure.id for measure, _, _ in parts])}
    columns |= {key: units(key) for key in KEYS[1:]}
    for name in ("period", *COLUMNS):
        columns[name] = np.concatenate([part[name].to_numpy() for _, _, part in parts])
    columns["cadence"] = repeated([engagement.cadence(measure) for measure, _, _ in parts])
    return pd.DataFrame(columns, copy=False)


def _asked(
    evidence: EvidenceSet, measures: Sequence[Measure], levels: Sequence[Level]
) -> dict[tuple[str, Level], pd.DataFrame]:
    """Ask once for all measures alike in table, date and cadence: each question takes time."""
    engagement = evidence.engagement
    asked: dict[tuple[str, str, Period, tuple[Level, ...]], list[Measure]] = {}
    tables = {name: evidence.table(name) for name in {measure.table: None for measure in measures}}
    for measure in measures:
        date, wanted = date_column(measure, tables[measure.table]), _levels(evidence, measure, levels)
        if wanted:
            asked.setdefault((measure.table, date, engagement.cadence(measure), wanted), []).append(measure)
    found: dict[tuple[str, Level], pd.DataFrame] = {}
    for (table, _, cadence, wanted), alike in asked.items():
        found |= series_of(tables[table], alike, levels=wanted, period=cadence, as_of=engagement.data_as_of)
    return found


def bare(panel: pd.DataFrame) -> pd.DataFrame:
    """Return a frame without its ``attrs``, which pandas would copy deeply at every step of a calculation.

    >>> frame = pd.DataFrame({"value": [1.0]})
    >>> frame.attrs = {"said": {}}
    >>> bare(frame).attrs, frame.attrs
    ({}, {'said': {}})
    """
    result = panel.copy(deep=False)
    result.attrs = {}
    return result


def site_events(panel: pd.DataFrame) -> pd.DataFrame:
    """Return sites that begin or end within the time looked at, and sites that grew as another ended.

    A site that grew by at least a quarter, from the three periods before to the three after
    another one ended, may have taken it over: its figures before and after are not alike.

    Parameters
    ----------
    panel : as :func:`all_series` returns it.

    Returns
    -------
    ``site, kind`` (``begins``, ``ends``, ``grew``), ``at`` (first period of the new state),
    ``other`` (sites that ended then).

    Examples
    --------
    >>> months = pd.date_range("2025-01-01", periods=5, freq="MS")
    >>> panel = pd.DataFrame({"measure": "m", "site": ["A"] * 5 + ["B"], "contract": "",
    ...                       "period": [*months, months[0]], "numerator": 1.0, "denominator": 10.0,
    ...                       "value": 10.0})
    >>> site_events(panel)[["site", "kind"]].values.tolist()
    [['B', 'ends']]
    """
    sites = panel[panel["site"] != ""]
    if sites.empty:
        return _events([])
    month = sites["period"].dt.to_period("M").dt.to_timestamp()
    size = sites["denominator"].fillna(sites["numerator"]).groupby([sites["site"], month]).max()
    volume = size.unstack("site").sort_index()
    there = volume.notna()
    first, last = there.idxmax(), there.iloc[::-1].idxmax()
    begins = first[first > volume.index[0] + BEGUN]
    after = pd.Series(volume.index, index=volume.index).shift(-1)
    # A small site may have nothing to count in a period or two without having ended.
    ends = last[last < volume.index[-1] - ENDED].map(after)
    rows = [{"site": site, "kind": "begins", "at": at, "other": ""} for site, at in begins.items()]
    rows += [{"site": site, "kind": "ends", "at": at, "other": ""} for site, at in ends.items()]
    rows += _grew(volume, ends)
    return _events(rows)


def _events(rows: list[dict[str, Any]]) -> pd.DataFrame:
    kinds = {"site": "str", "kind": "str", "at": "datetime64[us]", "other": "str"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def _grew(volume: pd.DataFrame, ends: pd.Series[Any]) -> list[dict[str, Any]]:
    rows = []
    for at, ended in ends.groupby(ends):
        position = int(volume.index.get_indexer(pd.Index([at]))[0])
        before = volume.iloc[max(position - 3, 0) : position].mean()
        ratio = volume.iloc[position : position + 3].mean() / before
        # A site may take over only what was there to take: nothing larger than what ended, twice over.
        lost = float(before[list(ended.index)].sum())
        gained = before * (ratio - 1)
        grown = ratio[(ratio >= 1.25) & (gained <= 2 * lost)].index
        grown = grown.union(_began(volume, at)) if lost else grown
        rows += [
            {"site": site, "kind": "grew", "at": at, "other": ", ".join(map(str, ended.index))}
            for site in grown
        ]
    return rows


def _began(volume: pd.DataFrame, at: Any) -> pd.Index[Any]:
    first = volume.notna().idxmax()
    return first[first == at].index if at != volume.index[0] else first.index[:0]


def _levels(evidence: EvidenceSet, measure: Measure, wanted: Sequence[Level]) -> tuple[Level, ...]:
    columns = {column.name for column in TABLES[measure.table].columns}
    levels: list[Level] = [()]
    levels += [("site",)] if "site" in columns else []
    levels += [("contract",)] if "contract" in columns and len(evidence.engagement.contracts) > 1 else []
    return tuple(level for level in levels if level in wanted)


def _empty() -> pd.DataFrame:
    kinds = {"period": "datetime64[us]", **dict.fromkeys(COLUMNS, "float64")}
    return pd.DataFrame(
        {name: pd.Series(dtype=kinds.get(name, "str")) for name in [*KEYS, "period", *COLUMNS, "cadence"]}
    )
