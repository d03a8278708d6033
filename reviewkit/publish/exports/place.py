"""An export's folder, put in place whole: made aside, then moved over the export before it."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reviewkit.model import Edition, InputError

from .earlier import check, clear_left, held

_NEW = ("partial", "before")


@contextmanager
def replacing_folder(folder: Path, engagement: str, edition: Edition) -> Iterator[Path]:
    """Give a folder to write to, and put it in the place of ``folder`` when all is written.

    Where writing fails, what was there stays and nothing else is left. What an export that was
    killed left beside ``folder`` is cleared.

    Raises
    ------
    InputError : ``folder`` holds anything but an earlier export of this engagement and edition, as
        it was written; or it cannot be made.
    """
    named, folder = folder, folder.resolve()  # "." has no name to make another beside
    check(folder, named, engagement, edition)
    made = _missing(folder.parent)
    mark = uuid.uuid4().hex[:8]
    aside, before = (folder.with_name(f".{folder.name}.{mark}.{word}") for word in _NEW)
    try:
        clear_left(folder, "partial")
        aside.mkdir(parents=True)
        with held(aside, must=False):
            yield aside
            check(folder, named, engagement, edition)  # somebody may have put something there since
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
    clear_left(folder, "before")  # not sooner: it is the earlier export where that was being replaced


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
