"""The file itself: a zip archive or XML alone, read in memory and never unpacked."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, ParseError

from reviewkit.evidence.archives import check_archive
from reviewkit.model import InputError

LARGEST = 4 * 1024**3
"""Bytes an archive may declare in all: films and sound are among them, and are not read."""

LARGEST_XML = 100 * 1024**2
LARGEST_TEXT = 50 * 1024**2
LARGEST_TEXTS = 200 * 1024**2


class Package:
    """A project file: its XML, and the texts beside it in the archive.

    Parameters
    ----------
    path : a ``.qdpx`` archive, or XML alone (``.qdc``, ``.qde``).

    Raises
    ------
    InputError : there is no such file, it is damaged, locked or made to do harm.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._parts: dict[str, zipfile.ZipInfo] = {}
        self._texts = 0
        if not path.is_file():
            raise InputError("there is no such file", file=path, fix="Check the path.")
        if zipfile.is_zipfile(path):
            check_archive(path, largest=LARGEST)
            with zipfile.ZipFile(path) as archive:
                self._parts = {part.filename.lower(): part for part in archive.infolist()}
        elif path.suffix.lower() == ".qdpx":
            raise InputError("is no REFI-QDA project: it is not an archive", file=path, fix=_AGAIN)

    def root(self) -> Element:
        """Return the root of the project's or codebook's XML."""
        if not self._parts:
            with self.path.open("rb") as file:
                return _parsed(self._held(file.read(LARGEST_XML + 1), LARGEST_XML), self.path)
        found = [name for name in self._parts if name.endswith(".qde") and not name.startswith("__macosx/")]
        if len(found) != 1:
            number = "no project" if not found else f"{len(found)} projects"
            raise InputError(
                f"holds {number} (files ending in .qde) where it should hold one", file=self.path
            )
        return _parsed(self._read(self._parts[found[0]], LARGEST_XML), self.path)

    def text(self, reference: str) -> str | None:
        """Return a text of the archive by its reference, such as ``internal://x.txt``; None without it.

        A reference to a file outside of the archive is not followed.
        """
        part = self._part(reference)
        if part is None:
            return None
        raw = self._read(part, LARGEST_TEXT)
        self._texts += len(raw)
        if self._texts > LARGEST_TEXTS:
            raise InputError(f"its texts are more than {LARGEST_TEXTS // 1024**2} MB", file=self.path)
        return _decoded(raw)

    def _part(self, reference: str) -> zipfile.ZipInfo | None:
        scheme, _, name = reference.replace("\\", "/").rpartition("://")
        if scheme.lower() not in ("", "internal"):
            return None
        name = PurePosixPath(name.lstrip("/")).name.lower()
        return next((self._parts[each] for each in (f"sources/{name}", name) if each in self._parts), None)

    def _read(self, part: zipfile.ZipInfo, most: int) -> bytes:
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(part) as file:
                return self._held(file.read(most + 1), most)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            raise InputError("is damaged: a part of it cannot be read", file=self.path, fix=_AGAIN) from None

    def _held(self, raw: bytes, most: int) -> bytes:
        if len(raw) > most:
            raise InputError(f"holds a part larger than {most // 1024**2} MB", file=self.path)
        return raw


_AGAIN = "Export it again from the program it was made with."


def _parsed(raw: bytes, path: Path) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(raw, forbid_dtd=True)
    except DefusedXmlException:
        raise InputError(
            "declares a document type or entities, which REFI-QDA does not have, and is not read", file=path
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        line = error.position[0] if isinstance(error, ParseError) else None
        raise InputError("is no valid XML", file=path, line=line, fix=_AGAIN) from None
    return root


def _decoded(raw: bytes) -> str:
    """Decode a text: UTF-8 as the standard asks, with or without its mark; UTF-16 where its mark is there."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return raw.decode(encoding, errors="replace")
