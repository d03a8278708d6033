"""The tables of an edition as files beside its pages, and the page that lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from reviewkit.model import Edition, Engagement, StepSpec, slug
from reviewkit.model.words import listing

from .details import RunDetails
from .exports.collect import OTHER_PAGES
from .exports.csvfile import write_csv
from .exports.parts import LeftOut, Part, Selection
from .exports.readme import facts, workbook_name
from .exports.scan import scan
from .exports.workbook import write_workbook
from .forbidden import Forbidden
from .templates import render

FOLDER, PAGE = "data", "data.html"
_CSV_ALONE = ("finding_figures", "1.4_coded_remarks", "theme_matrix")
"""A row a figure or a remark: as sheets they take longer to write than all others together."""


@dataclass(frozen=True)
class Download:
    """One file: its place from the page, what it holds, its rows, columns and bytes, and its step."""

    href: str
    meaning: str
    rows: int
    columns: int
    size: int
    step: str = ""


@dataclass(frozen=True)
class Downloads:
    """The files of an edition: a workbook with the tables as sheets, each table as CSV, what is not there."""

    workbook: Download
    tables: tuple[Download, ...]
    left_out: tuple[LeftOut, ...]

    def place(self, step: str) -> str:
        """Return the address of a step's tables on the page of data; empty where it has none."""
        return f"{PAGE}#{_anchor(step)}" if any(one.step == step for one in self.tables) else ""


def write_downloads(
    site: Path,
    selection: Selection,
    engagement: Engagement,
    run: RunDetails,
    edition: Edition,
    forbidden: Forbidden | None,
) -> Downloads:
    """Write an edition's tables to ``data/`` in the folder of its pages: CSV, and one workbook.

    Raises
    ------
    Leak : a name or words this edition may not see were found in what was written.
    """
    folder = site / FOLDER
    folder.mkdir(parents=True)
    told: Counter[str] = Counter()
    for part in selection.parts:
        write_csv(folder / f"{part.name}.csv", part, told)
    sheets = [part for part in selection.parts if part.name not in _CSV_ALONE]
    book = folder / workbook_name(engagement, edition)
    write_workbook(book, sheets, facts(engagement, run, edition), told)
    if forbidden is not None:
        scan(folder, edition, forbidden)
    absent = [part.name for part in selection.parts if part.name in _CSV_ALONE]
    return Downloads(
        Download(
            f"{FOLDER}/{book.name}",
            "Every table as a sheet, after a sheet of contents"
            + (f", but {listing(absent)}, which are files alone" if absent else ""),
            sum(len(part.frame) for part in sheets),
            len(sheets),
            book.stat().st_size,
        ),
        tuple(_download(folder, part) for part in selection.parts),
        selection.left_out,
    )


def data_page(
    made: Downloads, specs: Sequence[StepSpec], about: Mapping[str, Any], edition: Edition = "leadership"
) -> str:
    """Return the page that lists an edition's files: what each holds, rows, columns, size.

    Examples
    --------
    >>> book = Download("data/demo_leadership.xlsx", "Every table", 3, 1, 9000)
    >>> signals = Download("data/1.1_signals.csv", "Each measure's signal", 3, 20, 1200, "1.1")
    >>> page = data_page(Downloads(book, (signals,), ()), [], {})
    >>> '<a href="data/1.1_signals.csv"' in page, "1 KB" in page
    (True, True)
    """
    titles = {spec.number: spec.title for spec in specs}
    order = {number: place for place, number in enumerate(titles, start=1)}
    tables = sorted(made.tables, key=lambda one: order.get(one.step, len(order) + 1 if one.step else 0))
    groups = [
        {
            "name": titles.get(step, step) if step else "The whole review",
            "number": step if step[:1].isdigit() else "",
            "place": _anchor(step),
            "files": [_row(one) for one in files],
        }
        for step, files in groupby(tables, key=lambda one: one.step)
    ]
    left_out = [
        (*one.name.partition(", in part")[:2], one.why) for one in made.left_out if one.why != OTHER_PAGES
    ]
    return render(
        "data.html.j2",
        title="Data",
        workbook=_row(made.workbook),
        groups=groups,
        left_out=left_out,
        others=len(left_out) < len(made.left_out),
        personal=edition in ("team", "managers"),
        about=about,
    )


def size_words(size: int) -> str:
    """Return a file's size in words.

    >>> size_words(400), size_words(81_300), size_words(2_340_000)
    ('under 1 KB', '81 KB', '2.3 MB')
    """
    if size < 1000:
        return "under 1 KB"
    return f"{size / 1000:,.0f} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def _download(folder: Path, part: Part) -> Download:
    path = folder / f"{part.name}.csv"
    step = part.name.partition("_")[0]
    return Download(
        f"{FOLDER}/{path.name}",
        part.table.meaning,
        len(part.frame),
        len(part.table.columns),
        path.stat().st_size,
        step if step[:1].isdigit() else "",
    )


def _anchor(step: str) -> str:
    return f"d-{slug(step)}" if step else "d-all"


def _row(one: Download) -> dict[str, str]:
    return {
        "href": one.href,
        "name": Path(one.href).name,
        "meaning": one.meaning,
        "rows": f"{one.rows:,}",
        "columns": f"{one.columns:,}",
        "size": size_words(one.size),
    }
