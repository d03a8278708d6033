"""Files that are there whole or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# In a data folder, what the client is asked for: no evidence.
DATA_REQUEST = "data_request.csv"
# Where the pages of a run are built before they are put in place, and where those before them stay
# for as long as that takes.
SITE, SITE_ASIDE, SITE_BEFORE = "site", ".site-new", ".site-before"
# In the folder of results, the last try of each params file that was refused before it made a run.
REFUSED = ".refused"


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to, and put what was written in the place of ``path`` in one move.

    A reader meets the old file or the new one. Where writing fails, the old one stays and
    nothing else is left.

    Examples
    --------
    >>> with replacing(Path("notes.txt")) as partial:          # doctest: +SKIP
    ...     partial.write_text("all of it", encoding="utf-8")
    """
    # A name of its own: others may be writing the same file.
    partial = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.partial")
    try:
        yield partial
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def write_whole(path: Path, text: str) -> None:
    """Write a text file, whole or not at all."""
    with replacing(path) as partial:
        partial.write_text(text, encoding="utf-8")
