"""What an export may replace: an earlier one of its kind with nothing else in it, and its own leftovers."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from reviewkit.model import Edition, InputError, file_hash

MARK = "export.json"
"""The file by which a folder is known as an export, so that nothing else is ever replaced."""
MADE_BY = "reviewkit export"
_OF_THE_SYSTEM = (".DS_Store", "Thumbs.db", "desktop.ini")  # a file manager puts them into any folder
_PARTS = {"csv": (".csv",), "parquet": (".parquet",), "": (".md", ".json", ".xlsx")}


def check(folder: Path, named: Path, engagement: str, edition: Edition) -> None:
    """Refuse a folder that an export of this engagement and edition may not replace.

    Parameters
    ----------
    named : the folder as the user wrote it.

    Raises
    ------
    InputError : it holds a file that no export wrote or that was changed since, or another export.
    """
    fix = "Name a new folder, or an earlier export."
    try:
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return
        mark = _mark(folder)
        if mark is None:
            problem = "this folder holds other things, which an export would replace"
            raise InputError(problem, file=named, fix=fix)
        if mark["engagement"] != engagement or mark["edition"] != edition:
            problem = f"this folder holds the export of {mark['engagement']} for {mark['edition']}"
            raise InputError(problem, file=named, fix="Name another folder for each.")
        other = _other(folder, mark["files"])
    except OSError as error:
        problem = f"the export cannot be written ({error.strerror or type(error).__name__})"
        raise InputError(problem, file=named, fix=fix) from None
    if other:
        problem = f"the export would replace {other}"
        raise InputError(problem, file=named, fix="Move it elsewhere, or name another folder.")


def _mark(folder: Path) -> dict[str, Any] | None:
    """What the folder's mark says; None where it is not one that an export wrote."""
    path = folder / MARK
    if not folder.is_dir() or path.is_symlink() or not path.is_file():
        return None
    try:
        mark = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    if (
        not isinstance(mark, dict)
        or mark.get("made_by") != MADE_BY
        or not isinstance(mark.get("files"), dict)
    ):
        return None
    return mark if all(isinstance(mark.get(name), str) for name in ("engagement", "edition")) else None


def _other(folder: Path, files: dict[str, str]) -> str:
    """The first thing in an export's folder that is not as the export wrote it; empty where all is."""
    folders = {parent.as_posix() for name in files for parent in Path(name).parents}
    for path in _within(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink():
            if name not in folders:
                return f"the folder {name}, which no export wrote"
        elif name not in files and name != MARK and path.name not in _OF_THE_SYSTEM:
            return f"{name}, which no export wrote"
        elif path.is_symlink() or (name in files and file_hash(path) != files[name]):
            return f"{name}, which was changed since"
    return ""


def _within(folder: Path) -> Iterator[Path]:
    def stop(error: OSError) -> None:
        raise error  # what cannot be looked at may hold anything

    for place, folders, names in os.walk(folder, onerror=stop):
        for name in sorted([*folders, *names]):
            yield Path(place) / name


def clear_left(folder: Path, word: str) -> None:
    """Remove what exports that were killed left beside ``folder``: ``.<name>.<8 digits>.<word>``.

    One that an export is writing now, or that holds anything an export does not write, is left alone.
    """
    form = re.compile(rf"\.{re.escape(folder.name)}\.[0-9a-f]{{8}}\.{word}")
    with suppress(OSError):
        for path in [one for one in folder.parent.iterdir() if form.fullmatch(one.name)]:
            if path.is_dir() and not path.is_symlink() and _only_parts(path):
                with suppress(OSError), held(path):
                    shutil.rmtree(path, ignore_errors=True)


def _only_parts(folder: Path) -> bool:
    for path in _within(folder):
        at = path.parent.relative_to(folder).as_posix().removeprefix(".")
        if path.is_symlink() or (path.is_dir() and (at or path.name not in _PARTS)):
            return False
        if path.is_file() and path.suffix not in _PARTS.get(at, ()) and path.name not in _OF_THE_SYSTEM:
            return False
    return True


@contextmanager
def held(folder: Path, *, must: bool = True) -> Iterator[None]:
    """Mark a folder as in use by this process, however that ends.

    Raises
    ------
    OSError : another process has it, or the system cannot tell; not where it need not be told (``must``).
    """
    try:
        import fcntl
    except ImportError:  # Windows
        if must:
            raise OSError("folders cannot be locked here") from None
        yield
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        with nullcontext() if must else suppress(OSError):
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(place)
