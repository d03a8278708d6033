"""The record of a run: what ran, on what, with what, how it ended."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reviewkit.model import ReviewError
from reviewkit.model.files import write_whole

NAME = "manifest.json"
PARAMS = "engagement.yaml"  # the params file as the run read it, in the run's folder


class StepRecord(BaseModel):
    """How one step of a run went.

    ``made_from`` has a hash for everything the step's results depend on, ``outputs`` one for each
    file it made, by path in the run's folder. ``reason`` says why it ran, was skipped or failed.
    A step is ``skipped`` where nothing it depends on has changed, and ``not_run`` where a step
    before it failed.
    """

    model_config = ConfigDict(extra="forbid")

    number: str
    status: Literal["done", "failed", "skipped", "not_run"]
    seconds: float = 0.0
    reason: str = ""
    cell: int | None = None
    kernel: str = ""
    seed: int | None = None
    made_from: dict[str, str] = Field(default_factory=dict)
    outputs: dict[str, str] = Field(default_factory=dict)


class Manifest(BaseModel):
    """One run of one engagement.

    ``params`` is the file it was begun with. ``inputs`` has the SHA-256 of every file read,
    ``evidence`` that of every table kept, ``decisions`` that of the decisions about each
    step's findings, ``pages`` that of every page published.
    """

    model_config = ConfigDict(extra="forbid")

    engagement: str
    name: str
    run: str
    simulated: bool
    data_as_of: dt.date
    started: dt.datetime
    finished: dt.datetime | None = None
    seconds: float = 0.0
    status: Literal["running", "published", "failed", "interrupted"] = "running"
    failures: list[str] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    headline: str = ""
    library: str = ""
    commit: str = ""
    versions: dict[str, str] = Field(default_factory=dict)
    params: str = ""
    inputs: dict[str, str] = Field(default_factory=dict)
    evidence: dict[str, str] = Field(default_factory=dict)
    decisions: dict[str, str] = Field(default_factory=dict)
    steps: list[StepRecord] = Field(default_factory=list)
    site: dict[str, str] = Field(default_factory=dict)
    pages: dict[str, str] = Field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write the manifest into the run's folder, whole or not at all."""
        write_whole(folder / NAME, self.model_dump_json(indent=1) + "\n")

    def step(self, number: str) -> StepRecord | None:
        """Return the record of a step; None where it has not ended."""
        return next((record for record in self.steps if record.number == number), None)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a run's folder.

    Raises
    ------
    ReviewError : there is none, or it is damaged; the message says what to do.
    """
    path = folder / NAME
    try:
        return Manifest.model_validate_json(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        problem = "there is no run here. Name a folder such as runs/contact_centre/latest."
        raise ReviewError(f"{folder}: {problem}") from None
    except (OSError, ValidationError, UnicodeDecodeError):
        problem = "the record of this run is damaged. Run the engagement again; other runs are not touched."
        raise ReviewError(f"{path}: {problem}") from None
