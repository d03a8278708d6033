"""Times that can be put in order, or one line that says why they cannot."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import InputError

_TIMES = ("datetime", "datetime64", "date", "empty")


def moments(times: pd.Series[Any], name: str) -> np.ndarray:
    """Return numbers in the order of the times.

    Raises
    ------
    InputError : the times are text, infinite, or of several time zones.

    Examples
    --------
    >>> later, earlier = moments(pd.Series(pd.to_datetime(["2025-02-01", "2025-01-01"])), "at")
    >>> bool(earlier < later)
    True
    """
    if pd.api.types.is_numeric_dtype(times.dtype):
        return _numbers(times, name)
    return np.asarray(_instants(times, name).asi8)


def _numbers(times: pd.Series[Any], name: str) -> np.ndarray:
    numbers = times.to_numpy(dtype="float64" if times.dtype.kind == "f" else "int64")
    if numbers.dtype.kind == "f" and not np.isfinite(numbers).all():
        raise InputError("a time is infinite", column=name, fix="Give every event a date and time.")
    return numbers


def _instants(times: pd.Series[Any], name: str) -> pd.DatetimeIndex | pd.TimedeltaIndex:
    if times.dtype.kind == "m":
        return pd.TimedeltaIndex(times)
    if times.dtype.kind == "M":
        return pd.DatetimeIndex(times)
    if pd.api.types.infer_dtype(times, skipna=True) not in _TIMES:
        raise InputError(
            "its values are text or of several kinds, which have no order in time",
            column=name,
            fix="Convert them with pandas.to_datetime first.",
        )
    if len({str(getattr(each, "tzinfo", None)) for each in times.unique()}) > 1:
        raise InputError(
            "times of several time zones, or with and without one, stand in one column",
            column=name,
            fix="Convert all of them to one zone, such as UTC.",
        )
    return pd.DatetimeIndex(pd.to_datetime(times))
