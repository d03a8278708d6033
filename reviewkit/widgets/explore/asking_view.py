"""The fields that ask: which measure, broken down by what, where, by which period."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as w

from reviewkit.model.words import plural

from ..parts import field, row, shown
from .model import ExploreModel
from .question import PLACES, Question, breakdowns, cadences

_EVERY = {"site": "every site", "team": "every team", "contract": "every contract"}


class AskingView:
    """The fields of a :class:`.Question`; ``changed`` is called with the new one."""

    def __init__(self, model: ExploreModel, changed: Callable[[Question], None]) -> None:
        self.model, self._changed, self._filling = model, changed, False
        self.measure = field(w.Dropdown, "Measure", options=model.measures, width="19rem")
        self.by = field(w.Dropdown, "Broken down by", options=[("nothing", "")], width="14rem")
        self.places = {
            name: field(w.Dropdown, name.capitalize(), options=[(_EVERY[name], "")], width="13rem")
            for name in PLACES
        }
        self.cadence = field(w.Dropdown, "By", options=["month"], width="8rem")
        self.fields = (self.measure, self.by, *self.places.values(), self.cadence)
        self.measure.observe(lambda _: self._other_measure(), "value")
        for each in self.fields[1:]:
            each.observe(lambda _: self._asked(), "value")
        self.widget = row(*self.fields)
        self._fit()

    def question(self) -> Question:
        """Return what the fields ask."""
        places = {name: each.value or "" for name, each in self.places.items()}
        return Question(
            self.measure.value or "", by=self.by.value or "", cadence=self.cadence.value, **places
        )

    def offer(self, measure: str, choices: dict[str, list[str]]) -> None:
        """Offer the values that a measure may be narrowed to, where it is still the one in hand."""
        if measure != self.measure.value:
            return
        self._filling = True
        for name, each in self.places.items():
            kept = each.value
            values = choices.get(name, [])
            names = (
                {one.id: one.name for one in self.model.engagement.contracts} if name == "contract" else {}
            )
            each.options = [(_EVERY[name], ""), *((names.get(value, value), value) for value in values)]
            each.value = kept if kept in values else ""
            shown(each, bool(values))
        self._filling = False

    def show(self, question: Question) -> None:
        """Show a question in the fields, without asking it again."""
        self._filling = True
        self.measure.value = question.measure
        self._fit()
        self.by.value = question.by
        for name, each in self.places.items():
            value = getattr(question, name)
            if value not in [key for _, key in each.options]:
                each.options = [*each.options, (value, value)]
            each.value = value
        self.cadence.value = question.cadence
        self._filling = False

    def _other_measure(self) -> None:
        if self._filling:
            return
        self._filling = True
        self._fit()
        self._filling = False
        self._asked()

    def _fit(self) -> None:
        """Offer what the measure can be broken down by; what was chosen stays where it can."""
        engagement = self.model.engagement
        known = {one.id: one for one in engagement.measures}
        if self.measure.value not in known:
            return
        measure = known[self.measure.value]
        able, kept = breakdowns(measure), self.by.value
        self.by.options = [("nothing", ""), *((name, name) for name in able)]
        self.by.value = kept if kept in able else ""
        for name, each in self.places.items():
            if name not in able:
                each.value = ""
            shown(each, name in able)
        self.cadence.options = cadences(measure, engagement)

    def _asked(self) -> None:
        if not self._filling:
            self._changed(self.question())


def looked_at(question: Question, points: int, units: int) -> str:
    """Return in words how much an answer holds.

    >>> looked_at(Question("w", by="site"), 24, 5)
    '24 points at 5 sites.'
    """
    told = plural(points, "point")
    return f"{told} at {plural(units, question.by)}." if question.by else f"{told}."
