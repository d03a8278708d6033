"""Figures for the questions of an analyst: aggregates asked once, and a few rows on request."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pandas as pd

from reviewkit.evidence import EvidenceSet
from reviewkit.model import TABLES, Engagement, InputError
from reviewkit.performance.measures.expressions import condition
from reviewkit.performance.measures.series import Level, date_column, series_of

from .question import PERSONAL, PLACES, Question, breakdowns, checked

ROWS = 50
"""Rows shown behind a point: enough to see what they are, never the table."""
CHOICES = 300
"""Sites, teams or contracts offered to choose from."""


class Aggregates:
    """Asks the evidence where it lies; what was asked once is remembered.

    Rows never leave the database but for the few of :meth:`rows`. One question runs at a time; another
    thread may :meth:`cancel` it.

    Parameters
    ----------
    opened : opens the evidence; called again after a question was given up, since its connection may
        still be busy.
    """

    def __init__(self, engagement: Engagement, opened: Callable[[], EvidenceSet]) -> None:
        self.engagement, self._open = engagement, opened
        self._evidence: EvidenceSet | None = None
        self._known: dict[Question, pd.DataFrame] = {}
        self._values: dict[tuple[str, str], list[str]] = {}
        self._lock = threading.Lock()
        self._backends: dict[int, Any] = {}
        self.asked = 0

    @property
    def evidence(self) -> EvidenceSet:
        """The evidence, opened where it is not."""
        with self._lock:
            if self._evidence is None:
                self._evidence = self._open()
            return self._evidence

    def knows(self, question: Question) -> bool:
        """Whether the answer is remembered, so that nobody waits for it."""
        return question in self._known

    def figures(self, question: Question) -> pd.DataFrame:
        """Return one row a period and unit: ``unit`` (``""`` for all together), ``period, numerator,
        denominator, value``; ``attrs`` as :func:`reviewkit.performance.series` gives them.

        Raises
        ------
        InputError : the measure's table is not there, or it cannot be broken down so.
        """
        if question not in self._known:
            self._known[question] = self._asked(question)
        return self._known[question]

    def values(self, table: str, column: str) -> list[str]:
        """Return the values of a column in order: what may be chosen."""
        key = (table, column)
        if key not in self._values:
            self.asked += 1
            known = self.table(table)
            found = known[[column]].distinct().filter(lambda t: t[column].notnull())
            frame = found.order_by(column).limit(CHOICES).execute()
            self._values[key] = [str(value) for value in frame[column] if str(value)]
        return self._values[key]

    def rows(self, question: Question, unit: str, period: Any, most: int = ROWS) -> tuple[pd.DataFrame, int]:
        """Return the first rows behind one point, and how many there are.

        Columns that may tell a person are left out.
        """
        measure = checked(question, self.engagement)
        table = self._narrowed(question)
        date = date_column(measure, table)
        start = pd.Timestamp(period)
        step = pd.DateOffset(weeks=1) if question.cadence == "week" else pd.DateOffset(months=1)
        at = table[date].cast("timestamp")
        wanted = (at >= start.to_pydatetime()) & (at < (start + step).to_pydatetime())
        if question.by and unit:
            wanted &= table[question.by] == unit
        if measure.where:
            wanted &= condition(measure.where, table, what=f"measure '{measure.id}'")
        declared = [c.name for c in TABLES[measure.table].columns if c.name in table.columns]
        found = table.filter(wanted)
        self.asked += 1
        frame = found.select([n for n in declared if n not in PERSONAL]).order_by(date).limit(most).execute()
        return frame.dropna(axis=1, how="all"), int(found.count().execute())

    def cancel(self) -> None:
        """Interrupt the question that runs, as far as its database can; the next opens a connection anew."""
        with self._lock:
            self._evidence, busy, self._backends = None, self._backends, {}
        for backend in busy.values():
            _interrupt(backend)

    def forget(self) -> None:
        """Forget all answers: the evidence is to be read anew."""
        self._known.clear()
        self._values.clear()
        with self._lock:
            self._evidence = None

    def _asked(self, question: Question) -> pd.DataFrame:
        measure = checked(question, self.engagement)
        table = self._narrowed(question)
        levels: list[Level] = [(), (question.by,)] if question.by else [()]
        self.asked += 1
        found = series_of(
            table, [measure], levels=levels, period=question.cadence, as_of=self.engagement.data_as_of
        )
        whole = found[measure.id, ()]
        parts = [whole.assign(unit="")]
        if question.by:
            own = found[measure.id, (question.by,)].rename(columns={question.by: "unit"})
            parts.append(own[own["unit"] != ""])
        made = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
        made.attrs = dict(whole.attrs)
        return made

    def _narrowed(self, question: Question) -> Any:
        measure = checked(question, self.engagement)
        if not self.evidence.has(measure.table):
            raise InputError(
                f"there is no table {measure.table}, from which {measure.name} is counted",
                fix="Name it under 'sources' in the params file.",
            )
        table = self.table(measure.table)
        for name in PLACES:
            if value := question.narrowed.get(name):
                table = table.filter(table[name] == value)
        return table

    def choices(self, measure: str) -> dict[str, list[str]]:
        """Return what a measure may be narrowed to: column -> values, for columns that tell rows apart."""
        named = checked(Question(measure), self.engagement)
        if not self.evidence.has(named.table):
            return {}
        able = [name for name in PLACES if name in breakdowns(named)]
        return {name: self.values(named.table, name) for name in able}

    def table(self, name: str) -> Any:
        """Return a table for Ibis, noted as one whose questions :meth:`cancel` interrupts."""
        table = self.evidence.table(name)
        backend = table.get_backend()
        self._backends[id(backend)] = backend
        return table


def _interrupt(backend: Any) -> None:
    """Stop what a connection of DuckDB or PostgreSQL is doing; others are left to end by themselves."""
    raw = getattr(backend, "con", None)
    stop = getattr(raw, "interrupt", None) or getattr(raw, "cancel", None)
    if stop is not None:
        stop()
