"""Settings and bounds of an XmR chart, checked before limits are worked out."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from reviewkit.model import InputError

from .runs import Floats

Bounds: TypeAlias = tuple[float | None, float | None]
DIRECTIONS = ("increase", "decrease", "neutral")


def check_settings(direction: str, baseline: int | None) -> None:
    """Refuse a direction that is none, and a number of points that cannot fix limits."""
    if direction not in DIRECTIONS:
        raise InputError(
            f"'{direction}' is no direction", key="direction", fix=f"One of {', '.join(DIRECTIONS)}."
        )
    if baseline is not None and baseline < 1:
        raise InputError(
            f"{baseline} points cannot fix limits", key="baseline", fix="Give 1 or more, or none."
        )


def check_bounds(values: Floats, bounds: Bounds | None, value: str) -> None:
    """Refuse figures outside the bounds."""
    low, high = bounds or (None, None)
    beyond = np.zeros(len(values), dtype=bool)
    if low is not None:
        beyond |= values < low
    if high is not None:
        beyond |= values > high
    if beyond.any():
        ends = " to ".join("any" if end is None else f"{end:g}" for end in (low, high))
        raise InputError(
            f"{int(beyond.sum())} figures lie outside {ends}",
            column=value,
            fix="Correct the figures or the bounds.",
        )
