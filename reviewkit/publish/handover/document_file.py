"""A page as a Word document: headings, lists, tables and charts that can be edited and read aloud."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from .document import Block, Figure, Heading, Items, Page, Quote, Run, Table, Tiles, Words, flat
from .document_parts import (
    INK,
    MUTED,
    describe_table,
    fill_cell,
    keep_row,
    light_rules,
    name_language,
    shares,
    small_line,
)
from .settled import settle

if TYPE_CHECKING:
    from docx.document import Document as Doc
    from docx.text.paragraph import Paragraph

FONT = "Arial"
_SIZES = {"Normal": 10.5, "Title": 24, "Heading 1": 15, "Heading 2": 12, "Heading 3": 11, "Caption": 10,
          "Quote": 10.5, "Subtitle": 10}  # fmt: skip
_TEXT_WIDTH = 210 - 2 * 22


def write_document(page: Page, drawn: Mapping[str, bytes], to: Path, *, made: datetime) -> None:
    """Write a page as DOCX.

    Parameters
    ----------
    drawn : PNG of each chart by its HTML, from :func:`reviewkit.publish.handover.pictures.pictures`.
    made : when the run was started; the document says so, and the same page gives the same bytes.
    """
    writer = _Writer(page, drawn, made)
    writer.opening()
    for section in page.sections:
        writer.doc.add_heading(section.title, 1)
        for block in flat(section.blocks):
            writer.block(block)
    writer.evidence()
    writer.closing()
    writer.doc.save(str(to))
    settle(to)


class _Writer:
    """A document being written; claims are numbered, and the last pages say what each rests on."""

    def __init__(self, page: Page, drawn: Mapping[str, bytes], made: datetime) -> None:
        self.page, self.drawn = page, drawn
        self.doc: Doc = Document()
        self.rests: dict[str, int] = {}
        self._styles()
        self._sheet()
        properties = self.doc.core_properties
        properties.title, properties.subject = page.title, page.client
        properties.author, properties.last_modified_by = "reviewkit", "reviewkit"
        properties.language, properties.comments = page.language, page.notice()
        properties.created = properties.modified = made.replace(tzinfo=None, microsecond=0)

    def _styles(self) -> None:
        for name, size in _SIZES.items():
            style: Any = self.doc.styles[name]
            style.font.name, style.font.size = FONT, Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{key}"), None)
            muted = name in ("Subtitle",)
            style.font.color.rgb = MUTED if muted else INK
            style.font.italic = False
        for name in ("Heading 1", "Heading 2", "Heading 3", "Caption"):
            self.doc.styles[name].paragraph_format.keep_with_next = True
        name_language(self.doc.styles.element, self.page.language)

    def _sheet(self) -> None:
        section = self.doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(22)
        section.top_margin, section.bottom_margin = Mm(24), Mm(20)
        small_line(section.header, self.page.notice())
        small_line(section.footer, f"{self.page.title} · ")
        number = section.footer.paragraphs[0].add_run()
        number.font.size, number.font.color.rgb = Pt(8), MUTED
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        section.footer.paragraphs[0]._p.append(field)

    def opening(self) -> None:
        """Title, what the page is, and its bottom lines."""
        if self.page.kicker:
            self.doc.add_paragraph(self.page.kicker, style="Subtitle")
        self.doc.add_paragraph(self.page.title, style="Title")
        for block in flat(self.page.opening):
            self.block(block)

    def block(self, block: Block) -> None:
        """Write one block at the end."""
        if isinstance(block, Heading):
            self.doc.add_heading(block.text, max(2, block.level - 1))
        elif isinstance(block, Words):
            self._paragraph(block)
        elif isinstance(block, Items):
            self._list(block)
        elif isinstance(block, Quote):
            self._quote(block)
        elif isinstance(block, Tiles):
            rows = tuple((tile.label, tile.value, tile.direction) for tile in block.tiles)
            ids = tuple(tile.trail for tile in block.tiles)
            made = Table("Key figures", ("Figure", "Now", "Direction"), rows, frozenset({1}), row_trails=ids)
            self._table(made)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Figure):
            self._figure(block)

    def _paragraph(self, words: Words) -> None:
        if words.kind == "summary":
            self.doc.add_heading(words.text, 2)
            return
        made = self.doc.add_paragraph()
        self._runs(made, words)
        for run in made.runs:
            if words.kind == "bottom":
                run.font.size = Pt(12)
            elif words.kind in ("lead", "note"):
                run.font.color.rgb = MUTED

    def _runs(self, paragraph: Paragraph, words: Words) -> None:
        for run in words.runs:
            paragraph.add_run(run.text).bold = run.role == "strong"
        self._refer(paragraph, words.trail)

    def _refer(self, paragraph: Paragraph, ids: tuple[str, ...]) -> None:
        """Add the numbers of what a claim rests on."""
        if not ids:
            return
        numbers = [str(self.rests.setdefault(one, len(self.rests) + 1)) for one in ids]
        run = paragraph.add_run(f" [{', '.join(numbers)}]")
        run.font.size, run.font.color.rgb = Pt(8), MUTED

    def _list(self, block: Items) -> None:
        style = "List Number" if block.ordered else "List Bullet"
        own = self._numbering(block.start) if block.ordered else None
        for item in block.items:
            made = self.doc.add_paragraph(style=style)
            if own is not None:
                made._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = own
            self._runs(made, item)

    def _numbering(self, start: int) -> int:
        """Begin a numbered list of its own: those of the style run on through the document."""
        style: Any = self.doc.styles["List Number"].element
        part: Any = self.doc.part.numbering_part.element
        abstract = part.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
        made = part.add_num(abstract)
        made.add_lvlOverride(0).add_startOverride(start)
        return int(made.numId)

    def _quote(self, block: Quote) -> None:
        made = self.doc.add_paragraph(style="Quote")
        made.paragraph_format.left_indent = Mm(8)
        made.add_run(f"“{block.text}”")
        if block.by:
            run = made.add_run(f" — {block.by}")
            run.font.color.rgb = MUTED

    def _table(self, block: Table) -> None:
        caption = self.doc.add_paragraph(block.caption, style="Caption")
        self._refer(caption, block.trail)
        header = (block.header,) if block.header else ()
        rows = (*header, *block.rows)
        columns = max((len(row) for row in rows), default=0)
        if not columns:
            return
        made = self.doc.add_table(len(rows), columns, style="Table Grid")
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        light_rules(made._tbl)
        if block.caption:
            describe_table(made._tbl, block.caption)
        widths = shares([[*row, *[""] * (columns - len(row))] for row in rows], _TEXT_WIDTH)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Mm(width)
        for number, (row, texts) in enumerate(zip(made.rows, rows, strict=True)):
            head = bool(header) and number == 0
            keep_row(row._tr, head)
            for place, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
                cell.width = Mm(width)
                fill_cell(cell, texts[place] if place < len(texts) else "", head, place in block.numbers)
            ids = block.row_trails[number - len(header) :] if not head else ()
            self._refer(row.cells[0].paragraphs[0], ids[0] if ids else ())
        self.doc.add_paragraph().paragraph_format.space_after = Pt(2)

    def _figure(self, block: Figure) -> None:
        caption = self.doc.add_paragraph(block.title, style="Caption")
        self._refer(caption, block.trail)
        if block.subtitle:
            self.doc.add_paragraph(block.subtitle, style="Subtitle").paragraph_format.keep_with_next = True
        drawn = self.drawn.get(block.html)
        if drawn:
            placed = self.doc.add_picture(io.BytesIO(drawn), width=Mm(140))
            described = placed._inline.docPr
            described.set("descr", block.alt)
            described.set("title", block.title)
        for line in block.after:
            self._paragraph(Words((Run(line),), kind="note"))

    def evidence(self) -> None:
        """Write what each number in brackets stands for."""
        if not self.rests:
            return
        self.doc.add_heading("Evidence", 1)
        lead = (
            "The numbers in brackets lead to these findings. The page Evidence of the same edition says for "
            "each which rows or remarks it rests on."
        )
        self._paragraph(Words((Run(lead),), kind="lead"))
        rows = tuple((str(number), one) for one, number in self.rests.items())
        self._table(Table("Findings by number", ("No.", "Finding"), rows, frozenset({0})))

    def closing(self) -> None:
        """Write attribution, status and the facts of the run."""
        facts = "; ".join(f"{name}: {value}" for name, value in self.page.facts)
        for line in (facts, *self.page.closing):
            if line:
                self._paragraph(Words((Run(line),), kind="note"))
