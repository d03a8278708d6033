"""The record of a run: what ran, on what, how it ended."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

NAME = "manifest.json"


class StepRecord(BaseModel):
    """How one step of a run went."""

    model_config = ConfigDict(extra="forbid")

    number: str
    status: Literal["done", "failed", "skipped"]
    seconds: float = 0.0
    reason: str = ""


class Manifest(BaseModel):
    """One run of one engagement."""

    model_config = ConfigDict(extra="forbid")

    engagement: str
    name: str
    run: str
    simulated: bool
    data_as_of: dt.date
    started: dt.datetime
    finished: dt.datetime | None = None
    status: Literal["running", "published", "failed"] = "running"
    failures: list[str] = Field(default_factory=list)
    headline: str = ""
    library: str = ""
    versions: dict[str, str] = Field(default_factory=dict)
    inputs: dict[str, str] = Field(default_factory=dict)
    steps: list[StepRecord] = Field(default_factory=list)
    site: dict[str, str] = Field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write the manifest into the run's folder, whole or not at all."""
        partial = folder / f"{NAME}.partial"
        partial.write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")
        partial.replace(folder / NAME)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a run's folder."""
    return Manifest.model_validate_json((folder / NAME).read_text(encoding="utf-8"))
