"""The gate between clients: a page that carries words of another engagement is not published.

Every published run leaves its mark: the client's name, and hashes of some runs of words of what its
people said. Hashes, so that no engagement reads another's evidence. Which runs of words are hashed is
decided by their first word alone, so that a page need be looked at in those places only.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.model import TABLES, Engagement
from reviewkit.model.files import write_whole

from .forbidden import Forbidden
from .gate_words import COMMON, SHINGLE, said

if TYPE_CHECKING:
    from reviewkit.evidence import EvidenceSet

NAME = "mark.json"
"""The mark's file in a run's folder."""
_LATEST = "latest"
_ONE_IN = 8
_MOST = 600
_ENOUGH = 3
"""Runs of words of one engagement on one page that are no accident: two may write the same sentence."""


def marks(text: str) -> Iterator[str]:
    """Give the hashes of the runs of words of a text that are looked at.

    >>> said = "The phones were slow on every day of that week, and nobody at the desk knew why."
    >>> set(marks(said)) <= set(marks(f"They told us: {said.upper()}"))
    True
    """
    words = re.findall(r"\w+", text.casefold())
    for place in range(len(words) - SHINGLE + 1):
        if zlib.crc32(words[place].encode()) % _ONE_IN:
            continue
        run = words[place : place + SHINGLE]
        if len(set(run) - COMMON) > 2:
            yield hashlib.blake2b(" ".join(run).encode(), digest_size=8).hexdigest()


def leave_mark(folder: Path, engagement: Engagement, evidence: EvidenceSet) -> None:
    """Write the mark of a run into its folder, for the gates of other engagements."""
    found = sorted({mark for text in said(evidence) for mark in marks(text)})
    step = max(1, -(-len(found) // _MOST))
    write_whole(folder / NAME, json.dumps({"client": engagement.client, "marks": found[::step]}))


class Others:
    """What other engagements are known by; this one may say all the same what it knows itself.

    Parameters
    ----------
    clients : names of their clients. marks : one set of hashes an engagement.
    own : hashes of this engagement's own words: two clients' people may say the same.
    texts : gives the texts of this engagement, read only where a client's name was found.
    """

    def __init__(
        self,
        clients: Iterable[str] = (),
        marks: Iterable[Iterable[str]] = (),
        own: Iterable[str] = (),
        texts: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self.names = Forbidden(clients)
        self.marks = [frozenset(theirs) for theirs in marks]
        self.own, self._texts = frozenset(own), texts
        self._known: dict[str, bool] = {}

    def stand_in(self, text: str) -> bool:
        """Whether a text carries another client's name, or words of another engagement.

        >>> Others({"Northfield Water"}).stand_in("A review of northfield water.")
        True
        """
        if any(not self._is_own(name) for name in set(self.names.all_found(text))):
            return True
        here = set(marks(text)) - self.own if self.marks else set()
        return any(len(here & theirs) >= _ENOUGH for theirs in self.marks)

    def _is_own(self, name: str) -> bool:
        """Whether the engagement itself speaks of the client, so that the name is no stranger's."""
        if name not in self._known:
            looked_for = Forbidden({name})
            self._known[name] = any(looked_for.found(text) for text in self._texts())
        return self._known[name]


def others(runs: Path, engagement: Engagement, evidence: EvidenceSet) -> Others:
    """Return what other engagements with results in the same folder are known by."""
    folders = [folder for folder in sorted(runs.glob("*")) if folder.name != engagement.id]
    known = [mark for folder in folders for mark in _read(folder)]
    if not known:
        return Others()
    return Others(
        clients={str(mark["client"]) for mark in known},
        marks=[mark["marks"] for mark in known],
        own=(mark for text in said(evidence) for mark in marks(text)),
        texts=lambda: (engagement.model_dump_json(), *_texts(evidence)),
    )


def _read(folder: Path) -> list[Mapping[str, Any]]:
    """The mark of an engagement's latest run in a list, or nothing where there is none."""
    try:
        made = json.loads((folder / _LATEST / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [made] if isinstance(made, dict) and {"client", "marks"} <= made.keys() else []


def _texts(evidence: EvidenceSet) -> Iterable[str]:
    """One text a column of the evidence whose words are kept with the run."""
    for name, table in TABLES.items():
        columns = [column.name for column in table.columns if column.kind == "text" and not column.allowed]
        if columns and evidence.has(name) and evidence.rows(name) is not None:
            frame = evidence.frame(name)
            for column in columns:
                if column in frame:
                    yield " | ".join(map(str, frame[column].dropna().unique()))
