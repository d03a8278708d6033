"""Columns of counts and figures, checked before units are compared."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import InputError

from ..spc.runs import Floats


def figures(frame: pd.DataFrame, column: str, *, missing: float | None = None) -> Floats:
    """Return a column as numbers.

    Parameters
    ----------
    missing : what stands for a missing value; where it is none, a missing value is an error.

    Raises
    ------
    InputError : the column is not there, or holds infinite or missing values.

    Examples
    --------
    >>> figures(pd.DataFrame({"n": [1, 2]}), "n").tolist()
    [1.0, 2.0]
    """
    if column not in frame:
        raise InputError("the column is not there", column=column, fix=f"Add '{column}' or name another.")
    filled = np.nan if missing is None else missing
    try:
        values: Floats = frame[column].to_numpy(dtype="float64", na_value=filled)
    except (ValueError, TypeError) as error:
        raise InputError("a figure is no number", column=column, fix="Give numbers.") from error
    if np.isinf(values).any():
        raise InputError(f"{int(np.isinf(values).sum())} of {len(values)} values are infinite", column=column)
    if missing is None and np.isnan(values).any():
        gone = int(np.isnan(values).sum())
        raise InputError(f"{gone} of {len(values)} values are missing", column=column,
                         fix="Leave those units out and say how many they are.")  # fmt: skip
    return values


def kinds(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return kinds of cases as texts, missing ones as ``""``, whatever sort of column they stand in.

    >>> kinds(pd.Series(["x", None], dtype="category")).tolist(), kinds(pd.Series([1, 2])).tolist()
    (['x', ''], ['1', '2'])
    """
    found: pd.Series[Any] = values.astype("object").where(values.notna(), "").astype("str")
    return found


def not_negative(values: Floats, column: str) -> None:
    """Raise an ``InputError`` where a count, or a standard error, is below 0."""
    if (values < 0).any():
        raise InputError(f"{int((values < 0).sum())} of {len(values)} figures are below 0", column=column)


def one_row_each(frame: pd.DataFrame, by: str) -> None:
    """Raise an ``InputError`` unless every unit is named, and named once."""
    if by not in frame:
        raise InputError("the column is not there", column=by, fix=f"Add '{by}' or name another.")
    if frame[by].isna().any():
        raise InputError(f"{int(frame[by].isna().sum())} units have no name", column=by)
    twice = int(frame[by].duplicated().sum())
    if twice:
        raise InputError(f"{twice} of {len(frame)} rows repeat a unit", column=by,
                         fix="Add up the rows of a unit first.")  # fmt: skip


def part_of(frame: pd.DataFrame, part: str, whole: str) -> None:
    """Raise an ``InputError`` unless one column of counts is part of the other, row by row."""
    counts = {name: figures(frame, name) for name in (whole, part)}
    for name, values in counts.items():
        not_negative(values, name)
    if (counts[part] > counts[whole]).any():
        raise InputError(f"'{part}' exceeds '{whole}'", column=part)
