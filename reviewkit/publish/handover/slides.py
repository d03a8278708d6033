"""What stands on which slide: a page's sections cut into slides, each with a finding for a title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .document import (
    Block,
    Figure,
    Heading,
    Items,
    Joint,
    Page,
    Quote,
    Section,
    Table,
    Tile,
    Tiles,
    Words,
    flat,
)

LONGEST_TITLE = 170
"""Most characters of a title: longer ones stand below it as words."""
_FEW = 3


@dataclass(frozen=True)
class Line:
    """A paragraph of a slide, with what stands before it: a dot, a number, or nothing."""

    text: str
    mark: str = ""
    strong: str = ""
    quote: bool = False


@dataclass(frozen=True)
class Slide:
    """One slide. ``kicker`` is the question of the page; ``notes`` are for whoever speaks to it."""

    title: str
    kicker: str = ""
    lines: tuple[Line, ...] = ()
    tiles: tuple[Tile, ...] = ()
    table: Table | None = None
    figure: Figure | None = None
    trail: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cover: bool = False


def slides(page: Page) -> list[Slide]:
    """Return the slides of a page, not yet cut to what fits on one."""
    cover = _cover(page)
    told = tuple(line.text for line in cover.lines)
    made = [cover, *(slide for section in page.sections for slide in _of_section(section, told))]
    return [replace(slide, trail=tuple(dict.fromkeys(slide.trail))) for slide in made]


def _cover(page: Page) -> Slide:
    words = [block for block in flat(page.opening) if isinstance(block, Words)]
    bottom = [one for one in words if one.kind == "bottom"]
    leads = tuple(one.text for one in words if one.kind == "lead")
    facts = "; ".join(f"{name}: {value}" for name, value in page.facts)
    dated = dict(page.facts).get("Data as of", "")
    kicker = " · ".join(
        part for part in (page.client, page.title, f"data as of {dated}" if dated else "") if part
    )
    headline, rest = (bottom[0].text, bottom[1:]) if bottom else (page.title, [])
    lines = tuple(Line(one.text) for one in rest)
    if len(headline) > LONGEST_TITLE and ". " in headline:  # its first sentence, then what follows from it
        headline, after = headline.split(". ", 1)
        headline, lines = f"{headline}.", (Line(after), *lines)
    return Slide(
        headline, kicker, lines, trail=_trails(bottom), notes=(*leads, facts, *page.closing), cover=True
    )


def _of_section(section: Section, told: tuple[str, ...]) -> Iterator[Slide]:
    leads = tuple(one.text for one in section.blocks if isinstance(one, Words) and one.kind == "lead")
    rest: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Tiles):
            if block.tiles:
                yield _of_tiles(section.title, block, leads)
        elif isinstance(block, Joint):
            yield _of_joint(section.title, block, leads)
        elif not (isinstance(block, Words) and block.kind == "lead"):
            rest.append(block)
    if rest:
        yield from _of_rest(section.title, rest, leads, told)


def _of_tiles(question: str, block: Tiles, notes: tuple[str, ...]) -> Slide:
    first = block.tiles[0]
    said = f"{first.label}: {first.value}" + (f", {first.direction}" if first.direction else "")
    title = said if len(said) <= LONGEST_TITLE else question
    trail = tuple(one for tile in block.tiles for one in tile.trail)
    return Slide(title, question, tiles=block.tiles, trail=trail, notes=notes)


def _of_joint(question: str, block: Joint, notes: tuple[str, ...]) -> Slide:
    relation = next((one for one in block.blocks if isinstance(one, Words) and one.kind == "relation"), None)
    verdict = relation.of("strong").rstrip(".") if relation else ""
    title = f"{block.title}: {verdict[:1].lower()}{verdict[1:]}" if verdict else block.title
    lines = [Line(relation.of(""))] if relation and relation.of("") else []
    figures = [one for one in block.blocks if isinstance(one, Figure)]
    others = [one for one in block.blocks if one is not relation and not isinstance(one, Figure)]
    return Slide(
        title,
        question,
        (*lines, *_lines(others)),
        figure=figures[0] if figures else None,
        trail=_trails(block.blocks),
        notes=(*notes, *_described(figures)),
    )


def _of_rest(
    question: str, rest: list[Block], notes: tuple[str, ...], told: tuple[str, ...]
) -> Iterator[Slide]:
    """Give a slide of words, with the chart beside them, and one a table."""
    figures = [one for one in rest if isinstance(one, Figure)]
    tables = [one for one in rest if isinstance(one, Table)]
    words: list[Block] = [one for one in rest if not isinstance(one, Figure | Table)]
    if tables and words and all(isinstance(one, Words) for one in words) and not figures:
        # A table and a sentence or two about it are one slide.
        said = [one for one in words if isinstance(one, Words)]
        title = said[0].text if len(said[0].text) <= LONGEST_TITLE else tables[0].caption
        about: list[Block] = [*(said[1:] if title == said[0].text else said)]
        trail = _trails([*tables, *said])
        yield Slide(title, question, tuple(_lines(about)), table=tables[0], trail=trail, notes=notes)
        tables, words = tables[1:], []
    if words or figures:
        title, left = _titled(words, question, told)
        if not left and not figures:
            title, left = question, words
        if title == question and figures:
            title = figures[0].title
        yield Slide(
            title, question if title != question else "", tuple(_lines(left)),
            figure=figures[0] if figures else None, trail=_trails(rest), notes=(*notes, *_described(figures)),
        )  # fmt: skip
    for figure in figures[1:]:
        yield Slide(figure.title, question, figure=figure, trail=figure.trail, notes=_described([figure]))
    for table in tables:
        yield Slide(table.caption or question, question, table=table, trail=_trails([table]), notes=notes)


def _titled(blocks: list[Block], question: str, told: tuple[str, ...]) -> tuple[str, list[Block]]:
    """Return the finding that is a slide's title, and the blocks without it.

    A ranked list stays whole; its title is the bottom line of the cover that sums it up, if one does.
    """
    first = blocks[0] if blocks else None
    if isinstance(first, Items) and first.items:
        top = first.items[0]
        finding = top.of("what")
        if finding and first.ordered:
            known = finding.rstrip(".").casefold()
            sums_up = (one for one in told if known in one.casefold() and len(one) <= LONGEST_TITLE)
            return next(sums_up, question), blocks
        if finding and len(finding) <= LONGEST_TITLE:
            said = [Words((run,)) for run in top.runs if run.role == "why"]
            left = [Items(first.items[1:])] if first.items[1:] else []
            return finding, [*said, *left, *blocks[1:]]
        together = "; ".join(item.text for item in first.items)
        if len(first.items) <= _FEW and not finding and len(together) <= LONGEST_TITLE:
            return together, blocks[1:]
        if len(first.items) < _FEW and not finding and len(top.text) <= LONGEST_TITLE:
            return top.text, [Items(first.items[1:]), *blocks[1:]]
    if isinstance(first, Words) and len(first.text) <= LONGEST_TITLE and len(blocks) > 1:
        return first.text, blocks[1:]
    return question, blocks


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Words):
            yield Line(block.text, strong=block.text if block.kind == "summary" else block.of("strong"))
        elif isinstance(block, Heading):
            yield Line(block.text, strong=block.text)
        elif isinstance(block, Quote):
            yield Line(f"“{block.text}”" + (f" — {block.by}" if block.by else ""), quote=True)
        elif isinstance(block, Items):
            for number, item in enumerate(block.items, block.start):
                mark = f"{number}." if block.ordered else "•" if len(block.items) > 1 else ""
                yield Line(
                    item.text, mark, item.of("what") if block.ordered or item.of("why") else item.of("strong")
                )


def _described(figures: Sequence[Figure]) -> tuple[str, ...]:
    return tuple(f"Chart: {figure.alt}" for figure in figures if figure.alt)


def _trails(blocks: Sequence[Block]) -> tuple[str, ...]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Items):
            found += [one for item in block.items for one in item.trail]
        elif isinstance(block, Table):
            found += [*block.trail, *(one for row in block.row_trails for one in row)]
        elif isinstance(block, Words | Figure):
            found += block.trail
    return tuple(found)
