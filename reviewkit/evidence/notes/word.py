"""Word files as passages: paragraphs, lists and tables in reading order, changes accepted."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.evidence.archives import check_archive
from reviewkit.model import InputError

from .blocks import row_passages, shown_as
from .passages import Passage, clean

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What was deleted or moved away, and what is drawn beside the text or said twice.
_PASSED = {f"{_W}{tag}" for tag in ("del", "moveFrom", "txbxContent", "footnoteReference")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}


def word_passages(path: Path) -> list[Passage]:
    """Return the passages of a .docx file, as it reads with every tracked change accepted.

    Comments, footnotes, headers and footers are not read.

    Raises
    ------
    InputError : it is damaged, locked or unsafe.
    """
    check_archive(path)
    body, headings = _opened(path)
    found: list[Passage] = []
    for block in _blocks(body):
        if block.tag == f"{_W}p":
            found += _paragraph(block, headings, len(found))
        else:
            found += _row(block, len(found))
    return found


def _opened(path: Path) -> tuple[Any, set[str]]:
    """The body of a document, and which of its styles are headings."""
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(str(path))
        return document.element.body, _styles(document)
    except (
        OpcError,
        LookupError,
        ValueError,
        AttributeError,
        TypeError,
        SyntaxError,  # XML that is not well formed
        EOFError,
        NotImplementedError,
        OSError,
        zipfile.BadZipFile,
        zlib.error,
    ):
        raise InputError(
            "is damaged, or no Word document", file=path, fix="Open it in Word and save it again as .docx."
        ) from None


def _styles(document: Document) -> set[str]:
    """Ids of the styles that are headings; built-in names are English in every language."""
    found = set()
    for style in document.styles.element.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        shown = name.get(f"{_W}val", "").lower() if name is not None else ""
        if shown.startswith(("heading", "title", "subtitle")):
            found.add(style.get(f"{_W}styleId", ""))
    return found


def _blocks(element: Any) -> Iterator[Any]:
    """Paragraphs and table rows in reading order, out of whatever wraps them."""
    for child in element.iterchildren():
        if child.tag in (f"{_W}p", f"{_W}tr"):
            yield child
        elif child.tag not in _PASSED:
            yield from _blocks(child)


def _paragraph(element: Any, headings: set[str], before: int) -> list[Passage]:
    text = clean("".join(_text(element)))
    style = element.find(f"{_W}pPr/{_W}pStyle")
    named = style is not None and style.get(f"{_W}val", "") in headings
    level = element.find(f"{_W}pPr/{_W}outlineLvl")
    heading = named or (level is not None and level.get(f"{_W}val", "9") < "9")
    numbered = element.find(f"{_W}pPr/{_W}numPr") is not None
    return shown_as(text, before, heading=heading, item=numbered or _all_bold(element))


def _row(element: Any, before: int) -> list[Passage]:
    cells = []
    for cell in element.iterchildren(f"{_W}tc", f"{_W}sdt"):
        parts = [clean("".join(_text(block))) for block in _deep(cell)]
        cells.append([part for part in parts if part])
    return row_passages(cells, before)


def _deep(element: Any) -> Iterator[Any]:
    """The paragraphs of a cell, those of tables in it among them."""
    for block in _blocks(element):
        if block.tag == f"{_W}p":
            yield block
        else:
            for cell in block.iterchildren(f"{_W}tc", f"{_W}sdt"):
                yield from _deep(cell)


def _text(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _PASSED and child.tag != f"{_W}pPr":
            yield from _text(child)


def _all_bold(element: Any) -> bool:
    """Whether every run with words is bold: the way many write down a question."""
    runs = [run for run in element.iterchildren(f"{_W}r") if "".join(_text(run)).strip()]
    bold = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(
        b is not None and b.get(f"{_W}val", "1") not in ("0", "false", "off") for b in bold
    )
