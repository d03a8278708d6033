"""Coding in JupyterLab: a remark in context, what is suggested, the codes given, the codebook beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import ipywidgets as w

from reviewkit.model import InputError
from reviewkit.present.words import percent, plural

from .codebook_view import CodebookView
from .coding_model import CodingModel
from .desk import told
from .frontend import remember
from .given_view import GivenView
from .parts import Said, area, button, field, note, panel, root, row, safe, shown, words


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
            self.where.value = note(told_of)
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
        self.who = field(w.Text, "You are (role or initials)", value=self.model.who, width="21rem")
        self.who.continuous_update = False
        self.who.observe(lambda change: self.do(lambda: self._be(change["new"])), "value")
        self.bar = w.IntProgress(min=0, max=1, layout=w.Layout(width="8rem"), description="")
        self.progress = w.HTML()
        self.learn = button(
            "Learn from the codes", self._start_learning, hint="Better suggestions; takes a while"
        )
        self.learned = w.HTML()

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
        self.split_not = button("Do not split", lambda: shown(self.splitting, False))
        self.splitting = panel(self.marked, row(self.split_now, self.split_not))
        shown(self.splitting, False)

    def _laid_out(self) -> Any:
        head = row(self.who, self.bar, self.progress, self.learn, self.learned)
        card = panel(self.where, self.before, self.text, self.after)
        card.add_class("rkw-card")
        steps = row(self.next, self.back, self.none, self.splits, self.undo)
        left = panel(card, self.suggestion, self.others, self.given, steps, self.splitting, self.said.widget)
        left.layout = w.Layout(width="62%", min_width="28rem", flex="1 1 28rem", padding="0 .8rem 0 0")
        right = panel(self.codebook.widget)
        right.layout = w.Layout(width="36%", min_width="18rem", flex="1 1 18rem")
        body = w.HBox([left, right], layout=w.Layout(flex_flow="row wrap", align_items="flex-start"))
        if self.model.blind:
            shown(self.learn, False)
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
        count = self.model.suggester.learned_from
        self.learned.value = note(f"Suggestions learned from {count} remarks." if count else "")

    # Commands

    def _be(self, who: str) -> str:
        self._flush()
        self.model.desk.who = who.strip()
        self.model.reload()
        self.model.undoing.restore()
        remember(who)
        return f"You are {who.strip()}." if who.strip() else "Write your role or initials."

    def _give(self, code: str) -> str:
        found = self.model.suggestion()
        stance = found.stance if found is not None and found.code == code else ""
        draft = self.model.add(code, stance=stance)
        return f"Saved: {self.model.codebook.codes[draft.values['code']].name}."

    def _accept(self) -> str:
        draft = self.model.accept()
        return f"Saved: {self.model.codebook.codes[draft.values['code']].name}."

    def _none(self) -> str:
        self.model.none_fits()
        self.model.next()
        return "Saved: no code fits. Undo brings it back."

    def _next(self) -> str:
        self._flush()
        left = self.model.current not in self.model.queue.done
        found = self.model.next()
        if not found:
            return "That was the last one: every remark is done."
        return "The one before has no code yet and comes again." if left else ""

    def _back(self) -> str:
        self._flush()
        self.model.back()
        return ""

    def _undo(self) -> str:
        self._flush()
        return f"Undone: {self.model.undo()}."

    def _open_split(self) -> None:
        self.marked.value = self.model.shelf.text(self.model.current)
        shown(self.splitting, True)

    def _split(self) -> str:
        names = self.model.split(self.marked.value)
        shown(self.splitting, False)
        return f"Saved: {plural(len(names), 'remark')}, {', '.join(names)}. Codes given stay on the first."

    def _flush(self) -> None:
        for view in self._given:
            view.autosave.flush()

    # Learning

    def _start_learning(self) -> None:
        try:
            lessons = self.model.lessons()
        except InputError as error:
            self.said.say(told(error), trouble=True)
            return
        self.learn.disabled = True
        self.learned.value = note(f"Learning from {len(lessons[0])} remarks; go on meanwhile …")
        self._task = asyncio.get_running_loop().create_task(self._learning(*lessons))

    async def _learning(self, texts: list[str], labels: list[set[str]]) -> None:
        try:
            made = await asyncio.to_thread(self.model.suggester.learned, texts, labels)
            await asyncio.to_thread(made.frame, self.model.shelf.frame["text"].tolist())
        except ValueError as error:
            self.said.say(f"Nothing could be learned: {error}", trouble=True)
        else:
            self.model.follow(made)
            self.show()
        finally:
            self.learn.disabled = False
