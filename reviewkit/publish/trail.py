"""The evidence page: what every statement of an edition rests on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reviewkit.disclosure import for_edition
from reviewkit.model import STEPS, Edition, Evidence, Finding, StepSpec
from reviewkit.present.trail import anchor
from reviewkit.present.words import plain, plural

from .details import STATUS_WORDS
from .rests import Basis, Rests, Said
from .templates import render

EVIDENCE = "evidence.html"
REMARKS = "remarks.html"
LONGEST = 380_000
"""Bytes of a page of evidence, beyond which each step gets a page of its own."""
PLACE = re.compile(r'<article[^>]*\bid="([\w.-]+)"')
LINK = re.compile(r'<a class="rk-trail" href="evidence\.html#([\w.-]+)">.*?</a>', re.S)
MOST_REMARKS = 60
"""Remark ids listed under one finding; the rest are counted."""


def trail(
    findings: Iterable[Finding], edition: Edition, basis: Rests | None = None, pages: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """Return what an edition may see of every step, ready for the evidence page.

    First what the step as a whole rests on, where it has one of the ``pages``; then its findings.
    The team follows a remark to its words; other editions read how many remarks there are, where
    even that may be told.
    """
    known, there = basis or Rests(), set(pages)
    seen = for_edition(findings, edition)
    homes = remark_homes(known.remarks, _cited(seen))
    groups = []
    for spec in STEPS:
        mine = [finding for finding in seen if finding.step == spec.number]
        rests_on = known.steps.get(spec.number) if spec.number in there else None
        if mine or rests_on:
            told = flags(mine, edition, None)
            groups.append(
                {
                    "number": spec.number,
                    "name": _name(spec),
                    "flag": told[0].words if told else "",
                    "place": anchor(spec.number),
                    "basis": _basis(rests_on) if rests_on else None,
                    "earlier": _earlier(rests_on, there) if rests_on else [],
                    "entries": [_entry(finding, edition, homes) for finding in mine],
                }
            )
    return groups


def remark_pages(
    findings: Iterable[Finding], edition: Edition, basis: Rests, about: Mapping[str, Any]
) -> dict[str, str]:
    """Return file name -> page: the remarks that findings rest on; none where an edition may read none."""
    homes = remark_homes(basis.remarks, _cited(for_edition(findings, edition)))
    by_page: dict[str, list[tuple[str, Said]]] = {}
    for number, name in homes.items():
        by_page.setdefault(name, []).append((number, basis.remarks[number]))
    made = {}
    for name, remarks in by_page.items():
        title = f"Remarks {remarks[0][0]} to {remarks[-1][0]}" if len(by_page) > 1 else "Remarks"
        entries = [(number, said_at(number), said) for number, said in remarks]
        made[name] = render("remarks.html.j2", title=title, remarks=entries, pages=[], about=about)
    return made


def said_at(number: str) -> str:
    """Return the place of a remark on its page: its id, or what stands for one that is no place's name.

    >>> said_at("R0012"), said_at('Interview 3, "waiting"')
    ('R0012', 'r-5fb0d2bd08c3')
    """
    if re.fullmatch(r"[A-Za-z][\w.-]*", number, re.ASCII):
        return number
    return f"r-{hashlib.sha256(number.encode()).hexdigest()[:12]}"


def remark_homes(remarks: Mapping[str, Said], cited: set[str]) -> dict[str, str]:
    """Return remark id -> the page that holds it: as many to a page as may stand on one.

    >>> remark_homes({"R1": Said("We wait.", "front line")}, {"R1", "R2"})
    {'R1': 'remarks.html'}
    """
    homes, size, page = {}, 0, 1
    for number in sorted(cited & remarks.keys()):
        said = remarks[number]
        # Six bytes at most for a character of text that is escaped, and what stands around it.
        length = 200 + 6 * len(f"{said.words}{said.who}".encode())
        if size and size + length > LONGEST - 80_000:
            size, page = 0, page + 1
        size += length
        homes[number] = REMARKS if page == 1 else f"remarks_{page}.html"
    return homes


@dataclass(frozen=True)
class Flag:
    """A statement whose figures changed since people decided: its place in the evidence, in words,
    and whether it is the page's own.
    """

    place: str
    words: str
    own: bool


def flags(findings: Iterable[Finding], edition: Edition, number: str | None) -> list[Flag]:
    """Return the flags an edition may see, the most settled findings first.

    >>> theme = Finding.of("1.4", "theme", "morale", statement="Morale is low.")
    >>> theme = theme.model_copy(update={"status": "agreed", "changed_since_decided": True})
    >>> flags([theme], "leadership", "4.2")
    [Flag(place='f-1.4-theme-morale', words='figures changed since agreed', own=False)]
    """
    changed = [finding for finding in for_edition(findings, edition) if finding.flag]
    order = list(STATUS_WORDS)
    changed.sort(key=lambda finding: order.index(finding.status), reverse=True)
    return [Flag(anchor(found.id), found.flag, number in (None, found.step)) for found in changed]


def evidence_pages(groups: list[dict[str, Any]], about: Mapping[str, Any]) -> dict[str, str]:
    """Return file name -> page: all evidence on one page or, where that is too long, a page a step."""
    whole = render("evidence.html.j2", title="Evidence", groups=groups, steps=[], about=about)
    if len(whole.encode()) <= LONGEST:
        return {EVIDENCE: whole}
    steps = [{"name": group["name"], "href": f"evidence_{group['number']}.html"} for group in groups]
    pages = {EVIDENCE: render("evidence.html.j2", title="Evidence", groups=[], steps=steps, about=about)}
    for step, group in zip(steps, groups, strict=True):
        title, own = f"Evidence: {group['name']}", {**about, "flag": group["flag"]}
        pages[step["href"]] = render("evidence.html.j2", title=title, groups=[group], steps=[], about=own)
    return pages


def linked(html: str, evidence: Mapping[str, str]) -> str:
    """Point links to the evidence page that holds the finding; take away those that no page holds.

    >>> page = 'a <a class="rk-trail" href="evidence.html#f-x">evidence</a>'
    >>> linked(page, {}), linked(page, {"evidence_1.1.html": '<article id="f-x">'})
    ('a ', 'a <a class="rk-trail" href="evidence_1.1.html#f-x">evidence</a>')
    """
    homes = {place: name for name, page in evidence.items() for place in PLACE.findall(page)}

    def follow(found: re.Match[str]) -> str:
        home = homes.get(found[1])
        return found[0].replace(EVIDENCE, home, 1) if home else ""

    return LINK.sub(follow, html)


def _name(spec: StepSpec) -> str:
    return f"{spec.number} {spec.title}" if "." in spec.number else spec.title


def _basis(basis: Basis) -> dict[str, Any]:
    tables = [
        {
            "name": read.name,
            "meaning": read.meaning.rstrip("."),
            "counted": read.counted,
            "source": read.source,
        }
        for read in basis.tables
    ]
    return {"tables": tables, "measures": basis.measures}


def _earlier(basis: Basis, there: set[str]) -> list[dict[str, str]]:
    steps = [spec for spec in basis.steps if spec.number in there]
    return [{"name": _name(spec), "href": f"{EVIDENCE}#{anchor(spec.number)}"} for spec in steps]


def _cited(findings: Iterable[Finding]) -> set[str]:
    return {number for finding in findings for item in finding.evidence for number in item.remarks}


def _entry(finding: Finding, edition: Edition, homes: Mapping[str, str]) -> dict[str, Any]:
    return {
        "anchor": anchor(finding.id),
        "id": finding.id,
        "statement": finding.statement,
        "status": STATUS_WORDS[finding.status],
        "flag": finding.flag,
        # What a decision about it is written down with; others see other figures, or none.
        "fingerprint": finding.fingerprint if edition == "team" else "",
        "figures": [(name.replace("_", " "), _figure(value)) for name, value in finding.figures.items()],
        "evidence": [_evidence(item, edition, homes) for item in finding.evidence],
    }


def _evidence(item: Evidence, edition: Edition, homes: Mapping[str, str]) -> dict[str, Any]:
    rows = f" {plural(item.rows, 'row')} read." if item.rows is not None else ""
    listed = list(item.remarks[:MOST_REMARKS]) if edition == "team" else []
    more = len(item.remarks) - len(listed)
    text = f"Source: {item.source}. Rule: {item.rule}".rstrip(". ")
    return {
        "text": f"{text}.{rows}",
        "query": item.query,
        "count": plural(len(item.remarks), "remark") if item.remarks else "",
        "remarks": [
            {"number": number, "href": f"{homes[number]}#{said_at(number)}" if number in homes else ""}
            for number in listed
        ],
        "more": f" and {more} more" if listed and more else "",
    }


def _figure(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return plain(value) if abs(value) > 9999 else str(value)
    if isinstance(value, float):
        return plain(value, 0 if value == int(value) else (4 if abs(value) < 0.1 else 2))
    return str(value)
