"""What was typed and not yet saved: kept beside the results, so that no restart of the kernel loses it."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from filelock import FileLock

from reviewkit.model.files import write_whole

Typed = dict[str, str]
_WAIT_SECONDS = 1


class Drafts:
    """Unsaved words by what they are about; kept in a file that only this machine reads.

    Screens, and analysts, that share the file keep each other's words: a change is of one entry.

    Examples
    --------
    >>> drafts = Drafts(Path("/nowhere/at/all.json"))
    >>> drafts.keep("1.1/opinion/fcr", {"reason": "seen"})
    >>> drafts.of("1.1/opinion/fcr")
    {'reason': 'seen'}
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._typed = self._read()

    def of(self, name: str) -> Typed:
        """Return what was typed about something; nothing where it was saved."""
        return dict(self._typed.get(name, {}))

    def keep(self, name: str, typed: Typed) -> None:
        """Keep what is typed; where the file cannot be written it is kept in memory."""
        filled = {field: text for field, text in typed.items() if text.strip()}
        if filled != self._typed.get(name, {}):
            self._change(name, filled)

    def drop(self, name: str) -> None:
        """Forget what was typed about something: it is saved."""
        if name in self._typed:
            self._change(name, {})

    def _change(self, name: str, filled: Typed) -> None:
        _put(self._typed, name, filled)
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._file.with_suffix(".lock"), timeout=_WAIT_SECONDS):
                kept = self._read()
                _put(kept, name, filled)
                if kept:
                    write_whole(self._file, json.dumps(kept, indent=1, ensure_ascii=False))
                else:
                    self._file.unlink(missing_ok=True)

    def _read(self) -> dict[str, Typed]:
        with contextlib.suppress(OSError, ValueError):
            found = json.loads(self._file.read_text(encoding="utf-8"))
            if isinstance(found, dict):
                return {str(name): dict(typed) for name, typed in found.items()}
        return {}


def _put(kept: dict[str, Typed], name: str, filled: Typed) -> None:
    if filled:
        kept[name] = filled
    else:
        kept.pop(name, None)
