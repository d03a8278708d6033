"""Measure text to Ibis expressions, by an allow-list; no text ever reaches a database.

The grammar: column names, numbers, ``'strings'``, ``true`` and ``false``; ``+ - * /``;
``= != <> < <= > >=``, ``in (...)``, ``is null``; ``and``, ``or``, ``not``; ``case when ...
then ... else ... end``; and the aggregates ``sum``, ``count``, ``count(*)``,
``count(distinct ...)``, ``mean`` or ``avg``, ``median``, ``min`` and ``max``.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import ibis
import sqlglot
from ibis import Table, Value
from sqlglot import expressions as exp

from reviewkit.model import InputError

LONGEST = 2000
_BINARY: dict[type[exp.Expression], Callable[[Any, Any], Any]] = {
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
    exp.And: operator.and_,
    exp.Or: operator.or_,
}
_AGGREGATES: dict[type[exp.Expression], str] = {
    exp.Sum: "sum",
    exp.Avg: "mean",
    exp.Median: "median",
    exp.Min: "min",
    exp.Max: "max",
}


def aggregate(
    text: str, table: Table, *, what: str = "expression", where: ibis.expr.types.BooleanValue | None = None
) -> Value:
    """Return an aggregate over ``table``, such as ``sum(resolved) / count(*)``.

    Parameters
    ----------
    text : in the grammar above; every column stands inside an aggregate.
    table : gives the columns.
    what : whose text it is, for the message.
    where : the rows that count, as :func:`condition` returns it; all where left out.

    Raises
    ------
    InputError : the text is no single expression, or holds something not allowed.

    Examples
    --------
    >>> table = ibis.memtable({"x": [1, 2, 3]})
    >>> int(aggregate("sum(case when x > 1 then x else 0 end)", table).execute())
    5
    >>> aggregate("sum(x); drop table t", table, what="measure 'a'")
    Traceback (most recent call last):
    ...
    reviewkit.model.errors.InputError: measure 'a': 'sum(x); drop table t' must be one expression.
    """
    return _Reader(text, table, what, True, where).read()


def condition(text: str, table: Table, *, what: str = "condition") -> Value:
    """Return a condition on the rows of ``table``; like :func:`aggregate`, without aggregates.

    >>> table = ibis.memtable({"site": ["A", "B"]})
    >>> int(table.filter(condition("site = 'A'", table)).count().execute())
    1
    """
    found = _Reader(text, table, what, False).read()
    if not isinstance(found, Value) or not found.type().is_boolean():
        raise InputError(f"{what}: '{text}' is no condition", fix="Write one such as site = 'A'.")
    return found


class _Reader:
    """Turns one parsed text into an Ibis expression, refusing every node it does not know."""

    def __init__(self, text: str, table: Table, what: str, aggregates: bool, where: Any = None) -> None:
        self.text, self.table, self.what, self.aggregates = text, table, what, aggregates
        self.where = where

    def read(self) -> Value:
        tree = self._parse()
        try:
            return self._value(tree, inside=not self.aggregates)
        except RecursionError:
            raise self._error("is nested too deeply") from None
        except (TypeError, AttributeError, ibis.common.exceptions.IbisError):
            raise self._error("compares or adds things of different kinds") from None

    def _parse(self) -> exp.Expression:
        if len(self.text) > LONGEST:
            raise InputError(f"{self.what}: longer than {LONGEST} characters")
        try:
            trees = sqlglot.parse(self.text, dialect="duckdb")
        except (sqlglot.errors.SqlglotError, RecursionError):
            raise self._error("cannot be read", "Check brackets and quotes.") from None
        # parse_one would quietly return the first of several statements.
        if len(trees) != 1 or trees[0] is None or ";" in self._outside_quotes():
            raise self._error("must be one expression")
        return trees[0]

    def _outside_quotes(self) -> str:
        return "".join(self.text.split("'")[::2])

    def _error(self, problem: str, fix: str = "") -> InputError:
        text = self.text if len(self.text) <= 80 else f"{self.text[:77]}..."
        return InputError(f"{self.what}: '{text}' {problem}", fix=fix)

    def _value(self, node: exp.Expression, inside: bool) -> Any:
        kind = type(node)
        if kind in _BINARY:
            return _BINARY[kind](
                *(_plain(self._value(side, inside), kind) for side in (node.this, node.expression))
            )
        if kind is exp.Div:
            below = self._number(node.expression, inside)
            return self._number(node.this, inside) / _lifted(below).nullif(0)
        if kind in _AGGREGATES or kind is exp.Count:
            return self._aggregate(node, inside)
        reader: Callable[[Any, bool], Any] | None = getattr(self, f"_{kind.__name__.lower()}", None)
        if reader is None:
            raise self._error(
                f"holds '{node.sql()[:60]}', which is not allowed", "See the grammar of measures."
            )
        return reader(node, inside)

    def _number(self, node: exp.Expression, inside: bool) -> Any:
        found = self._value(node, inside)
        # PostgreSQL turns a truth into an integer of this size alone.
        return found.cast("int32") if isinstance(found, Value) and found.type().is_boolean() else found

    def _anonymous(self, node: exp.Anonymous, inside: bool) -> Any:
        if node.name.lower() != "mean" or len(node.expressions) != 1:
            raise self._error(f"uses '{node.name}', which is not allowed", "See the grammar of measures.")
        return self._aggregate(exp.Avg(this=node.expressions[0]), inside)

    def _aggregate(self, node: exp.Expression, inside: bool) -> Any:
        if not self.aggregates or inside:
            raise self._error(
                "may not have an aggregate there", "Aggregates stand outermost, and not in 'where'."
            )
        if node.args.get("expressions"):
            raise self._error(f"gives '{node.key}' more than one column")
        if isinstance(node, exp.Count):
            return self._count(node)
        return getattr(_lifted(self._number(node.this, True)), _AGGREGATES[type(node)])(where=self.where)

    def _count(self, node: exp.Count) -> Any:
        if isinstance(node.this, exp.Star):
            return self.table.count(where=self.where)
        if isinstance(node.this, exp.Distinct) and len(node.this.expressions) == 1:
            return _lifted(self._value(node.this.expressions[0], True)).nunique(where=self.where)
        return _lifted(self._value(node.this, True)).count(where=self.where)

    def _column(self, node: exp.Column, inside: bool) -> Any:
        name = node.name
        if node.table or name not in self.table.columns:
            raise self._error(
                f"names '{node.sql()}', which is no column", f"Columns: {', '.join(self.table.columns)}."
            )
        if not inside:
            raise self._error(f"has '{name}' outside an aggregate", f"Write sum({name}) or mean({name}).")
        return self.table[name]

    def _literal(self, node: exp.Literal, inside: bool) -> Any:
        if node.is_string:
            return node.this
        return float(node.this) if any(mark in node.this for mark in ".eE") else int(node.this)

    def _boolean(self, node: exp.Boolean, inside: bool) -> bool:
        return bool(node.this)

    def _paren(self, node: exp.Paren, inside: bool) -> Any:
        return self._value(node.this, inside)

    def _neg(self, node: exp.Neg, inside: bool) -> Any:
        return -self._number(node.this, inside)

    def _not(self, node: exp.Not, inside: bool) -> Any:
        return ~_lifted(self._value(node.this, inside))

    def _is(self, node: exp.Is, inside: bool) -> Any:
        if not isinstance(node.expression, exp.Null):
            raise self._error("may compare with 'is' only to null")
        return _lifted(self._value(node.this, inside)).isnull()

    def _in(self, node: exp.In, inside: bool) -> Any:
        if not node.expressions or not all(isinstance(item, exp.Literal) for item in node.expressions):
            raise self._error("may have only numbers and strings in 'in (...)'")
        return _lifted(self._value(node.this, inside)).isin(
            [self._value(item, inside) for item in node.expressions]
        )

    def _case(self, node: exp.Case, inside: bool) -> Any:
        if node.this is not None:
            raise self._error("must write 'case when', without a column after 'case'")
        branches = [
            (_lifted(self._value(branch.this, inside)), self._value(branch.args["true"], inside))
            for branch in node.args["ifs"]
        ]
        other = node.args.get("default")
        return ibis.cases(*branches, else_=None if other is None else self._value(other, inside))


def _plain(value: Any, kind: type[exp.Expression]) -> Any:
    """Booleans count as 0 and 1 in sums; elsewhere they stay as they are."""
    if kind in (exp.Add, exp.Sub, exp.Mul) and isinstance(value, Value) and value.type().is_boolean():
        return value.cast("int32")
    return value


def _lifted(value: Any) -> Any:
    return value if isinstance(value, Value) else ibis.literal(value)
