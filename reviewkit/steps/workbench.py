"""Opening a review, by hand in a notebook or by a scheduled run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from reviewkit.evidence import EvidenceSet, is_current, write_snapshot
from reviewkit.model import Engagement, InputError, library_digest, read_engagement

from .by_hand import told
from .deciding import decision_hashes
from .review import Review

if TYPE_CHECKING:
    from .base import Step


def open_review(engagement: str | Path, run: str | Path = "") -> Review:
    """Open an engagement with the evidence of a run, or with its evidence as it is now.

    Parameters
    ----------
    engagement : id of an engagement in ``params/``, or the path of a params file.
    run : folder of a run; left empty, a workbench of its own is used, and begun anew
        whenever a file of the engagement has changed.
    """
    params = find_params(engagement)
    described = read_engagement(params)
    folder = Path(run) if str(run) else workbench(params, described.id)
    evidence = folder / "evidence"
    if not str(run):
        folder.mkdir(parents=True, exist_ok=True)
        # Two notebooks may open the workbench at the same moment.
        with FileLock(folder / ".lock"):
            _refresh(described, params, folder)
    return Review(described, EvidenceSet(described, evidence), folder)


def run_by_hand(kind: type[Step], engagement: str | Path) -> Step:
    """Run one step on the evidence as it is now, and keep beside its results that somebody did."""
    review = open_review(engagement)
    params = find_params(engagement)
    decisions = decision_hashes(review.evidence.frame("decisions")).get(kind.number, "")
    with told(review.engagement, params, review.folder, kind.number, decisions):
        return kind(review)


def find_params(engagement: str | Path) -> Path:
    """Return the params file of an engagement given by path, or by id in ``params/`` here or above.

    Raises
    ------
    InputError : there is none; the message lists those there are.
    """
    path = Path(engagement)
    if path.suffix in (".yaml", ".yml"):
        return path.resolve()
    for folder in (Path.cwd(), *Path.cwd().parents):
        found = folder / "params" / f"{path.name}.yaml"
        if found.is_file():
            return found
    known = sorted(
        p.stem for folder in (Path.cwd(), *Path.cwd().parents) for p in folder.glob("params/*.yaml")
    )
    raise InputError(
        f"there is no engagement '{engagement}'", fix=f"Known here: {', '.join(known) or 'none'}."
    )


def workbench(params: Path, name: str) -> Path:
    """Return the folder for results made by hand: ``runs/<id>/workbench`` beside ``params/``."""
    return params.parent.parent / "runs" / name / "workbench"


def _refresh(engagement: Engagement, params: Path, folder: Path) -> None:
    """Begin the workbench anew where a file of the engagement, or the library, has changed."""
    made_by = folder / "library.txt"
    same_library = made_by.is_file() and made_by.read_text(encoding="utf-8") == library_digest()
    if same_library and is_current(engagement, params, folder / "evidence"):
        return
    for path in [*folder.glob("findings/*.jsonl"), *folder.glob("tables/*/*.parquet")]:
        path.unlink()
    write_snapshot(engagement, params, folder / "evidence")
    made_by.write_text(library_digest(), encoding="utf-8")
