"""An executed notebook read as a page: its words and, for one edition, what its views show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from reviewkit.model import EDITIONS, Edition, slug
from reviewkit.present.view import MIME

from .plain_outputs import plain_html
from .sanitise import sanitise

if TYPE_CHECKING:
    import mistune
    from nbformat import NotebookNode


@dataclass
class Section:
    """A heading and what stands below it.

    ``views`` counts the cells that might have shown something, ``shown`` those that did.
    """

    heading: str = ""
    pieces: list[Markup] = field(default_factory=list)
    views: int = 0
    shown: int = 0
    hidden: bool = False

    @property
    def id(self) -> str:
        """The section's place on the page."""
        return f"s-{slug(self.heading)}"

    @property
    def kept(self) -> bool:
        """Whether an edition sees it: a section whose views show nothing is left out."""
        return not self.hidden and bool(self.pieces) and (self.shown > 0 or self.views == 0)


@dataclass(frozen=True)
class Page:
    """A page: its title, what stands before the first section, and the sections."""

    title: str
    opening: Section
    sections: list[Section]

    def links_to(self, place: str) -> bool:
        """Whether the page shows a statement whose place in the evidence this is."""
        link = f'#{place}"'
        return any(link in piece for section in (self.opening, *self.sections) for piece in section.pieces)


def read_page(notebook: NotebookNode, edition: Edition, *, name: str = "", plain: bool = False) -> Page:
    """Return what an edition sees of an executed notebook.

    Markdown is kept, except cells tagged ``parameters`` and cells tagged with other editions
    than this one. Of code cells only views remain, sanitised; code, prompts, streams, errors and
    every other output are dropped, unless ``plain`` says that outputs without an edition may be shown.

    Parameters
    ----------
    name : title where the notebook has none.
    """
    opening = section = Section()
    title, sections = "", list[Section]()
    for cell in notebook.cells:
        tags = cell.get("metadata", {}).get("tags", [])
        named = [tag for tag in tags if tag in EDITIONS]
        private = bool(named) and edition not in named
        if cell.cell_type == "code" and "parameters" not in tags and not private:
            _add_views(section, cell, edition, plain)
        if cell.cell_type != "markdown" or "parameters" in tags:
            continue
        for heading, text in _parts(cell.source):
            if heading.startswith("# ") and not title:
                title = heading[2:].strip()
            elif heading:
                section = Section(heading.lstrip("#").strip(), hidden=private)
                sections.append(section)
            if text and not private:
                section.pieces.append(Markup('<div class="rk-prose">{}</div>').format(_prose(text)))
    return Page(title or name or "Notebook", opening, [section for section in sections if section.kept])


def view_html(output: Mapping[str, Any], edition: Edition) -> str:
    """Return what one output shows to an edition, sanitised; empty where it shows nothing.

    >>> view_html({"data": {MIME: {"html": ["<p>a</p>"], "editions": {"team": 0}}}}, "leadership")
    ''
    """
    made = output.get("data", {}).get(MIME)
    if not isinstance(made, Mapping):
        return ""
    html, editions = made.get("html"), made.get("editions")
    if not isinstance(html, list) or not isinstance(editions, Mapping):
        return ""
    place = editions.get(edition)
    if not isinstance(place, int) or not 0 <= place < len(html) or not isinstance(html[place], str):
        return ""
    return sanitise(html[place])


def _add_views(section: Section, cell: NotebookNode, edition: Edition, plain: bool) -> None:
    # In a notebook that is not ours many cells only prepare; ours always show something to somebody.
    section.views += bool(cell.get("outputs")) if plain else 1
    for output in cell.get("outputs", []):
        html = view_html(output, edition)
        if plain and MIME not in output.get("data", {}):
            html = plain_html(output)
        if html.strip():
            section.shown += 1
            section.pieces.append(Markup('<div class="rk-view">{}</div>').format(Markup(html)))


def _parts(source: str) -> list[tuple[str, str]]:
    """Split a markdown cell at its headings of the first and second level."""
    pieces: list[tuple[str, list[str]]] = [("", [])]
    fenced = False
    for line in source.splitlines():
        fenced ^= line.lstrip().startswith(("```", "~~~"))  # a comment in code is no heading
        if not fenced and re.match(r"##? ", line):
            pieces.append((line.strip(), []))
        else:
            pieces[-1][1].append(line)
    parts = [(heading, "\n".join(lines).strip()) for heading, lines in pieces]
    return [part for part in parts if any(part)]


def _prose(text: str) -> Markup:
    return Markup(sanitise(str(_markdown()(text))))


@cache
def _markdown() -> mistune.Markdown:
    import mistune

    return mistune.create_markdown(escape=True, plugins=["table"])
