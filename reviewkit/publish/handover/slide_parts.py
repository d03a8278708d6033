"""Parts of slides that python-pptx has no words for: alternative texts, marks of lists, a plain layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.util import Pt

from .slide_cuts import INDENT, MARGIN, WIDTH
from .slides import Line

if TYPE_CHECKING:
    from pptx.text.text import TextFrame, _Paragraph

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's "No Style, No Grid"


def plain_table(frame: Any) -> None:
    """Take the colours of PowerPoint's own table style away."""
    frame._element.graphic.graphicData.tbl.tblPr.find(f"{{{DRAWING}}}tableStyleId").text = _PLAIN_TABLE


def title_alone(layout: Any) -> None:
    """A layout with a title alone, where ours stands."""
    shape: Any
    for shape in list(layout.placeholders):
        if shape.placeholder_format.idx:
            shape._element.getparent().remove(shape._element)
        else:
            shape.left, shape.top = Pt(MARGIN), Pt(48)
            shape.width, shape.height = Pt(WIDTH - 2 * MARGIN), Pt(70)


def no_margins(frame: TextFrame) -> None:
    """Let words begin at the edge of their box, so that boxes line up."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)


def describe(shape: Any, title: str, text: str) -> None:
    """Give a shape its alternative text, which python-pptx has no name for."""
    described = shape._element._nvXxPr.cNvPr
    described.set("descr", text)
    described.set("title", title)


def mark(paragraph: _Paragraph, line: Line) -> None:
    """A dot or number before a paragraph, as PowerPoint makes them, so that lists stay lists."""
    properties = paragraph._p.get_or_add_pPr()
    if not line.mark:
        if line.quote:
            properties.set("marL", str(int(Pt(12))))
        return
    properties.set("marL", str(int(Pt(INDENT))))
    properties.set("indent", str(-int(Pt(INDENT))))
    made = properties.makeelement(f"{{{DRAWING}}}bu{'Char' if line.mark == '•' else 'AutoNum'}", {})
    if line.mark == "•":
        made.set("char", "•")
    else:
        made.set("type", "arabicPeriod")
        made.set("startAt", line.mark.rstrip("."))
    properties.append(made)
