"""Observations and walk-throughs as rows that are filled in, corrected and taken out."""

from __future__ import annotations

import datetime as dt

from .capture_state import CaptureState, next_id
from .desk import Key, Row, new_batch
from .draft import Draft


class FormsModel(CaptureState):
    """The two forms of an engagement."""

    def form(self, table: str, **values: str) -> Draft:
        """Return a new row of observations or walk-throughs, to be written to."""
        if table == "observations":
            start = {"observation_id": next_id("O", (key[0] for key in self.tables[table]))}
        else:
            start = {"walkthrough_id": values.pop("walkthrough_id", "") or self.new_walk()}
            steps = [int(key[1]) for key in self.tables[table] if key[0] == start["walkthrough_id"]]
            start["step_order"] = str(max(steps, default=0) + 1)
        return Draft(self.desk, table, {**start, **values}, why="form of the workbench", batch=new_batch())

    def forms(self, table: str) -> list[Row]:
        """Return the rows there are, the last first."""
        return [row for _, row in sorted(self.tables[table].items(), key=_in_order, reverse=True)]

    def reopen(self, table: str, key: Key) -> Draft:
        """Return a row there is, to be corrected."""
        row = self.tables[table][key]
        return Draft(self.desk, table, dict(row), dict(row), why="form of the workbench, corrected")

    def save_form(self, draft: Draft) -> bool:
        """Save a form; where somebody else took its id meanwhile, under the next."""
        if not draft.saved and draft.table == "observations" and not draft.values.get("at", "").strip():
            draft.values["at"] = dt.datetime.now().isoformat(sep=" ", timespec="minutes")
        saved = draft.save()
        draft.keep()
        if saved:
            self.tables[draft.table][draft.key] = dict(draft.values)
            return True
        if draft.theirs is not None and not draft.saved:
            self.tables[draft.table][draft.key] = dict(draft.theirs.values or {})
            walk = {n: draft.values[n] for n in ("walkthrough_id",) if n in draft.values}
            draft.theirs, draft.values = None, draft.values | self.form(draft.table, **walk).values
            return self.save_form(draft)
        return False

    def waiting_form(self, table: str) -> Draft | None:
        """Return the form that this analyst began and that was never saved, such as for want of a word."""
        for about in self.desk.drafts.names(f"{table} "):
            typed = self.desk.drafts.of(about)
            key = self.desk.key(table, typed)
            walk = {name: typed[name] for name in ("walkthrough_id",) if name in typed}
            new = Draft.was_new(self.desk, about) or key not in self.tables[table]
            found = self.form(table, **walk) if new else self.reopen(table, key)
            found.resume(about)
            return found
        return None

    def drop_form(self, table: str, key: Key) -> None:
        """Take a row out; the trail keeps it.

        Raises
        ------
        InputError : a file holds it.
        """
        self.take_out(table, key, f"{' '.join(key)} taken out")

    def new_walk(self) -> str:
        """Return an id for a new walk-through."""
        return next_id("W", (key[0] for key in self.tables["walkthroughs"]))


def _in_order(item: tuple[Key, Row]) -> tuple[str, int]:
    key, row = item
    return (row.get("at", "") or key[0], 0) if len(key) == 1 else (key[0], int(key[1]))
