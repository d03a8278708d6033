"""The state of the review screen: which quote is in hand, what is decided, what can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.model import Disclosure, InputError
from reviewkit.voices.quotes import Candidate, QuoteReview

from ..desk import Desk, new_batch
from ..drafts import Typed
from ..presence import has_store
from ..shelf import TABLES_READ, Context, Shelf
from ..undoing import Undoing
from .cell import TABLES
from .order import TABLES as ORDERED_BY
from .order import Order

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
        self.undoing = Undoing(desk, lambda change: change["table"] == "quotes")
        self.drafts = desk.drafts
        self.reload()
        if desk.who:
            self.be(desk.who)

    def reload(self) -> None:
        """Read everything anew, as others may have decided meanwhile."""
        engagement = self.desk.engagement
        frames = self.desk.frames(*dict.fromkeys((*TABLES, *TABLES_READ, *ORDERED_BY)))
        self.review = review_of(frames, engagement.disclosure, engagement.customer_label)
        self.shelf, self.codebook = Shelf(frames), self.desk.codebook
        codes = frames["codings"][["remark_id", "code"]].astype("str")
        self._codes = codes.groupby("remark_id")["code"].agg(lambda given: list(dict.fromkeys(given)))
        self.standing = Order(frames, self.codebook, self.review.waiting)
        self.desk.read("quotes")
        self.go_through(self.show)

    def be(self, who: str) -> None:
        """Say who decides: what they decided can be undone, what they typed is there again."""
        self.desk.who = who
        if who and has_store(self.desk):
            self.undoing.restore()

    def read_decided(self) -> None:
        """Read what was decided, as others may have decided meanwhile; it counts as seen from now on."""
        self.review.decided(self.desk.frames("quotes")["quotes"])
        self.desk.read("quotes")

    def typed(self) -> Typed:
        """Return what was typed about the quote in hand and not decided."""
        return self.drafts.of(f"quote {self.current}")

    def keep(self, typed: Typed) -> None:
        """Keep what is typed about the quote in hand until it is decided."""
        name = f"quote {self.current}"
        self.drafts.keep(name, typed, stood="" if self.drafts.of(name) else self._stands())

    @property
    def unsaved(self) -> str:
        """Which quotes this analyst typed about and did not decide, in words; empty where there are none."""
        names = [name.removeprefix("quote ") for name in self.drafts.names("quote ")]
        return f"Typed and not saved: {', '.join(names[:5])}{' …' if names[5:] else ''}." if names else ""

    @property
    def is_behind(self) -> bool:
        """Whether others decided on the quote in hand since what was typed about it was begun."""
        return bool(self.typed()) and self.drafts.is_behind(f"quote {self.current}", self._stands())

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
        return self.undoing.last

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
        """Take this analyst's last decision back, also after a restart, and take its quote up again."""
        done = self.last
        rows = self.undoing.undo()
        # Beneath a row of the store that went may stand one of a file.
        self.review.decided(self.desk.frames("quotes")["quotes"])
        remark_id = rows[0][1][0]
        if remark_id not in self.order:
            self.order.insert(min(self.place, len(self.order)), remark_id)
        self.place = self.order.index(remark_id)
        return f"Undone: {done}."

    def next(self) -> None:
        """Take up the next quote, and after the last one the first."""
        self.place = (self.place + 1) % len(self.order) if self.order else 0

    def back(self) -> None:
        """Take up the quote before."""
        self.place = (self.place - 1) % len(self.order) if self.order else 0

    def _stands(self) -> str:
        """What was decided about the quote in hand, to be told from what was decided before."""
        one = self.candidate()
        return " | ".join((one.status, one.words, one.attribution, one.reason)) if one.status else ""

    def _write(self, row: dict[str, str], done: str) -> str:
        batch, told = new_batch(), f"{row['remark_id']} {done}"
        self.desk.put("quotes", [row], why=told, batch=batch)
        self.review.decided([row])
        self.undoing.add(batch, told)
        self.drafts.drop(f"quote {row['remark_id']}")
        self.next()
        return f"Saved: {told}."

    def _ids(self, show: str) -> list[str]:
        if show == "waiting":
            return self.standing.sorted(self.review.waiting)
        if show == "to look at":
            return [one.remark_id for one in self.review.to_look_at()]
        return self.review.with_status(show)
