"""The forms of an edition, made of its published pages, and put in place together."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reviewkit.model import STEPS, Edition, InputError, ReviewError
from reviewkit.model.files import SITE
from reviewkit.publish.forbidden import Forbidden

from .chromium import find_chromium, print_pdf, print_within
from .document import Page
from .settled import write_zip
from .sheets import single, together

FORMS = ("pdf", "pptx", "docx", "zip")
FOLDER = "handover"
SUMS = "SHA256SUMS.txt"
SLIDES, DOCUMENTS = ("4.2",), ("1.6", "heard")
"""Steps whose pages become slides, and documents; each has a PDF of its own, too."""


@dataclass(frozen=True)
class HandedOver:
    """Where the forms of an edition are, and what could not be made of it, in sentences."""

    folder: Path
    files: tuple[Path, ...]
    told: tuple[str, ...]


def hand_over(
    run_folder: Path,
    edition: Edition,
    forms: Iterable[str],
    *,
    name: str,
    made: datetime,
    forbidden: Iterable[str] = (),
    data: Path | None = None,
) -> HandedOver:
    """Make forms of an edition's published pages in ``run_folder/handover/<edition>/``.

    The folder is built aside and replaced whole: it holds the forms that were asked for last.

    Parameters
    ----------
    forms : some of :data:`FORMS`.
    name : the engagement, for names of files. made : when the run was started.
    forbidden : names and words that may not stand in this edition; looked for again in what was made.
    data : this edition's export of data, for the zip; left out where it is not there.

    Raises
    ------
    InputError : a form is not known, or no pages of the edition are published.
    ReviewError : Chromium is missing or failed, or a form would hold something forbidden.
    """
    asked = tuple(form for form in FORMS if form in set(forms))
    if unknown := sorted(set(forms) - set(FORMS)):
        raise InputError(f"'{unknown[0]}' is no form", fix=f"There are {', '.join(FORMS)}.")
    pages = _pages(run_folder / SITE / edition)
    aside, place = run_folder / f".{FOLDER}-{edition}-new", run_folder / FOLDER / edition
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        told = _make(aside, pages, edition, asked, made, name)
        _check(aside, edition, Forbidden(forbidden) if edition != "team" else None)
        if "zip" in asked:
            _zip(aside / f"{name}_{edition}.zip", aside, run_folder / SITE / edition, data)
        files = _put(aside, place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return HandedOver(place, files, told)


def _pages(folder: Path) -> dict[str, str]:
    """Read an edition's pages, the index first, then as they are named."""
    paths = sorted(folder.glob("*.html"), key=lambda path: (path.name != "index.html", path.name))
    if not paths:
        raise InputError("no pages of this edition are published", file=folder, fix="Publish the run first.")
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def _make(
    aside: Path, pages: Mapping[str, str], edition: Edition, asked: tuple[str, ...], made: datetime, name: str
) -> tuple[str, ...]:
    from .document_file import write_document
    from .pictures import pictures
    from .reading import read_page
    from .slide_file import write_slides

    told = []
    if "pdf" in asked:
        find_chromium()  # said before anything is made
        _print(aside, pages, edition, name)
    for form, steps, write, what in (
        ("pptx", SLIDES, write_slides, "slides are made of the leadership summary"),
        ("docx", DOCUMENTS, write_document, "documents are made of the week 1 report and of What we heard"),
    ):
        if form not in asked:
            continue
        there = list(_of_steps(pages, edition, steps))
        if not there:
            told.append(f"{form.upper()}: {what}, which the edition {edition} does not have.")
        for html in there:
            page = read_page(html)
            write(page, pictures(page), aside / f"{_slug(page)}.{form}", made=made)
    return tuple(told)


def _of_steps(pages: Mapping[str, str], edition: Edition, numbers: Iterable[str]) -> Iterator[str]:
    """Give the pages of some steps that an edition has."""
    for spec in STEPS:
        if spec.number in numbers and edition in spec.editions and spec.page in pages:
            yield pages[spec.page]


def _print(aside: Path, pages: Mapping[str, str], edition: Edition, name: str) -> None:
    from .reading import read_page

    with tempfile.TemporaryDirectory(prefix="reviewkit-sheets-") as folder:
        sheet = Path(folder, "sheet.html")
        for html in _of_steps(pages, edition, DOCUMENTS):
            sheet.write_text(single(html), encoding="utf-8")
            print_pdf(sheet, aside / f"{_slug(read_page(html))}.pdf")
        for html in _of_steps(pages, edition, SLIDES):
            print_within(single(html), aside / f"{_slug(read_page(html))}.pdf")
        sheet.write_text(together(pages, f"{name}, {edition} edition"), encoding="utf-8")
        print_pdf(sheet, aside / "all_pages.pdf")


def _slug(page: Page) -> str:
    return re.sub(r"\W+", "_", page.title.lower()).strip("_") or "page"


def _check(folder: Path, edition: Edition, forbidden: Forbidden | None) -> None:
    """Read slides and documents again; a PDF is printed from pages that went through the gate."""
    from .texts import office_texts

    if forbidden is None:
        return
    for path in sorted((*folder.glob("*.pptx"), *folder.glob("*.docx"))):
        if leak := forbidden.found(" 0 ".join(office_texts(path))):
            # The words themselves must not travel on in a log or an e-mail.
            raise ReviewError(
                f"nothing is handed over: {path.name} would hold a name or words that the edition {edition} "
                f"may not see ({len(leak)} characters long). Look for it on the pages of the team."
            )


def _zip(to: Path, made: Path, site: Path, data: Path | None) -> None:
    """Pack pages, forms and data of one edition, in order, with the SHA-256 of each."""
    kept = [("", path) for path in sorted(made.iterdir()) if path != to]
    kept += [("pages/", path) for path in sorted(site.rglob("*")) if path.is_file()]
    if data is not None and data.is_dir():
        kept += [("data/", path) for path in sorted(data.rglob("*")) if path.is_file()]
    roots = {"": made, "pages/": site, "data/": data or made}
    parts = sorted(
        (f"{top}{path.relative_to(roots[top]).as_posix()}", path.read_bytes()) for top, path in kept
    )
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in parts)
    write_zip(to, [*parts, (SUMS, sums.encode("utf-8"))])


def _put(aside: Path, place: Path) -> tuple[Path, ...]:
    """Move what was made to where readers look; they meet the old folder or the new one."""
    before = aside.with_name(f"{aside.name}-before")
    place.parent.mkdir(exist_ok=True)
    if place.exists():
        place.rename(before)
    try:
        aside.rename(place)
    except OSError:
        if before.exists():
            before.rename(place)
        raise
    shutil.rmtree(before, ignore_errors=True)
    return tuple(sorted(place.iterdir()))
