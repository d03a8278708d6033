"""The texts of slides and documents, read from their files as anybody's program would."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

# Layouts, masters, themes and styles hold names of fonts and of their makers.
_OURS = re.compile(
    r"(ppt/(slides|notesSlides)/[^/]+|word/(document|header\d*|footer\d*|comments|footnotes)|docProps/core)\.xml"
)
_PARAGRAPH = re.compile(r"</(?:a:p|w:p|[\w:]+)>(?<=p>)|</(?:dc|cp|dcterms):\w+>")
_SPOKEN = re.compile(r'\b(?:descr|title|name)="([^"]*)"')


def office_texts(path: Path) -> Iterator[str]:
    """Give every paragraph of a PPTX or DOCX, its notes, alternative texts and properties included."""
    with zipfile.ZipFile(path) as packed:
        for name in filter(_OURS.fullmatch, packed.namelist()):
            content = packed.read(name).decode("utf-8")
            yield from map(html.unescape, _SPOKEN.findall(content))
            for paragraph in _PARAGRAPH.split(content):
                text = html.unescape(re.sub(r"<[^>]*>", "", paragraph)).strip()
                if text:
                    yield text
