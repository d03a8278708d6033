"""Evidence checked and kept before the first notebook starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reviewkit.evidence import EvidenceSet, fingerprints, write_snapshot
from reviewkit.model import Engagement, InputError, file_hash, read_engagement
from reviewkit.performance.measures.check import check_measure
from reviewkit.publish.gate_release import hold_back
from reviewkit.steps.deciding import decision_hashes

from .home import Home
from .manifest import PARAMS


@dataclass(frozen=True)
class Snapshot:
    """What the evidence of a run is: hashes of files, of what is kept, of each step's decisions; warnings."""

    inputs: dict[str, str]
    evidence: dict[str, str]
    decisions: dict[str, str]
    warnings: list[str]


def take_snapshot(params: Path, folder: Path) -> Snapshot:
    """Check an engagement's evidence and keep it in ``folder/evidence``.

    The params file is read as the run's folder has it; data files are relative to ``params``.

    Raises
    ------
    InputError : the evidence has a fault, or changed while it was read.
    """
    try:
        return _taken(params, folder)
    except OSError as error:
        problem = f"cannot be read ({error.strerror or error})"
        raise InputError(
            problem, file=error.filename or params, fix="Check the rights of the file."
        ) from None


def _taken(params: Path, folder: Path) -> Snapshot:
    engagement = read_engagement(folder / PARAMS)
    before = fingerprints(engagement, params) | {"params": file_hash(folder / PARAMS)}
    loaded = write_snapshot(engagement, params, folder / "evidence")
    held = hold_back(folder / "evidence", _published(folder), engagement.disclosure.minimum_pool)
    evidence = EvidenceSet(engagement, folder / "evidence")
    _check_measures(engagement, evidence, params)
    after = fingerprints(engagement, params)
    for name in before.keys() | after.keys():
        if before.get(name) != after.get(name):
            problem = f"'{name}' changed while it was read"
            raise InputError(problem, file=params, fix="Run again when it has been written to its end.")
    kept = sorted(path for path in (folder / "evidence").iterdir() if path.is_file())
    made = {path.relative_to(folder).as_posix(): file_hash(path) for path in kept}
    decided = decision_hashes(evidence.frame("decisions"))
    return Snapshot(after | loaded.hashes, made, decided, [*loaded.warnings, *held])


def _published(folder: Path) -> Path | None:
    """The evidence of the last published run."""
    latest = Home(folder.parent.parent, folder.parent.name).latest()
    return latest / "evidence" if latest else None


def _check_measures(engagement: Engagement, evidence: EvidenceSet, params: Path) -> None:
    for measure in engagement.measures:
        if evidence.has(measure.table):
            try:
                check_measure(evidence.table(measure.table), measure)
            except InputError as error:
                error.file = error.file or params
                raise
