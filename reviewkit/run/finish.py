"""A run brought to its end: pages published, ``latest`` moved, the record closed."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from reviewkit.evidence import EvidenceSet
from reviewkit.model import STEPS, Edition, Engagement, Finding, read_engagement
from reviewkit.publish import RunDetails, publish_site
from reviewkit.publish.forbidden import without_approved

from .begin import PARAMS
from .manifest import Manifest, read_manifest

LATEST = "latest"


def publish_run(folder: Path) -> dict[Edition, Path]:
    """Build the site of every edition from a run's executed notebooks.

    Returns
    -------
    The index page of each edition.
    """
    engagement, manifest = read_engagement(folder / PARAMS), read_manifest(folder)
    findings = read_findings(folder)
    return publish_site(
        engagement=engagement,
        run_folder=folder,
        notebooks={spec.number: folder / "notebooks" / Path(spec.notebook).name for spec in STEPS},
        findings=findings,
        run=RunDetails(
            run=manifest.run,
            started=manifest.started,
            data_as_of=manifest.data_as_of,
            versions=manifest.versions,
            timings={step.number: step.seconds for step in manifest.steps},
            statuses=page_statuses(findings),
        ),
        forbidden=forbidden(EvidenceSet(engagement, folder / "evidence")),
    )


def read_findings(folder: Path) -> list[Finding]:
    """Return the findings of every step of a run, in the order of the steps."""
    files = [folder / "findings" / f"{spec.number}.jsonl" for spec in STEPS]
    lines = [
        line for file in files if file.is_file() for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return [Finding.model_validate_json(line) for line in lines]


def page_statuses(findings: list[Finding]) -> dict[str, str]:
    """Return each step's status: that of its least settled finding, draft where it has none."""
    order = ("draft", "fact_checked", "agreed")
    found: dict[str, str] = {}
    for finding in findings:
        known = found.get(finding.step, finding.status)
        found[finding.step] = min(known, finding.status, key=order.index)
    return {spec.number: found.get(spec.number, "draft") for spec in STEPS}


def forbidden(evidence: EvidenceSet) -> dict[Edition, set[str]]:
    """Return the names and words that may not stand on any page of an edition.

    Names of the register are for the team and the managers; a remark's own words are for the
    team alone, unless they were approved as a quote.
    """
    names = set(evidence.frame("stakeholders")["name"].dropna())
    quotes = evidence.frame("quotes")
    approved = set(quotes.loc[quotes["status"] == "approved", "words"])
    words = set(evidence.frame("remarks")["text"]) | set(evidence.frame("customer_feedback")["text"])
    # A remark of a word or two ("Nothing") cannot be told from ordinary prose.
    unapproved = without_approved({text for text in words if len(text.split()) > 5}, approved)
    return {"leadership": names | unapproved, "participants": names | unapproved, "managers": unapproved}


def close(folder: Path, manifest: Manifest, engagement: Engagement) -> None:
    """Write the record's end and, where the run was published, make it the latest."""
    manifest.finished = dt.datetime.now().astimezone()
    if not manifest.failures:
        manifest.status = "published"
        manifest.headline = headline(read_findings(folder))
    else:
        manifest.status = "failed"
    manifest.write(folder)
    if manifest.status == "published":
        point_latest(folder)


def headline(findings: list[Finding]) -> str:
    """Return the headline of the leadership summary; empty where there is none."""
    return next((finding.statement for finding in findings if finding.kind == "headline"), "")


def point_latest(folder: Path) -> None:
    """Make ``latest`` beside the run's folder point to it, in one step."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".latest-") as temporary:
        link = Path(temporary) / LATEST
        link.symlink_to(folder.name, target_is_directory=True)
        link.replace(folder.parent / LATEST)
