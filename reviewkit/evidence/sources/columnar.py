"""Parquet files and tables of databases: typed and checked where they are, by Ibis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from reviewkit.model import Column, InputError, Source, Table

from .databases import Databases
from .mapping import check_names, factor, pairs
from .workbook import cell_text

if TYPE_CHECKING:
    import ibis

SHOWN = 20
"""Failing rows that are fetched of each fault."""
_EARLIEST, _LATEST = "1900-01-01", "2200-01-01"


def open_table(source: Source, databases: Databases, place: Path) -> ibis.Table:
    """Return the client's table, whatever its columns."""
    if source.database is not None:
        return databases.table(source)
    import ibis

    assert source.file is not None
    try:
        return ibis.duckdb.connect().read_parquet(str(databases.folder / source.file))
    except Exception as error:  # noqa: BLE001 - DuckDB has several, none of them public in Ibis
        # It goes on with the path and the line of its own query.
        words = " ".join(re.split(r"['\"]|LINE \d", str(error))[0].split()).rstrip(" :(")[:100]
        raise InputError(f"cannot be read as Parquet ({words})", file=place, fix="Export it again.") from None


def refuse_bytes(found: ibis.Table, table: Table, source: Source, place: Path) -> None:
    """Refuse columns that hold bytes, which no column of ours does.

    Raises
    ------
    InputError
    """
    for ours, theirs in pairs(found.columns, table, source):
        if found[theirs].type().is_binary():
            raise InputError("holds bytes, not text", file=place, column=ours, fix="Export it as text.")


def fits(found: ibis.Table, table: Table, source: Source) -> bool:
    """Whether each column has a type of its kind already, so that no text has to be read."""
    if source.values or source.dates:
        return False
    return all(
        _fits(found[theirs].type(), table.column(ours))
        for ours, theirs in pairs(found.columns, table, source)
    )


def typed_expression(found: ibis.Table, table: Table, source: Source, place: Path) -> ibis.Table:
    """Return our columns of the client's table, cast to our types; all columns of ours are there."""
    import ibis

    check_names(source, table, list(found.columns), place)
    theirs = dict(pairs(found.columns, table, source))
    columns = {}
    for column in table.columns:
        if column.name not in theirs:
            columns[column.name] = ibis.null(_TYPES[column.kind])
            continue
        value = _cast(found[theirs[column.name]], column)
        if column.name in source.units:
            value = (value * factor(table, column.name, source, place)).round(9)
        columns[column.name] = value
    return found.select(**columns)


def as_text(found: ibis.Table, table: Table, source: Source, databases: Databases) -> pd.DataFrame:
    """Pull the columns that are mapped as text; the index counts rows from 2, as in a file."""
    theirs = list(dict.fromkeys(name for _, name in pairs(found.columns, table, source)))
    # A float is told as people write it, an id 101 not as 101.0; everything else as the database does.
    asked = {
        name: found[name] if found[name].type().is_floating() else found[name].cast("string")
        for name in theirs
    }
    with _telling(source, databases):
        pulled = found.select(**asked).to_pandas()
    frame = pd.DataFrame({name: pulled[name].map(cell_text, na_action="ignore") for name in theirs})
    frame = frame.astype("str").where(frame.notna(), "")
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return pd.DataFrame(frame)


def faults(
    expression: ibis.Table, table: Table, place: Path, databases: Databases, source: Source
) -> list[InputError]:
    """Return what is wrong with the rows, a few rows of each fault; found in one pass over the table."""
    import ibis

    wrong = list(_conditions(expression, table))
    with _telling(source, databases):
        counts = (
            expression.aggregate(
                rows=expression.count(),
                **{f"c{number}": ibis.ifelse(test, 1, 0).sum() for number, (_, test, _) in enumerate(wrong)},
            )
            .to_pandas()
            .iloc[0]
        )
        if not counts["rows"]:
            return [InputError("has no rows", file=place, fix=table.collect)]
        found = [
            error
            for number, (column, test, problem) in enumerate(wrong)
            if counts[f"c{number}"] > 0
            for error in _examples(expression, table, column, test, problem, place, int(counts[f"c{number}"]))
        ]
        return found or (_repeated(expression, table, place) if table.key else [])


def write(expression: ibis.Table, table: Table, databases: Databases, source: Source, path: Path) -> int:
    """Write the rows as Parquet, in an order that is always the same; return how many.

    A part at a time is held in memory.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with _telling(source, databases):
        if source.database is not None:
            order = table.key or expression.columns
            expression = expression.order_by([expression[name] for name in order])
        if expression.get_backend().name == "duckdb":
            expression.to_parquet(path)
            return int(pq.ParquetFile(path).metadata.num_rows)
        schema = pa.schema([(column.name, _ARROW[column.kind]) for column in table.columns])
        count = 0
        with pq.ParquetWriter(path, schema) as writer:
            for batch in expression.to_pyarrow_batches(chunk_size=100_000):
                writer.write_table(pa.Table.from_batches([batch]).select(schema.names).cast(schema))
                count += batch.num_rows
        return count


_TYPES = {
    "text": "string",
    "integer": "int64",
    "number": "float64",
    "boolean": "boolean",
    "date": "timestamp(6)",
    "datetime": "timestamp(6)",
}


_ARROW = {
    "text": "large_string",
    "integer": "int64",
    "number": "double",
    "boolean": "bool",
    "date": "timestamp[us]",
    "datetime": "timestamp[us]",
}


def _fits(found: Any, column: Column) -> bool:
    if column.kind == "text":
        return bool(found.is_string() or found.is_integer() or found.is_uuid())
    if column.kind in ("integer", "number"):
        return bool(found.is_numeric() and not found.is_boolean())
    if column.kind == "boolean":
        return bool(found.is_boolean())
    return bool(found.is_date() or (found.is_timestamp() and found.timezone is None))


def _cast(value: Any, column: Column) -> Any:
    if column.kind == "text":
        return value.cast("string").strip().nullif("")
    if column.kind == "integer":
        # Kept as a number until it is known to be whole.
        return value.cast("float64") if not value.type().is_integer() else value.cast("int64")
    return value.cast(_TYPES[column.kind])


def _conditions(rows: ibis.Table, table: Table) -> Iterator[tuple[Column, Any, str]]:
    """Yield each way in which a row may be wrong: column, test, what it is called."""
    import ibis

    for column in table.columns:
        value = rows[column.name]
        if column.required:
            yield column, value.isnull(), "is empty but must be filled in"
        if column.allowed:
            yield column, value.notin(column.allowed), f"is not one of {', '.join(column.allowed)}"
        if column.kind in ("number", "integer") and value.type().is_floating():
            yield column, value.isnan() | value.isinf(), "is not a number"
        if column.kind == "integer" and value.type().is_floating():
            yield column, value != value.round(), "is not a whole number"
        if column.minimum is not None:
            yield column, value < column.minimum, f"is below {column.minimum:g}"
        if column.maximum is not None:
            yield column, value > column.maximum, f"is above {column.maximum:g}"
        if column.kind in ("date", "datetime"):
            sane = (value >= ibis.timestamp(_EARLIEST)) & (value < ibis.timestamp(_LATEST))
            yield column, ~sane, f"is not between {_EARLIEST[:4]} and {_LATEST[:4]}"
        if column.kind == "date":
            yield column, value != value.truncate("D"), "is not a date: it has a time of day"


def _examples(
    rows: ibis.Table, table: Table, column: Column, test: Any, problem: str, place: Path, count: int
) -> list[InputError]:
    key = [name for name in table.key if name != column.name]
    failing = rows.filter(test).select(*{column.name: None, **dict.fromkeys(key)}).limit(SHOWN).to_pandas()
    shown = [_fault(row, column, key, problem, place) for row in failing.to_dict("records")]
    if count > len(shown):
        shown[-1].fix = f"{count - len(shown):,} more rows have this fault."
    return shown


def _fault(row: dict[Any, Any], column: Column, key: list[str], problem: str, place: Path) -> InputError:
    value = row[column.name]
    said = problem if pd.isna(value) else f"'{str(value)[:40]}' {problem}"
    where = ", ".join(f"{name} {row[name]}" for name in key if not pd.isna(row[name]))
    return InputError(f"{said} (where {where})" if where else said, file=place, column=column.name)


def _repeated(rows: ibis.Table, table: Table, place: Path) -> list[InputError]:
    key = list(table.key)
    twice = rows.group_by(key).aggregate(n=rows.count()).filter(lambda t: t.n > 1).limit(SHOWN).to_pandas()
    return [
        InputError(
            f"repeats {', '.join(key)} ({', '.join(str(row[name]) for name in key)})",
            file=place,
            fix=f"Keep one of the {row['n']} rows.",
        )
        for row in twice.to_dict("records")
    ]


def _telling(source: Source, databases: Databases) -> Any:
    return databases.told(source.database or str(source.file))
