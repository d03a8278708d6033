"""The state of the decision screens: what is decided on, what was decided, what can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from reviewkit.model import InputError

from ..desk import Desk, new_batch
from ..drafts import Typed
from ..parts import shortened
from ..undoing import Undoing
from .item import Decided, Item, Kind
from .items import gone, items
from .recording import Given, decided_in, row_of, table_of
from .results import Results, mark_of, newest

Show = Literal["all", "not decided", "changed since", "decided"]
SHOW: dict[Show, str] = {
    "all": "Everything",
    "not decided": "Not decided yet",
    "changed since": "Figures changed since",
    "decided": "Decided",
}
NOTHING = "Nothing has been found yet"


class DecideModel:
    """Goes through what can be decided on; every decision is in the evidence store when a method returns.

    Parameters
    ----------
    desk : the analyst's place at the engagement.
    kind : what is decided on at first.
    """

    def __init__(self, desk: Desk, *, kind: Kind = "opinion") -> None:
        self.desk, self.kind = desk, kind
        self.show: Show = "all"
        self.current: Item | None = None
        self.role = ""
        self.undoing = Undoing(desk, self._ours)
        self._about: dict[str, str] = {}
        self.drafts = desk.drafts
        self.reload()

    def reload(self) -> str:
        """Read results and decisions anew; what is in hand stays in hand where it is still there.

        Raises
        ------
        InputError : the engagement is gone, or something of it cannot be read.
        """
        if not self.desk.params.is_file():
            raise InputError(
                "the engagement has gone: its params file is not there",
                file=self.desk.params,
                fix="Put it back; what you typed waits here.",
            )
        self.results: Results = newest(self.desk.engagement, self.desk.params)
        self._read_decisions()
        if self.desk.who:
            self.undoing.restore()
        if not self.results.findings:
            return f"{NOTHING}: run `reviewkit run {self.desk.params}`, or the notebooks of the steps."
        return ""

    def choose(self, kind: Kind, show: Show = "all") -> None:
        """Choose what is decided on, and which of it is gone through."""
        self.kind, self.show = kind, show
        self._read_decisions()

    def pick(self, name: str) -> None:
        """Take something in hand."""
        self.current = next((one for one in self.order if one.id == name), None)

    def decided(self, item: Item) -> Decided | None:
        """Return what holds about something; None where nothing was decided, or it was taken back."""
        found = self._decided.get(item.id, [])
        last = found[-1] if found else None
        return None if last is not None and self.kind == "words" and not last.words else last

    def earlier(self, item: Item) -> list[Decided]:
        """Return all that was decided about something, the latest first."""
        return self._decided.get(item.id, [])[::-1]

    def changed(self, item: Item) -> bool:
        """Whether the figures are others than those it was decided on."""
        last = self.decided(item)
        return last is not None and last.changed(item)

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many there are of this sort, decided, and decided on other figures."""
        decided = [one for one in self.all if self.decided(one) is not None]
        return len(self.all), len(decided), sum(self.changed(one) for one in decided)

    @property
    def last(self) -> str:
        """What would be undone; empty where there is nothing."""
        return self.undoing.last

    def typed(self) -> Typed:
        """Return what was typed about what is in hand and not saved."""
        return self.drafts.of(self._draft) if self.current else {}

    def keep(self, typed: Typed) -> None:
        """Keep what is typed about what is in hand, until it is saved."""
        if self.current:
            self.drafts.keep(self._draft, typed, stood=self._stands(self.current))

    def is_typed(self, item: Item) -> bool:
        """Whether something was typed about it and not saved."""
        return bool(self.drafts.of(f"{self.kind} {item.id}"))

    def is_behind(self, item: Item) -> bool:
        """Whether others decided on it since what was typed about it was begun."""
        return self.drafts.is_behind(f"{self.kind} {item.id}", self._stands(item))

    def decide(self, given: Given) -> str:
        """Record a decision on what is in hand; return what was done.

        Raises
        ------
        InputError : something is missing, somebody decided meanwhile, the figures changed while they were
            looked at, or the store cannot be written to. Nothing is written then.
        """
        item = self.current
        if item is None:
            raise InputError("nothing is chosen", fix="Choose from the list.")
        names = [str(one) for one in self.desk.frames("stakeholders")["stakeholders"]["name"].dropna()]
        row = row_of(item, given, names, dt.date.today())
        self.desk.signed()
        self._as_it_was_seen(item, given)
        batch, table = new_batch(), table_of(self.kind)
        put = [row, *({**row, "finding_id": name} for name in item.also)]
        done = _done(item, row)
        self.desk.put(table, put, why=done, batch=batch)
        self.undoing.add(batch, done)
        self._about[batch] = item.id
        self.role = given.role.strip()
        self.drafts.drop(self._draft)
        self._read_decisions()
        return f"Saved: {done}. It shows on the pages with the next run."

    def undo(self) -> str:
        """Take the last decision of this analyst back, also after the kernel was restarted.

        Raises
        ------
        InputError : there is none, or somebody changed it since.
        """
        batch, done = self.undoing.done[-1] if self.undoing.done else ("", "")
        self.undoing.undo()
        self._read_decisions()
        if batch in self._about:
            self.pick(self._about[batch])
        return f"Undone: {done}."

    def be(self, who: str) -> None:
        """Say who writes: what that analyst did can be undone, and what they typed is there again."""
        if who != self.desk.who and self.desk.who:
            self.role = ""
        self.desk.who = who
        self.undoing.restore()

    def _ours(self, change: Mapping[str, Any]) -> bool:
        """Whether a change was made on this screen, and not on the other one of the notebook."""
        worded = (change["after"] or {}).get("decision") == "words"
        return change["table"] in ("opinions", "decisions") and worded == (self.kind == "words")

    @property
    def _draft(self) -> str:
        return f"{self.kind} {self.current.id}" if self.current else ""

    def _stands(self, item: Item) -> str:
        """What holds about something, to be told from what held before."""
        last = self._decided.get(item.id, [])[-1:]
        return " | ".join((last[0].value, last[0].role, last[0].on, last[0].reason)) if last else ""

    def _as_it_was_seen(self, item: Item, given: Given) -> None:
        """Refuse to decide on what is not what was looked at."""
        before = self.earlier(item)
        if mark_of(self.desk.engagement, self.desk.params) != self.results.mark:
            self.reload()
            if self.current is None or self.current.fingerprint != item.fingerprint:
                raise InputError(
                    "the figures changed while you were looking at them", fix="Look again, then save."
                )
        else:
            self._read_decisions(versions=False)
        now = self.earlier(item)
        if len(now) > len(before) or now[:1] != before[:1]:
            self._read_decisions()  # what is told now counts as seen
            latest = now[0] if now else None
            told = (
                f"the {latest.role} decided on this meanwhile: {latest.value}" if latest else "it was undone"
            )
            raise InputError(told, fix="Look at it, then save again if yours is to hold.")
        if now and given.on and now[0].on > given.on.isoformat():
            raise InputError(
                f"a later decision, of {now[0].on}, is on file",
                fix="Give a date from then on: the latest holds.",
            )

    def _read_decisions(self, *, versions: bool = True) -> None:
        table = table_of(self.kind)
        rows: list[Any] = self.desk.frames(table)[table].to_dict("records")
        if versions and table == "opinions":
            self.desk.read(table)
        self._decided = decided_in(rows, self.kind)
        there = items(self.results, self.kind)
        seen = {name: found[-1].seen for name, found in self._decided.items()}
        mine = self._decided if self.results.findings else {}
        self.all = [*there, *gone(self.results, mine, there, self.kind, seen)]
        self.order = [one for one in self.all if self._shown(one)]
        wanted = self.current.id if self.current else ""
        kept = next((one for one in self.all if one.id == wanted), None)
        if (
            kept is not None and kept not in self.order
        ):  # just decided: it stays in sight until another is taken
            self.order = [one for one in self.all if one in self.order or one is kept]
        self.current = kept or (self.order[0] if self.order else None)

    def _shown(self, item: Item) -> bool:
        has = self.decided(item) is not None
        fits: dict[Show, bool] = {
            "all": True,
            "not decided": not has,
            "changed since": self.changed(item),
            "decided": has,
        }
        return fits[self.show]


def _done(item: Item, row: dict[str, str]) -> str:
    value = row.get("status") or row.get("verdict") or row["decision"]
    if item.kind == "words":
        value = "in your words" if row["words"] else "in the words of the analysis again"
    title = shortened(item.title, 60).rstrip(".")
    return f"{title}: {value.replace('_', ' ')}"
