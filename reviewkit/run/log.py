"""What happened, a line of JSON each: ``runs/log.jsonl`` for the team's alerts, and each run's own.

The schema of a line is ``docs/log.schema.json``.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

NAME = "log.jsonl"


Level = Literal["info", "error"]


class Event(BaseModel):
    """One line of the log."""

    model_config = ConfigDict(extra="forbid")

    at: dt.datetime = Field(default_factory=lambda: dt.datetime.now().astimezone())
    level: Level = "info"
    event: Literal["run_started", "step_ended", "run_ended", "run_unchanged", "run_refused"]
    engagement: str = Field(default="", description="id; the params file where it could not be read")
    run: str = ""
    step: str = Field(default="", description="number of the step, or the part of the work")
    cell: int | None = Field(default=None, description="cell of the notebook, counted from 0")
    status: str = Field(
        default="", description="done, skipped, failed, not_run; published, failed, interrupted"
    )
    seconds: float | None = None
    reason: str = Field(default="", description="why; only in a run's own log, since it may quote the client")


class Log:
    """Writes events to ``runs/log.jsonl`` and to the log of the run they are about.

    The shared log never has a reason: an error's words may quote a client's data.
    """

    def __init__(self, runs: Path) -> None:
        self.path = runs / NAME
        self.broken = ""

    def write(self, event: Event, folder: Path | None = None) -> None:
        """Append an event; a log that cannot be written is noted in ``broken`` and stops nothing.

        Where there is no folder of results, nothing ran and nothing is written.
        """
        if not self.path.parent.is_dir():
            return
        try:
            if folder:
                _append(folder / NAME, event)
            _append(self.path, event.model_copy(update={"reason": ""}))
        except OSError as error:
            self.broken = f"{self.path}: the log cannot be written ({error.strerror})"


def _append(path: Path, event: Event) -> None:
    # One write of one line: lines of commands that run at the same time do not mix.
    with path.open("a", encoding="utf-8") as file:
        file.write(event.model_dump_json(exclude_defaults=False) + "\n")
