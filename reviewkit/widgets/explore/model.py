"""The state of the explorer: what is asked, which unit and point is in hand, what people know of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pandas as pd

from reviewkit.evidence import EvidenceSet
from reviewkit.findings import bearing_on
from reviewkit.model import InputError, Measure
from reviewkit.present.chart import Chart

from ..desk import Desk, new_batch
from ..presence import has_store, still_there
from ..undoing import Undoing
from . import series
from .aggregates import Aggregates
from .opening import Workbench, signature
from .question import Question, cadences

EFFECTS = (
    ("explains the point; limits stay", "explains"),
    ("the process changed; limits begin anew", "process_changed"),
)
NOTES = ("annotations", "targets")
RULES = {
    "outside": "outside the limits",
    "trend": "seven in a row one way",
    "two_in_three": "close to a limit",
    "shift": "seven on one side",
    "long_run": "a long run on one side",
    "few_crossings": "few crossings",
}
"""What the rules of a chart are called in a list, where there is little room."""


class ExploreModel:
    """Looks at measures, and keeps what people know of them in the evidence store.

    Parameters
    ----------
    desk : the analyst's place at the engagement.
    opened : opens the evidence; that of the workbench where left out.
    """

    def __init__(self, desk: Desk, opened: Callable[[], EvidenceSet] | None = None) -> None:
        self.desk, self.engagement = desk, desk.engagement
        self._workbench = Workbench(desk)
        self.aggregates = Aggregates(self.engagement, opened or self._workbench.open)
        self.undoing = Undoing(desk, lambda change: change["table"] == "annotations")
        self.question = Question("")
        self.figures = pd.DataFrame()
        self.unit = ""
        self.trial: list[pd.Timestamp] = []
        self._signature = signature(desk)
        self._drawn: dict[str, pd.DataFrame] = {}
        self.read_notes()

    @property
    def measures(self) -> list[tuple[str, str]]:
        """Name and id of every measure of the engagement."""
        return [(one.name, one.id) for one in self.engagement.measures]

    @property
    def measure(self) -> Measure:
        """The measure in hand."""
        return self.engagement.measure(self.question.measure)

    @property
    def changed(self) -> bool:
        """Whether a file of the evidence is another than when it was read."""
        return signature(self.desk) != self._signature

    def be(self, who: str) -> None:
        """Say who writes."""
        self.desk.who = who
        if who and has_store(self.desk):
            self.undoing.restore()

    def first(self) -> Question:
        """Return what is looked at first: the first measure, by its own period."""
        if not self.engagement.measures:
            raise InputError("the engagement has no measures", fix="Add some to the params file.")
        one = self.engagement.measures[0]
        return Question(one.id, cadence=cadences(one, self.engagement)[0])

    def read_notes(self) -> None:
        """Read local knowledge and targets as they are now."""
        frames = self.desk.frames(*NOTES)
        self.notes, self.targets = frames["annotations"], frames["targets"]
        self._drawn.clear()

    def read_again(self) -> None:
        """Forget all figures: the next question reads the evidence anew."""
        still_there(self.desk.params)
        self.read_notes()
        self._signature = signature(self.desk)
        self._workbench.renew()
        self.aggregates.forget()

    def take(self, question: Question, figures: pd.DataFrame) -> None:
        """Take up the answer to a question; the unit in hand stays where it is there too."""
        self.question, self.figures, self.trial = question, figures, []
        self._drawn.clear()
        if self.unit not in set(figures["unit"]):
            self.unit = ""

    def units(self) -> list[tuple[str, str]]:
        """Return label and name of each unit: its latest figure and what is happening, all together first."""
        if self.figures.empty:
            return []
        names = list(dict.fromkeys(self.figures["unit"]))
        rows = self._points(names)
        shown = series.display(self.measure, self.engagement, self.question)
        last = rows.sort_values("period").groupby("unit", sort=False).tail(1).set_index("unit")
        labels = []
        for name in sorted(names):
            row = last.loc[name]
            told = f"{name or series.ALL} · {shown.figure(row['value'])}"
            state = shown.variation(str(row["signal"]))
            special = str(row["signal"]) != "common_cause" and bool(state)
            labels.append((f"{told} · {state}" if special else told, name))
        return labels

    def points(self, unit: str | None = None) -> pd.DataFrame:
        """Return the points of one unit in order of time, with limits."""
        name = self.unit if unit is None else unit
        if name not in self._drawn:
            rows = self._points([name])
            self._drawn[name] = rows.sort_values("period", ignore_index=True) if len(rows) else rows
        return self._drawn[name]

    def point_labels(self) -> list[tuple[str, pd.Timestamp]]:
        """Return label and period of each point of the unit in hand, latest first."""
        shown = series.display(self.measure, self.engagement, self.question)
        found = []
        for row in self.points().iloc[::-1].to_dict("records"):
            rule = RULES.get(str(row["rule"]), "")
            told = f"{shown.when(row['period'], short=True)} · {shown.figure(row['value'])}"
            found.append((f"{told} · {rule}" if rule else told, pd.Timestamp(row["period"])))
        return found

    def chart(self) -> Chart | None:
        """Return the chart of the unit in hand; None where there is no point."""
        rows = self.points()
        if rows.empty:
            return None
        return series.chart(rows, self.question, self.engagement, self.unit, self.notes)

    def try_from(self, day: pd.Timestamp | None) -> None:
        """Begin limits anew on a day, for a look; None takes the trial away."""
        self.trial = [] if day is None else [pd.Timestamp(day)]
        self._drawn.clear()

    @property
    def site(self) -> str:
        """The site that is looked at; empty for several."""
        return self.unit if self.question.by == "site" and self.unit else self.question.site

    def notes_here(self) -> pd.DataFrame:
        """Return the notes that bear on the series in hand, oldest first."""
        return bearing_on(self.question.measure, self.site, self.notes)

    def annotate(
        self, at: Any, text: str, effect: str, *, role: str = "", every_measure: bool = False,
        every_site: bool = False,
    ) -> str:  # fmt: skip
        """Save what somebody knows; return what was done.

        Raises
        ------
        InputError : nothing was written, the process of every measure cannot change at once, or the
            store cannot be written to.
        """
        if not text.strip():
            raise InputError("nothing is written", fix="Say what happened.")
        if at is None:
            raise InputError("there is no date", fix="Choose the day on which it happened.")
        if every_measure and effect == "process_changed":
            raise InputError(
                "limits begin anew for one measure at a time", fix="Save the note for this measure."
            )
        row = {
            "annotation_id": f"W{uuid.uuid4().hex[:8]}",
            "at": str(pd.Timestamp(at).date()),
            "measure": "" if every_measure else self.question.measure,
            "site": "" if every_site else self.site,
            "text": text.strip(),
            "effect": effect,
            "role": role.strip(),
        }
        still_there(self.desk.params)
        batch, why = new_batch(), f"note of {row['at']}"
        self.desk.put("annotations", [row], why=why, batch=batch)
        self.undoing.add(batch, why)
        self.trial = []
        self.read_notes()
        return f"Saved: {why}."

    def take_out(self, annotation_id: str) -> str:
        """Take a note out; the trail keeps it.

        Raises
        ------
        InputError : it stands in a file, which is never written.
        """
        key = (annotation_id,)
        if not self.desk.in_store("annotations", key) or key in self.desk.filed("annotations"):
            raise InputError("it stands in a file of the engagement", fix="Take it out there.")
        batch, why = new_batch(), f"note {annotation_id} taken out"
        self.desk.remove("annotations", key, why=why, batch=batch)
        self.undoing.add(batch, why)
        self.read_notes()
        return f"Done: {why}. The trail keeps it."

    def undo(self) -> str:
        """Take back the last note that was saved or taken out."""
        what = self.undoing.last
        self.undoing.undo()
        self.read_notes()
        return f"Undone: {what}."

    def _points(self, units: list[str]) -> pd.DataFrame:
        return series.points(
            self.figures, self.question, self.engagement,
            units=units, targets=self.targets, annotations=self.notes, trial=self.trial,
        )  # fmt: skip
