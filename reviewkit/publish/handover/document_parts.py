"""Parts of Word documents that python-docx has no words for: rules of tables, rows kept whole, language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

if TYPE_CHECKING:
    from docx.section import _Footer, _Header

INK, MUTED = RGBColor(0x1C, 0x21, 0x26), RGBColor(0x59, 0x61, 0x68)


def shares(rows: list[list[str]], width: float) -> list[float]:
    """Return widths of columns in mm: each holds its longest word, wordy ones get what is over.

    >>> shares([["a", "b"], ["word " * 20, "c"]], 100)[0] > 60
    True
    """
    columns = list(zip(*rows, strict=True))
    longest = [max(max(map(len, text.split()), default=1) for text in column) for column in columns]
    least = [min(1.9 * word + 5, width / 3) for word in longest]
    over = max(0.0, width - sum(least))
    asked = [min(180, max(map(len, column))) for column in columns]
    made = [low + over * ask / max(1, sum(asked)) for low, ask in zip(least, asked, strict=True)]
    return [width * one / sum(made) for one in made]


def fill_cell(cell: Any, text: str, head: bool, number: bool) -> None:
    """Write a text into a cell of a table."""
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(9), head
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = 1.0
    if number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if head:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", "EEF1F4")):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def light_rules(table: Any) -> None:
    """Few rules, and light ones: a line below each row."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        kept = side in ("top", "bottom", "insideH")
        for key, value in (
            ("val", "single" if kept else "nil"),
            ("sz", "4"),
            ("space", "0"),
            ("color", "BFC5CB"),
        ):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    # Word wants the parts of a table's properties in the order of its schema.
    later = {qn(f"w:{name}") for name in ("shd", "tblLayout", "tblCellMar", "tblLook")}
    after = next((part for part in table.tblPr if part.tag in later), None)
    if after is None:
        table.tblPr.append(borders)
    else:
        after.addprevious(borders)


def describe_table(table: Any, caption: str) -> None:
    """Give a table its alternative text; Word wants it after all other properties."""
    for name in ("tblCaption", "tblDescription"):
        told = OxmlElement(f"w:{name}")
        told.set(qn("w:val"), caption)
        table.tblPr.append(told)


def keep_row(row: Any, head: bool) -> None:
    """A row stays on one sheet; a header row stands on each."""
    properties = row.get_or_add_trPr()
    for name in ("w:cantSplit", *(("w:tblHeader",) if head else ())):
        properties.append(OxmlElement(name))


def small_line(part: _Header | _Footer, text: str) -> None:
    """Write a small line into a header or footer."""
    run = part.paragraphs[0].add_run(text)
    run.font.size, run.font.color.rgb = Pt(8), MUTED


def name_language(styles: Any, language: str) -> None:
    """Say what language the words are in, for those who have them read aloud."""
    for found in styles.iter(qn("w:lang")):
        found.set(qn("w:val"), "en-GB" if language == "en" else language)
