"""Which rows belong to one series and one phase, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from reviewkit.model import InputError

from .runs import Ints

Dates: TypeAlias = Sequence[Any]


def keys_of(by: str | Sequence[str] | None) -> list[str]:
    """Return one or several column names as a list."""
    return [by] if isinstance(by, str) else list(by or [])


def check_columns(frame: pd.DataFrame, names: Sequence[str]) -> None:
    """Refuse a frame that lacks a column."""
    for name in names:
        if name not in frame:
            raise InputError(
                f"there is no such column among {', '.join(map(str, frame.columns))}", column=name
            )


def order_of(period: pd.Series[Any]) -> pd.Series[Any]:
    """Return periods as something that can be sorted and compared with dates."""
    return period if pd.api.types.is_numeric_dtype(period) else pd.to_datetime(period)


def codes_of(frame: pd.DataFrame, keys: Sequence[str]) -> Any:
    """Return a number for the series of each row."""
    if not keys:
        return np.zeros(len(frame), dtype=np.int64)
    return frame.groupby(list(keys), dropna=False, sort=True, observed=True).ngroup().to_numpy(dtype=np.int64)


def renumber(*parts: Ints) -> Ints:
    """Return numbers for runs of equal entries in sorted keys: 0 for the first, and so on."""
    new = np.zeros(len(parts[0]), dtype=bool)
    for part in parts:
        new[1:] |= part[1:] != part[:-1]
    return np.cumsum(new)


def phases_of(
    frame: pd.DataFrame,
    keys: Sequence[str],
    codes: Ints,
    order: pd.Series[Any],
    rebase: Dates | Mapping[Any, Dates] | None,
) -> Ints:
    """Count, for every row, the dates of rebasing that its series has reached."""
    if not rebase or frame.empty:
        return np.zeros(len(frame), dtype=np.int64)
    if isinstance(rebase, Mapping):
        named = frame[list(keys)].apply(lambda row: tuple(row) if len(keys) > 1 else row.iloc[0], axis=1)
        pairs = [(code, date) for code, key in _first(codes, named) for date in rebase.get(key, ())]
    else:
        pairs = [(code, date) for code in np.unique(codes) for date in rebase]
    if not pairs:
        return np.zeros(len(frame), dtype=np.int64)
    dates = pd.Series([date for _, date in pairs])
    dates = dates if pd.api.types.is_numeric_dtype(order) else pd.to_datetime(dates)
    all_codes = np.concatenate([np.array([code for code, _ in pairs]), codes])
    all_dates = pd.concat([dates, order]).to_numpy()
    begins = np.arange(len(all_codes)) < len(pairs)
    rows = np.lexsort((~begins, all_dates, all_codes))
    phase = np.empty(len(rows), dtype=np.int64)
    phase[rows] = np.cumsum(begins[rows])
    phase = phase[len(pairs) :]
    # Counted over all series: set each back to 0 at its first point.
    least = pd.Series(phase).groupby(codes).transform("min").to_numpy()
    return np.asarray(phase - least)


def _first(codes: Ints, named: pd.Series[Any]) -> list[tuple[int, Any]]:
    where = np.unique(codes, return_index=True)
    return [(int(code), named.iloc[index]) for code, index in zip(*where, strict=True)]
