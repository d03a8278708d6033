"""Remarks gathered into texts: one an interview, and one a kind of source outside of interviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .guids import guid_of
from .heads import DESCRIBED, as_text, headed

BETWEEN = "\n\n"
"""What stands between two remarks of a text."""


@dataclass(frozen=True)
class Passage:
    """A remark in a text; ``kind`` is ``remark`` or ``feedback``."""

    kind: str
    id: str
    start: int
    end: int
    row: Mapping[str, str]

    @property
    def description(self) -> str:
        """What is known of the remark, as lines a coder can read."""
        return headed({name: self.row[name] for name in DESCRIBED if self.row.get(name)})


@dataclass(frozen=True)
class Document:
    """A text and the remarks in it."""

    guid: str
    name: str
    text: str
    passages: tuple[Passage, ...]

    def shared(self, columns: Sequence[str]) -> dict[str, str]:
        """Return the columns in which all remarks agree, where they say anything."""
        found = {}
        for column in columns:
            values = {passage.row.get(column, "") for passage in self.passages}
            if len(values) == 1 and (value := values.pop()):
                found[column] = value
        return found


def documents(remarks: Iterable[Mapping[str, Any]], feedback: Iterable[Mapping[str, Any]]) -> list[Document]:
    """Return the texts of a project, in the order of their names.

    Examples
    --------
    >>> said = [{"remark_id": "R1", "source": "one_to_one", "interview_id": "I1", "text": "It is slow."},
    ...         {"remark_id": "R2", "source": "one_to_one", "interview_id": "I1", "text": "We wait."}]
    >>> [(each.name, each.text) for each in documents(said, [])]
    [('I1', 'It is slow.\\n\\nWe wait.')]
    """
    groups: dict[tuple[str, str], list[tuple[str, str, dict[str, str]]]] = {}
    for raw in remarks:
        row = {name: as_text(value) for name, value in raw.items()}
        interview = row.get("interview_id", "")
        group = ("interview", interview) if interview else ("kind", row["source"])
        groups.setdefault(group, []).append(("remark", row["remark_id"], row))
    for raw in feedback:
        row = {name: as_text(value) for name, value in raw.items()}
        groups.setdefault(("kind", "customer_feedback"), []).append(("feedback", row["feedback_id"], row))
    return [_document(group, rows) for group, rows in sorted(groups.items(), key=lambda item: item[0][::-1])]


def _document(group: tuple[str, str], rows: Sequence[tuple[str, str, dict[str, str]]]) -> Document:
    passages, start = [], 0
    for kind, id, row in rows:
        passages.append(Passage(kind, id, start, start + len(row["text"]), row))
        start += len(row["text"]) + len(BETWEEN)
    text = BETWEEN.join(row["text"] for _, _, row in rows)
    return Document(guid_of("source", *group), group[1], text, tuple(passages))
