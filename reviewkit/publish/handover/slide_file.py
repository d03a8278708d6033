"""Slides as a PowerPoint file: words, figures and tables that can be edited, charts with their alt text."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from .document import Figure, Page, Table, Tile
from .fitting import height
from .settled import settle
from .slide_cuts import FOOT, HALF, HEIGHT, MARGIN, TOP, WIDTH, Cut, cut, row_height
from .slide_cuts import GAP as PARAGRAPH_GAP
from .slide_parts import describe, mark, no_margins, plain_table, title_alone
from .slides import Line, slides

if TYPE_CHECKING:
    from pptx.slide import Slide as Sheet
    from pptx.text.text import TextFrame, _Paragraph

FONT = "Arial"
_INK, _MUTED, _FILL = RGBColor(0x1C, 0x21, 0x26), RGBColor(0x59, 0x61, 0x68), RGBColor(0xEE, 0xF1, 0xF4)


def write_slides(page: Page, drawn: Mapping[str, bytes], to: Path, *, made: datetime) -> None:
    """Write a page as PPTX; the parameters are those of ``write_document``."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    properties = deck.core_properties
    properties.title, properties.subject, properties.author = page.title, page.client, "reviewkit"
    properties.last_modified_by, properties.comments = "reviewkit", page.notice()
    properties.language = page.language
    properties.created = properties.modified = made.replace(tzinfo=None, microsecond=0)
    layout = deck.slide_layouts.get_by_name("Title Only") or deck.slide_layouts[5]
    title_alone(layout)
    for number, part in enumerate((one for slide in slides(page) for one in cut(slide)), 1):
        _Sheet(deck.slides.add_slide(layout), page, drawn, part).fill(number)
    deck.save(str(to))
    settle(to)


class _Sheet:
    """A slide being filled."""

    def __init__(self, sheet: Sheet, page: Page, drawn: Mapping[str, bytes], part: Cut) -> None:
        self.sheet, self.page, self.drawn, self.part = sheet, page, drawn, part
        self.british = page.language == "en"

    def fill(self, number: int) -> None:
        slide = self.part.slide
        self._title()
        if slide.kicker:
            self._words([Line(slide.kicker)], (MARGIN, 28, WIDTH - 2 * MARGIN, 20), 12, _MUTED, "Question")
        if slide.tiles:
            self._tiles(slide.tiles)
        top = TOP + (self._table(slide.table) if slide.table else 0.0)
        if slide.lines:
            width = HALF if slide.figure else WIDTH - 2 * MARGIN
            self._words(list(slide.lines), (MARGIN, top, width, FOOT - top), self.part.size, _INK, "Words")
        if slide.figure:
            beside = MARGIN + HALF + 28 if slide.lines else MARGIN
            self._figure(slide.figure, beside, WIDTH - MARGIN - beside)
        notice = f"{self.page.notice()} · {number}"
        self._words([Line(notice)], (MARGIN, 508, WIDTH - 2 * MARGIN, 20), 10, _MUTED, "Status and number")
        self._notes()

    def _title(self) -> None:
        title: Any = self.sheet.shapes.title
        frame = title.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        no_margins(frame)
        self._run(frame.paragraphs[0], self.part.slide.title, self.part.title_size, _INK, bold=True)
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT

    def _box(self, place: tuple[float, float, float, float], name: str) -> TextFrame:
        box = self.sheet.shapes.add_textbox(*(Pt(one) for one in place))
        box.name = name
        frame: TextFrame = box.text_frame
        frame.word_wrap = True
        no_margins(frame)
        return frame

    def _words(
        self,
        some: list[Line],
        place: tuple[float, float, float, float],
        size: float,
        colour: RGBColor,
        name: str,
    ) -> None:
        frame = self._box(place, name)
        for number, line in enumerate(some):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(PARAGRAPH_GAP * size if len(some) > 1 else 0)
            mark(paragraph, line)
            head, tail = line.text[: len(line.strong)], line.text[len(line.strong) :]
            if not line.strong or head != line.strong:
                head, tail = "", line.text
            for text, bold in ((head, True), (tail, False)):
                if text:
                    self._run(paragraph, text, size, _MUTED if line.quote else colour, bold=bold)

    def _run(
        self, paragraph: _Paragraph, text: str, size: float, colour: RGBColor, *, bold: bool = False
    ) -> None:
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
        run.font.color.rgb = colour
        if self.british:
            run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK

    def _tiles(self, tiles: tuple[Tile, ...]) -> None:
        across = min(5, len(tiles))
        width = (WIDTH - 2 * MARGIN - 18 * (across - 1)) / across
        for number, tile in enumerate(tiles):
            left = MARGIN + (number % across) * (width + 18)
            top = TOP + 20 + (number // across) * 180
            line = self.sheet.shapes.add_connector(
                MSO_CONNECTOR.STRAIGHT, Pt(left), Pt(top), Pt(left + width), Pt(top)
            )
            line.line.color.rgb, line.line.width = _INK, Pt(1.5)
            line.name = "Rule"
            frame = self._box((left, top + 8, width, 160), tile.label)
            shown = next((s for s in (30, 24, 18, 16) if height(tile.value, width, s, bold=True) <= 66), 14)
            for place, (text, size, colour, bold) in enumerate(
                (
                    (tile.label, 14, _MUTED, False),
                    (tile.value, shown, _INK, True),
                    (tile.direction, 14, _INK, False),
                )
            ):
                paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
                paragraph.space_after = Pt(4)
                self._run(paragraph, text, size, colour, bold=bold)

    def _table(self, table: Table) -> float:
        """Place a table and return the points it takes from top to bottom."""
        widths = self.part.widths
        rows = [table.header, *table.rows] if table.header else list(table.rows)
        heights = [row_height(row, widths, self.part.cell, bold=n == 0) for n, row in enumerate(rows)]
        size = (Pt(WIDTH - 2 * MARGIN), Pt(sum(heights)))
        frame = self.sheet.shapes.add_table(len(rows), len(widths), Pt(MARGIN), Pt(TOP), *size)
        frame.name = table.caption or "Table"
        describe(frame, table.caption, table.caption)
        made = frame.table
        made.first_row, made.horz_banding = bool(table.header), False
        plain_table(frame)
        for place, width in enumerate(widths):
            made.columns[place].width = Pt(width)
        for number, row in enumerate(rows):
            made.rows[number].height = Pt(heights[number])
            head = bool(table.header) and number == 0
            for place in range(len(widths)):
                self._cell(
                    made.cell(number, place),
                    row[place] if place < len(row) else "",
                    head,
                    place in table.numbers,
                )
        return sum(heights) + 14

    def _cell(self, cell: Any, text: str, head: bool, number: bool) -> None:
        cell.margin_left = cell.margin_right = Pt(7)
        cell.margin_top = cell.margin_bottom = Pt(3)
        cell.fill.solid()
        cell.fill.fore_color.rgb = _FILL if head else RGBColor(255, 255, 255)
        paragraph = cell.text_frame.paragraphs[0]
        self._run(paragraph, text, self.part.cell, _INK, bold=head)
        if number:
            paragraph.alignment = PP_ALIGN.RIGHT

    def _figure(self, figure: Figure, left: float, width: float) -> None:
        title = figure.title if figure.title != self.part.slide.title else ""
        above = [Line(title, strong=title)] if title else []
        top = TOP
        for text, size in ((above, 13.0), ([Line(figure.subtitle)] if figure.subtitle else [], 11.0)):
            if text:
                tall = height(text[0].text, width, size, bold=size > 12)
                self._words(
                    text, (left, top, width, tall), size, _INK if size > 12 else _MUTED, "About the chart"
                )
                top += tall + 4
        after = [Line(one) for one in figure.after]
        below = sum(height(one.text, width, 10) + PARAGRAPH_GAP * 10 for one in after)
        drawn = self.drawn.get(figure.html)
        if drawn:
            top += self._picture(figure, drawn, (left, top, width, FOOT - top - below - 6)) + 4
        if after:
            self._words(after, (left, top, width, below), 10, _MUTED, "Below the chart")

    def _picture(self, figure: Figure, drawn: bytes, room: tuple[float, float, float, float]) -> float:
        left, top, width, tall = room
        with Image.open(io.BytesIO(drawn)) as image:
            ratio = image.height / image.width
        shown = min(width, tall / ratio)
        placed = self.sheet.shapes.add_picture(io.BytesIO(drawn), Pt(left), Pt(top), width=Pt(shown))
        placed.name = "Chart"
        describe(placed, figure.title, figure.alt)
        return shown * ratio

    def _notes(self) -> None:
        slide = self.part.slide
        said = list(slide.notes)
        if slide.trail:
            said.append("Evidence: " + "; ".join(slide.trail))
        frame = self.sheet.notes_slide.notes_text_frame
        if frame is not None:
            frame.text = "\n".join(said)
