"""Pieces of a page: each renders itself as HTML in which all text is escaped.

They carry class names and no colours; one style sheet gives the pages their looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from reviewkit.disclosure import may_see
from reviewkit.model import Edition, Finding, StepSpec
from reviewkit.model import Table as EvidenceTable

from .chart import Chart
from .tables import Table
from .tiles import Tile, Tiles
from .trail import anchor, basis_link, trail_link
from .view import Block
from .words import listing, sentence

__all__ = [
    "Beside",
    "Block",
    "Bottom",
    "Bullets",
    "Chart",
    "Folded",
    "Missing",
    "Quote",
    "Stack",
    "Statements",
    "Table",
    "Tile",
    "Tiles",
    "Words",
    "anchor",
    "trail_link",
]


@dataclass(frozen=True)
class Words:
    """Paragraphs of prose.

    >>> Words("3 < 4", "Second.").html()
    '<p>3 &lt; 4</p><p>Second.</p>'
    """

    paragraphs: tuple[str, ...]

    def __init__(self, *paragraphs: str) -> None:
        object.__setattr__(self, "paragraphs", paragraphs)

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        return "".join(Markup("<p>{}</p>").format(text) for text in self.paragraphs if text)


@dataclass(frozen=True)
class Bottom:
    """The bottom line: one to three sentences that answer the page's question.

    ``findings`` names, by sentence, the finding that it tells; any other leads to what the whole page
    rests on. ``flags`` says, by sentence, that its figures changed since people worded it.

    >>> Bottom(["It fell."]).html()
    '<div class="rk-bottom"><p>It fell.</p></div>'
    """

    sentences: Sequence[str]
    findings: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        lines = Markup("").join(self._line(text) for text in self.sentences if text)
        return str(Markup('<div class="rk-bottom">{}</div>').format(lines))

    def _line(self, text: str) -> Markup:
        own = self.findings.get(text, "")
        mark = Markup(' data-finding="{}"').format(own) if own else ""
        link = basis_link(own)
        flag = sentence(self.flags[text]) if self.flags.get(text) else ""
        told = Markup(' <strong class="rk-flag">{}</strong>').format(flag) if flag else ""
        return Markup("<p{}>{}{}{}</p>").format(mark, text, told, Markup(" {}").format(link) if link else "")


@dataclass(frozen=True)
class Bullets:
    """A list, with bullets or numbers; nothing where it is empty.

    >>> Bullets(["a", "b"], ordered=True).html()
    '<ol class="rk-list"><li>a</li><li>b</li></ol>'
    """

    items: Sequence[str]
    ordered: bool = False

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        rows = Markup("").join(Markup("<li>{}</li>").format(item) for item in self.items)
        return _list(rows, self.ordered, "rk-list") if rows else ""


@dataclass(frozen=True)
class Statements:
    """What was found, each statement linked to its place in the trail.

    Findings that the edition may not see are left out. ``why`` adds a second sentence to a
    finding (why it matters), by finding id. ``start`` is the number of the first of an ordered list.
    """

    findings: Sequence[Finding]
    ordered: bool = False
    edition: Edition = "team"
    why: dict[str, str] | None = None
    start: int = 1

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        shown = [finding for finding in self.findings if may_see(finding, self.edition)]
        rows = Markup("").join(self._row(finding) for finding in shown)
        return _list(rows, self.ordered, "rk-list rk-statements", self.start) if rows else ""

    def _row(self, finding: Finding) -> Markup:
        why = (self.why or {}).get(finding.id, "")
        return Markup('<li data-finding="{}"><span class="rk-what">{}</span>{}{} {}</li>').format(
            finding.id,
            sentence(finding.statement),
            Markup(' <span class="rk-why">{}</span>').format(sentence(why)) if why else "",
            Markup(' <strong class="rk-flag">{}</strong>').format(sentence(finding.flag))
            if finding.flag
            else "",
            trail_link(finding.id),
        )


def _list(rows: Markup, ordered: bool, name: str, start: int = 1) -> str:
    tag = "ol" if ordered else "ul"
    begins = Markup(' start="{}"').format(start) if ordered and start > 1 else Markup("")
    return str(Markup('<{0} class="{1}"{3}>{2}</{0}>').format(Markup(tag), name, rows, begins))


@dataclass(frozen=True)
class Missing:
    """What evidence is not there, and how it would be collected; nothing where nothing is missing.

    ``partly`` says that the step concludes something without it.
    """

    spec: StepSpec
    tables: Sequence[EvidenceTable]
    partly: bool = False

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        if not self.tables:
            return ""
        names = listing(
            [table.name.replace("_", " ") for table in self.tables], limit=None if self.partly else 6
        )
        lead = (
            f"This page would say more with {names}."
            if self.partly
            else f"Nothing can be concluded here yet: it takes at least one of {names}."
        )
        rows = Markup("").join(
            Markup("<li><strong>{}</strong>: {}</li>").format(
                sentence(table.meaning)[:-1], sentence(table.collect)
            )
            for table in self.tables
        )
        items = Markup('<ul class="rk-list">{}</ul>').format(rows)
        if self.partly:
            form = Markup('<details class="rk-missing"><summary>{}</summary>{}</details>')
        else:
            form = Markup('<div class="rk-missing"><p>{}</p>{}</div>')
        return str(form.format(lead, items))


@dataclass(frozen=True)
class Stack:
    """Blocks one below the other; ``None`` among them is skipped."""

    blocks: tuple[Block | None, ...]

    def __init__(self, *blocks: Block | None) -> None:
        object.__setattr__(self, "blocks", blocks)

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        return "".join(block.html() for block in self.blocks if block is not None)


@dataclass(frozen=True)
class Folded:
    """What only some readers want, behind a line that says what is there; printed in full.

    Nothing where the block shows nothing.

    >>> Folded("All 72 agents", Words("Here.")).html()
    '<details class="rk-more"><summary>All 72 agents</summary><p>Here.</p></details>'
    """

    summary: str
    block: Block

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        inside = self.block.html()
        form = Markup('<details class="rk-more"><summary>{}</summary>{}</details>')
        return str(form.format(self.summary, Markup(inside))) if inside else ""


@dataclass(frozen=True)
class Beside:
    """Two blocks side by side where there is room, the left one first where there is not."""

    left: Block
    right: Block

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        return str(
            Markup('<div class="rk-beside"><div>{}</div><div>{}</div></div>').format(
                Markup(self.left.html()), Markup(self.right.html())
            )
        )


@dataclass(frozen=True)
class Quote:
    """Approved words of somebody, with the broad attribution they were promised.

    >>> Quote("We wait.", "front line, service").html()
    '<blockquote class="rk-quote"><p>We wait.</p><footer>front line, service</footer></blockquote>'
    """

    words: str
    attribution: str

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        who = Markup("<footer>{}</footer>").format(self.attribution) if self.attribution else ""
        return str(
            Markup('<blockquote class="rk-quote"><p>{}</p>{}</blockquote>').format(escape(self.words), who)
        )
