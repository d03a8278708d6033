"""The review screen in JupyterLab: the words as said, as they would appear, and what they give away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from reviewkit.disclosure.redact import CAPITAL
from reviewkit.evidence.store import Conflict
from reviewkit.model import InputError
from reviewkit.voices.quotes import Candidate

from ..arriving import once_arrived
from ..drafts import Typed
from ..naming import WhoField
from ..parts import Said, area, button, field, note, panel, root, row, safe, shown, words
from ..telling import told
from .model import SHOW, ReviewModel
from .order import SAID

_MEANWHILE = (
    '<div class="rkw-since" role="note"><p><b>This was decided after you began to type.</b> Now it is '
    '<span dir="auto">{}</span>. Your words wait in the field.</p></div>'
)


class Screen:
    """The widget of :class:`~.model.ReviewModel`; it holds no state of its own but what is typed."""

    def __init__(self, model: ReviewModel) -> None:
        self.model, self.said = model, Said()
        self._filling = False
        self._as_offered: Typed = {}
        self._make()
        self.widget = root(self._laid_out())
        self.show()
        if model.current and model.desk.who:
            self.said.say(model.unsaved)

    def do(self, command: Callable[[], str]) -> None:
        """Run a command, show where things stand, and tell what happened or what went wrong."""
        try:
            text, trouble = command(), False
        except Conflict as error:
            self._again(error)
            return
        except InputError as error:
            self.said.say(told(error), trouble=True)  # what was typed stays
            return
        self.show()
        self.said.say(text, trouble=trouble)

    def _again(self, error: Conflict) -> None:
        """Show what somebody else decided meanwhile; what was typed stays, and may be saved after all."""
        try:
            self.model.read_decided()
        except InputError as fault:
            self.said.say(told(fault), trouble=True)
            return
        self.show()
        self.said.say(f"{told(error)} Look at it, then press again if yours is to hold.", trouble=True)

    def show(self) -> None:
        """Show the quote in hand and where the review stands."""
        counts = self.model.review.counts
        self.progress.value = note(
            f"{counts['approved']} approved, {counts['refused']} refused, {counts['waiting']} waiting; "
            f"{counts['barred']} may not be quoted. {SAID if self.model.show == 'waiting' else ''}"
        )
        last = self.model.last
        self.undo.disabled = not last
        self.undo.description = f"Undo: {last}"[:48] if last else "Undo"
        for part in (self.card, self.deciding):
            shown(part, bool(self.model.current))
        if self.model.current:
            self._fill(self.model.candidate())
        else:
            self.said.say("There is no quote of this kind.")

    def _make(self) -> None:
        self.naming = WhoField(self.model.desk.who, lambda who: self.do(lambda: self._be(who)))
        self.who = self.naming.text
        self.go = field(w.Text, "Go to remark", placeholder="such as R0200", width="14rem")
        self.go.continuous_update = False
        self.go.observe(lambda change: self._go(change["new"]), "value")
        self.which = field(w.Dropdown, "Show", options=SHOW, value=self.model.show, width="14rem")
        self.which.observe(lambda change: self._turned(change["new"]), "value")
        self.progress, self.about, self.text = w.HTML(), w.HTML(), w.HTML()
        self.before, self.after, self.doubts = w.HTML(), w.HTML(), w.HTML()
        self.found, self.inferred, self.preview = w.HTML(), w.HTML(), w.HTML()
        self.words = area("Words as they would appear", rows=3)
        self.attribution = field(w.Dropdown, "Attributed to", options=[("", "")], width="24rem")
        self.reason = area(
            "Why", rows=1, hint="Needed where too few could have said it, or words are in doubt"
        )
        for typed in (self.words, self.attribution):
            typed.observe(lambda _: self._try(), "value")
        for typed in (self.words, self.attribution, self.reason):
            typed.observe(lambda _: self._keep(), "value")
        self.approve = button("Approve", lambda: self.do(self._approve), main=True, icon="check")
        self.refuse = button("Refuse", lambda: self.do(self._refuse), icon="times")
        self.later = button("Later", lambda: self.do(lambda: self._move(self.model.next)), icon="arrow-right")
        self.back = button("Back", lambda: self.do(lambda: self._move(self.model.back)), icon="arrow-left")
        self.undo = button("Undo", lambda: self.do(self.model.undo), icon="undo")

    def _laid_out(self) -> Any:
        self.card = panel(self.about, self.before, self.text, self.after, self.found)
        self.card.add_class("rkw-card")
        steps = row(self.approve, self.refuse, self.later, self.back)
        self.deciding = panel(
            self.words, self.doubts, self.attribution, self.preview, self.inferred, self.reason, steps
        )  # fmt: skip
        head = panel(row(self.naming.widget, self.which, self.go), self.progress)
        return panel(head, self.card, self.deciding, row(self.undo), self.said.widget)

    def _fill(self, one: Candidate) -> None:
        self._filling = True
        self._show_context(one)
        self.text.value = words(one.text)
        self.found.value = "".join(
            safe("<p>{} → {}: {}</p>", found.words, found.replacement, found.why) for found in one.proposals
        ) or note("Nothing is proposed for redaction in what was said.")
        typed = self.model.typed()
        self.words.value = typed.get("words", one.words)
        self.attribution.options = [(name, name) for name in one.attributions] or [("", "")]
        kept = typed.get("attribution", "")
        self.attribution.value = kept if kept in one.attributions else one.attribution
        self.reason.value = typed.get("reason", one.reason)
        self._as_offered = self._typed() if not typed else {}
        self._filling = False
        self._infer(self.model.candidate(self.words.value, self.attribution.value) if typed else one)

    def _show_context(self, one: Candidate) -> None:
        """Show the remark as it was said: without what stood beside it, few words can be judged."""
        told_of = self.model.context
        attributes = told_of.attributes if told_of is not None else ()
        themes = f"coded: {', '.join(self.model.themes)}" if self.model.themes else ""
        stands = self.model.standing.standing.get(one.remark_id)
        about = (one.remark_id, one.status, *attributes, themes, stands.told if stands else "")
        asked = told_of.question if told_of is not None else ""
        self.about.value = note(" · ".join(part for part in about if part))
        self.about.value += safe("<p><b>Asked:</b> {}</p>", asked) if asked else ""
        if self.model.is_behind:
            self.about.value += safe(_MEANWHILE, f"“{one.words}”: {one.status}" if one.status else "undone")
        before, after = (told_of.before, told_of.after) if told_of is not None else ("", "")
        self.before.value = words(f"… {before}", "rkw-near") if before else ""
        self.after.value = words(f"{after} …", "rkw-near") if after else ""

    def _try(self) -> None:
        if not self._filling and self.model.current:
            self._infer(self.model.candidate(self.words.value, self.attribution.value or ""))

    def _typed(self) -> Typed:
        fields = {"words": self.words, "attribution": self.attribution, "reason": self.reason}
        return {name: str(field.value or "") for name, field in fields.items()}

    def _keep(self) -> None:
        """Keep what is typed until it is decided; what was offered and left alone is nobody's words."""
        if not self._filling and self.model.current:
            typed = self._typed()
            self.model.keep({} if typed == self._as_offered else typed)

    def _infer(self, one: Candidate) -> None:
        self.approve.disabled = bool(one.barred)
        certain = dict.fromkeys(found.words for found in one.held if found.why != CAPITAL)
        lines = [f"The words still hold: {', '.join(certain)}. Redact them."] if certain else []
        lines += [f"{line} Say why they may appear." for line in one.doubts]
        self.doubts.value = "".join(safe("<p><b>{}</b></p>", line) for line in lines)
        self.preview.value = safe('<p dir="auto">“{}” — {}</p>', one.words, one.attribution)
        if self.said.trouble and self.said.text.startswith("There are no words"):
            self.said.say("")  # there are some now
        if one.barred:
            self.inferred.value = safe("<p><b>May not be quoted:</b> {}.</p>", one.barred)
        elif one.inference is None:
            self.inferred.value = note("A customer's words; the register does not tell who said it.")
        else:
            lead = "Too few people: " if one.few else ""
            self.inferred.value = safe("<p><b>{}</b>{}</p>", lead, one.inference.words)

    def _approve(self) -> str:
        return self.model.approve(
            self.words.value, attribution=self.attribution.value or "", reason=self.reason.value
        )

    def _refuse(self) -> str:
        return self.model.refuse(reason=self.reason.value)

    def _move(self, step: Callable[[], None]) -> str:
        step()
        return ""

    def _turned(self, show: str) -> None:
        once_arrived(lambda: self.do(lambda: self._which(show)), written_only=True)

    def _which(self, show: str) -> str:
        self.model.go_through(show)
        return ""

    def _go(self, name: str) -> None:
        if name.strip():
            once_arrived(lambda: self.do(lambda: self.model.go(name)))
            self.go.value = ""

    def _be(self, who: str) -> str:
        self.model.be(who)
        return f"You are {who}. {self.model.unsaved}".strip() if who else "Write your role."
