"""The state of the review screen: which quote is in hand, what is decided, what can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.model import Disclosure, InputError
from reviewkit.voices.quotes import Candidate, QuoteReview

from ..desk import Desk, new_batch
from ..shelf import TABLES_READ, Context, Shelf
from .cell import TABLES

SHOW = ("waiting", "approved", "refused", "to look at")
"""Which quotes are gone through."""
_COLUMNS = ("source", "interview_id", "stakeholder_id", "department", "level", "site", "on_record", "text")


def review_of(frames: Mapping[str, pd.DataFrame], disclosure: Disclosure, customer: str) -> QuoteReview:
    """Return the review of an engagement's quotes from its tables."""
    gate = Discloser(disclosure, frames["stakeholders"], frames["participants"], customer)
    said = frames["remarks"][["remark_id", *_COLUMNS]]
    comments = frames["customer_feedback"].rename(columns={"feedback_id": "remark_id"})
    comments = comments.assign(source="customer_feedback", on_record=True)
    comments = comments.reindex(columns=["remark_id", *_COLUMNS])
    parts = [part.astype("object") for part in (said, comments) if len(part)]
    whole = pd.concat(parts, ignore_index=True) if parts else said
    text = [name for name in _COLUMNS if name != "on_record"]
    whole[text] = whole[text].fillna("").astype("str")
    return QuoteReview(gate, whole, frames["quotes"])


class ReviewModel:
    """Goes through quotes one by one; every decision is in the evidence store when a method returns.

    Parameters
    ----------
    desk : the analyst's place at the engagement.
    show : one of :data:`SHOW`.
    """

    def __init__(self, desk: Desk, *, show: str = "waiting") -> None:
        self.desk, self.show = desk, show
        self._undo: list[tuple[str, str, str]] = []
        self.reload()

    def reload(self) -> None:
        """Read everything anew, as others may have decided meanwhile."""
        engagement = self.desk.engagement
        frames = self.desk.frames(*dict.fromkeys((*TABLES, *TABLES_READ)))
        self.review = review_of(frames, engagement.disclosure, engagement.customer_label)
        self.shelf, self.codebook = Shelf(frames), self.desk.codebook
        codes = frames["codings"][["remark_id", "code"]].astype("str")
        self._codes = codes.groupby("remark_id")["code"].agg(lambda given: list(dict.fromkeys(given)))
        self.desk.read("quotes")
        self.go_through(self.show)

    def go_through(self, show: str) -> None:
        """Choose which quotes are gone through, and take up the first."""
        self.show = show
        self.order = self._ids(show)
        self.place = 0

    @property
    def current(self) -> str:
        """The remark in hand; empty where there is none."""
        return self.order[self.place] if self.place < len(self.order) else ""

    @property
    def last(self) -> str:
        """What would be undone; empty where there is nothing."""
        return self._undo[-1][2] if self._undo else ""

    def go(self, remark_id: str) -> str:
        """Take up the quote of a remark, whatever is gone through; return where it stands.

        Raises
        ------
        InputError : there is no such remark.
        """
        wanted = remark_id.strip().casefold()
        name = next((str(one) for one in self.review.remarks.index if str(one).casefold() == wanted), "")
        if not name:
            raise InputError(
                f"there is no remark '{remark_id.strip()}'", fix="Look at its id, such as R0200."
            )
        if name not in self.order:
            self.order.insert(self.place, name)
        self.place = self.order.index(name)
        return f"{name}: {self.review.candidate(name).status or 'not decided yet'}."

    @property
    def context(self) -> Context | None:
        """The remark in hand as it was said: the question, who, where, and what stood beside it."""
        return self.shelf.context(self.current) if self.current in self.shelf else None

    @property
    def themes(self) -> list[str]:
        """The codes that analysts gave the remark in hand, by name."""
        given = self._codes.get(self.current, [])
        return [self.codebook.codes[code].name for code in given if code in self.codebook.codes]

    def candidate(self, words: str | None = None, attribution: str = "") -> Candidate:
        """Return the quote in hand, in the words and with the attribution tried out."""
        return self.review.candidate(self.current, words=words, attribution=attribution)

    def approve(self, words: str, *, attribution: str = "", reason: str = "") -> str:
        """Approve the quote in hand in these words and take up the next; return what was done."""
        row = self.review.approve(
            self.current,
            words,
            role=self.desk.who,
            attribution=attribution,
            reason=reason,
            on=dt.date.today(),
        )
        return self._write(row, "approved")

    def refuse(self, *, reason: str = "") -> str:
        """Refuse the quote in hand and take up the next; return what was done."""
        row = self.review.refuse(self.current, role=self.desk.who, reason=reason, on=dt.date.today())
        return self._write(row, "refused")

    def undo(self) -> str:
        """Take the last decision of this sitting back, and take its quote up again."""
        if not self._undo:
            raise InputError("there is nothing to undo")
        batch, remark_id, done = self._undo[-1]
        self.desk.undo(batch)
        self._undo.pop()
        # Beneath a row of the store that went may stand one of a file.
        self.review.decided(self.desk.frames("quotes")["quotes"])
        if remark_id not in self.order:
            self.order.insert(min(self.place, len(self.order)), remark_id)
        self.place = self.order.index(remark_id)
        return f"Undone: {done}"

    def next(self) -> None:
        """Take up the next quote, and after the last one the first."""
        self.place = (self.place + 1) % len(self.order) if self.order else 0

    def back(self) -> None:
        """Take up the quote before."""
        self.place = (self.place - 1) % len(self.order) if self.order else 0

    def _write(self, row: dict[str, str], done: str) -> str:
        batch = new_batch()
        self.desk.put("quotes", [row], why=f"quote {done} in the review screen", batch=batch)
        self.review.decided([row])
        self._undo.append((batch, row["remark_id"], f"{row['remark_id']} {done}"))
        self.next()
        return f"Saved: {row['remark_id']} {done}."

    def _ids(self, show: str) -> list[str]:
        if show == "waiting":
            return self.review.waiting
        if show == "to look at":
            return [one.remark_id for one in self.review.to_look_at()]
        return self.review.with_status(show)
