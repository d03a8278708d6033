"""The client's names, values, dates and units turned into ours; all still text."""

from __future__ import annotations

import difflib
from pathlib import Path

import pandas as pd

from reviewkit.model import InputError, Source, Table
from reviewkit.model.words import listing

_SECONDS = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86400.0}
_SHARES = {"share": 1.0, "percent": 0.01}


def ours(found: pd.DataFrame, path: Path, table: Table, source: Source) -> pd.DataFrame:
    """Return the columns that the table knows, under our names, in our values and units.

    Raises
    ------
    InputError : a column that is named or required is missing or there twice, or a unit does not fit.
    """
    frame = _renamed(found, path, table, source)
    for name in frame.columns:
        column = table.column(name)
        if name in source.values:
            given = frame[name].str.strip()
            frame[name] = given.map(source.values[name]).fillna(given)
        if column.kind in ("number", "integer"):
            frame[name] = _plain_numbers(frame[name], source)
        if column.kind in ("date", "datetime") and source.dates:
            frame[name] = _iso_dates(frame[name], source.dates)
        if name in source.units:
            frame[name] = _in_our_unit(frame[name], factor(table, name, source, path))
    return frame


def check_names(source: Source, table: Table, found: list[str], path: Path) -> None:
    """Refuse names of columns that the table or the file does not have.

    Raises
    ------
    InputError
    """
    known = {column.name for column in table.columns}
    for key in ("columns", "values", "units"):
        for name in getattr(source, key):
            if name not in known:
                fix = f"Mend '{key}' in the params file."
                raise InputError(f"'{name}' is no column of {table.name}", file=path, fix=fix)
    for theirs in source.columns.values():
        if theirs not in found:
            raise _missing_column(theirs, found, path, source)
    renamed = {theirs: ours for ours, theirs in source.columns.items()}
    names = [renamed.get(name, name) for name in found]
    for name in known:
        if names.count(name) > 1:
            raise InputError("this column is there twice", file=path, column=name)
    for name in table.required:
        if name not in names:
            raise _missing_column(name, found, path, source)


def factor(table: Table, name: str, source: Source, path: Path) -> float:
    """Return by what a number in the client's unit is multiplied to be in ours.

    Raises
    ------
    InputError : the one cannot be turned into the other.
    """
    theirs, ours = source.units[name], table.column(name).unit
    for kind in (_SECONDS, _SHARES):
        if theirs in kind and ours in kind:
            return kind[theirs] / kind[ours]
    problem = f"{theirs} cannot be turned into {ours or 'its unit'}"
    raise InputError(problem, file=path, column=name, fix="Mend 'units' in the params file.")


def _renamed(found: pd.DataFrame, path: Path, table: Table, source: Source) -> pd.DataFrame:
    check_names(source, table, [str(name) for name in found.columns], path)
    frame = found.rename(columns={theirs: ours for ours, theirs in source.columns.items()})
    known = [column.name for column in table.columns if column.name in frame]
    return frame.loc[:, known].copy()


def _plain_numbers(values: pd.Series, source: Source) -> pd.Series:
    """Take out what groups thousands and make the decimal sign a point, where that is beyond doubt."""
    group, sign = (".", ",") if source.decimal == "," else (",", ".")
    if not values.str.contains(r"[,\u00a0\u202f ]|\d\.\d{3}" if sign == "," else "[,\u00a0\u202f ]").any():
        return values
    text = values.str.strip()
    grouped = rf"[-+]?\d{{1,3}}(?:[{group}\u00a0\u202f ]\d{{3}})+(?:\{sign}\d+)?"
    clear = text.str.fullmatch(grouped).fillna(False)
    if sign == ",":
        clear |= text.str.fullmatch(r"[-+]?\d*,\d+(?:[eE][-+]?\d+)?").fillna(False)
    if not clear.any():
        return values
    plain = text.str.replace(rf"[{group}\u00a0\u202f ]", "", regex=True).str.replace(sign, ".", regex=False)
    return values.mask(clear, plain)


def _iso_dates(values: pd.Series, written: str) -> pd.Series:
    times = pd.to_datetime(values.str.strip(), format=written, errors="coerce")
    return values.mask(times.notna(), times.dt.strftime("%Y-%m-%d %H:%M:%S.%f"))


def _in_our_unit(values: pd.Series, by: float) -> pd.Series:
    numbers = pd.to_numeric(values.str.strip().str.removesuffix("%"), errors="coerce")
    return values.mask(numbers.notna(), (numbers * by).round(9).map(repr))


def _missing_column(column: str, found: list[str], path: Path, source: Source) -> InputError:
    near = difflib.get_close_matches(column, found, n=1)
    hint = f"Found: {listing((name[:40] for name in found if name), limit=15)}."
    if near:
        hint = f"Is it '{near[0]}'? Map it under 'columns' in the params file."
    return InputError("this column is missing", file=path, row=source.header, column=column, fix=hint)
