"""What an analyst who codes has before them: remarks, codes given and suggested, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviewkit.content import NO_CODE, Codebook, load_questions
from reviewkit.model import InputError

from .blind import stored
from .desk import Desk
from .draft import Draft
from .opinions import is_opinion
from .queue import Queue, useful_order
from .shelf import read_shelf
from .suggesting import ENOUGH, Suggester, Suggestion
from .undoing import Change, Undoing

if TYPE_CHECKING:
    import pandas as pd

SPLIT = "split of "
"""In the trail: a remark that was split while coding."""


class CodingState:
    """Remarks, the codes an analyst gave them, and the order in which they come.

    Parameters
    ----------
    blind : code the drawn sample without suggestions and without the codes of others.
    """

    def __init__(self, desk: Desk, *, blind: bool = False) -> None:
        self.desk, self.blind = desk, blind
        self.codebook: Codebook = desk.codebook
        self.suggester = Suggester(self.codebook.active)
        self.undoing = Undoing(desk, made_while_coding)
        self.current, self.sample = "", list[str]()
        self.visited: list[str] = []
        self.later: set[str] = set()
        self.drafts: dict[str, dict[str, Draft]] = {}
        self.others: dict[str, list[dict[str, str]]] = {}
        self.reload()
        self.undoing.restore()

    def reload(self) -> None:
        """Read the evidence again; the remark in hand stays where it is still there."""
        self._seen = self._newest()
        self.desk.read("remarks", "interviews", "blind_sample")
        self.shelf, frames = read_shelf(self.desk)
        self._read_codings(frames["codings"])
        self._line_up()
        if self.current not in self.shelf or (self.blind and self.current not in self.queue.stratum):
            self.current = self.queue.next()

    def refresh(self) -> None:
        """Take in what others did meanwhile; what is typed and not saved stays."""
        newest = self._newest()
        if newest == self._seen:
            return
        changes = self.desk.store().changes(last=max(newest - self._seen, 1))
        changed = {change["table"] for change in changes}
        if changed & {"remarks", "blind_sample"}:
            self.reload()
            return
        self._seen = newest
        if "codings" in changed:
            self._read_codings(self.desk.frames("codings")["codings"])
            for name in self.queue.stratum:
                self._mark(name)

    @property
    def who(self) -> str:
        """The analyst."""
        return self.desk.who

    def mine(self) -> list[Draft]:
        """The codes this analyst gave the remark in hand."""
        given = self.drafts.get(self.current, {})
        return [draft for code, draft in given.items() if code != NO_CODE]

    def given_by_others(self) -> list[dict[str, str]]:
        """The codes others gave it; none while coding blind."""
        return [] if self.blind else self.others.get(self.current, [])

    def suggestion(self) -> Suggestion | None:
        """What is suggested for it; nothing while coding blind, or where the code was given already."""
        if self.blind or not self.current:
            return None
        found = self.suggester.of(self.shelf.text(self.current))
        return None if found is None or found.code in self.drafts.get(self.current, {}) else found

    def fits_none(self) -> bool:
        """Whether this analyst said that no code fits."""
        return NO_CODE in self.drafts.get(self.current, {})

    def lessons(self) -> tuple[list[str], list[set[str]]]:
        """Return the remarks that somebody coded, and their codes."""
        codes: dict[str, set[str]] = {}
        for name, drafts in self.drafts.items():
            codes.setdefault(name, set()).update(drafts)
        for name, rows in self.others.items():
            codes.setdefault(name, set()).update(row["code"] for row in rows)
        known = {n: c & set(self.codebook.codes) for n, c in codes.items() if n in self.shelf}
        known = {name: given for name, given in known.items() if given}
        if len(known) < ENOUGH or len(set().union(*known.values())) < 2:
            raise InputError(f"there is too little to learn from: {len(known)} coded, {ENOUGH} are needed")
        return [self.shelf.text(name) for name in known], list(known.values())

    def follow(self, suggester: Suggester) -> None:
        """Take the suggestions, and the order, from another suggester."""
        self.suggester = suggester
        self._line_up()

    def _newest(self) -> int:
        """The number of the last change in the trail; 0 where nothing was ever written."""
        last = self.desk.store().changes(last=1)
        return int(last[0]["seq"]) if last else 0

    def _read_codings(self, frame: pd.DataFrame) -> None:
        drafts = [draft for given in self.drafts.values() for draft in given.values()]
        typed = {one.key: one for one in drafts if not one.is_saved and one.values["coder"] == self.who}
        self.desk.read("codings", but=typed)
        self.drafts, self.others = {}, {}
        for found in frame.astype("str").where(frame.notna(), "").to_dict("records"):
            row = {str(name): str(value) for name, value in found.items()}
            if row["coder"] == self.who:
                draft = typed.pop(self.desk.key("codings", row), None) or self._draft(row)
                self.drafts.setdefault(row["remark_id"], {})[row["code"]] = draft
            else:
                self.others.setdefault(row["remark_id"], []).append(row)
        for (remark, code, _), draft in typed.items():  # taken off elsewhere while it is written here
            self.drafts.setdefault(remark, {})[code] = draft

    def _draft(self, row: dict[str, str]) -> Draft:
        why = f"{self.name_of(row['code'])}, {row['remark_id']}"
        draft = Draft(self.desk, "codings", row, dict(row), why=why)
        draft.resume()
        return draft

    def _line_up(self) -> None:
        frame = self.shelf.frame
        if self.blind:
            self.sample = stored(self.desk)
            sample = self.sample if self.who else []
            frame = frame.set_index("remark_id", drop=False).loc[[n for n in sample if n in self.shelf]]
            order: dict[str, list[str]] = {}
            for name, stratum in zip(frame["remark_id"], frame["stratum"], strict=True):
                order.setdefault(stratum, []).append(name)
        else:
            order = useful_order(frame, self.suggester.frame(frame["text"].tolist()))
        self.queue = Queue(order, [name for name in frame["remark_id"] if self._is_done(name)])

    def _is_done(self, name: str) -> bool:
        return bool(self.drafts.get(name)) or (not self.blind and name in self.others)

    def _mark(self, name: str) -> None:
        self.queue.mark(name, self._is_done(name))

    def _prompting(self, code: str) -> str:
        """How it came up: asked where the question is about it, prompted by an opinion, else by itself."""
        from reviewkit.voices import asked_codes

        said = self.shelf.frame.loc[[self.shelf.place[self.current]]]
        if not said["question"].iloc[0]:
            return ""
        put = str(said["question"].iloc[0])
        question = load_questions().get(put)
        if is_opinion(put) or (question is not None and question.topic == "opinions"):
            return "prompted"
        return "asked" if code in asked_codes(said, load_questions()) else "spontaneous"

    def is_coded(self, name: str) -> bool:
        """Whether anybody coded a remark, also while coding blind."""
        return bool(self.drafts.get(name)) or name in self.others

    def _version(self) -> dict[str, Any]:
        version = getattr(self.codebook, "version", None)
        return {} if version is None else {"codebook_version": str(version)}

    def name_of(self, code: str) -> str:
        """Return the name of a code, also of one that is no longer in use."""
        found = self.codebook.codes.get(code)
        return found.name if found is not None else "no code fits" if code == NO_CODE else code


def made_while_coding(change: Change) -> bool:
    """Whether a change was made while coding; notes of interviews are remarks too, and are not.

    >>> made_while_coding({"table": "remarks", "why": "note in I081"})
    False
    """
    split = change["table"] == "remarks" and change["why"].startswith(SPLIT)
    return change["table"] in ("codings", "blind_sample") or split
