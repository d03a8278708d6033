"""The scenario desk in JupyterLab: recommendations in a list, what is supposed of one, what follows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import ipywidgets as w
import pandas as pd

from reviewkit.model import InputError
from reviewkit.plan.budget import budget_words
from reviewkit.plan.rows import records
from reviewkit.present.style import in_notebook, notebook_style

from ..desk import Desk
from ..naming import WhoField
from ..parts import Said, button, field, note, panel, root, row, safe, shortened, shown
from ..telling import told
from ..work import Work
from . import words
from .inputs import Inputs
from .model import ScenarioModel

STYLE = """.rks-box .rk-table{font-size:.85rem} .rks-box .widget-html{width:100%}
.rks-box{border:1px solid var(--jp-border-color2,#bbb);border-radius:4px}"""
_SUM = re.compile(r"(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,2})?")
NOTHING = "There is no recommendation: no gap and no concern is strong enough yet."


class Screen:
    """The widget of :class:`~.model.ScenarioModel`."""

    def __init__(self, model: ScenarioModel | Desk) -> None:
        self.model = ScenarioModel(model) if isinstance(model, Desk) else model
        self.said, self._filling = Said(), False
        self.work = Work(self.said)
        self._make()
        self.widget = root(self._laid_out())
        if self.model.desk.who:
            self._be(self.model.desk.who)
        self.read()

    def read(self) -> None:
        """Read the recommendations, off the loop; what is supposed stays."""
        self.work.start("Working out the steps before", self.model.read, self._take)

    def do(self, command: Callable[[], str]) -> None:
        """Run a command, show where things stand, and tell what happened or what went wrong."""
        try:
            said = command()
        except InputError as error:
            self.said.say(told(error), trouble=True)  # what is supposed stays
            return
        self.show()
        self.said.say(said if self.model.chosen else NOTHING)

    def show(self) -> None:
        """Show the order, the chosen recommendation, and what follows from what is supposed."""
        last = self.model.undoing.last
        self.undo.disabled = not last
        self.undo.description = shortened(f"Undo: {last}", 44) if last else "Undo"
        there = bool(self.model.chosen)
        shown(self.body, there)
        if not there:
            return
        self._filling = True
        currency = self.model.engagement.currency
        self.list.options = [
            (shortened(words.label(one, currency), 140), str(one["recommendation_id"]))
            for one in records(self.model.table)
        ]
        self.list.value = self.model.chosen
        self.budget.value = _typed(self.model.budget)
        self._fill()
        self._filling = False
        self._follow()

    def _make(self) -> None:
        self.naming = WhoField(self.model.desk.who, self._be)
        self.budget = field(w.Text, "Budget", placeholder="such as 50000", width="14rem")
        self.budget.continuous_update = False
        self.budget.observe(lambda change: self._budget(change["new"]), "value")
        self.list = field(w.Select, "Recommendation", options=[], rows=8, width="100%")
        self.list.observe(lambda change: self._choose(change["new"]), "value")
        self.impact = field(w.BoundedIntText, "Effect, 1 to 5", min=1, max=5, width="11rem")
        self.effort = field(w.BoundedIntText, "Effort, 1 to 5", min=1, max=5, width="11rem")
        self.days = field(w.BoundedFloatText, "Working days", min=0, max=10_000, width="12rem")
        self.weeks = field(w.BoundedIntText, "In place after (weeks)", min=1, max=520, width="15rem")
        self.starts = field(w.DatePicker, "Starts", width="14rem")
        self.cost = field(w.Text, "Cost", placeholder="to be agreed", width="12rem")
        self.cost.continuous_update = False
        hint = "needed to keep effect, effort, days or weeks that are not the library's"
        self.reason = field(w.Text, "Why", placeholder=hint, width="calc(100% - 13rem)")
        self.reason.continuous_update = False
        self.fields = {
            "impact": self.impact, "effort": self.effort, "days": self.days, "weeks": self.weeks,
            "starts": self.starts, "cost": self.cost, "reason": self.reason,
        }  # fmt: skip
        for name, each in self.fields.items():
            each.observe(lambda change, name=name: self._supposed(name, change["new"]), "value")
        self.about, self.outcome, self.climb, self.money = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self.keep = button("Keep as a draft", lambda: self.do(self._keep), main=True, icon="check")
        self.keep_all = button("Keep all that changed", lambda: self.do(self._keep_all))
        self.back = button("Put back", lambda: self.do(self.model.put_back), hint="As the review has it")
        self.back_all = button("Put all back", lambda: self.do(lambda: self.model.put_back(everything=True)))
        self.undo = button("Undo", lambda: self.do(self.model.undo), icon="undo")
        self.again = button("Read again", self.read, hint="Work the steps out from the evidence as it is now")

    def _laid_out(self) -> Any:
        style = w.HTML(f"<style>{STYLE}</style>{notebook_style()}", layout=w.Layout(display="none"))
        about = w.Box([self.about], layout=w.Layout(height="5.8rem", overflow="auto"))
        boxes = []
        for part in (self.outcome, self.climb):
            box = w.Box([part], layout=w.Layout(width="49.5%", height="20rem", overflow="auto"))
            box.add_class("rks-box")
            boxes.append(box)
        keeping = row(self.keep, self.keep_all, self.back, self.back_all, self.undo)
        below = w.HBox(boxes, layout=w.Layout(justify_content="space-between"))
        self.body = panel(self.list, about, row(*self.fields.values()), keeping, below)
        shown(self.body, False)
        head = row(self.naming.widget, self.budget, self.again, self.work.widget)
        self.money.layout.height = "1.6rem"
        return panel(style, head, self.said.widget, self.money, self.body)

    def _take(self, inputs: Inputs) -> None:
        def taken() -> str:
            self.model.take(inputs)
            return ""

        self.do(taken)

    def _fill(self) -> None:
        one, action = self.model.row(), self.model.action()
        self.about.value = safe("<p><b>{}</b></p>", one["title"]) + note(str(one["why"]))
        self.impact.value, self.effort.value = int(one["impact"]), int(one["effort"])
        self.days.value, self.weeks.value = float(one["days"]), int(one["weeks"])
        begin = action.get("starts")
        self.starts.value = pd.Timestamp(begin).date() if begin is not None and pd.notna(begin) else None
        cost = action.get("cost")
        self.cost.value = _typed(cost)
        self.reason.value = self.model.reason()
        if told_before := self.model.row(before=True)["estimated"]:
            self.about.value += note(f"Estimated: {told_before}")
        agreed = bool(action.get("agreed"))
        for each in (*self.fields.values(), self.keep):
            each.disabled = agreed
        if agreed:
            self.about.value += note(
                "An agreed action carries it: dates and cost are changed with its owner."
            )

    def _follow(self) -> None:
        self.outcome.value = in_notebook(words.compared(self.model).html())
        climb = words.climbed(self.model)
        self.climb.value = in_notebook(climb.html()) if climb else note("No action has a climb.")
        model = self.model
        self.money.value = note(budget_words(model.plan, model.budget, model.engagement.currency))

    def _be(self, who: str) -> None:
        try:
            self.model.be(who)
        except InputError as error:
            self.said.say(told(error), trouble=True)
            return
        self.said.say(f"You are {who}." if who else "Write your role or initials to keep drafts.")
        self.show()

    def _choose(self, name: str | None) -> None:
        if self._filling or name is None:
            return

        def chosen() -> str:
            self.model.chosen = name
            self.model.work_out()
            return ""

        self.do(chosen)

    def _supposed(self, name: str, value: Any) -> None:
        if self._filling:
            return

        def supposed() -> str:
            self.model.suppose(**{name: _read(name, value)})
            return ""

        self.do(supposed)

    def _budget(self, text: str) -> None:
        if self._filling:
            return

        def given() -> str:
            self.model.budget = amount(text)
            return ""

        self.do(given)

    def _keep(self) -> str:
        return self.model.keep([self.model.chosen])

    def _keep_all(self) -> str:
        return self.model.keep(self.model.changed, budget=True)


def amount(text: str) -> float | None:
    """Return a sum of money as typed; None where nothing is.

    Raises
    ------
    InputError : it is no sum, below 0, or can be read in two ways, such as 4.000 and 12,5.

    >>> amount("12,500"), amount("£99.5"), amount(" ")
    (12500.0, 99.5, None)
    """
    plain = text.replace(" ", "").lstrip("£$€")
    if not plain:
        return None
    if not _SUM.fullmatch(plain):
        raise InputError(f"'{text.strip()}' is no sum of money", fix="Write one such as 12500 or 12,500.50.")
    return float(plain.replace(",", ""))


def _typed(value: Any) -> str:
    return f"{value:.12g}" if value is not None and pd.notna(value) else ""


def _read(name: str, value: Any) -> Any:
    if name == "cost":
        return amount(value)
    if name == "reason":
        return value.strip() or None
    if name == "starts":
        return None if value is None else pd.Timestamp(value)
    return value
