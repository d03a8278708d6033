"""The remarks an analyst codes: words, where they were said, what was said before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reviewkit.content import load_questions
from reviewkit.model import TABLES

from .desk import Desk
from .opinions import in_short, is_opinion

if TYPE_CHECKING:
    import pandas as pd

TABLES_READ = ("remarks", "customer_feedback", "observations", "participants", "codings", "codebook_changes")
_SOURCES = {
    "one_to_one": "one-to-ones",
    "group_work": "group sessions",
    "observation": "observations",
    "resource": "documents",
    "customer_feedback": "customers",
    "customer_experience": "walk-throughs",
}
"""What remarks are called that belong to no department."""
_LABELS = {
    "department": "",
    "level": "",
    "site": "",
    "contract": "contract ",
    "about": "about ",
    "said_on": "",
}


@dataclass(frozen=True)
class Context:
    """One remark with what is around it; every text as it was written."""

    remark_id: str
    text: str
    question: str
    attributes: tuple[str, ...]
    before: str
    after: str


class Shelf:
    """All remarks of an engagement, from every source, in the order they were said."""

    def __init__(self, frames: dict[str, pd.DataFrame]) -> None:
        from reviewkit.voices import all_remarks

        said = all_remarks(
            frames["remarks"],
            frames["customer_feedback"],
            frames["observations"],
            participants=frames["participants"],
        )
        said = said[said["text"].astype("str").str.strip() != ""].drop_duplicates("remark_id")
        said["stratum"] = said["department"].where(said["department"] != "", said["source"].map(_called))
        self.frame = said.reset_index(drop=True)
        self.place = {str(name): place for place, name in enumerate(self.frame["remark_id"])}
        self.splittable = set(frames["remarks"]["remark_id"].astype("str"))
        self._rows = frames["remarks"].set_index(frames["remarks"]["remark_id"].astype("str"))

    def __len__(self) -> int:
        return len(self.frame)

    def __contains__(self, name: object) -> bool:
        return name in self.place

    def text(self, name: str) -> str:
        """Return the words of a remark."""
        return str(self.frame.at[self.place[name], "text"])

    def value(self, name: str, column: str) -> str:
        """Return an attribute of a remark as text; empty where it has none."""
        return _text(self.frame.at[self.place[name], column])

    def context(self, name: str) -> Context:
        """Return a remark with its question, attributes and neighbours of the same conversation."""
        place = self.place[name]
        put = self.value(name, "question")
        question = load_questions().get(put)
        return Context(
            name,
            self.text(name),
            question.text if question is not None else in_short(put) if is_opinion(put) else put,
            tuple(self._attributes(name)),
            self._beside(place, -1),
            self._beside(place, 1),
        )

    def row(self, name: str) -> dict[str, Any]:
        """Return the row of the table ``remarks``, as the store takes it."""
        found = self._rows.loc[name]
        return {
            column.name: found[column.name] for column in TABLES["remarks"].columns if column.name in found
        }

    def _attributes(self, name: str) -> list[str]:
        kind = self.value(name, "source").replace("_", " ")
        interview = self.value(name, "interview_id")
        found = [f"{kind} {interview}".strip()]
        for column, label in _LABELS.items():
            if text := self.value(name, column):
                found.append(f"{label}{text.replace('_', ' ') if column == 'level' else text}")
        if self.value(name, "kind") == "interview":
            found.append(
                "on the record" if self.frame.at[self.place[name], "on_record"] else "off the record"
            )
        return found

    def _beside(self, place: int, step: int) -> str:
        """The remark before or after in the same interview; nothing where there is none."""
        other = place + step
        if not 0 <= other < len(self.frame):
            return ""
        here, there = (str(self.frame.at[one, "interview_id"]) for one in (place, other))
        return str(self.frame.at[other, "text"]) if here and here == there else ""


def read_shelf(desk: Desk) -> tuple[Shelf, dict[str, pd.DataFrame]]:
    """Return the remarks of an engagement, and the tables they came from."""
    frames = desk.frames(*TABLES_READ)
    return Shelf(frames), frames


def _called(source: object) -> str:
    return _SOURCES.get(str(source), str(source).replace("_", " "))


def _text(value: Any) -> str:
    if value is None or str(value) in ("nan", "NaT", "<NA>"):
        return ""
    return str(value)[:10] if hasattr(value, "isoformat") else str(value)
