"""The site of a run: every edition's pages, built aside and put in place whole."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reviewkit.model import EDITIONS, STEPS, Edition, Engagement, Finding
from reviewkit.model.files import SITE, SITE_ASIDE, SITE_BEFORE

from .about import about
from .details import RunDetails
from .forbidden import Forbidden
from .gate import check_files, check_page
from .rests import Rests
from .templates import render

if TYPE_CHECKING:
    import pandas as pd

    from .downloads import Downloads
    from .exports.parts import Selection
    from .gate_others import Others

CONTENTS: Mapping[Edition, tuple[str, str]] = {
    "team": ("Review", "The pages of this review."),
    "leadership": ("Review", "The leadership summary is not there yet; these pages are."),
    "managers": (
        "Pages for managers",
        "These pages hold statements about individuals. They are personal: keep them so.",
    ),
    "participants": (
        "Thank you for taking part",
        "What we understood from what you told us, for you to put right.",
    ),
}


def publish_site(
    *,
    engagement: Engagement,
    run_folder: Path,
    notebooks: Mapping[str, Path],
    findings: list[Finding],
    run: RunDetails,
    forbidden: Mapping[Edition, set[str]] | None = None,
    basis: Mapping[Edition, Rests] | None = None,
) -> dict[Edition, Path]:
    """Build ``run_folder/site/<edition>/*.html`` from executed notebooks.

    Parameters
    ----------
    notebooks : step number -> executed notebook; steps whose file is not there are left out.
    findings : all findings of the run, for the evidence page.
    forbidden : names and words that may not stand on an edition's pages.
    basis : what an edition may be told of what its pages rest on.

    Returns
    -------
    Edition -> its index page.

    Raises
    ------
    Refused : a page breaks a promise; nothing is put in place then.
    """
    run_folder.mkdir(parents=True, exist_ok=True)
    try:
        for edition in EDITIONS:
            build_edition(
                edition,
                engagement=engagement,
                run_folder=run_folder,
                notebooks=notebooks,
                findings=findings,
                run=run,
                forbidden=(forbidden or {}).get(edition, set()),
                basis=(basis or {}).get(edition),
            )
        return put_in_place(run_folder)
    finally:
        shutil.rmtree(run_folder / SITE_ASIDE, ignore_errors=True)


def build_edition(
    edition: Edition,
    *,
    engagement: Engagement,
    run_folder: Path,
    notebooks: Mapping[str, Path],
    findings: list[Finding],
    run: RunDetails,
    forbidden: set[str],
    basis: Rests | None = None,
    data: Selection | None = None,
    others: Others | None = None,
    register: pd.DataFrame | None = None,
) -> None:
    """Build one edition aside, where no reader looks; the parameters are those of :func:`publish_site`.

    ``data`` has the tables that the edition may have as files; no page of data is made without.
    ``others`` is what other engagements are known by, whose words no page may carry. ``register`` has the
    people, so that no count of them is told that should not be.

    Raises
    ------
    Refused : a page breaks a promise.
    Leak : a file of data would hold what the edition may not see.
    """
    there = {number: path for number, path in notebooks.items() if path.is_file()}
    folder, names = run_folder / SITE_ASIDE / edition, Forbidden(forbidden)
    folder.mkdir(parents=True)
    files = None
    if data is not None:
        # Imported here: it needs pandas, which the list of all engagements does not.
        from .downloads import write_downloads

        files = write_downloads(folder, data, engagement, run, edition, None if edition == "team" else names)
    pages = edition_pages(edition, engagement, there, findings, run, basis, files)
    if register is not None:
        from .gate_counts import check_counts  # it needs pandas as well

        limits = engagement.disclosure
        people, answers = limits.minimum_pool, limits.minimum_survey
        check_counts(edition, pages, register, people=people, answers=answers)
    _write(folder, edition, pages, names, others)


def put_in_place(run_folder: Path) -> dict[Edition, Path]:
    """Move the editions built aside to where readers look.

    They meet the old pages or the new ones; where this is cut short between two moves, the next
    run puts the old ones back.
    """
    site, old = run_folder / SITE, run_folder / SITE_BEFORE
    if site.exists():
        site.rename(old)
    (run_folder / SITE_ASIDE).rename(site)
    shutil.rmtree(old, ignore_errors=True)
    return {edition: site / edition / "index.html" for edition in EDITIONS}


def edition_pages(
    edition: Edition,
    engagement: Engagement,
    notebooks: Mapping[str, Path],
    findings: list[Finding],
    run: RunDetails,
    basis: Rests | None = None,
    data: Downloads | None = None,
) -> dict[str, str]:
    """Return file name -> page of one edition."""
    from .exporter import ReviewExporter
    from .reference import GLOSSARY, RUN, glossary_page, run_page
    from .trail import evidence_pages, flags, linked, remark_pages, trail

    specs = [spec for spec in STEPS if edition in spec.editions and spec.number in notebooks]
    told = flags(findings, edition, None)
    whole = about(edition, engagement, specs, run, None, data) | {"flag": told[0].words if told else ""}
    there = [spec.number for spec in specs]
    evidence = evidence_pages(trail(findings, edition, basis, there), whole)
    exporter = ReviewExporter(edition=edition)  # type: ignore[no-untyped-call]
    pages = {}
    for spec in specs:
        own = about(edition, engagement, specs, run, spec, data)
        own["flags"] = flags(findings, edition, spec.number)
        pages[spec.page] = linked(exporter.from_file_path(notebooks[spec.number], own), evidence)
    pages |= {name: linked(page, evidence) for name, page in evidence.items()}
    pages |= {GLOSSARY: glossary_page(whole), RUN: run_page(edition, engagement, specs, run, whole)}
    pages |= remark_pages(findings, edition, basis or Rests(), whole)
    if data is not None:
        from .downloads import PAGE, data_page

        pages[PAGE] = data_page(data, specs, whole, edition)
    if "index.html" not in pages:
        title, lead = CONTENTS[edition]
        pages["index.html"] = render(
            "contents.html.j2", title=title, lead=lead, groups=whole["menu"], about=whole
        )
    return pages


def _write(
    folder: Path, edition: Edition, pages: Mapping[str, str], forbidden: Forbidden, others: Others | None
) -> None:
    for name, html in pages.items():
        told = f"{edition}/{name}"
        check_page(told, html, forbidden=None if edition == "team" else forbidden, others=others)
        check_files(told, html, folder)
        (folder / name).write_text(html, encoding="utf-8")
