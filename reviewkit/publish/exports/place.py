"""An export's folder, put in place whole: made aside, then moved over the export before it."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reviewkit.model import InputError

MARK = "export.json"
"""The file by which a folder is known as an export, so that nothing else is ever replaced."""


@contextmanager
def replacing_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to write to, and put it in the place of ``folder`` when all is written.

    Where writing fails, what was there stays and nothing else is left.

    Raises
    ------
    InputError : ``folder`` is there and is no export, or cannot be made.
    """
    named, folder = folder, folder.resolve()  # "." has no name to make another beside
    if not free(folder):
        problem = "this folder holds other things, which an export would replace"
        raise InputError(problem, file=named, fix="Name a new folder, or an earlier export.")
    made = _missing(folder.parent)
    mark = uuid.uuid4().hex[:8]
    aside, before = (folder.with_name(f".{folder.name}.{mark}.{word}") for word in ("partial", "before"))
    try:
        aside.mkdir(parents=True)
        yield aside
        _swap(aside, folder, before)
    except BaseException as error:
        shutil.rmtree(aside, ignore_errors=True)
        for parent in made:
            with suppress(OSError):
                parent.rmdir()
        if isinstance(error, OSError):
            problem = f"the export cannot be written ({error.strerror or type(error).__name__})"
            raise InputError(problem, file=named, fix="Make room, or name another folder.") from None
        raise
    shutil.rmtree(before, ignore_errors=True)


def free(folder: Path) -> bool:
    """Return whether an export may be put there: nothing is, or an empty folder, or an earlier export."""
    if not folder.exists():
        return True
    return folder.is_dir() and ((folder / MARK).is_file() or not any(folder.iterdir()))


def _swap(aside: Path, folder: Path, before: Path) -> None:
    there = folder.exists()
    if there:
        folder.rename(before)
    try:
        aside.rename(folder)
    except OSError:
        if there:
            before.rename(folder)
        raise


def _missing(folder: Path) -> list[Path]:
    """The folders that have yet to be made, the innermost first."""
    return [path for path in (folder, *folder.parents) if not path.exists()]
