"""The client's names, values, dates and units turned into ours; all still text."""

from __future__ import annotations

import difflib
from collections.abc import Hashable, Iterable
from pathlib import Path

import pandas as pd

from reviewkit.model import InputError, Source, Table
from reviewkit.model.words import listing

_SECONDS = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86400.0}
_SHARES = {"share": 1.0, "percent": 0.01}


def ours(
    found: pd.DataFrame, path: Path, table: Table, source: Source
) -> tuple[pd.DataFrame, list[InputError]]:
    """Return the columns that the table knows, under our names, in our values and units, and doubts.

    A doubt is a number that reads as two: with a decimal comma, ``1.5`` or ``0.125``.

    Raises
    ------
    InputError : a column that is named or required is missing or there twice, or a unit does not fit.
    """
    check_names(source, table, [str(name) for name in found.columns], path)
    frame = pd.DataFrame({ours: found[theirs] for ours, theirs in pairs(found.columns, table, source)})
    doubts: list[InputError] = []
    for name in frame.columns:
        column = table.column(name)
        if name in source.values:
            given = frame[name].str.strip()
            frame[name] = given.map(source.values[name]).fillna(given)
        if column.kind in ("number", "integer"):
            frame[name], unclear = _plain_numbers(frame[name], source)
            doubts += [_doubt(row, value, name, path) for row, value in unclear.items()]
        if column.kind in ("date", "datetime") and source.dates:
            frame[name] = _iso_dates(frame[name], source.dates)
        if name in source.units:
            frame[name] = _in_our_unit(frame[name], factor(table, name, source, path))
    return frame, doubts


def pairs(found: Iterable[str], table: Table, source: Source) -> list[tuple[str, str]]:
    """Return our columns that the client's table has, each with the client's name for it."""
    there = set(found)
    named = {column.name: source.columns.get(column.name, column.name) for column in table.columns}
    return [(ours, theirs) for ours, theirs in named.items() if theirs in there]


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
    names = [ours for ours, _ in pairs(found, table, source)]
    for ours, theirs in pairs(found, table, source):
        if found.count(theirs) > 1:
            raise InputError("this column is there twice", file=path, column=theirs)
        if ours != theirs and ours in found and ours not in source.columns.values():
            fix = f"Take one out, or map '{ours}' too."
            raise InputError(f"both '{theirs}' and '{ours}' are {ours}", file=path, column=ours, fix=fix)
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


def _plain_numbers(values: pd.Series, source: Source) -> tuple[pd.Series, pd.Series]:
    """Take out what groups thousands and make the decimal sign a point; return what is in doubt apart."""
    group, sign = (".", ",") if source.decimal == "," else (",", ".")
    text = values.str.strip()
    odd = text[text.str.contains(rf"[{group}{'' if sign == '.' else sign}\u00a0\u202f ]").fillna(False)]
    if odd.empty:
        return values, odd
    grouped = rf"[-+]?[1-9]\d{{0,2}}(?:[{group}\u00a0\u202f ]\d{{3}})+(?:\{sign}\d+)?"
    clear = odd.str.fullmatch(grouped) | odd.str.fullmatch(rf"[-+]?\d*\{sign}\d+(?:[eE][-+]?\d+)?")
    plain = (
        odd[clear].str.replace(rf"[{group}\u00a0\u202f ]", "", regex=True).str.replace(sign, ".", regex=False)
    )
    changed = values.copy()
    changed.loc[plain.index] = plain
    # Others fail as numbers; with a decimal comma, what has a point would be read as it is not meant.
    return changed, odd[~clear & odd.str.contains(".", regex=False)] if sign == "," else odd.iloc[:0]


def _doubt(row: Hashable, value: str, column: str, path: Path) -> InputError:
    fix = "With a decimal comma a point stands between thousands. Mend it, or 'decimal' in the params file."
    problem = f"'{value[:40]}' is not a number written with a decimal comma"
    return InputError(problem, file=path, row=int(str(row)), column=column, fix=fix)


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
