"""Which remark of an engagement a passage of a project belongs to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from .guids import guid_of
from .project import Project, Selection, Source

Row = Mapping[str, Any]
_PASSAGE = re.compile("Q[0-9a-f]{10}")
_ENDINGS = (".txt", ".md", ".docx", ".doc", ".rtf", ".odt", ".pdf")


@dataclass(frozen=True)
class Span:
    """Where a remark stands in a source."""

    remark: str
    start: int
    end: int


def passage_id(source: str, place: str) -> str:
    """Return the id of a remark that a passage of a project becomes, the same each time.

    >>> len(passage_id("69A4332D", "139-195"))
    11
    """
    return f"Q{hashlib.sha256(f'{source} {place}'.encode()).hexdigest()[:10]}"


def ours(selection: Selection) -> str:
    """Return the kind of a passage that was written here (``remark`` or ``feedback``), else ``""``."""
    for kind in ("remark", "feedback"):
        if selection.guid == guid_of(kind, selection.name):
            return kind
    return ""


def spans(project: Project, known: Iterable[Row]) -> dict[str, list[Span]]:
    """Return where the remarks of an engagement stand, by guid of the source.

    Those written here are known by their guid. Others are looked for: the words of a remark in the
    source named as its interview is, or as its kind of source outside of interviews. Remarks that were
    passages of a project are not: they have their ids from their places, whatever else is there.
    """
    found: dict[str, list[Span]] = {}
    for selection in project.selections:
        if ours(selection) and selection.start is not None and selection.end is not None:
            span = Span(selection.name, selection.start, selection.end)
            found.setdefault(selection.source, []).append(span)
    rows: dict[str, list[Row]] = {}
    for row in known:
        if not _PASSAGE.fullmatch(str(row["remark_id"])):
            rows.setdefault(str(row.get("interview_id") or row.get("source") or ""), []).append(row)
    for source in project.sources:
        there = {span.remark for span in found.get(source.guid, [])}
        absent = [row for row in rows.get(stem(source), []) if str(row["remark_id"]) not in there]
        found.setdefault(source.guid, []).extend(_searched(source.text or "", absent))
    return found


def stem(source: Source) -> str:
    """Return a source's name without a file's ending.

    >>> stem(Source("1", "I001.docx", "text", None)), stem(Source("2", "I001", "text", None))
    ('I001', 'I001')
    """
    path = PurePath(source.name)
    return (
        path.stem if path.suffix.lower() in (".txt", ".docx", ".doc", ".rtf", ".odt", ".pdf") else source.name
    )


def _searched(text: str, rows: Sequence[Row]) -> list[Span]:
    found = []
    after: dict[str, int] = {}
    for row in rows:
        words = str(row.get("text") or "")
        # The same words said twice stand at two places.
        start = text.find(words, after.get(words, 0)) if words else -1
        if start >= 0:
            after[words] = start + len(words)
            found.append(Span(str(row["remark_id"]), start, start + len(words)))
    return found


def remarks_at(selection: Selection, there: Sequence[Span]) -> list[str]:
    """Return the remarks that a passage is about; none where it touches none.

    It is about those of which it holds half, or which hold half of it; else about the one it shares
    most with.

    Examples
    --------
    >>> there = [Span("R1", 0, 10), Span("R2", 12, 30)]
    >>> remarks_at(Selection("", "s", 2, 14, "..."), there)
    ['R1']
    >>> remarks_at(Selection("", "s", 0, 30, "..."), there)
    ['R1', 'R2']
    """
    if selection.start is None or selection.end is None:
        return []
    shared = {
        span.remark: (min(selection.end, span.end) - max(selection.start, span.start), span) for span in there
    }
    touched = {remark: pair for remark, pair in shared.items() if pair[0] > 0}
    length = selection.end - selection.start
    about = [r for r, (n, span) in touched.items() if 2 * n >= min(length, span.end - span.start)]
    return about or sorted(touched, key=lambda remark: -touched[remark][0])[:1]
