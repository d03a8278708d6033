"""What was typed and not yet saved: kept beside the results, each person's apart, over every restart."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock

from reviewkit.model.files import write_whole

Typed = dict[str, str]
Whose = tuple[str, str]
"""Who typed, and in which notebook where nobody had said so."""
_WAIT_SECONDS = 1
_CHOSEN = ("value", "attribution", "role")
"""Fields that are chosen, not written: of two, one holds."""
_STOOD = "stood before"


class Drafts:
    """Unsaved words by what they are about and whose they are; in a file that only this machine reads.

    What was typed before anybody said who they are is the notebook's, until somebody says so in it. What an
    older file holds is nobody's in particular, and shown to all. Screens and analysts that share the file
    keep each other's words: a change is of one entry.

    Parameters
    ----------
    who : role or initials; empty where nobody said.
    notebook : in which somebody types; the one this kernel belongs to where left out.

    Examples
    --------
    >>> drafts = Drafts(Path("/dev/null/drafts.json"), "Analyst A")
    >>> drafts.keep("1.1/opinion/fcr", {"reason": "seen"})
    >>> drafts.of("1.1/opinion/fcr")
    {'reason': 'seen'}
    >>> drafts.be("Analyst B")
    >>> drafts.of("1.1/opinion/fcr")
    {}
    """

    def __init__(self, file: Path, who: str = "", *, notebook: str = "") -> None:
        self._file = file
        self._notebook = notebook or this_notebook()
        self._kept = self._read()
        self.be(who)

    def be(self, who: str) -> None:
        """Be another person; whoever is the first to say who they are takes over the notebook's words."""
        name = " ".join(who.split()).casefold()
        self._whose: Whose = (name, "") if name else ("", self._notebook)
        if name:
            for whose, about in [key for key in self._kept if key[0] == ("", self._notebook)]:
                both = _joined(self._kept.get((self._whose, about), {}), self._kept[whose, about])
                self._change({(self._whose, about): both, (whose, about): {}})

    def of(self, about: str) -> Typed:
        """Return what was typed about something; nothing where it was saved."""
        return {name: text for name, text in self._entry(about).items() if name != _STOOD}

    def names(self, sort: str) -> list[str]:
        """Return what this person typed about, of what begins with some words."""
        return [
            about
            for whose, about in self._kept
            if whose == self._whose and about.startswith(sort) and self.of(about)
        ]

    def keep(self, about: str, typed: Typed, *, stood: str = "") -> None:
        """Keep what is typed; where the file cannot be written it is kept in memory.

        Parameters
        ----------
        stood : what was on file about it when somebody began to type.
        """
        filled = {field: text for field, text in typed.items() if text.strip()}
        before = self._entry(about)
        if filled:
            filled[_STOOD] = before.get(_STOOD, stood)
        if filled != before:
            self._change({(self._whose, about): filled})

    def drop(self, about: str) -> None:
        """Forget what was typed about something: it is saved."""
        if self._entry(about):
            self._change({(self._whose, about): {}})

    def is_behind(self, about: str, stands: str) -> bool:
        """Whether something else stands on file than when somebody began to type about it."""
        return self._entry(about).get(_STOOD, stands) != stands

    def _entry(self, about: str) -> Typed:
        return self._kept.get((self._whose, about), self._kept.get((("", ""), about), {}))

    def _change(self, changes: Mapping[tuple[Whose, str], Typed]) -> None:
        _put(self._kept, changes)
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._file.with_suffix(".lock"), timeout=_WAIT_SECONDS):
                kept = self._read()
                _put(kept, changes)
                if any(kept.values()):
                    rows = [
                        {"by": by, "notebook": notebook, "about": about, "typed": typed}
                        for ((by, notebook), about), typed in kept.items()
                    ]
                    write_whole(self._file, json.dumps(rows, indent=1, ensure_ascii=False))
                else:
                    self._file.unlink(missing_ok=True)

    def _read(self) -> dict[tuple[Whose, str], Typed]:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            found: Any = json.loads(self._file.read_text(encoding="utf-8"))
            if isinstance(found, dict):  # as it was kept before each had their own
                return {(("", ""), str(about)): dict(typed) for about, typed in found.items()}
            return {((one["by"], one["notebook"]), one["about"]): dict(one["typed"]) for one in found}
        return {}


def this_notebook() -> str:
    """Return which notebook this kernel belongs to, as its server says; else the folder it works in."""
    return os.environ.get("JPY_SESSION_NAME", "") or str(Path.cwd())


def _put(kept: dict[tuple[Whose, str], Typed], changes: Mapping[tuple[Whose, str], Typed]) -> None:
    for (whose, about), filled in changes.items():
        if filled or (("", ""), about) in kept:  # an older file's words were seen, and are done with
            kept[whose, about] = filled
        else:
            kept.pop((whose, about), None)


def _joined(mine: Typed, typed: Typed) -> Typed:
    """Return both of what was typed about one thing: no word of either is lost.

    >>> _joined({"reason": "Seen.", "value": "revised"}, {"reason": "Heard.", "value": "confirmed"})
    {'reason': 'Seen.\\n\\nHeard.', 'value': 'confirmed'}
    """
    joined = mine | typed
    for name, text in mine.items():
        other = typed.get(name, "")
        if name not in (*_CHOSEN, _STOOD) and text not in other:
            joined[name] = text if other in text else f"{text}\n\n{other}"
    if _STOOD in mine:
        joined[_STOOD] = mine[_STOOD]
    return joined
