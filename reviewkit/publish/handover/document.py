"""What a page says, apart from how a browser shows it: the common ground of slides and documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Role = Literal["", "strong", "what", "why"]
Kind = Literal["", "bottom", "lead", "relation", "note", "summary"]


@dataclass(frozen=True)
class Run:
    """Some words with one role: the finding itself (``what``), why it matters, or stressed."""

    text: str
    role: Role = ""


@dataclass(frozen=True)
class Words:
    """A paragraph or the item of a list, and the ids of the findings it rests on.

    Examples
    --------
    >>> Words((Run("Waits grew.", "what"), Run(" It costs.", "why"))).of("what")
    'Waits grew.'
    """

    runs: tuple[Run, ...]
    trail: tuple[str, ...] = ()
    kind: Kind = ""

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs)

    def of(self, role: Role) -> str:
        """Return the words that have a role."""
        return "".join(run.text for run in self.runs if run.role == role).strip()


@dataclass(frozen=True)
class Heading:
    """A heading within a section; a section's own is its title."""

    text: str
    level: int


@dataclass(frozen=True)
class Items:
    """A list; ``start`` is the first number of an ordered one."""

    items: tuple[Words, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True)
class Quote:
    """Somebody's words, and who said them as broadly as was agreed."""

    text: str
    by: str


@dataclass(frozen=True)
class Tile:
    """A key figure: what it is, its value, and its direction in words."""

    label: str
    value: str
    direction: str
    trail: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tiles:
    """Key figures side by side."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Table:
    """A table: caption, column names, rows, the columns that are numbers, and what its rows rest on."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    trail: tuple[str, ...] = ()
    row_trails: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Figure:
    """A chart: its words, and the HTML of its canvas and keys, from which a picture is made."""

    title: str
    subtitle: str
    alt: str
    html: str
    after: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()


@dataclass(frozen=True)
class Joint:
    """A theme beside the measure that speaks to it."""

    title: str
    blocks: tuple[Block, ...]


Block: TypeAlias = Words | Heading | Items | Quote | Tiles | Table | Figure | Joint


@dataclass(frozen=True)
class Section:
    """A question of the page, and what answers it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Page:
    """A published page as its reader meets it.

    Parameters
    ----------
    language : as the page names it, such as ``en``. kicker : such as "Week 1, step 1.6", or empty.
    simulated : the sentence that says so; empty where data are real.
    facts : name and value, such as data as of. closing : attribution and status.
    style : the page's style sheet, for pictures of its charts.
    """

    title: str
    client: str
    status: str
    edition: str
    language: str
    kicker: str
    simulated: str
    opening: tuple[Block, ...]
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...]
    closing: tuple[str, ...]
    style: str

    def figures(self) -> list[Figure]:
        """Return every chart of the page, in order."""
        blocks = (*self.opening, *(block for section in self.sections for block in section.blocks))
        return [block for block in flat(blocks) if isinstance(block, Figure)]

    def notice(self) -> str:
        """Return what must stand on every sheet: status, simulated or not, for whom, of whom."""
        return " · ".join(part for part in (self.status, self.simulated, self.client, self.edition) if part)


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Give blocks in reading order, those within a joint display in its place."""
    for block in blocks:
        if isinstance(block, Joint):
            yield Heading(block.title, 3)
            yield from flat(block.blocks)
        else:
            yield block
