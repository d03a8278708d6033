"""A measure's text checked against the data before anything runs."""

from __future__ import annotations

from typing import Any

from ibis import Table, Value

from reviewkit.model import InputError, Measure

from .expressions import aggregate, condition
from .series import date_column


def check_measure(table: Table, measure: Measure) -> None:
    """Refuse a measure whose text is not allowed, or names a column that ``table`` does not have.

    Raises
    ------
    InputError : names the measure, the text and what is wrong with it.

    Examples
    --------
    >>> import ibis
    >>> table = ibis.table({"at": "timestamp", "csat": "float64"}, name="contacts")
    >>> check_measure(table, Measure(id="csat", name="CSAT", unit="score", direction="increase",
    ...                              table="contacts", numerator="sum(score)"))
    Traceback (most recent call last):
    ...
    reviewkit.model.errors.InputError: measure 'csat': 'sum(score)' names 'score', which is
    no column. Columns: at, csat.
    """
    what = f"measure '{measure.id}'"
    date_column(measure, table)
    if measure.where:
        condition(measure.where, table, what=what)
    for text in (measure.numerator, measure.denominator):
        if text:
            _refuse_words(aggregate(text, table, what=what), text, what)


def _refuse_words(found: Any, text: str, what: str) -> None:
    """Refuse what gives no number."""
    kind = found.type() if isinstance(found, Value) else None
    number = isinstance(found, int | float) if kind is None else kind.is_numeric() or kind.is_boolean()
    if not number:
        fix = "Write sum(...), count(...) or the like of a column of numbers."
        raise InputError(f"{what}: '{text}' gives no number", fix=fix)
