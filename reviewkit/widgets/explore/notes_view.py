"""The form for what people know of a chart: a day, what happened, and whether limits begin anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import ipywidgets as w
import pandas as pd

from reviewkit.model import InputError

from ..parts import area, button, field, panel, row, shortened
from .model import EFFECTS, ExploreModel

_ABOUT = "note on a chart"


class NotesView:
    """Local knowledge of the series in hand: new limits on trial, notes saved, taken out and undone.

    Parameters
    ----------
    do : runs a command and tells what happened; what is typed stays where it failed.
    redraw : called when the chart is another.
    """

    def __init__(
        self, model: ExploreModel, do: Callable[[Callable[[], str]], bool], redraw: Callable[[], None]
    ) -> None:
        self.model, self._do, self._redraw, self._filling = model, do, redraw, False
        self.day = field(w.DatePicker, "Day", width="14rem")
        self.effect = field(w.Dropdown, "It means", options=EFFECTS, width="25rem")
        self.role = field(w.Text, "Said by (role)", width="17rem")
        self.text = area("What happened", rows=2, hint="In a sentence; no names")
        self.every_site = field(w.Checkbox, "holds for every site", indent=False, width="12rem")
        self.every_measure = field(w.Checkbox, "for every measure", indent=False, width="11rem")
        self.trial = w.ToggleButton(
            description="Try new limits from this day",
            tooltip="Draws the chart with limits that begin anew on the day; nothing is saved",
            layout=w.Layout(width="auto"),
        )
        self.trial.observe(lambda change: self._try(change["new"]), "value")
        self.day.observe(lambda _: self._try(self.trial.value), "value")
        self.save = button("Save note", lambda: do(self._save), main=True, icon="check")
        self.undo = button("Undo", lambda: do(self._undo), icon="undo")
        self.known = field(w.Select, "Notes on this chart", options=[], rows=3, width="99%")
        self.out = button("Take this note out", lambda: do(self._take_out))
        self.widget = panel(
            row(self.day, self.effect, self.role, self.every_site, self.every_measure),
            self.text,
            row(self.trial, self.save, self.undo),
            self.known,
            row(self.out),
        )
        for typed in (self.text, self.role, self.day):
            typed.observe(lambda _: self._keep(), "value")
        self.show()
        self.resume()

    def resume(self) -> None:
        """Show what whoever writes now typed before and did not save; what another typed waits for them."""
        self._filling, typed = True, self.model.desk.drafts.of(_ABOUT)
        self.text.value = typed.get("text", "")
        if typed:
            self.role.value, day = typed.get("role", ""), typed.get("day", "")
            self.day.value = dt.date.fromisoformat(day) if day else self.day.value
        self._filling = False

    def choose(self, period: Any) -> None:
        """Take the day of the point that was chosen, as long as no words were written about another."""
        if not self.text.value.strip():
            self.day.value = pd.Timestamp(period).date()

    def show(self) -> None:
        """Show the notes on the series in hand, and what would be undone."""
        last = self.model.undoing.last
        self.undo.disabled = not last
        self.undo.description = shortened(f"Undo: {last}", 40) if last else "Undo"
        notes = self.model.notes_here() if self.model.question.measure else self.model.notes.iloc[:0]
        words = {key: told for told, key in EFFECTS}
        kept = self.known.value
        self.known.options = [
            (
                shortened(
                    f"{pd.Timestamp(one['at']):%Y-%m-%d} · {one['text']} · {words[one['effect']]}", 130
                ),
                str(one["annotation_id"]),
            )
            for one in notes.to_dict("records")
        ]
        self.known.value = kept if kept in [key for _, key in self.known.options] else None
        self.out.disabled = not len(notes)

    def _keep(self) -> None:
        if not self._filling:
            typed = {"text": self.text.value, "role": self.role.value, "day": str(self.day.value or "")}
            self.model.desk.drafts.keep(_ABOUT, typed if typed["text"].strip() else {})

    def end_trial(self) -> None:
        """Let the chart stand as it is saved."""
        if self.trial.value:
            self.trial.value = False

    def _try(self, wanted: bool) -> None:
        if self._filling:
            return
        day: dt.date | None = self.day.value
        self.model.try_from(pd.Timestamp(day) if wanted and day else None)
        self._redraw()

    def _save(self) -> str:
        told = self.model.annotate(
            self.day.value,
            self.text.value,
            self.effect.value,
            role=self.role.value,
            every_measure=self.every_measure.value,
            every_site=self.every_site.value,
        )
        self.text.value = ""
        return self._after(told)

    def _undo(self) -> str:
        return self._after(self.model.undo())

    def _take_out(self) -> str:
        if self.known.value is None:
            raise InputError("no note is chosen", fix="Choose one in the list.")
        return self._after(self.model.take_out(self.known.value))

    def _after(self, told: str) -> str:
        self.end_trial()
        self.show()
        self._redraw()
        return told
