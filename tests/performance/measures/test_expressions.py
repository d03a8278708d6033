"""Measure text becomes an expression only through the allow-list."""

from __future__ import annotations

import ibis
import pytest

from reviewkit.model import InputError
from reviewkit.performance.measures.expressions import aggregate, condition

REFUSED = [
    "sum(x); drop table t",
    "sum(x);", "drop table t", "select 1", "sum((select 1))", "read_csv('/etc/passwd')",
    "sum(x) over ()", "sum(x) filter (where x > 1)", "sum(t.x)", "cast(x as int)", "sum(x::text)", "lower(s)",
    "pragma version", "attach 'x'", "copy t to 'f'", "sum(x) union select 1", "sum(sum(x))", "x", "sum(y)",
    "sum(*)",
    "count(x, s)", "min(x, 3)", "sum(distinct x)", "sum(columns(*))", "$1", "?", "", "sum(x", "sum(s)",
    "sum(x) -- ; drop", "(" * 400 + "sum(x)" + ")" * 400,
]  # fmt: skip


@pytest.fixture
def table() -> ibis.Table:
    return ibis.memtable({"x": [1.0, 2.0, 3.5], "ok": [True, False, True], "s": ["a", "b", None]})


@pytest.mark.parametrize("text", REFUSED)
def test_aggregate_refuses(table: ibis.Table, text: str) -> None:
    with pytest.raises(InputError, match="measure 'm'"):
        aggregate(text, table, what="measure 'm'")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sum(x) / count(*)", 6.5 / 3),
        ("mean(ok)", 2 / 3),
        ("sum(ok * x)", 4.5),
        ("count(s)", 2),
        ("count(distinct s)", 2),
        ("median(x)", 2),
        ("-sum(x) * 2 + 1", -12),
        ("sum(case when s = 'a' and not ok = false then 1 else 0 end)", 1),
        ("sum(case when s in ('a', 'b') then x end)", 3),
    ],
)
def test_aggregate_values(table: ibis.Table, text: str, value: float) -> None:
    assert aggregate(text, table).execute() == pytest.approx(value)


def test_condition_refuses_aggregates(table: ibis.Table) -> None:
    with pytest.raises(InputError, match="aggregate"):
        condition("sum(x) > 1", table)


def test_condition_takes_semicolons_inside_quotes(table: ibis.Table) -> None:
    assert table.filter(condition("s = 'a;b'", table)).count().execute() == 0
