"""What was typed and not yet saved: kept beside the results, so that no restart of the kernel loses it."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from reviewkit.model.files import write_whole

Typed = dict[str, str]


class Drafts:
    """Unsaved words by what they are about; kept in a file that only this machine reads.

    Examples
    --------
    >>> drafts = Drafts(Path("/nowhere/at/all.json"))
    >>> drafts.keep("1.1/opinion/fcr", {"reason": "seen"})
    >>> drafts.of("1.1/opinion/fcr")
    {'reason': 'seen'}
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._typed: dict[str, Typed] = {}
        with contextlib.suppress(OSError, ValueError):
            found = json.loads(file.read_text(encoding="utf-8"))
            if isinstance(found, dict):
                self._typed = {str(name): dict(typed) for name, typed in found.items()}

    def of(self, name: str) -> Typed:
        """Return what was typed about something; nothing where it was saved."""
        return dict(self._typed.get(name, {}))

    def keep(self, name: str, typed: Typed) -> None:
        """Keep what is typed; where the file cannot be written it is kept in memory."""
        filled = {field: text for field, text in typed.items() if text.strip()}
        if filled == self._typed.get(name, {}):
            return
        if filled:
            self._typed[name] = filled
        else:
            self._typed.pop(name, None)
        self._write()

    def drop(self, name: str) -> None:
        """Forget what was typed about something: it is saved."""
        if self._typed.pop(name, None) is not None:
            self._write()

    def _write(self) -> None:
        with contextlib.suppress(OSError):
            if not self._typed:
                self._file.unlink(missing_ok=True)
                return
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._file, json.dumps(self._typed, indent=1, ensure_ascii=False))
