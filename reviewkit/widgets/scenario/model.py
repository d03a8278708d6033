"""The state of a scenario: what is supposed of which recommendation, what follows, what is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

import pandas as pd

from reviewkit import plan
from reviewkit.model import InputError
from reviewkit.plan.agreed import is_agreed
from reviewkit.plan.joint_return import together
from reviewkit.plan.rows import records
from reviewkit.plan.scenario import Supposed, as_draft, rescored, supposed_plan

from ..desk import Desk, new_batch
from ..presence import has_store, still_there
from ..undoing import Undoing
from .inputs import Inputs, inputs_of

Row = dict[str, Any]


class ScenarioModel:
    """Tries what an action would bring, and keeps it as a draft of the plan.

    Parameters
    ----------
    desk : the analyst's place at the engagement.
    read : returns the inputs; those of the workbench where left out.
    """

    def __init__(self, desk: Desk, read: Callable[[], Inputs] | None = None) -> None:
        self.desk, self.engagement = desk, desk.engagement
        self.read = read or (lambda: _of_workbench(desk))
        self.undoing = Undoing(desk, lambda change: change["table"] == "actions")
        self.supposed: dict[str, Supposed] = {}
        self.chosen = ""
        self.budget: float | None = None

    def take(self, inputs: Inputs) -> None:
        """Take up the inputs; what is supposed stays where its recommendation is there too."""
        known = set(inputs.recommendations["recommendation_id"])
        self.supposed = {name: one for name, one in self.supposed.items() if name in known}
        self.inputs = inputs
        if self.chosen not in known:
            self.chosen = str(next(iter(inputs.recommendations["recommendation_id"]), ""))
        self.read_actions()
        self.table_before, self.plan_before = self._worked_out({})
        self.work_out()

    def read_actions(self) -> None:
        """Read the actions on file as they are now."""
        self.actions = self.desk.frames("actions")["actions"]

    def be(self, who: str) -> None:
        """Say who writes."""
        self.desk.who = who
        if who and has_store(self.desk):
            self.undoing.restore()

    def suppose(self, **what: Any) -> None:
        """Suppose something of the chosen recommendation; what is as the review has it is not supposed."""
        action = self.action(before=True)
        was = self.row(before=True) | {name: action.get(name) for name in ("starts", "cost")}
        kept = {name: None if value == was.get(name) else value for name, value in what.items()}
        one = replace(self.supposed.get(self.chosen, Supposed()), **kept)
        self.supposed[self.chosen] = one
        if not one.given:
            del self.supposed[self.chosen]
        self.work_out()

    def put_back(self, *, everything: bool = False) -> str:
        """Suppose nothing of the chosen recommendation any more, or of any."""
        if everything:
            self.supposed.clear()
        else:
            self.supposed.pop(self.chosen, None)
        self.work_out()
        return "Everything is as the review has it." if everything else "It is as the review has it."

    def work_out(self) -> None:
        """Work out order, returns and plan anew."""
        self.table, self.plan = self._worked_out(self.supposed)

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

    def keep(self, names: list[str]) -> str:
        """Keep the actions of some recommendations as drafts, all or none; return what was done.

        Raises
        ------
        InputError : an agreed action carries one already, there is nothing to keep, or the store
            cannot be written to.
        """
        still_there(self.desk.params)
        _, drafted = self._worked_out(self.supposed, names)
        found = [row for row in records(drafted) if row["recommendation_id"] in names]
        rows = [as_draft(action) for action in found if action and not action["agreed"]]
        if len(rows) < len(names) or not rows:
            raise InputError(
                "an agreed action carries it already" if names else "nothing is supposed yet",
                fix="Change it with its owner, in the owners' workbook."
                if names
                else "Change something first.",
            )
        batch = new_batch()
        count = f"{len(rows)} drafts" if len(rows) > 1 else f"draft {rows[0]['action_id']}"
        why = f"{count} of a scenario"
        self.desk.put("actions", rows, why=why, batch=batch)
        self.undoing.add(batch, why)
        self.read_actions()
        self.work_out()
        return f"Saved: {why}. Nobody has agreed it yet."

    def undo(self) -> str:
        """Take back what was kept last; what is supposed stays."""
        what = self.undoing.last
        self.undoing.undo()
        self.read_actions()
        self.work_out()
        return f"Undone: {what}."

    def drafts(self) -> pd.DataFrame:
        """Return the drafts on file."""
        drafted = [not is_agreed(row) for row in records(self.actions)]
        return self.actions[pd.Series(drafted, index=self.actions.index, dtype=bool)]

    def _worked_out(
        self, supposed: dict[str, Supposed], also: Collection[str] = ()
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        read = self.inputs
        table = rescored(read.recommendations, supposed, read.gaps, self.engagement, read.levels)
        actions = supposed_plan(
            table, supposed, self.actions, read.gaps, read.levels, read.themes, self.engagement,
            also=[*supposed, *also], register=read.register,
        )  # fmt: skip
        return table, actions


def _of_workbench(desk: Desk) -> Inputs:
    from reviewkit.steps.workbench import open_review

    still_there(desk.params)
    return inputs_of(open_review(desk.params))
