"""Statements that say the same of many places, told once: the first in sight, the others behind a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reviewkit.disclosure import may_see
from reviewkit.findings.wording import place
from reviewkit.model import Edition, Engagement, Finding, slug
from reviewkit.model.words import begin_lower
from reviewkit.present.blocks import Folded, Stack, Statements
from reviewkit.present.view import Block
from reviewkit.present.words import listing

MOST_NAMED = 4


@dataclass(frozen=True)
class About:
    """What a statement is about: measure and place in words, what groups it with others, its own words."""

    name: str
    place: str
    group: tuple[str, ...]
    words: str = ""


def told_once(
    findings: Sequence[Finding], about: Mapping[str, About], edition: Edition
) -> tuple[Block, int, int]:
    """Return the statements grouped, how many there are, and in how many groups.

    A gap of a measure stands with those of its places; a cause with a verdict stands with the same cause
    and verdict at other places of the measure, and of other measures where the words are the same.
    Nothing is left out.

    Parameters
    ----------
    findings : gaps and causes in their order. about : as :func:`abouts` returns it; a finding that is not
        there stands by itself.
    """
    shown = [finding for finding in findings if may_see(finding, edition)]
    groups = _groups(shown, about)
    parts: list[Block] = []
    alone: list[Finding] = []
    for lead, *others in groups:
        alone.append(lead)
        if others:
            parts += [
                Statements(alone, edition=edition),
                Folded(_more(lead, others, about), Statements(others, edition=edition)),
            ]
            alone = []
    return Stack(*parts, Statements(alone, edition=edition)), len(shown), len(groups)


def abouts(gaps: pd.DataFrame, causes: pd.DataFrame, engagement: Engagement) -> dict[str, About]:
    """Return by finding id what each measured gap and each candidate cause is about.

    ``gaps`` and ``causes`` are the tables of the step.
    """
    known = {str(row["gap_id"]): row for row in gaps.to_dict("records")}
    found = {
        name: About(str(row["name"]), _place(row, engagement), ("gap", str(row["measure"])))
        for name, row in known.items()
        if row["kind"] == "measured"
    }
    for cause in causes.to_dict("records"):
        gap = known[str(cause["gap_id"])]
        name = "/".join(["2.1", "cause", *str(cause["gap_id"]).split("/")[2:], slug(str(cause["cause"]))])
        of = str(gap["measure"]) if gap["kind"] == "measured" else str(gap["gap_id"])
        group = ("cause", str(cause["cause"]), str(cause["verdict"]), of)
        found[name] = About(str(gap["name"]), _place(gap, engagement), group, str(cause["statement"]))
    return found


def _place(row: Mapping[Any, Any], engagement: Engagement) -> str:
    return place(row["site"], engagement.contract_name(str(row["contract"])) if row["contract"] else "")


def _groups(shown: Sequence[Finding], about: Mapping[str, About]) -> list[list[Finding]]:
    """Put statements together: those of one group, and causes of other measures in the same words.

    In each the one on the whole leads, where there is one.
    """
    homes: dict[tuple[str, ...], list[Finding]] = {}
    joined: dict[tuple[str, ...], tuple[str, ...]] = {}
    for finding in shown:
        known = about.get(finding.id, About("", "", (finding.id,)))
        home = known.group
        if known.words:
            alike = (*known.group[:3], "in the words", known.words)
            home = joined.setdefault(known.group, joined.get(alike, known.group))
            joined.setdefault(alike, home)
        homes.setdefault(home, []).append(finding)
    return [_whole_first(home, about) for home in homes.values()]


def _whole_first(home: list[Finding], about: Mapping[str, About]) -> list[Finding]:
    lead = next((one for one in home if one.id in about and not about[one.id].place), home[0])
    return [lead, *(one for one in home if one is not lead)]


def _more(lead: Finding, others: Sequence[Finding], about: Mapping[str, About]) -> str:
    """Say what stands behind the line: how many more, whether in the same words, and of what."""
    first, mine = about[lead.id], [about[one.id] for one in others]
    if {one.name for one in mine} == {first.name}:
        named = [one.place.strip() or "all together" for one in mine]
    else:
        named = [f"{begin_lower(one.name)}{one.place}" for one in mine]
    alike = bool(first.words) and all(one.words == first.words for one in mine)
    how = "in the same words" if alike else "with figures of their own"
    return f"{len(mine)} more {how}: {listing(dict.fromkeys(named), limit=MOST_NAMED)}"
