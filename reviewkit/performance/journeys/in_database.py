"""Events of a table put in order where they lie: rows of cases are fetched, or counts alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reviewkit.model import InputError

from .events import Ordered

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa


def of_table(
    events: ibis.Table, case: Sequence[str], activity: str, at: str, by: Sequence[str], *, count: bool
) -> Ordered:
    """Return the events of a table in order.

    DuckDB keeps its rows in order, and so do events of one moment; elsewhere rows have no
    order, and events of one moment stand in that of their activities' names.
    """
    import ibis

    _refuse(events, at)
    keys = {f"case{place}": events[name] for place, name in enumerate(case)}
    units = {f"by{place}": _filled(events[name]) for place, name in enumerate(by)}
    every = events.select(**keys, **units, activity=events[activity], at=events[at])
    in_rows = events.get_backend().name == "duckdb"
    every = every.mutate(row=ibis.row_number() if in_rows else ibis.literal(0))
    needed = [*keys, "activity", "at"]
    counted = every.aggregate(events=every.count(), **_missing(every, needed)).to_pyarrow().to_pylist()[0]
    table, names = _with_codes(every.drop_null(needed), "activity", "code")
    values = []
    for place in range(len(by)):
        table, found = _with_codes(table, f"by{place}", f"unit{place}")
        values.append(pd.Index(found))
    cases = _cases(table, len(names), [len(unit) for unit in values])
    if count:
        unit_names = [f"unit{place}" for place in range(len(by))]
        rows = cases.group_by(*unit_names, "path").aggregate(cases=ibis._.count()).to_pyarrow()
        columns: dict[str, Any] = {}
    else:
        rows = cases.to_pyarrow()
        columns = {name: rows[f"case{place}"].to_pandas() for place, name in enumerate(case)}
        columns |= {name: rows[name].to_pandas() for name in ("first", "last")}
    columns |= {name: values[place].take(rows[f"unit{place}"].to_numpy()) for place, name in enumerate(by)}
    steps, lengths = _flat(rows["path"])
    sizes = rows["cases"].to_numpy() if count else np.ones(len(lengths), dtype="int64")
    out = {
        name: int(counted[f"no_{key}"] or 0) for name, key in zip([*case, activity, at], needed, strict=True)
    }
    return Ordered(steps, lengths, names, columns, sizes, int(counted["events"]), out)


def _refuse(events: ibis.Table, at: str) -> None:
    kind = events[at].type()
    if not (kind.is_timestamp() or kind.is_date() or kind.is_numeric()):
        raise InputError(
            f"its values are of the kind {kind}, which has no order in time",
            column=at,
            fix="Make it a timestamp, such as by a cast in a view.",
        )


def _missing(every: ibis.Table, needed: Sequence[str]) -> dict[str, Any]:
    """Return how many events miss what, each counted under the first thing that it misses."""
    import ibis

    counts, there = {}, ibis.literal(True)
    for name in needed:
        counts[f"no_{name}"] = (there & every[name].isnull()).sum()
        there = there & every[name].notnull()
    return counts


def _filled(unit: Any) -> Any:
    return unit.fill_null("") if unit.type().is_string() else unit


def _with_codes(table: ibis.Table, name: str, code: str) -> tuple[ibis.Table, list[Any]]:
    """Return the table with a column's values as numbers in their order, and the values."""
    import ibis

    known = table.select(name).distinct()
    codes = known.mutate(**{code: ibis.row_number().over(order_by=known[name])})
    values = codes.order_by(code).to_pyarrow()[name].to_pylist()
    joined = table.join(codes.rename(same=name), table[name].identical_to(codes[name]), how="left")
    return joined.drop("same", name), ["" if value is None else value for value in values]


def _cases(events: ibis.Table, names: int, units: Sequence[int]) -> ibis.Table:
    """Return one row a case: its keys, its units, its path as codes in order, its first and last time.

    An event's place in the order of all events, its units and its activity are packed in one
    number, so that one sort of numbers a case puts its path in order, the unit of its first
    event with it: several times faster than an aggregate ordered by time and row.
    """
    import ibis

    size, sizes = max(names, 1), [max(several, 1) for several in units]
    keys = [name for name in events.columns if name.startswith("case")]
    packed = ibis.row_number().over(order_by=[events["at"], events["row"], events["code"]])
    for place, several in enumerate(sizes):
        packed = packed * several + events[f"unit{place}"]
    events = events.mutate(packed=packed * size + events["code"])
    cases = events.group_by(*keys).aggregate(
        steps=events["packed"].collect(), first=events["at"].min(), last=events["at"].max()
    )
    cases = cases.mutate(steps=cases["steps"].sort())
    found, left = {}, cases["steps"][0] // size
    for place in reversed(range(len(sizes))):
        found[f"unit{place}"] = (left % sizes[place]).cast("int64")
        left = left // sizes[place]
    return cases.mutate(path=cases["steps"].map(lambda each: each % size), **found).drop("steps")


def _flat(paths: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    """Return the steps of all paths one after the other, and how many each has."""
    lists = paths.combine_chunks()
    steps = lists.flatten().to_numpy(zero_copy_only=False).astype("int64")
    return steps, lists.value_lengths().to_numpy(zero_copy_only=False).astype("int64")
