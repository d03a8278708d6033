"""Events put in order, one case after the other, wherever they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from reviewkit.model import InputError

if TYPE_CHECKING:
    import ibis

    Events: TypeAlias = pd.DataFrame | ibis.Table


@dataclass(frozen=True)
class Ordered:
    """The steps of cases, one case after the other; a row below is a case, or cases alike.

    ``steps`` are codes in order, ``lengths`` how many belong to each row, ``names`` the
    activity of each code, in the order of their names. ``columns`` hold, row by row, the
    case's own columns and its units (and ``first, last``: its times), ``cases`` how many cases a row
    stands for. ``left_out`` counts the events without a case, an activity or a time.
    """

    steps: np.ndarray
    lengths: np.ndarray
    names: Sequence[Any]
    columns: Mapping[str, Any]
    cases: np.ndarray
    events: int
    left_out: Mapping[str, int]

    def said(self) -> list[str]:
        """Say what was left out; nothing where nothing was.

        >>> none = np.array([])
        >>> Ordered(none, none, [], {}, none, 9, {"at": 2, "case": 0}).said()
        ['2 of 9 events left out: without at (2).']
        """
        out = {name: count for name, count in self.left_out.items() if count}
        if not out:
            return []
        parts = ", ".join(f"without {name} ({count:,})" for name, count in out.items())
        return [f"{sum(out.values()):,} of {self.events:,} events left out: {parts}."]


def ordered(
    events: Events, case: Sequence[str], activity: str, at: str, by: Sequence[str], *, count: bool = False
) -> Ordered:
    """Return the events in order; with ``count`` cases of one unit and path may share a row.

    Raises
    ------
    InputError : a column is not there, or its times cannot be put in order.
    """
    for name in (*case, activity, at, *by):
        if name not in events.columns:
            raise InputError(
                f"there is no such column among {', '.join(map(str, events.columns))}", column=name
            )
    if isinstance(events, pd.DataFrame):
        from .in_memory import of_frame

        return of_frame(events, case, activity, at, by)
    from .in_database import of_table

    return of_table(events, case, activity, at, by, count=count)
