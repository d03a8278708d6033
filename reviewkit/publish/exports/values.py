"""Values as plain text, number, truth or date, whatever kind of column they come from."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

Value: TypeAlias = str | int | float | bool | dt.date | dt.datetime | None


def values(column: pd.Series[Any], kind: str) -> list[Value]:
    """Return the values of a column as Python has them; None where one is missing.

    ``kind`` is that of the column's description: a time of a column of dates is told as its date.

    >>> import pandas as pd
    >>> values(pd.Series(pd.to_datetime(["2025-03-14", None])), "date")
    [datetime.date(2025, 3, 14), None]
    >>> values(pd.Series([1.0, None, 2.5]), "number")
    [1, None, 2.5]
    """
    return [_value(one, kind) for one in column.astype(object)]


def _value(one: Any, kind: str) -> Value:
    import numpy as np
    import pandas as pd

    if one is None or one is pd.NA or one is pd.NaT:
        return None
    if isinstance(one, bool | np.bool_):
        return bool(one)
    if isinstance(one, int | np.integer):
        return int(one)
    if isinstance(one, float | np.floating):
        return _number(float(one))
    if isinstance(one, dt.datetime):  # pandas' own among them
        at = pd.Timestamp(one).to_pydatetime(warn=False)
        return at.date() if kind == "date" else at
    return one if isinstance(one, dt.date) else str(one)


def _number(one: float) -> Value:
    if math.isnan(one):
        return None
    if math.isinf(one):
        return "infinite" if one > 0 else "minus infinite"
    return int(one) if one.is_integer() and abs(one) < 1e15 else one
