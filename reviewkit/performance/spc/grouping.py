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
        if isinstance(frame[name], pd.DataFrame):
            raise InputError("there are several columns of this name", column=name, fix="Keep one of them.")


def order_of(period: pd.Series[Any], name: str = "period") -> pd.Series[Any]:
    """Return periods as something that can be sorted and compared with dates.

    Raises
    ------
    InputError : a period is missing or no date, or periods are of several time zones.

    Examples
    --------
    >>> order_of(pd.Series(["2025-01-01", "2025-02-01T00:00+01:00"]))
    Traceback (most recent call last):
    ...
    reviewkit.model.errors.InputError: column period: periods are not all dates of one time zone.
    Write them all with the same one, or none.
    """
    found: pd.Series[Any]
    if isinstance(period.dtype, pd.PeriodDtype):
        found = period.dt.to_timestamp()
    else:
        found = period if pd.api.types.is_numeric_dtype(period) else _dates(period, name)
    if found.isna().any():
        gone = int(found.isna().sum())
        raise InputError(f"{gone} {'period is' if gone == 1 else 'periods are'} missing", column=name,
                         fix="Give every row its period, or leave it out.")  # fmt: skip
    if pd.api.types.is_float_dtype(found) and np.isinf(found.to_numpy(dtype="float64")).any():
        raise InputError("a period is infinite", column=name, fix="Give every row its period.")
    return found


def _dates(values: pd.Series[Any], name: str) -> pd.Series[Any]:
    """Return dates, ISO texts of several lengths among them."""
    try:
        try:
            return pd.to_datetime(values, format="ISO8601")
        except ValueError:
            return pd.to_datetime(values)
    except (ValueError, TypeError) as error:
        raise InputError(
            "periods are not all dates of one time zone",
            column=name,
            fix="Write them all with the same one, or none.",
        ) from error


def series_order(codes: Ints, order: pd.Series[Any], name: str = "period") -> Any:
    """Return the rows sorted by series and period.

    Raises
    ------
    InputError : one series has two points in one period.
    """
    times = order.to_numpy()
    rows = np.lexsort((times, codes))
    if len(rows) and bool(((np.diff(codes[rows]) == 0) & (times[rows][1:] == times[rows][:-1])).any()):
        raise InputError(
            "two points in one period of one series", column=name, fix="Name the series in 'by'."
        )
    return rows


def figures_of(frame: pd.DataFrame, value: str) -> Any:
    """Return the figures as numbers, missing ones among them.

    Raises
    ------
    InputError : a figure is infinite, or no number.
    """
    try:
        values = frame[value].to_numpy(dtype="float64", na_value=np.nan)
    except (ValueError, TypeError) as error:
        raise InputError("a figure is no number", column=value, fix="Give numbers.") from error
    if np.isinf(values).any():
        raise InputError(f"{int(np.isinf(values).sum())} figures are infinite", column=value,
                         fix="Something was divided by 0: leave such periods without a figure.")  # fmt: skip
    return values


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
    rebase = [rebase] if isinstance(rebase, str) else rebase
    if not rebase or frame.empty:
        return np.zeros(len(frame), dtype=np.int64)
    if isinstance(rebase, Mapping):
        pairs = [
            (code, date) for code, key in _first(codes, frame[list(keys)]) for date in rebase.get(key, ())
        ]
    else:
        pairs = [(code, date) for code in np.unique(codes) for date in rebase]
    if not pairs:
        return np.zeros(len(frame), dtype=np.int64)
    dates = _like(pd.Series([date for _, date in pairs]), order)
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


def _like(dates: pd.Series[Any], order: pd.Series[Any]) -> pd.Series[Any]:
    """Return dates of rebasing as the periods are: numbers, or dates of the same time zone."""
    if pd.api.types.is_numeric_dtype(order):
        return dates
    found = _dates(dates, "rebase")
    if (found.dt.tz is None) != (order.dt.tz is None):
        raise InputError("some of the dates of rebasing and the periods have a time zone, some have none",
                         column="rebase", fix="Write them all with the same one, or none.")  # fmt: skip
    return found if order.dt.tz is None else found.dt.tz_convert(order.dt.tz)


def _first(codes: Ints, named: pd.DataFrame) -> list[tuple[int, Any]]:
    """Return the number of each series and its name: a tuple where it has several parts."""
    numbers, rows = np.unique(codes, return_index=True)
    names = named.iloc[rows].itertuples(index=False, name=None)
    return [
        (int(code), name if len(name) > 1 else name[0]) for code, name in zip(numbers, names, strict=True)
    ]
