"""Measures in JupyterLab: units and points in lists, the chart beside them, rows below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w
import pandas as pd

from reviewkit.model import InputError
from reviewkit.present.blocks import Table
from reviewkit.present.style import in_notebook

from ..parts import Said, button, field, note, panel, row
from ..telling import told
from ..work import Work
from . import series
from .aggregates import ROWS
from .asking_view import AskingView, looked_at
from .model import ExploreModel
from .notes_view import NotesView
from .question import Question

STALE = "The files of the evidence have changed since they were read: press Read again."


class MeasuresView:
    """The page of measures.

    Parameters
    ----------
    remarks : returns the remarks that speak to a measure at a site, as HTML.
    """

    def __init__(self, model: ExploreModel, said: Said, remarks: Callable[[Any, str], str]) -> None:
        self.model, self.said, self._remarks, self._filling = model, said, remarks, False
        self.work = Work(said, model.aggregates.cancel)
        self.asking = AskingView(model, self.ask)
        self.units = field(w.Select, "Which", options=[], rows=8, width="98%")
        self.points = field(w.Select, "Point", options=[], rows=15, width="98%")
        self.chart, self.found, self.summary = w.HTML(), w.HTML(), w.HTML()
        self.notes = NotesView(model, self.do, self.redraw)
        self.rows = button("Rows behind this point", self._show_rows, icon="table")
        self.said_of = button("Remarks about this measure here", self._show_remarks, icon="comment")
        self.again = button(
            "Read again", self.read_again, hint="Read the evidence as it is now", icon="refresh"
        )
        self.units.observe(lambda change: self._unit(change["new"]), "value")
        self.points.observe(lambda change: self._point(change["new"]), "value")
        self.widget = self._laid_out()

    def open(self) -> None:
        """Ask the first question."""
        self._run(self.asking.question())

    def ask(self, question: Question) -> None:
        """Ask a question, off the loop; what is shown stays until the answer is there."""
        self._run(question)

    def do(self, command: Callable[[], str]) -> bool:
        """Run a command and tell what happened or what went wrong; say whether it went well."""
        try:
            self.said.say(command())
        except InputError as error:
            self.said.say(told(error), trouble=True)
            return False
        return True

    def read_again(self) -> None:
        """Forget what is remembered and ask again."""
        if self.do(self._read_again):
            self._run(self.asking.question())

    def redraw(self) -> None:
        """Draw the chart of the unit in hand and list its points."""
        made = self.model.chart()
        self.chart.value = in_notebook(made.html()) if made is not None else note("There is no point here.")
        self._list_points()

    def _laid_out(self) -> Any:
        lists = panel(self.units, self.points, width="30%")
        lists.layout.min_width = "17rem"
        drawing = w.Box([self.chart], layout=w.Layout(width="69%", height="29rem", overflow="auto"))
        drawing.add_class("rkx-chart")
        side = w.HBox([lists, drawing], layout=w.Layout(height="29.5rem", overflow="hidden"))
        below = w.Box([self.found], layout=w.Layout(height="15rem", overflow="auto"))
        below.add_class("rkx-found")
        head = row(self.again, self.summary, self.work.widget)
        return panel(self.asking.widget, head, side, self.notes.widget, row(self.rows, self.said_of), below)

    def _run(self, question: Question) -> None:
        self.said.say("")  # when it is asked, not when it is found: what is told meanwhile stays
        if self.model.aggregates.knows(question):
            self._take(question, self.model.aggregates.figures(question), None)
            return
        name = self.model.engagement.measure(question.measure).name if question.measure else "measures"

        def asked() -> tuple[pd.DataFrame, dict[str, list[str]]]:
            aggregates = self.model.aggregates
            return aggregates.figures(question), aggregates.choices(question.measure)

        self.work.start(f"Counting {name}", asked, lambda found: self._take(question, *found))

    def _take(self, question: Question, figures: pd.DataFrame, choices: dict[str, list[str]] | None) -> None:
        if choices is not None:
            self.asking.offer(question.measure, choices)
        self.notes.end_trial()
        self.model.take(question, figures)
        self.asking.show(question)
        self._list_units()
        self.notes.show()
        self.redraw()
        self._choose_day()
        self.found.value = ""
        units = figures.loc[figures["unit"] != "", "unit"].nunique()
        self.summary.value = note(looked_at(question, int((figures["unit"] == "").sum()), units))
        if self.model.changed:
            self.said.say(STALE, trouble=True)

    def _list_units(self) -> None:
        self._filling = True
        self.units.options = self.model.units()
        self.units.value = self.model.unit if len(self.units.options) else None
        self._filling = False

    def _list_points(self) -> None:
        self._filling = True
        kept = self.points.value
        self.points.options = self.model.point_labels() if len(self.model.points()) else []
        periods = [key for _, key in self.points.options]
        self.points.value = kept if kept in periods else (periods[0] if periods else None)
        self._filling = False

    def _unit(self, name: str | None) -> None:
        if self._filling or name is None:
            return
        self.model.unit = name
        self.notes.show()
        self.redraw()
        self._choose_day()

    def _point(self, period: Any) -> None:
        if not self._filling and period is not None:
            self.notes.choose(period)
            self.found.value = ""

    def _choose_day(self) -> None:
        if self.points.value is not None:
            self.notes.choose(self.points.value)

    def _read_again(self) -> str:
        self.model.read_again()
        return "The evidence is read again."

    def _show_rows(self) -> None:
        period, question, unit = self.points.value, self.model.question, self.model.unit
        if period is None:
            self.said.say("There is no point to look behind.", trouble=True)
            return

        def asked() -> tuple[pd.DataFrame, int]:
            return self.model.aggregates.rows(question, unit, period)

        self.work.start("Fetching rows", asked, lambda found: self._rows_found(*found, period))

    def _rows_found(self, rows: pd.DataFrame, count: int, period: Any) -> None:
        shown = series.display(self.model.measure, self.model.engagement, self.model.question)
        headings = {str(name): str(name).replace("_", " ").capitalize() for name in rows}
        caption = f"{count:,} {'row' if count == 1 else 'rows'} behind {shown.when(period)}"
        caption += f", the first {ROWS} shown" if count > ROWS else ""
        self.found.value = in_notebook(Table(rows, caption, headings, linked=False).html())
        self.said.say(f"{caption}. Columns that tell a person are left out.")

    def _show_remarks(self) -> None:
        def shown() -> str:
            self.found.value = self._remarks(self.model.measure, self.model.site)
            return ""

        self.do(shown)
