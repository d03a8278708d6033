"""One code that was given: its stance, how it came up, a memo; changed or taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from reviewkit.model import InputError

from .autosave import Autosave
from .coding_model import PROMPTINGS, STANCES
from .parts import area, button, field, panel, row, safe, shown
from .telling import told

if TYPE_CHECKING:
    from .coding_view import CodingView

_BOTH = (
    '<p class="rkw-said rkw-trouble" role="alert">{} changed this meanwhile.</p>'
    '<p>Theirs: <span dir="auto">{}</span></p><p>Yours: <span dir="auto">{}</span></p>'
)


class GivenView:
    """The line of one code given. It is used again for other remarks, so that moving on is quick."""

    def __init__(self, owner: CodingView) -> None:
        self.owner, self.code, self._filling = owner, "", False
        self.name = w.HTML(layout=w.Layout(min_width="11rem"))
        self.stance = w.ToggleButtons(
            options=[("Not said", ""), *((one.capitalize(), one) for one in STANCES)],
            style={"button_width": "auto"},
            tooltips=["No stance", "A concern", "A strength", "A suggestion"],
        )
        choices = [("not said", ""), *((one, one) for one in PROMPTINGS)]
        self.prompting = field(w.Dropdown, "Came up", options=choices, width="14rem")
        self.memo = area("Memo", rows=1, hint="Why this code, doubts, links")
        self.both = w.HTML()
        self.mine = button("Keep yours", lambda: self._settle(True))
        self.theirs = button("Take theirs", lambda: self._settle(False))
        self.choice = row(self.mine, self.theirs)
        self.to = button("Change to the code chosen", self._change, hint="Put the code chosen in its place")
        self.off = button("Take off", lambda: owner.do(lambda: self._remove()), icon="times")
        self.autosave = Autosave(self._save_memo)
        self.stance.observe(lambda change: self._set("stance", change), "value")
        self.prompting.observe(lambda change: self._set("prompting", change), "value")
        self.memo.observe(lambda _: self._typed(), "value")
        self.widget = panel(
            row(self.name, self.stance, self.prompting, self.to, self.off), self.memo, self.both, self.choice
        )
        self.widget.add_class("rkw-card")

    def show(self, code: str) -> None:
        """Show a code given to the remark in hand; none where empty."""
        self.code = code
        shown(self.widget, bool(code))
        if not code:
            return
        draft = self.owner.model.drafts[self.owner.model.current][code]
        self._filling = True
        self.name.value = safe('<p class="rkw-name">{}</p>', self.owner.model.name_of(code))
        values = draft.values
        self.stance.value = values.get("stance") if values.get("stance") in STANCES else ""
        self.prompting.value = values.get("prompting") if values.get("prompting") in PROMPTINGS else ""
        self.memo.value = values.get("memo", "")
        self._filling = False
        if not draft.is_saved and draft.theirs is None:  # typed, and refused until now
            self.autosave.touch()
        conflict = draft.theirs is not None
        shown(self.both, conflict)
        shown(self.choice, conflict)
        if draft.theirs is not None:
            rows = [_told(row) for row in (draft.theirs.values, values)]
            self.both.value = safe(_BOTH, draft.theirs.by or "Somebody else", *rows)

    def _set(self, column: str, change: Any) -> None:
        if not self._filling and self.code:
            self.owner.do(lambda: self._changed(column, change["new"]))

    def _changed(self, column: str, value: str) -> str:
        self.owner.model.set(self.code, **{column: value})
        return f"Saved: {column} {value or 'not said'}."

    def _typed(self) -> None:
        if not self._filling and self.code:
            self.owner.said.say("Typing …")
            self.owner.model.note(self.code, self.memo.value)
            self.autosave.touch()

    def _save_memo(self) -> bool:
        """Save the memo as it stands; what cannot be saved stays in the field and is tried again."""
        if not self.code:
            return True
        try:
            self.owner.model.settle()
        except InputError as error:
            self.owner.said.say(told(error), trouble=True)
            draft = self.owner.model.drafts[self.owner.model.current][self.code]
            if draft.theirs is not None:
                self.show(self.code)
                return True  # the analyst decides
            return False
        self.owner.said.say("Saved: memo.")
        self.owner.show_undo()
        return True

    def _settle(self, mine: bool) -> None:
        draft = self.owner.model.drafts[self.owner.model.current][self.code]
        if mine:
            draft.keep_mine()
        else:
            draft.take_theirs()
        self.owner.said.say(draft.trouble or "Saved.", trouble=bool(draft.trouble))
        self.owner.show()

    def _change(self) -> None:
        self.owner.do(lambda: self._changed_to(self.owner.codebook.chosen))

    def _changed_to(self, code: str) -> str:
        draft = self.owner.model.change(self.code, code)
        return f"Saved: changed to {self.owner.model.codebook.codes[draft.values['code']].name}."

    def _remove(self) -> str:
        self.owner.model.remove(self.code)
        return "Taken off. Undo brings it back."


def _told(values: dict[str, str] | None) -> str:
    if values is None:
        return "taken off"
    parts = [values.get(name, "") for name in ("stance", "prompting", "memo")]
    return " · ".join(part for part in parts if part) or "nothing beside the code"
