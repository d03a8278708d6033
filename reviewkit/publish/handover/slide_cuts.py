"""Slides cut to what fits on one: words are made smaller down to a size, then go on to a further slide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .document import Table
from .fitting import LEADING, height, largest, lines
from .slides import Line, Slide

WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 44.0
"""Of a slide of 16:9, in points."""
TOP, FOOT = 124.0, 496.0
"""Where the words of a slide may begin, and where they end."""
HALF = 400.0
"""Width of the words beside a chart."""
TITLES, SIZES = (26.0, 24.0, 22.0, 20.0, 18.0), (18.0, 17.0, 16.0, 15.0, 14.0)
COVER = (24.0, 22.0, 20.0)
"""Of the words of the first slide, where they are few."""
TITLE_ROOM = 66.0
CELLS, CELL_PAD = (16.0, 14.0, 12.0), 8.0
INDENT = 24.0
GAP = 0.5


@dataclass(frozen=True)
class Cut:
    """A slide that fits: its words' sizes in points, the widths of its table's columns."""

    slide: Slide
    title_size: float
    size: float
    widths: tuple[float, ...] = ()
    cell: float = CELLS[-1]


def cut(slide: Slide) -> list[Cut]:
    """Return a slide as one or more that fit."""
    title = largest([slide.title], WIDTH - 2 * MARGIN, TITLE_ROOM, TITLES, gap=0, bold=True) or TITLES[-1]
    parts = list(_parts(slide))
    return [replace(part, title_size=title) for part in parts]


def _parts(slide: Slide) -> Iterator[Cut]:
    table = slide.table
    if table is not None:
        yield from _with_table(slide, table)
        return
    width = (HALF if slide.figure else WIDTH - 2 * MARGIN) - INDENT
    room = FOOT - TOP
    sizes = (*COVER, *SIZES) if slide.cover else SIZES
    size = largest([one.text for one in slide.lines], width, room, sizes, gap=GAP)
    if size is not None:
        yield Cut(slide, 0, size)
        return
    for number, some in enumerate(_fitting(slide.lines, width, room)):
        figure = slide.figure if number == 0 else None
        yield Cut(_further(replace(slide, lines=some, figure=figure), number), 0, SIZES[-1])


def _with_table(slide: Slide, table: Table) -> Iterator[Cut]:
    """Give the slides of a table, in letters as large as keep it on one; the words come with the last."""
    for cell in CELLS:
        widths = column_widths(table, cell)
        chunks = list(_chunks(table, widths, _room_for_table(slide), cell))
        if len(chunks) == 1:
            break
    for number, chunk in enumerate(chunks):
        words = slide.lines if number == len(chunks) - 1 else ()
        yield Cut(_further(replace(slide, table=chunk, lines=words), number), 0, SIZES[-1], widths, cell)


def _further(slide: Slide, number: int) -> Slide:
    if not number:
        return slide
    return replace(slide, title=f"{slide.title.rstrip('.')} (continued)", notes=())


def _fitting(given: tuple[Line, ...], width: float, room: float) -> Iterator[tuple[Line, ...]]:
    """Give runs of lines that fit at the smallest size; a line too long for any slide is split."""
    size, some, used = SIZES[-1], list[Line](), 0.0
    for line in (piece for one in given for piece in _pieces(one, width, room, size)):
        need = height(line.text, width, size) + GAP * size
        if some and used + need > room:
            yield tuple(some)
            some, used = [], 0.0
        some.append(line)
        used += need
    if some:
        yield tuple(some)


def _pieces(line: Line, width: float, room: float, size: float) -> Iterator[Line]:
    most = int(room // (size * LEADING)) - 1
    words, piece, first = line.text.split(), list[str](), True
    for word in words:
        if piece and lines(" ".join([*piece, word]), width, size) > most:
            yield replace(
                line,
                text=" ".join(piece),
                strong=line.strong if first else "",
                mark=line.mark if first else "",
            )
            piece, first = [], False
        piece.append(word)
    yield line if first else replace(line, text=" ".join(piece), strong="", mark="")


def column_widths(table: Table, cell: float) -> tuple[float, ...]:
    """Return the widths of a table's columns in points: each holds its longest word."""
    rows = [table.header, *table.rows] if table.header else list(table.rows)
    columns = max(map(len, rows), default=1)
    texts = [[row[n] if n < len(row) else "" for row in rows] for n in range(columns)]
    least = [
        max(max(map(len, one.split()), default=1) for one in column) * cell * 0.66 + 16 for column in texts
    ]
    asked = [min(120, max(map(len, column))) for column in texts]
    whole = WIDTH - 2 * MARGIN
    over = max(0.0, whole - sum(least))
    made = [low + over * ask / max(1, sum(asked)) for low, ask in zip(least, asked, strict=True)]
    return tuple(whole * one / sum(made) for one in made)


def row_height(row: tuple[str, ...], widths: tuple[float, ...], cell: float, *, bold: bool = False) -> float:
    """Return the points a table's row takes."""
    pairs = zip(row, widths, strict=False)
    return max((height(text, width - 14, cell, bold=bold) for text, width in pairs), default=0.0) + CELL_PAD


def _room_for_table(slide: Slide) -> float:
    words = sum(height(one.text, WIDTH - 2 * MARGIN, SIZES[-1]) + GAP * SIZES[-1] for one in slide.lines)
    return FOOT - TOP - words


def _chunks(table: Table, widths: tuple[float, ...], room: float, cell: float) -> Iterator[Table]:
    head = row_height(table.header, widths, cell, bold=True) if table.header else 0.0
    some, used = list[tuple[str, ...]](), head
    for row in table.rows:
        need = row_height(row, widths, cell)
        if some and used + need > room:
            yield replace(table, rows=tuple(some))
            some, used = [], head
        some.append(row)
        used += need
    if some:
        yield replace(table, rows=tuple(some))
