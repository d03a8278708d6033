"""One row while somebody types it: saved as soon as it can be, and never lost to somebody else's words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from reviewkit.evidence.store import Conflict
from reviewkit.model import TABLES, InputError

from .desk import Desk, Now, Row, new_batch
from .telling import told


@dataclass
class Draft:
    """A row of an evidence table as it is being written.

    ``saved`` is the row as it stands in the store as far as is known; ``theirs`` what somebody else
    wrote meanwhile, until the analyst decides; ``trouble`` says in words why something is not saved.
    """

    desk: Desk
    table: str
    values: Row
    saved: Row = field(default_factory=dict)
    why: str = ""
    batch: str = field(default_factory=new_batch)
    theirs: Now | None = None
    trouble: str = ""
    _kept_as: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """The key of the row."""
        return self.desk.key(self.table, self.values)

    @property
    def is_saved(self) -> bool:
        """Whether the store holds what stands here."""
        return _filled(self.values) == _filled(self.saved)

    @property
    def missing(self) -> list[str]:
        """Required columns that are still empty."""
        return [name for name in TABLES[self.table].required if not self.values.get(name, "").strip()]

    def keep(self) -> None:
        """Keep words that are not saved for whoever typed them, over a restart; let go of those that are."""
        name, drafts = self._about, self.desk.drafts
        if self._kept_as and (self.is_saved or self._kept_as != name):
            drafts.drop(self._kept_as)
            self._kept_as = ""
        if not self.is_saved:
            drafts.keep(name, self.values, stood=_mark(self.saved))
            self._kept_as = name

    @staticmethod
    def was_new(desk: Desk, about: str) -> bool:
        """Whether what was kept was to be a row of its own, and no change of one there was."""
        return not desk.drafts.is_behind(about, _mark({}))

    def resume(self, about: str = "") -> bool:
        """Take up what this analyst typed before and did not save; say whether there was something.

        Where somebody else changed the row since, both versions are kept until the analyst chooses.

        Parameters
        ----------
        about : what it was kept as, where the row had another key then.
        """
        about = about or self._about
        typed = self.desk.drafts.of(about)
        if not typed:
            return False
        key = dict(zip(TABLES[self.table].key, self.key, strict=True))
        self.values = {**dict.fromkeys(self.values, ""), **typed, **key}
        self._kept_as = about
        if self.saved and self.desk.drafts.is_behind(about, _mark(self.saved)):
            self._conflict()
        return True

    def save(self) -> bool:
        """Write the row where it changed; say whether the store holds it now.

        Nothing is raised: what cannot be saved stays here, and ``trouble`` says why.
        """
        if self.is_saved:
            self.trouble = ""
            return True
        if self.theirs is not None:
            return False
        if self.missing:
            names = " and ".join(TABLES[self.table].column(name).meaning.lower() for name in self.missing)
            self.trouble = f"Saved as soon as this is filled in: {names}."
            return False
        return self._put()

    def keep_mine(self) -> bool:
        """Write these values over what somebody else wrote; theirs stay in the trail."""
        self.theirs = None
        return self._put()

    def take_theirs(self) -> None:
        """Take over what somebody else wrote; what was typed here is dropped."""
        if self.theirs is not None:
            key = dict(zip(TABLES[self.table].key, self.key, strict=True))
            self.values = {**dict.fromkeys(self.values, ""), **key, **(self.theirs.values or {})}
            self.saved = dict(self.theirs.values or {})
        self.theirs, self.trouble = None, ""

    @property
    def _about(self) -> str:
        return " ".join((self.table, *self.key))

    def _put(self) -> bool:
        sent = dict(self.values)
        try:
            self.desk.put(self.table, [sent], why=self.why, batch=self.batch)
        except Conflict:
            self._conflict()
            return self.is_saved
        except InputError as error:
            self.trouble = f"Not saved yet. {told(error)} What you wrote stays here and is tried again."
            return False
        self.saved, self.trouble = sent, ""
        return True

    def _conflict(self) -> None:
        try:
            theirs = self.desk.now(self.table, self.key)
        except InputError as error:
            self.trouble = f"Not saved yet. {told(error)}"
            return
        if _filled(theirs.values or {}) == _filled(self.values):  # both wrote the same
            self.saved = dict(self.values)
            return
        self.theirs = theirs
        self.trouble = (
            f"{theirs.by or 'Somebody else'} changed this meanwhile. Both versions are kept here: choose one."
        )


def _filled(values: Row) -> Row:
    return {name: text for name, text in values.items() if text.strip()}


def _mark(values: Row) -> str:
    return json.dumps(_filled(values), sort_keys=True, ensure_ascii=False)
