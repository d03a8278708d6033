"""What a step's results depend on, and whether any of it has changed since they were made."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewkit.evidence import fingerprints
from reviewkit.model import STEPS, Engagement, StepSpec, file_hash, library_digest, versions
from reviewkit.model.words import listing

from .manifest import Manifest, StepRecord
from .notebooks import notebook_path, own_notebooks

# The register and the participants decide what may be shown to whom, on every page.
FOR_EVERY_STEP = ("stakeholders", "participants", "codebook", "codebook_changes")


def made_from(
    spec: StepSpec,
    engagement: Engagement,
    params: Path,
    inputs: Mapping[str, str],
    decisions: Mapping[str, str],
    before: Mapping[str, StepRecord],
) -> dict[str, str]:
    """Return a hash for everything the results of a step depend on, by what it is called.

    Parameters
    ----------
    inputs : hash of each file of the engagement, by table.
    decisions : hash of the decisions about each step's findings, by step.
    before : records of the steps that ran before, by step.
    """
    own = own_notebooks(engagement, params)
    parts = {
        "its notebook": file_hash(notebook_path(spec, own)),
        "the library": library_digest(),
        "package versions": _packages(),
        "the params file": _digest(engagement.model_dump(mode="json", exclude={"schedule", "brand"})),
        "decisions on its findings": decisions.get(spec.number, ""),
    }
    if own:
        parts["files beside its notebook"] = _files(own)
    tables = dict.fromkeys([*spec.needs, *spec.uses, *spec.reads, *FOR_EVERY_STEP])
    parts |= {name: inputs[name] for name in tables if name in inputs}
    return parts | {f"results of step {n}": results(before[n]) for n in spec.after if n in before}


def results(record: StepRecord) -> str:
    """Return one hash of what a step hands on to others: its tables and findings."""
    made = {path: file for path, file in record.outputs.items() if path.startswith(("tables/", "findings/"))}
    return _digest(made)


def why(now: Mapping[str, str], before: Mapping[str, str] | None) -> str:
    """Say why a step has to run; empty where nothing has changed.

    >>> why({"contacts": "b", "leads": "c"}, {"contacts": "a", "leads": "c"})
    'contacts changed'
    """
    if before is None:
        return "it has not run before"
    changed = [name for name in now if name in before and now[name] != before[name]]
    new, gone = [name for name in now if name not in before], [name for name in before if name not in now]
    parts = [f"{listing(changed)} changed" if changed else "", f"{listing(new)} came" if new else ""]
    parts.append(f"{listing(gone)} went" if gone else "")
    return "; ".join(part for part in parts if part)


@dataclass(frozen=True)
class Kept:
    """Results of an earlier run that still hold."""

    folder: Path
    record: StepRecord


def decide(now: Mapping[str, str], number: str, records: Iterable[tuple[Path, Manifest]]) -> Kept | str:
    """Return the earlier results that a step may keep, or why it has to run."""
    told: str | None = None
    for folder, manifest in records:
        record = manifest.step(number)
        if record is None or record.status not in ("done", "skipped"):
            continue
        reason = why(now, record.made_from)
        if not reason and not whole(folder, record.outputs):
            reason = f"results of run {folder.name} are damaged"
        if not reason:
            return Kept(folder, record)
        told = told or reason
    return told or why(now, None)


def whole(folder: Path, outputs: Mapping[str, str]) -> bool:
    """Whether every output is there as it was written."""
    return all(
        (folder / path).is_file() and file_hash(folder / path) == made for path, made in outputs.items()
    )


def never_kept(spec: StepSpec, engagement: Engagement, params: Path) -> str:
    """Say why a step's results are never kept; empty where they may be.

    A notebook of the engagement's own that is given secrets may read what nobody here can see, and
    what stays in a database may change unseen.
    """
    read = dict.fromkeys((*spec.needs, *spec.uses, *spec.reads))
    if staying := [name for name, source in engagement.sources.items() if source.stays and name in read]:
        return f"rows of {listing(staying)} stay in a database, and whether they changed is not known"
    own = own_notebooks(engagement, params)
    if own and engagement.secrets and notebook_path(spec, own).is_relative_to(own):
        return "its own notebook is given secrets, and what it reads with them is not known"
    return ""


def unchanged(engagement: Engagement, params: Path, folder: Path, manifest: Manifest) -> str:
    """Say what has changed since a run was published; empty where nothing has."""
    if manifest.status != "published":
        return "the last run was not published"
    asked = [name for name, source in engagement.sources.items() if source.database]
    if asked:
        return f"{listing(asked)} may have changed in the database"
    inputs = fingerprints(engagement, params)
    if inputs != manifest.inputs and (changed := why(inputs, manifest.inputs)):
        return changed
    if not whole(folder, manifest.evidence):
        return "the evidence it kept is damaged"
    before: dict[str, StepRecord] = {}
    for spec in STEPS:
        if reason := never_kept(spec, engagement, params):
            return reason
        record = manifest.step(spec.number)
        if record is None:
            return f"step {spec.number} did not run"
        now = made_from(spec, engagement, params, inputs, manifest.decisions, before)
        if reason := why(now, record.made_from):
            return reason
        if not whole(folder, record.outputs):
            return f"results of step {spec.number} are damaged"
        before[spec.number] = record
    return "" if whole(folder, manifest.pages) else "a page is missing or was changed by hand"


@functools.cache
def _packages() -> str:
    return _digest(versions())


def _files(folder: Path) -> str:
    """Hash what lies beside notebooks and may be imported by them."""
    beside = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".ipynb", ".pyc"))
    return _digest({path.relative_to(folder).as_posix(): file_hash(path) for path in beside})


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:32]
