"""Coding in JupyterLab: a remark in context, what is suggested, the codes given, the codebook beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from reviewkit.model import InputError
from reviewkit.present.words import percent, plural

from .blind import effect, pool_of
from .codebook_view import CodebookView
from .coding_model import CodingModel
from .given_view import GivenView
from .learning_view import LearningView
from .naming import WhoField
from .parts import Said, area, button, columns, note, panel, root, row, safe, shown, words
from .telling import told


class CodingView:
    """The widget of :class:`~.coding_model.CodingModel`; it holds no state of its own but what is typed."""

    def __init__(self, model: CodingModel) -> None:
        self.model, self.said = model, Said()
        self.codebook = CodebookView(model.codebook.active, lambda code: self.do(lambda: self._give(code)))
        self._given: list[GivenView] = []
        self._make_head()
        self._make_remark()
        self.widget = root(self._laid_out())
        self.show()

    def do(self, command: Callable[[], str]) -> None:
        """Run a command, show where things stand, and tell what happened or what went wrong."""
        try:
            text, trouble = command(), False
            self.model.refresh()
        except InputError as error:
            text, trouble = told(error), True
        self.show()
        self.said.say(text, trouble=trouble)

    def show(self) -> None:
        """Show the remark in hand and where the work stands."""
        if self.model.current:
            self._show_remark()
        else:
            told_of = (
                "There is no remark to code." if self.model.who else "Write your role or initials first."
            )
            self.where.value = note("" if self._is_to_draw() else told_of)
            for part in (self.before, self.text, self.after):
                part.value = ""
        self._show_drawing()
        self._show_suggestion()
        self._show_given()
        self._show_progress()
        self.show_undo()

    def show_undo(self) -> None:
        """Name on the button what would be undone."""
        last = self.model.undoing.last
        self.undo.disabled = not last
        self.undo.description = f"Undo: {last}"[:48] if last else "Undo"

    # Making

    def _make_head(self) -> None:
        self.naming = WhoField(self.model.who, lambda who: self.do(lambda: self._be(who)))
        self.who = self.naming.text
        self.learning = LearningView(self.model, self.said, self.show)
        self.effect = w.HTML()
        self.draw = button("Draw the sample", lambda: self.do(self._draw), main=True)
        self.drawing = panel(self.effect, row(self.draw))
        self.bar = w.IntProgress(min=0, max=1, layout=w.Layout(width="8rem"), description="")
        self.progress = w.HTML()

    def _make_remark(self) -> None:
        self.where, self.before, self.after, self.text = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self.suggested, self.others = w.HTML(), w.HTML()
        self.accept = button(
            "Accept", lambda: self.do(self._accept), main=True, hint="Give the code suggested"
        )
        self.suggestion = row(self.suggested, self.accept)
        self.given = panel()
        self.next = button("Next remark", lambda: self.do(self._next), main=True, icon="arrow-right")
        self.back = button("Back", lambda: self.do(self._back), icon="arrow-left")
        self.none = button("No code fits", lambda: self.do(self._none), hint="Read, and no code fits")
        self.splits = button(
            "Split …", lambda: self._open_split(), hint="It says two things: make two remarks"
        )
        self.undo = button("Undo", lambda: self.do(self._undo), icon="undo")
        self.marked = area("Put an empty line where the next part begins", rows=5)
        self.marked.style = {"description_width": "initial"}
        self.split_now = button("Split here", lambda: self.do(self._split), main=True)
        self.split_not = button("Do not split", self._close_split)
        self.splitting = panel(self.marked, row(self.split_now, self.split_not))
        shown(self.splitting, False)

    def _laid_out(self) -> Any:
        head = row(self.naming.widget, self.bar, self.progress, self.learning.widget)
        card = self.card = panel(self.where, self.before, self.text, self.after)
        card.add_class("rkw-card")
        steps = self.steps = panel(row(self.next, self.back, self.none, self.splits), row(self.undo))
        left = panel(
            self.drawing,
            card,
            self.suggestion,
            self.others,
            self.given,
            steps,
            self.splitting,
            self.said.widget,
        )
        body = columns(left, panel(self.codebook.widget), least="28rem")
        if self.model.blind:
            shown(self.learning.widget, False)
            shown(self.splits, False)  # everybody codes the same remarks: their ids are shared
        return panel(head, body)

    # Showing

    def _show_remark(self) -> None:
        told_of = self.model.shelf.context(self.model.current)
        asked = safe("<p><b>Asked:</b> {}</p>", told_of.question) if told_of.question else ""
        about = " · ".join((told_of.remark_id, *told_of.attributes))
        self.where.value = note(about) + asked
        self.before.value = words(f"… {told_of.before}", "rkw-near") if told_of.before else ""
        self.text.value = words(told_of.text)
        self.after.value = words(f"{told_of.after} …", "rkw-near") if told_of.after else ""

    def _show_suggestion(self) -> None:
        found = self.model.suggestion()
        shown(self.suggestion, not self.model.blind)
        shown(self.accept, found is not None)
        if found is None:
            given = bool(self.model.mine())
            self.suggested.value = "" if given else note("Nothing is suggested.")
            return
        code = self.model.codebook.codes[found.code].name
        sure = (
            f"{percent(found.confidence)} sure" if found.accepted else f"unsure, {percent(found.confidence)}"
        )
        self.suggested.value = safe(
            "<p>Suggested: <b>{}</b>, {}{}</p>",
            code,
            sure,
            f"; because of: {found.words}" if found.words else "",
        )
        self.codebook.choose(found.code)

    def _show_given(self) -> None:
        codes = [draft.values["code"] for draft in self.model.mine()]
        while len(self._given) < len(codes):
            self._given.append(GivenView(self))
        for place, view in enumerate(self._given):
            view.show(codes[place] if place < len(codes) else "")
        if len(self.given.children) != len(self._given):
            self.given.children = [view.widget for view in self._given]
        lines = [note("You said that no code fits.")] if self.model.fits_none() else []
        for other in self.model.given_by_others():
            parts = (self.model.name_of(other["code"]), other["stance"], other["memo"])
            lines.append(note(f"{other['coder']}: {' · '.join(part for part in parts if part)}"))
        self.others.value = "".join(lines)

    def _show_progress(self) -> None:
        by_stratum = self.model.queue.progress()
        done, total = (sum(pair[place] for pair in by_stratum.values()) for place in (0, 1))
        self.bar.max, self.bar.value = max(total, 1), done
        least = min(by_stratum.items(), key=lambda item: item[1][0] / item[1][1], default=("", (0, 0)))
        stands = f"{done} of {plural(total, 'remark')} done"
        if done < total:
            stands += f"; least in {least[0]}: {least[1][0]} of {least[1][1]}"
        self.progress.value = note(f"{stands}{' (blind sample)' if self.model.blind else ''}")
        self.learning.show()

    def _is_to_draw(self) -> bool:
        return self.model.blind and bool(self.model.who) and not self.model.sample

    def _show_drawing(self) -> None:
        """While coding blind, offer to draw the sample where there is none; say first what that does."""
        to_draw = self._is_to_draw()
        shown(self.drawing, to_draw)
        for part in (self.card, self.steps):
            shown(part, not to_draw)
        if to_draw:
            pool = len(pool_of(self.model.desk, self.model.shelf.frame))
            self.effect.value = note(effect(pool))

    # Commands

    def _be(self, who: str) -> str:
        self.model.be(who)
        return f"You are {who}." if who else "Write your role or initials."

    def _draw(self) -> str:
        return f"Saved: a sample of {plural(self.model.draw(), 'remark')} is drawn. Undo takes it back."

    def _give(self, code: str) -> str:
        found = self.model.suggestion()
        stance = found.stance if found is not None and found.code == code else ""
        draft = self.model.add(code, stance=stance)
        return f"Saved: {self.model.codebook.codes[draft.values['code']].name}."

    def _accept(self) -> str:
        draft = self.model.accept()
        self.next.focus()  # the button pressed goes, and the keyboard would lose its place
        return f"Saved: {self.model.codebook.codes[draft.values['code']].name}."

    def _none(self) -> str:
        self.model.none_fits()
        self.model.next()
        return "Saved: no code fits. Undo brings it back."

    def _next(self) -> str:
        left = self.model.current not in self.model.queue.done
        found = self.model.next()
        if not found:
            return "That was the last one: every remark is done."
        told_of = "The one before has no code yet and comes again. " if left else ""
        return told_of + ("" if self.model.who else "Write your role or initials to code.")

    def _back(self) -> str:
        before = self.model.current
        return "" if self.model.back() != before else "There is none before this one."

    def _undo(self) -> str:
        return f"Undone: {self.model.undo()}."

    def _open_split(self) -> None:
        self.marked.value = self.model.shelf.text(self.model.current)
        shown(self.splitting, True)
        self.marked.focus()

    def _close_split(self) -> None:
        shown(self.splitting, False)
        self.splits.focus()

    def _split(self) -> str:
        names = self.model.split(self.marked.value)
        self._close_split()
        return f"Saved: {plural(len(names), 'remark')}, {', '.join(names)}. Codes given stay on the first."
