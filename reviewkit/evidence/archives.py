"""Archives looked at before they are opened: Word, OpenDocument, Excel and REFI-QDA files are zip files."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from reviewkit.model import InputError

LARGEST = 200 * 1024 * 1024
"""Bytes an archive may hold once unpacked, all its parts together."""

RATIO = 100
"""Times an archive may grow when unpacked. Office files grow three to thirty times."""

HARMLESS = 1024 * 1024
"""Bytes under which growth is not looked at: a small form repeats itself a great deal."""

MOST_PARTS = 10_000
_AT_ONCE = 1024 * 1024
_XML = (".xml", ".rels", ".qde", ".rdf", ".vml")


def check_archive(path: Path, *, largest: int = LARGEST, ratio: int = RATIO) -> None:
    """Refuse an archive that is damaged, locked or made to do harm; nothing of it is kept.

    First what it declares is looked at, then every part is read through: one that holds more than
    it declares is damaged, so that no reader can be made to unpack more.

    Parameters
    ----------
    path : the archive.
    largest : bytes it may hold once unpacked; ``ratio`` is the times it may grow.

    Raises
    ------
    InputError : it is no zip archive, is damaged, is locked with a password, would grow too large,
        holds a part whose name points out of the archive, or XML that declares entities.
    """
    with _told(path), zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        _check_sizes(path, parts, largest, ratio)
        for part in parts:
            _check_part(path, part)
        for part in parts:
            _read_through(path, archive, part)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise InputError("there is no such file", file=path, fix="Check the path.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise InputError(
            "is damaged, or not the kind of file its name says",
            file=path,
            fix="Open it in the program it was made with and save it again.",
        ) from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or 'damaged'})", file=path) from None


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo], largest: int, ratio: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS:
        raise _refused(path, f"holds {len(parts)} parts, more than {MOST_PARTS}")
    if unpacked > largest:
        raise _refused(
            path, f"would grow to {unpacked / 1024**2:.0f} MB, more than {largest / 1024**2:.0f} MB"
        )
    if unpacked > HARMLESS and unpacked > ratio * path.stat().st_size:
        times = unpacked / max(path.stat().st_size, 1)
        raise _refused(path, f"would grow {times:.0f} times when unpacked, more than {ratio}")


def _check_part(path: Path, part: zipfile.ZipInfo) -> None:
    name = PurePosixPath(part.orig_filename.replace("\\", "/"))
    outside = name.is_absolute() or ".." in name.parts or ":" in name.parts[0] if name.parts else False
    if outside or "\0" in part.orig_filename:
        raise _refused(path, "holds a part whose name points out of the archive")
    if stat.S_ISLNK(part.external_attr >> 16):
        raise _refused(path, "holds a link to another file")
    if part.flag_bits & 0x1:
        raise InputError("is locked with a password", file=path, fix="Save it without one.")


def _read_through(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read a part to its end, which finds a wrong size or checksum, and its XML without entities."""
    with archive.open(part) as opened:
        start = opened.read(_AT_ONCE)
        # Entities are declared before the first element. UTF-16 has a nought beside every letter.
        if part.filename.lower().endswith(_XML) and b"<!ENTITY" in start.replace(b"\0", b""):
            raise _refused(path, "holds XML that declares entities, which no such file needs")
        while opened.read(_AT_ONCE):
            pass


def _refused(path: Path, problem: str) -> InputError:
    return InputError(
        f"{problem}, and is not opened", file=path, fix="Ask for the original, or save it again."
    )
