"""An export of a run for one edition: collected, written aside, scanned, put in place."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.model import Edition, Finding, InputError
from reviewkit.publish.details import RunDetails
from reviewkit.publish.forbidden import Forbidden

from .collect import collect
from .csvfile import write_csv
from .dictionary import dictionary
from .earlier import MADE_BY, MARK
from .parquet import write_parquet
from .parts import LeftOut, Part, Selection
from .place import replacing_folder
from .readme import facts, readme, workbook_name
from .scan import scan
from .workbook import write_workbook

if TYPE_CHECKING:
    from reviewkit.steps import Review

FORMATS = ("csv", "xlsx", "parquet")


@dataclass(frozen=True)
class Exported:
    """An export in its place: its folder, its tables with their rows, what was left out or changed."""

    folder: Path
    tables: dict[str, int]
    left_out: tuple[LeftOut, ...]
    changed: dict[str, int]


def export(
    review: Review,
    findings: Iterable[Finding],
    run: RunDetails,
    edition: Edition,
    folder: Path,
    *,
    formats: Sequence[str] = FORMATS,
    forbidden: Iterable[str] = (),
    by_coder: bool = False,
) -> Exported:
    """Write every finding and table that an edition may have of a run to a folder of its own.

    Parameters
    ----------
    review : the engagement with its evidence and the results of its steps.
    findings : all findings of the run. run : the run they come from.
    folder : replaced whole where it is an earlier export of the engagement and edition; anything else
        in it is refused.
    formats : some of :data:`FORMATS`.
    forbidden : names and words that may not stand in this edition.
    by_coder : add remarks by themes with the number of analysts who gave each; for the team.

    Returns
    -------
    What was written. The same run, edition and formats give the same bytes.

    Raises
    ------
    Leak : something forbidden was found in what was written; nothing is left of it.
    InputError : a format is not known, or the folder cannot be used.
    ReviewError : a table of the run is damaged.
    """
    _known(formats)
    selection = selected(review, findings, edition, by_coder=by_coder)
    with replacing_folder(folder, review.engagement.id, edition) as aside:
        told = _write(aside, selection, review, run, edition, formats)
        if edition != "team":
            scan(aside, edition, Forbidden(forbidden))
    tables = {part.name: len(part.frame) for part in selection.parts}
    return Exported(folder, tables, selection.left_out, dict(sorted(told.items())))


def selected(
    review: Review, findings: Iterable[Finding], edition: Edition, *, by_coder: bool = False
) -> Selection:
    """Return the tables an edition may have of a run, with their dictionary; see :func:`export`."""
    return _with_dictionary(collect(review, findings, edition, by_coder=by_coder), review)


def _known(formats: Sequence[str]) -> None:
    for name in formats:
        if name not in FORMATS:
            raise InputError(f"'{name}' is no format", key="--format", fix=f"There are {', '.join(FORMATS)}.")
    if not formats:
        raise InputError("no format is named", key="--format", fix=f"There are {', '.join(FORMATS)}.")


def _with_dictionary(selection: Selection, review: Review) -> Selection:
    currency = review.engagement.currency
    where_from = "the descriptions in this package; themes from the codebook"
    itself = Part.of("dictionary", dictionary([], currency), where_from)
    rows = dictionary([*selection.parts, itself], currency)
    return Selection((*selection.parts, Part.of("dictionary", rows, where_from)), selection.left_out)


def _write(
    folder: Path,
    selection: Selection,
    review: Review,
    run: RunDetails,
    edition: Edition,
    formats: Sequence[str],
) -> Counter[str]:
    """Write all files; return what had to be changed for files to hold it."""
    engagement, parts = review.engagement, selection.parts
    told: Counter[str] = Counter()
    for name, write in (("csv", write_csv), ("parquet", write_parquet)):
        if name in formats:
            (folder / name).mkdir()
            for part in parts:
                write(folder / name / f"{part.name}.{name}", part, told)
    if "xlsx" in formats:
        path = folder / workbook_name(engagement, edition)
        write_workbook(path, parts, facts(engagement, run, edition), told)
    chosen = [name for name in FORMATS if name in formats]
    page = readme(engagement, run, edition, parts, selection.left_out, told, review.discloser.rules(), chosen)
    (folder / "README.md").write_text(page, encoding="utf-8")
    mark = _mark(folder, selection, run, edition, engagement.id)
    (folder / MARK).write_text(json.dumps(mark, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return told


def _mark(
    folder: Path, selection: Selection, run: RunDetails, edition: Edition, engagement: str
) -> dict[str, Any]:
    """What programs read: the run, the tables, and the SHA-256 of every file."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        "made_by": MADE_BY,
        "engagement": engagement,
        "run": run.run,
        "data_as_of": run.data_as_of.isoformat(),
        "edition": edition,
        "tables": [
            {"name": part.name, "rows": len(part.frame), "columns": len(part.table.columns)}
            for part in selection.parts
        ],
        "left_out": [{"name": one.name, "why": one.why} for one in selection.left_out],
        "files": {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
        },
    }
