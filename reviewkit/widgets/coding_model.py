"""Coding as commands: each is in the evidence store before it returns, or nothing is changed."""

from __future__ import annotations

import contextlib

from reviewkit.content import NO_CODE
from reviewkit.evidence.store import Conflict
from reviewkit.model import InputError

from .blind import draw
from .coding_state import SPLIT, CodingState
from .desk import new_batch
from .draft import Draft
from .following import follow
from .splitting import parts_of, split_rows

STANCES = ("concern", "strength", "suggestion")
PROMPTINGS = ("spontaneous", "prompted", "asked")


class CodingModel(CodingState):
    """What an analyst who codes can do; it knows no widget.

    Every command writes to the evidence store before it returns, or raises and changes nothing.
    """

    def add(self, code: str, *, stance: str = "") -> Draft:
        """Give the remark a code."""
        if not code:
            raise InputError("no code is chosen", fix="Choose one in the codebook.")
        if not self.current:
            raise InputError("there is no remark in hand")
        if code not in (NO_CODE, *self.codebook.active.codes):
            raise InputError(f"'{code}' is no code in use", fix="Choose one of the codebook.")
        if code in self.drafts.get(self.current, {}):
            raise InputError(f"given already: {self.name_of(code)}")
        self.desk.signed()
        values = {"remark_id": self.current, "code": code, "coder": self.who, "stance": stance}
        values |= {"prompting": self._prompting(code), "memo": "", **self._version()}
        draft = Draft(self.desk, "codings", values, why=f"{self.name_of(code)}, {self.current}")
        given = self.drafts.setdefault(self.current, {})
        try:
            self._write(draft)
        except Conflict:
            given[code] = draft  # both versions are shown beside it
            raise
        if code != NO_CODE and NO_CODE in given:
            self.desk.remove("codings", given.pop(NO_CODE).key, why=draft.why, batch=draft.batch)
        given[code] = draft
        self.refresh()
        self._mark(self.current)
        follow(self, self.current)
        return draft

    def accept(self) -> Draft:
        """Give the remark the code that is suggested."""
        found = self.suggestion()
        if found is None:
            raise InputError("nothing is suggested")
        return self.add(found.code, stance=found.stance if found.stance in STANCES else "")

    def set(self, code: str, **values: str) -> Draft:
        """Change stance, prompting or memo of a code given."""
        draft = self.drafts[self.current][code]
        before, why = dict(draft.values), f"{' and '.join(values)} of {self.name_of(code)}, {self.current}"
        if (draft.batch, why) != (self.undoing.done or [("", "")])[-1]:  # going on with a memo is one thing
            draft.batch, draft.why = new_batch(), why
        draft.values |= values
        try:
            self._write(draft)
        except InputError:
            if draft.theirs is None:
                draft.values = before
            raise
        return draft

    def note(self, code: str, memo: str) -> None:
        """Put a memo into the draft; :meth:`settle` saves it, and until then it stays here."""
        draft = self.drafts[self.current][code]
        why = f"memo of {self.name_of(code)}, {self.current}"
        if (draft.batch, why) != (self.undoing.done or [("", "")])[-1]:  # going on with a memo is one thing
            draft.batch, draft.why = new_batch(), why
        draft.values["memo"] = memo

    def settle(self) -> None:
        """Save what was typed about the remark in hand and is not saved yet.

        Raises
        ------
        InputError : it cannot be; it stays here, and the remark is not left.
        """
        for draft in self.drafts.get(self.current, {}).values():
            if not draft.is_saved:
                try:
                    self._write(draft)
                finally:
                    draft.keep()

    def be(self, who: str) -> None:
        """Be another analyst; what the one before typed is saved as theirs, or waits for them."""
        with contextlib.suppress(InputError):
            self.settle()
        self.desk.who = who
        self.reload()
        self.undoing.restore()

    def draw(self) -> int:
        """Draw the sample that is coded blind; return how many remarks it has."""
        self.refresh()  # somebody else may have drawn it meanwhile: it is there then
        batch, count = draw(self.desk, self.shelf.frame, self.suggester)
        self.undoing.add(batch, f"sample of {count} remarks")
        self.reload()
        return count

    def change(self, code: str, to: str) -> Draft:
        """Put another code in the place of one given, with its stance, prompting and memo."""
        old = self.drafts[self.current][code]
        if to == code or to not in self.codebook.active.codes or to in self.drafts[self.current]:
            raise InputError("choose another code in the codebook first")
        self._in_store(code)
        batch, why = new_batch(), f"{self.codebook.codes[to].name} for another code, {self.current}"
        new = Draft(self.desk, "codings", {**old.values, "code": to, **self._version()}, why=why, batch=batch)
        self._write(new)
        self.desk.remove("codings", old.key, why=why, batch=batch)
        self.drafts[self.current][to] = new
        del self.drafts[self.current][code]
        return new

    def remove(self, code: str) -> None:
        """Take a code off the remark."""
        draft, batch = self.drafts[self.current][code], new_batch()
        self._in_store(code)
        why = f"{self.name_of(code)} taken off, {self.current}"
        self.desk.remove("codings", draft.key, why=why, batch=batch)
        self.undoing.add(batch, why)
        del self.drafts[self.current][code]
        self.refresh()
        self._mark(self.current)
        follow(self, self.current)

    def none_fits(self) -> None:
        """Say that no code fits the remark: a judgement of its own, which agreement counts too."""
        if self.mine():
            raise InputError("the remark has a code", fix="Take it off first.")
        self.add(NO_CODE)

    def split(self, marked: str) -> list[str]:
        """Make two or more remarks of the one in hand; return their ids. Its words stay in the trail."""
        self.settle()
        name = self.current
        if name not in self.shelf.splittable:
            raise InputError("only what was said in conversation is split", fix="Give this several codes.")
        parts = parts_of(self.shelf.text(name), marked)
        parent = self.shelf.row(name)
        rows, batch = split_rows(parent, parts, self.shelf.splittable), new_batch()
        if not self.desk.in_store("remarks", (name,)):  # the trail begins with the whole remark
            self.desk.put("remarks", [parent], why=f"{SPLIT}{name}", batch=batch)
        self.desk.put("remarks", rows, why=f"{SPLIT}{name}", batch=batch)
        self.undoing.add(batch, f"{SPLIT}{name}")
        self.reload()
        return [str(row["remark_id"]) for row in rows]

    def undo(self) -> str:
        """Take the last thing back and return what it was; the remark it was about is in hand then."""
        self.settle()
        what = self.undoing.last
        made = self.undoing.undo()
        self.reload()
        about = [key[0] for table, key in made if table != "blind_sample" and key[0] in self.shelf]
        if about:
            self.go(about[0])
            follow(self, about[0])
        return what

    def next(self) -> str:
        """Take the next most useful remark in hand; the one left without a code comes again later."""
        self.settle()
        self.refresh()
        if self.current and self.current not in self.queue.done:
            self.later.add(self.current)
        found = self.queue.next(self.later)
        if not found and self.later:
            self.later.clear()
            found = self.queue.next({self.current})
        if found:
            self.go(found)
        return found

    def back(self) -> str:
        """Take the remark before in hand again."""
        self.settle()
        self.refresh()
        there = [place for place, name in enumerate(self.visited) if name in self.shelf]
        if there:
            self.current = self.visited[there[-1]]
            del self.visited[there[-1] :]
        return self.current

    def go(self, name: str) -> None:
        """Take a remark in hand."""
        self.settle()
        self.refresh()
        if name not in self.shelf:
            raise InputError("there is no such remark", fix="Look at its id.")
        if self.current and name != self.current:
            self.visited.append(self.current)
        self.current = name

    def _write(self, draft: Draft) -> None:
        if not draft.save():
            raise (Conflict if draft.theirs is not None else InputError)(draft.trouble)
        self.undoing.add(draft.batch, draft.why)

    def _in_store(self, code: str) -> None:
        if not self.desk.in_store("codings", self.drafts[self.current][code].key):
            raise InputError(
                "this code stands in a file of the engagement, which is never written",
                fix="Take it out of the file of codings, or add the code that is right.",
            )
