"""A measure's text checked against the data before anything runs."""

from __future__ import annotations

from ibis import Table

from reviewkit.model import Measure

from .expressions import aggregate, condition
from .measures import date_column


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
            aggregate(text, table, what=what)
