"""A run brought to its end: its pages built from executed notebooks and put in place."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from reviewkit.evidence import EvidenceSet
from reviewkit.model import (
    EDITIONS,
    STEPS,
    Edition,
    Finding,
    ReviewError,
    asked_for,
    file_hash,
    read_engagement,
)
from reviewkit.model.files import SITE_ASIDE
from reviewkit.publish import RunDetails
from reviewkit.publish.branding import branding
from reviewkit.publish.exports import selected
from reviewkit.publish.gate_others import leave_mark, others
from reviewkit.publish.gate_words import forbidden_words
from reviewkit.publish.rests import rests
from reviewkit.publish.site import build_edition, put_in_place
from reviewkit.steps import Review

from .dependence import whole
from .manifest import PARAMS, read_manifest
from .results import read_findings


@dataclass(frozen=True)
class Published:
    """A site in its place: index page of each edition, hash of each page and file of data, the headline."""

    site: dict[str, str]
    pages: dict[str, str]
    headline: str


def publish_run(folder: Path) -> dict[Edition, Path]:
    """Build the site of every edition again from a published run's executed notebooks.

    Returns
    -------
    The index page of each edition.

    Raises
    ------
    ReviewError : the run was not published, or its files are damaged.
    """
    manifest = read_manifest(folder)
    if manifest.status != "published":
        problem = f"this run is {manifest.status}, not published. Run the engagement again."
        raise ReviewError(f"{folder}: {problem}")
    clear(folder)
    try:
        for edition in EDITIONS:
            publish_edition(folder, edition)
        published = place(folder)
    finally:
        clear(folder)
    manifest.site, manifest.pages = published.site, published.pages
    manifest.write(folder)
    return {edition: folder / published.site[edition] for edition in EDITIONS}


def clear(folder: Path) -> None:
    """Take away what an earlier attempt built aside."""
    shutil.rmtree(folder / SITE_ASIDE, ignore_errors=True)


def publish_edition(folder: Path, edition: Edition) -> None:
    """Build one edition aside.

    Raises
    ------
    Refused : a page breaks a promise.
    """
    engagement, manifest = read_engagement(folder / PARAMS), read_manifest(folder)
    if not whole(folder, manifest.evidence):
        problem = "the run's evidence is missing or was changed. Run the engagement again with --force."
        raise ReviewError(f"{folder / 'evidence'}: {problem}")
    findings, evidence = read_findings(folder), EvidenceSet(engagement, folder / "evidence")
    build_edition(
        edition,
        engagement=engagement,
        run_folder=folder,
        notebooks={spec.number: folder / "notebooks" / Path(spec.notebook).name for spec in STEPS},
        findings=findings,
        run=RunDetails(
            run=manifest.run,
            started=manifest.started,
            data_as_of=manifest.data_as_of,
            versions={name: made for name, made in manifest.versions.items() if name in asked_for()},
            timings={step.number: step.seconds for step in manifest.steps},
            statuses=page_statuses(findings),
            notes=manifest.notes,
            brand=branding(engagement, folder / "evidence"),
        ),
        forbidden=forbidden(evidence, edition),
        basis=rests(engagement, evidence, edition),
        data=selected(Review(engagement, evidence, folder), findings, edition),
        others=others(folder.parent.parent, engagement, evidence),
        register=evidence.frame("stakeholders"),
    )
    if edition == "team":
        leave_mark(folder, engagement, evidence)


def place(folder: Path) -> Published:
    """Put the editions that were built aside where readers look."""
    site = put_in_place(folder)
    pages = sorted(path for path in (folder / "site").rglob("*") if path.is_file())
    return Published(
        site={edition: page.relative_to(folder).as_posix() for edition, page in site.items()},
        pages={page.relative_to(folder).as_posix(): file_hash(page) for page in pages},
        headline=headline(read_findings(folder)),
    )


def page_statuses(findings: list[Finding]) -> dict[str, str]:
    """Return each step's status: that of its least settled finding, draft where it has none."""
    order = ("draft", "fact_checked", "agreed")
    found: dict[str, str] = {}
    for finding in findings:
        known = found.get(finding.step, finding.status)
        found[finding.step] = min(known, finding.status, key=order.index)
    return {spec.number: found.get(spec.number, "draft") for spec in STEPS}


def forbidden(evidence: EvidenceSet, edition: Edition) -> set[str]:
    """Return the names and words that may not stand on any page of an edition.

    See :func:`reviewkit.publish.gate_words.forbidden_words`.
    """
    return forbidden_words(evidence, edition)


def headline(findings: list[Finding]) -> str:
    """Return the headline of the leadership summary; empty where there is none."""
    return next((finding.statement for finding in findings if finding.kind == "headline"), "")
