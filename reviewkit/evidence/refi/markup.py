"""XML and archives written so that the same content gives the same bytes."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element, indent, tostring

from reviewkit.model.files import replacing

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TIME = (1980, 1, 1, 0, 0, 0)


def clean(text: str) -> str:
    """Return a text that XML can hold: other characters become U+FFFD.

    >>> clean("a\\x00b")
    'a\\ufffdb'
    """
    return _NO_XML.sub("\ufffd", text)


def xml_bytes(root: Element) -> bytes:
    """Return a document as UTF-8, indented, with its declaration."""
    indent(root)
    body = tostring(root, encoding="unicode")
    # Readers turn a bare carriage return into a line feed: it is written as a reference.
    body = body.replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all."""
    with replacing(path) as partial:
        partial.write_bytes(content)


def write_archive(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write a zip archive, whole or not at all, its parts in order and without the time of day.

    What it holds was said in confidence: its owner alone may read it, from the moment it is there.
    """

    def owned(name: str, flags: int) -> int:
        return os.open(name, flags, 0o600)

    with (
        replacing(path) as partial,
        open(partial, "wb", opener=owned) as file,
        zipfile.ZipFile(file, "w") as archive,
    ):
        for name, content in parts.items():
            part = zipfile.ZipInfo(name, _TIME)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 3
            part.external_attr = 0o600 << 16
            archive.writestr(part, content, compresslevel=9)
