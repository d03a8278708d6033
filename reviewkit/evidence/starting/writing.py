"""What keeps files from being written, told in a line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewkit.model import InputError


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Tell as an input error what the system has against writing below ``folder``.

    Raises
    ------
    InputError : a file is where a folder is wanted, or writing there is not allowed or not possible.
    """
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        raise InputError(
            "is a file, and a folder is wanted there", file=_place(error, folder), fix="Choose another."
        ) from None
    except OSError as error:
        problem = f"cannot be written to ({error.strerror or 'the disk says no more'})"
        raise InputError(problem, file=_place(error, folder), fix="Choose another folder.") from None


def _place(error: OSError, folder: Path) -> Path:
    if not error.filename:
        return folder
    # What is being written has a name of its own, which tells nobody anything.
    path = Path(str(error.filename))
    return path.parent if path.suffix == ".partial" else path
