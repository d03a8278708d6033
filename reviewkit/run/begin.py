"""A run begun: params and evidence checked and kept before the first notebook starts."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from reviewkit.evidence import EvidenceSet, hashes, write_snapshot
from reviewkit.model import Engagement, InputError, library_digest, read_engagement, versions
from reviewkit.performance.check import check_measure

from .manifest import Manifest

PARAMS = "engagement.yaml"


@dataclass
class Run:
    """One engagement being run."""

    engagement: Engagement
    folder: Path
    manifest: Manifest
    params: Path
    warnings: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether anything went wrong so far."""
        return bool(self.manifest.failures)


def begin(params: Path, runs: Path) -> Run:
    """Check an engagement and keep its params and evidence in a new folder under ``runs``.

    Raises
    ------
    InputError : the params file or the evidence has a fault; nothing is left behind.
    """
    engagement = read_engagement(params)
    started = dt.datetime.now().astimezone()
    home = runs / engagement.id
    name, folder = _new_folder(home, started)
    try:
        loaded = write_snapshot(engagement, params, folder / "evidence")
        _check_measures(engagement, folder, params)
        shutil.copyfile(params, folder / PARAMS)
    except BaseException:
        shutil.rmtree(folder)
        _remove_if_empty(home)
        raise
    manifest = Manifest(
        engagement=engagement.id,
        name=engagement.name,
        run=name,
        simulated=engagement.simulated,
        data_as_of=engagement.data_as_of,
        started=started,
        library=library_digest(),
        versions=versions(),
        inputs=hashes(engagement, params),
    )
    manifest.write(folder)
    return Run(engagement, folder, manifest, params, loaded.warnings)


def _new_folder(home: Path, started: dt.datetime) -> tuple[str, Path]:
    """Make ``home/<time>``; a second run within the same second gets a suffix."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"results cannot be put there ({error.strerror})"
        raise InputError(problem, file=home, fix="Name another folder with --runs.") from None
    stem = started.strftime("%Y%m%dT%H%M%S")
    for attempt in range(100):
        name = stem if not attempt else f"{stem}-{attempt}"
        try:
            (home / name).mkdir()
        except FileExistsError:
            continue
        return name, home / name
    raise InputError("a hundred runs began within this second", file=home, fix="Wait a second.")


def _check_measures(engagement: Engagement, folder: Path, params: Path) -> None:
    evidence = EvidenceSet(engagement, folder / "evidence")
    for measure in engagement.measures:
        if evidence.has(measure.table):
            try:
                check_measure(evidence.table(measure.table), measure)
            except InputError as error:
                error.file = error.file or params
                raise


def _remove_if_empty(home: Path) -> None:
    if home.is_dir() and not any(home.iterdir()):
        home.rmdir()
    if home.parent.is_dir() and not any(home.parent.iterdir()):
        home.parent.rmdir()
