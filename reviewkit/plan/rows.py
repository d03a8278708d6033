"""Rows of a frame as plain dicts, their keys known to be text."""

from __future__ import annotations

from typing import Any

import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows in order, each a dict from column to value.

    >>> records(pd.DataFrame({"site": ["A"], "n": [1]}))
    [{'site': 'A', 'n': 1}]
    """
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
