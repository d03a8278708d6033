"""How every engagement stands: its newest run, its latest published one, what went wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from reviewkit.model import ReviewError

from .home import LATEST, Home
from .manifest import Manifest, read_manifest
from .parts import NUMBERS

State = Literal["published", "running", "failed", "interrupted", "damaged", "empty"]


class Standing(BaseModel):
    """How one engagement stands."""

    engagement: str
    state: State
    run: str = ""
    steps_done: int = 0
    steps: int = len(NUMBERS)
    published: str = ""
    finished: dt.datetime | None = None
    failures: list[str] = []

    @property
    def well(self) -> bool:
        """Whether its newest run ended well, or is still going on."""
        return self.state in ("published", "running")


def standings(runs: Path) -> list[Standing]:
    """Return how every engagement with a folder in ``runs`` stands, by id.

    Raises
    ------
    ReviewError : there is no such folder.
    """
    if not runs.is_dir():
        raise ReviewError(f"{runs}: there are no results here. Name the folder with --runs.")
    folders = sorted(path for path in runs.iterdir() if path.is_dir() and not path.name.startswith("."))
    return [standing(Home(runs, folder.name)) for folder in folders]


def standing(home: Home) -> Standing:
    """Return how one engagement stands."""
    found = Standing(engagement=home.name, state="empty")
    latest, runs = home.latest(), home.runs()
    if latest:
        found.published = latest.name
    elif (home.folder / LATEST).is_symlink():
        gone = f"{home.folder / LATEST}: the run it points to is gone. Run the engagement again."
        return found.model_copy(update={"state": "damaged", "failures": [gone]})
    if not runs:
        return found.model_copy(update={"state": "running" if home.is_busy() else "empty"})
    found.run = runs[0].name
    try:
        manifest = read_manifest(runs[0])
    except ReviewError as error:
        return found.model_copy(update={"state": "damaged", "failures": [str(error)]})
    found.state, found.finished, found.failures = _state(manifest, home), manifest.finished, manifest.failures
    found.steps_done = sum(record.status in ("done", "skipped") for record in manifest.steps)
    return found


def _state(manifest: Manifest, home: Home) -> State:
    """A record that says "running" is right as long as somebody holds the lock."""
    if manifest.status == "running":
        return "running" if home.is_busy() else "interrupted"
    return manifest.status
