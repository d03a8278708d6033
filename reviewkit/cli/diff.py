"""``reviewkit diff``: what changed in the findings between two runs."""

from __future__ import annotations

import json as jsonlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from reviewkit.model import Engagement, Finding
    from reviewkit.model.difference import Difference

RUN = "A run's folder, such as runs/contact_centre/latest."


def diff(
    earlier: Annotated[Path, typer.Argument(help=RUN)],
    later: Annotated[Path, typer.Argument(help=RUN)],
    json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Say what changed in the findings between two runs of one engagement.

    What people had agreed or checked, and whose figures changed, comes first. Exit status: 0
    whether or not anything changed, 2 where the runs cannot be compared.
    """
    from reviewkit.model import ReviewError

    try:
        found = _compare(earlier, later)
    except ReviewError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    if json:
        typer.echo(jsonlib.dumps(found, indent=1, ensure_ascii=False))
    else:
        _print(found)


def _compare(earlier: Path, later: Path) -> dict[str, Any]:
    from reviewkit.model.difference import differences
    from reviewkit.model.difference_words import sections, summary
    from reviewkit.run.basis import basis, caveats
    from reviewkit.run.manifest import read_manifest
    from reviewkit.run.results import read_findings

    old, new = read_manifest(earlier), read_manifest(later)
    made_from = basis(old, new)
    before, after = read_findings(earlier), read_findings(later)
    changes = differences(before, after)
    same = len(after) - sum(change.later is not None for change in changes)
    engagement = _engagement(later)
    return {
        "engagement": new.engagement,
        "name": new.name,
        "earlier": {"run": old.run, "status": old.status},
        "later": {"run": new.run, "status": new.status},
        "basis": made_from,
        "caveats": caveats(old, new),
        "summary": summary(changes, same),
        "unchanged": same,
        "sections": [
            {"heading": heading, "changes": [_entry(change, engagement) for change in found]}
            for heading, found in sections(changes)
        ],
    }


def _engagement(folder: Path) -> Engagement | None:
    """The engagement as the run read it; None where it cannot be read (any more)."""
    from reviewkit.model import InputError, read_engagement
    from reviewkit.run.manifest import PARAMS

    try:
        return read_engagement(folder / PARAMS)
    except InputError as error:
        typer.echo(f"note: figures are told without their units: {error}", err=True)
        return None


def _entry(change: Difference, engagement: Engagement | None) -> dict[str, Any]:
    from reviewkit.model.difference_words import sentences

    return {
        "kind": change.kind,
        "id": change.finding.id,
        "personal": change.finding.personal,
        "earlier": _side(change.earlier),
        "later": _side(change.later),
        "figures": [vars(figure) for figure in change.figures],
        "words": change.words,
        "status": change.status,
        "text": sentences(change, engagement),
    }


def _side(finding: Finding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    return {
        "statement": finding.statement,
        "status": finding.status,
        "changed_since_decided": finding.changed_since_decided,
    }


def _print(found: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.text import Text

    # Markup is off: a statement may hold square brackets.
    console = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
    runs = f"run {found['earlier']['run']}, then run {found['later']['run']}."
    console.print(Text(f"{found['name']}: {runs}"))
    for line in (found["basis"], *found["caveats"], found["summary"]):
        console.print(Text(line))
    for section in found["sections"]:
        console.print(Text(f"\n{section['heading']}", style="bold"))
        for entry in section["changes"]:
            personal = " (personal)" if entry["personal"] else ""
            console.print(Text(f"  {entry['id']}{personal}", style="dim"))
            for line in entry["text"]:
                console.print(Text(f"    {line}"))
