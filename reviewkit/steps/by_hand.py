"""What was run by hand in the workbench: begun, handed on or failed, and on which evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from reviewkit.evidence import fingerprints
from reviewkit.model import Engagement, library_digest
from reviewkit.model.files import write_whole

FOLDER = "by_hand"
LIBRARY = "the library"


class ByHand(BaseModel):
    """A step as somebody last ran it by hand.

    ``made_from`` has a hash of each table, of the params file and of the library; ``decisions`` one of
    what was decided about the step's findings. ``why`` says why it failed.
    """

    state: Literal["begun", "done", "failed"]
    at: dt.datetime
    made_from: dict[str, str]
    decisions: str = ""
    why: str = ""

    def write(self, folder: Path, number: str) -> None:
        """Write it beside the results made by hand; where that cannot be done it is only not told."""
        path = folder / FOLDER / f"{number}.json"
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, self.model_dump_json(indent=1) + "\n")

    def changed(self, now: Mapping[str, str], decisions: str) -> list[str]:
        """Return what is another than when it ran: of ``now``, and the decisions on its findings.

        >>> made = ByHand(state="done", at=dt.datetime(2025, 9, 5), made_from={"kpis": "a", "leads": "b"})
        >>> made.changed({"kpis": "c", "leads": "b"}, "")
        ['kpis']
        """
        names = [name for name, made in now.items() if self.made_from.get(name, "") != made]
        return [*names, "decisions on its findings"] if decisions != self.decisions else names


@contextmanager
def told(engagement: Engagement, params: Path, folder: Path, number: str, decisions: str) -> Iterator[None]:
    """Tell of a step that it is run by hand, and why it failed where it does."""
    made_from = fingerprints(engagement, params) | {LIBRARY: library_digest()}
    record = ByHand(state="begun", at=dt.datetime.now(dt.UTC), made_from=made_from, decisions=decisions)
    record.write(folder, number)
    try:
        yield
    except Exception as error:
        first = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        record.model_copy(update={"state": "failed", "why": first[:200]}).write(folder, number)
        raise


def handed_on(folder: Path, number: str) -> None:
    """Tell of a step that was begun by hand that its results were handed on; of others nothing is told."""
    record = read_by_hand(folder, number)
    if record is not None:
        record.model_copy(update={"state": "done", "at": dt.datetime.now(dt.UTC)}).write(folder, number)


def read_by_hand(folder: Path, number: str) -> ByHand | None:
    """Return how a step was last run by hand; None where it never was, or nobody can tell."""
    try:
        text = (folder / FOLDER / f"{number}.json").read_text(encoding="utf-8")
        return ByHand.model_validate_json(text)
    except (OSError, ValidationError, UnicodeDecodeError):
        return None
