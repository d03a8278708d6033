"""The state of a scenario: what is supposed of which recommendation, what follows, what is kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from reviewkit import plan
from reviewkit.plan.agreed import is_agreed
from reviewkit.plan.budget import BUDGET, plan_budget
from reviewkit.plan.estimates import ESTIMATED, Estimate, on_file, with_estimates
from reviewkit.plan.joint_return import together
from reviewkit.plan.rows import records
from reviewkit.plan.scenario import supposed_plan, supposing

from ..desk import Desk, new_batch
from ..presence import has_store, still_there
from ..undoing import Undoing
from .inputs import Inputs, inputs_of
from .keeping import Kept, to_keep
from .unsaved import keep_unsaved, read_unsaved

Row = dict[str, Any]
_OURS = ("actions", "estimates")


class ScenarioModel:
    """Tries what an action would bring, and keeps it: estimates, drafts of the plan, its budget.

    Parameters
    ----------
    desk : the analyst's place at the engagement.
    read : returns the inputs; those of the workbench where left out.
    """

    def __init__(self, desk: Desk, read: Callable[[], Inputs] | None = None) -> None:
        self.desk, self.engagement = desk, desk.engagement
        self.read = read or (lambda: _of_workbench(desk))
        self.undoing = Undoing(desk, lambda one: one["table"] in _OURS or BUDGET in one["key"])
        self.supposed: dict[str, Estimate] = {}
        self.chosen = ""
        self.budget: float | None = None
        self.kept = Kept()

    def take(self, inputs: Inputs) -> None:
        """Take up the inputs; what is supposed stays where its recommendation is there too."""
        self.inputs = inputs
        self.read_kept()
        self._read_unsaved()
        known = set(self.table_before["recommendation_id"])
        self.supposed = {name: one for name, one in self.supposed.items() if name in known}
        if self.chosen not in known:
            self.chosen = str(next(iter(self.table_before["recommendation_id"]), ""))
        self.work_out()

    def read_kept(self) -> None:
        """Read what is on file as it is now, and work out how the review has it."""
        if has_store(self.desk):
            self.desk.read(*_OURS, "scope")  # what others change from now on is a conflict
        found = self.desk.frames(*_OURS, "scope")
        budget = plan_budget(found["scope"])
        if self.budget == self.kept.budget:
            self.budget = budget
        self.kept = Kept(found["actions"], found["estimates"], budget)
        table, self.plan_before = self._worked_out({})
        self.table_before = with_estimates(table, self.kept.estimates)

    def be(self, who: str) -> None:
        """Say who writes: what they kept can be undone, and what they supposed is there again."""
        self.desk.who = who
        if who and has_store(self.desk):
            self.undoing.restore()
        if self.chosen:
            self._read_unsaved()
            self.work_out()

    def suppose(self, **what: Any) -> None:
        """Suppose something of the chosen recommendation; what is as the review has it is not supposed."""
        was = self._as_it_is(self.chosen)
        if "cost" in what and what["cost"] is None and _known(was["cost"]):
            what["cost"] = math.nan  # taken away, not left as it is
        kept = {name: None if _same(value, was.get(name)) else value for name, value in what.items()}
        one = replace(self.supposed.get(self.chosen, Estimate()), **kept)
        self.supposed[self.chosen] = one
        if one == Estimate():
            del self.supposed[self.chosen]
        self.work_out()

    def put_back(self, *, everything: bool = False) -> str:
        """Suppose nothing of the chosen recommendation any more, or of any, nor another budget."""
        if everything:
            self.supposed.clear()
            self.budget = self.kept.budget
        else:
            self.supposed.pop(self.chosen, None)
        self.work_out()
        return "Everything is as the review has it." if everything else "It is as the review has it."

    def work_out(self) -> None:
        """Work out order, returns and plan anew."""
        table, self.plan = self._worked_out(self.supposed)
        places = dict(zip(self.table_before["recommendation_id"], self.table_before["rank"], strict=True))
        before = table["recommendation_id"].map(places).fillna(table["rank"]).astype("int64")
        changed = self.changed
        self.table = table.assign(rank_before=before, changed=table["recommendation_id"].isin(changed))
        waiting = {
            name: one if name in changed or one.reason not in (None, self.kept.reason(name)) else Estimate()
            for name in table["recommendation_id"]
            for one in [self.supposed.get(name, Estimate())]
        }
        keep_unsaved(self.desk.drafts, waiting, self._other_budget)

    @property
    def changed(self) -> list[str]:
        """Recommendations of which something is supposed that the review does not have."""
        return [name for name, one in self.supposed.items() if self._is_changed(name, one)]

    def row(self, name: str = "", *, before: bool = False) -> Row:
        """Return a recommendation as supposed, or as the review has it; the chosen one where left out."""
        table = self.table_before if before else self.table
        mine = table[table["recommendation_id"].eq(name or self.chosen)]
        return records(mine)[0] if len(mine) else {}

    def action(self, name: str = "", *, before: bool = False) -> Row:
        """Return the action of the plan that carries a recommendation; empty where there is none."""
        table = self.plan_before if before else self.plan
        mine = table[table["recommendation_id"].eq(name or self.chosen)]
        return records(mine)[0] if len(mine) else {}

    def reason(self) -> str:
        """Return why the chosen recommendation is estimated so: as typed, else as it is on file."""
        typed = self.supposed.get(self.chosen, Estimate()).reason
        return typed if typed is not None else self.kept.reason(self.chosen)

    def together(self, *, before: bool = False) -> tuple[float, float]:
        """Return what the plan's recommendations may return a year if all are done."""
        table, actions = (self.table_before, self.plan_before) if before else (self.table, self.plan)
        mine = table[
            table["recommendation_id"].isin(actions["recommendation_id"]) & ~table["stop"].astype(bool)
        ]
        return together(mine, self.inputs.gaps, self.engagement, self.inputs.levels)

    def ascent(self, *, before: bool = False) -> pd.DataFrame:
        """Return the ascent of the plan."""
        table = self.plan_before if before else self.plan
        return plan.ascent(plan.climbs(table, self.engagement), basis=self.engagement.ascent_basis)

    def keep(self, names: Sequence[str], *, budget: bool = False) -> str:
        """Keep estimates and drafts of some recommendations, and the budget, all or none; say what was done.

        Raises
        ------
        InputError : an agreed action carries one already, an estimate has no reason, there is nothing to
            keep, or the store cannot be written to.
        """
        still_there(self.desk.params)
        _, drafted = self._worked_out(self.supposed, names)
        budgets = list(self._other_budget.values()) if budget else []
        found = {row["recommendation_id"]: row for row in records(drafted)}
        rows, why = to_keep(
            [(self.row(name), found.get(name, {}), self.supposed.get(name, Estimate())) for name in names],
            self.kept,
            self.desk.signed(),
            budgets,
        )
        batch = new_batch()
        self.desk.put_all(rows, why=why, batch=batch)
        self.undoing.add(batch, why)
        self.read_kept()
        self.work_out()
        return f"Saved: {why}." + (" Nobody has agreed it yet." if names else "")

    def undo(self) -> str:
        """Take back what was kept last; what is supposed stays."""
        what = self.undoing.last
        self.undoing.undo()
        self.read_kept()
        self.work_out()
        return f"Undone: {what}."

    def drafts(self) -> pd.DataFrame:
        """Return the drafts on file."""
        drafted = [not is_agreed(row) for row in records(self.kept.actions)]
        return self.kept.actions[pd.Series(drafted, index=self.kept.actions.index, dtype=bool)]

    def _read_unsaved(self) -> None:
        self.supposed, other = read_unsaved(self.desk.drafts)
        self.budget = other.get("budget", self.kept.budget)

    @property
    def _other_budget(self) -> dict[str, float | None]:
        return {"budget": self.budget} if self.budget != self.kept.budget else {}

    def _is_changed(self, name: str, one: Estimate) -> bool:
        was, reason = self._as_it_is(name), self.kept.reason(name)
        if reason and one.reason not in (None, reason):
            return True
        return any(not _same(value, was.get(each)) for each, value in one.given.items())

    def _as_it_is(self, name: str) -> Row:
        """Return what the review has of a recommendation, start and cost of its action included."""
        action, row = self.action(name, before=True), self.row(name, before=True)
        return {each: row.get(each) for each in ESTIMATED} | {
            each: action.get(each) for each in ("starts", "cost")
        }

    def _worked_out(
        self, supposed: dict[str, Estimate], also: Sequence[str] = ()
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        read, kept = self.inputs, self.kept
        table = read.propose(supposing(on_file(kept.estimates), supposed))
        table = table.assign(rank=range(1, len(table) + 1))
        actions = supposed_plan(
            table, supposed, kept.actions, read.gaps, read.levels, read.themes, self.engagement,
            also=[*supposed, *also], register=read.register,
        )  # fmt: skip
        return table, actions


def _known(value: Any) -> bool:
    return value is not None and not pd.isna(value)


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) if _known(one) and _known(other) else _known(one) == _known(other)


def _of_workbench(desk: Desk) -> Inputs:
    from reviewkit.steps.workbench import open_review

    still_there(desk.params)
    return inputs_of(open_review(desk.params))
