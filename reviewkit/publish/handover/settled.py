"""Office files and archives that are the same, byte for byte, whenever they are made."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

_DAY = (1980, 1, 1, 0, 0, 0)


def settle(path: Path) -> None:
    """Write a zip (DOCX and PPTX are such) anew, without the times at which its parts were written."""
    with zipfile.ZipFile(path) as packed:
        parts = [(name, packed.read(name)) for name in packed.namelist()]
    write_zip(path, parts)


def write_zip(path: Path, parts: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip of some parts in the order given, each dated 1 January 1980."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _DAY)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
