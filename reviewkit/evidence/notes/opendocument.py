"""OpenDocument text as passages: paragraphs, lists and tables in reading order."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from reviewkit.evidence.archives import check_archive
from reviewkit.model import InputError

from .blocks import row_passages, shown_as
from .passages import Passage, clean

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
# Deleted words, notes and comments stand among the words.
_PASSED = {
    f"{_TEXT}tracked-changes",
    f"{_TEXT}note",
    f"{_OFFICE}annotation",
    f"{_TEXT}table-of-content",
    f"{_OFFICE}forms",
}
_BREAKS = {f"{_TEXT}line-break": "\n", f"{_TEXT}tab": " ", f"{_TEXT}s": " "}


def opendocument_passages(path: Path) -> list[Passage]:
    """Return the passages of an .odt file; deleted words, notes and comments are not read.

    Raises
    ------
    InputError : it is damaged, locked or unsafe.
    """
    check_archive(path)
    body = _body(path)
    found: list[Passage] = []
    for block, item in _blocks(body, item=False):
        if block.tag == f"{_TABLE}table-row":
            cells = [[clean("".join(_words(p))) for p, _ in _deep(cell)] for cell in block]
            found += row_passages([[text for text in cell if text] for cell in cells], len(found))
        else:
            text = clean("".join(_words(block)))
            found += shown_as(text, len(found), heading=block.tag == f"{_TEXT}h", item=item)
    return found


def _body(path: Path) -> Element:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(path) as archive:
            root: Element = fromstring(archive.read("content.xml"))
    except (
        zipfile.BadZipFile,
        zlib.error,
        LookupError,
        EOFError,
        NotImplementedError,
        ParseError,
        ValueError,
        OSError,
        RecursionError,
        DefusedXmlException,
    ):
        raise _damaged(path) from None
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise _damaged(path)
    return body


def _damaged(path: Path) -> InputError:
    return InputError(
        "is damaged, or no OpenDocument text", file=path, fix="Open it in Writer and save it again as .odt."
    )


def _blocks(element: Element, *, item: bool) -> Iterator[tuple[Element, bool]]:
    """Paragraphs, headings and table rows in reading order, and whether each stands in a numbered list."""
    for child in element:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h", f"{_TABLE}table-row"):
            yield child, item
        elif child.tag not in _PASSED:
            yield from _blocks(child, item=item or child.tag == f"{_TEXT}list")


def _deep(cell: Element) -> Iterator[tuple[Element, bool]]:
    for block, item in _blocks(cell, item=False):
        if block.tag == f"{_TABLE}table-row":
            for inner in block:
                yield from _deep(inner)
        else:
            yield block, item


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _PASSED:
            yield from _words(child)
        yield child.tail or ""
