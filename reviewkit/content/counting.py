"""What could be counted for a topic that people raise and no measure shows."""

from __future__ import annotations

from functools import lru_cache

from .load import _data, _entries
from .models import Words, _Entry


class Count(_Entry):
    """What could be counted for a code, from which source, and how; its id is the code's."""

    what: Words
    source: Words
    how: Words


@lru_cache
def load_counts() -> dict[str, Count]:
    """Return by code what could be counted where people raise it and no measure shows it.

    >>> load_counts()["recognition"].what
    'people thanked for something specific in the last month'
    """
    return _entries(Count, _data("counts"), "counts", "counts.yaml")
