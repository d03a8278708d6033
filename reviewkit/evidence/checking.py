"""Text turned into typed values, with every fault found named by row and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from reviewkit.model import Column, InputError, Table

TRUE = frozenset({"true", "yes", "y", "1", "t"})
FALSE = frozenset({"false", "no", "n", "0", "f"})
DTYPES = {
    "text": "str",
    "integer": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "date": "datetime64[us]",
    "datetime": "datetime64[us]",
}
"""The pandas type of each kind of column."""


def typed(text: pd.DataFrame, table: Table, path: Path) -> tuple[pd.DataFrame, list[InputError]]:
    """Turn a frame of text into one with the table's columns and types.

    Parameters
    ----------
    text : as :func:`reviewkit.evidence.sources.mapping.ours` gives it.

    Returns
    -------
    The typed frame, every column of the table present, and the faults found, by column and row.

    Examples
    --------
    >>> from reviewkit.model import TABLES
    >>> text = pd.DataFrame({"measure": ["csat"], "valid_from": ["2025-13-01"], "target": ["4"]}, index=[2])
    >>> frame, faults = typed(text, TABLES["targets"], Path("targets.csv"))
    >>> print(faults[0])
    targets.csv, row 2, column valid_from: '2025-13-01' is not a date. Write dates as 2025-03-14.
    """
    columns, faults = {}, []
    for column in table.columns:
        if column.name in text:
            values, bad = _column(text[column.name], column, path)
            columns[column.name] = values
            faults += bad
        else:
            columns[column.name] = pd.Series(None, index=text.index, dtype=DTYPES[column.kind])
    frame = pd.DataFrame(columns, index=text.index)
    if table.key and not faults:
        faults += _repeated(frame, table, path)
    return frame.reset_index(drop=True), faults


def discreet(fault: InputError, table: Table) -> InputError:
    """Take the client's values out of a fault of a table that holds personal data.

    >>> from reviewkit.model import TABLES
    >>> fault = InputError("'R. Roe, manager' is not one of team_lead", file="a.csv", row=2, column="level")
    >>> print(discreet(fault, TABLES["stakeholders"]))
    a.csv, row 2, column level: a value (not shown) is not one of team_lead.
    """
    if table.personal:
        fault.problem = re.sub(r"^'.*'(?= is )", "a value (not shown)", fault.problem, flags=re.DOTALL)
        if not fault.problem.startswith("a value"):
            fault.problem = re.sub(r" \(.*\)", "", fault.problem, flags=re.DOTALL)
    return fault


def empty(table: Table) -> pd.DataFrame:
    """Return the table without rows, its columns typed.

    >>> from reviewkit.model import TABLES
    >>> empty(TABLES["targets"]).dtypes["target"].name
    'float64'
    """
    return pd.DataFrame({column.name: pd.Series([], dtype=DTYPES[column.kind]) for column in table.columns})


def _column(raw: pd.Series, column: Column, path: Path) -> tuple[pd.Series, list[InputError]]:
    given = raw.str.strip()
    filled = given != ""
    values, problem, fix = _KINDS[column.kind](given if filled.all() else given.where(filled))
    faults: list[InputError] = []

    def fault(rows: pd.Series, say: Callable[[str], str], fix: str) -> None:
        if not rows.any():
            return
        for row in raw.index[rows.fillna(False).astype(bool)]:
            shown = raw[row] if len(raw[row]) <= 40 else f"{raw[row][:40]}…"
            faults.append(InputError(say(shown), file=path, row=int(row), column=column.name, fix=fix))

    fault(filled & values.isna(), lambda shown: f"'{shown}' is not {problem}", fix)
    if column.required:
        fault(~filled, lambda _: "is empty but must be filled in", "Fill it in, or take the row out.")
    if column.allowed:
        fault(
            filled & ~values.isin(column.allowed),
            lambda shown: f"'{shown}' is not one of {', '.join(column.allowed)}",
            "Map it under 'values' in the params file.",
        )
    if column.minimum is not None:
        fault(values < column.minimum, lambda shown: f"{shown} is below {column.minimum:g}", "")
    if column.maximum is not None:
        fault(values > column.maximum, lambda shown: f"{shown} is above {column.maximum:g}", "")
    return values, faults


def _text(values: pd.Series) -> tuple[pd.Series, str, str]:
    return values.astype("str"), "text", ""


def _number(values: pd.Series) -> tuple[pd.Series, str, str]:
    numbers = pd.to_numeric(values, errors="coerce").astype("float64")
    return numbers.where(np.isfinite(numbers)), "a number", "Write numbers as 1234.5."


def _integer(values: pd.Series) -> tuple[pd.Series, str, str]:
    numbers = _number(values)[0]
    return numbers.where(numbers == numbers.round()).astype("Int64"), "a whole number", ""


def _boolean(values: pd.Series) -> tuple[pd.Series, str, str]:
    words = {**dict.fromkeys(TRUE, True), **dict.fromkeys(FALSE, False)}
    return values.str.lower().map(words).astype("boolean"), "yes or no", "Write true or false."


def _datetime(values: pd.Series) -> tuple[pd.Series, str, str]:
    timed = values.str.contains(":", regex=False, na=False)
    if timed.any():
        values = values.mask(timed & values.str.contains(r"[zZ]$|[+-]\d\d(?::?\d\d)?$", regex=True, na=False))
    times = pd.to_datetime(values, format="ISO8601", errors="coerce").astype("datetime64[us]")
    sane = (times >= pd.Timestamp("1900-01-01")) & (times < pd.Timestamp("2200-01-01"))
    return times.where(sane), "a local date and time", "Write them as 2025-03-14 09:30, without a zone."


def _date(values: pd.Series) -> tuple[pd.Series, str, str]:
    times = _datetime(values)[0]
    return times.where(times == times.dt.normalize()), "a date", "Write dates as 2025-03-14."


_KINDS: dict[str, Callable[[pd.Series], tuple[pd.Series, str, str]]] = {
    "text": _text,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
}


def _repeated(frame: pd.DataFrame, table: Table, path: Path) -> list[InputError]:
    key = list(table.key)
    # Missing parts of a key are equal: two rows for 'all sites' are a repetition.
    twice = frame[key].duplicated()
    faults = []
    for row in frame.index[twice]:
        shown = ", ".join(str(frame.at[row, name]) for name in key)
        problem = f"repeats {', '.join(key)} of an earlier row ({shown})"
        faults.append(InputError(problem, file=path, row=int(row), fix="Keep one."))
    return faults
