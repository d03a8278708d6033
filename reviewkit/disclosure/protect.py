"""Tables of the same people, cut differently, made safe together: complementary suppression."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from .audit import Cell, Tables, audit


def protected(
    tables: Sequence[tuple[str, pd.DataFrame]],
    count: str,
    by: str,
    *,
    minimum: int = 5,
    protection: float = 1.0,
) -> list[pd.Series[bool]]:
    """Return which rows of several tables of the same people must be left out.

    Each table cuts the same people differently (by department, by level), so that all add up to
    one total, and none may give another away. Small counts go first; then, as long as the audit
    finds one that can be worked out, the smallest count still shown beside it goes as well
    (complementary suppression, greedily).

    Parameters
    ----------
    tables : name and rows of each. count : column of counts. by : column of the groups.

    Examples
    --------
    >>> import pandas as pd
    >>> one = pd.DataFrame({"group": ["IT", "Sales"], "n": [12, 140]})
    >>> other = pd.DataFrame({"group": ["front line", "lead", "senior"], "n": [118, 30, 4]})
    >>> [part.tolist() for part in protected([("department", one), ("level", other)], "n", "group")]
    [[False, False], [False, True, True]]
    """
    hide = [frame[count].astype("float64").lt(minimum).copy() for _, frame in tables]
    truth: dict[Cell, float] = {}
    for name, frame in tables:
        truth |= _cells(name, frame, count, by)
    while True:
        known = Tables()
        for (name, frame), gone in zip(tables, hide, strict=True):
            cells = _cells(name, frame, count, by)
            shown = {cell: None if out else n for (cell, n), out in zip(cells.items(), gone, strict=True)}
            known.add(shown, total=("all",))
        exposed = audit([known.published()], minimum=minimum, protection=protection, hidden=truth)
        if not exposed or not _hide_next(exposed[0].cell, tables, hide, count):
            return hide


def _hide_next(
    cell: Cell, tables: Sequence[tuple[str, pd.DataFrame]], hide: list[pd.Series[bool]], count: str
) -> bool:
    """Leave out the smallest count still shown in the table of an exposed cell; whether there was one."""
    for place, (name, frame) in enumerate(tables):
        if name == cell[0]:
            shown = frame.loc[~hide[place], count].astype("float64")
            if shown.empty:
                return False
            hide[place] = hide[place] | (frame.index == shown.idxmin())
            return True
    return False


def _cells(name: str, frame: pd.DataFrame, count: str, by: str) -> dict[Cell, float]:
    pairs = zip(frame[by], frame[count], strict=True)
    return {(name, str(group)): float(n) for group, n in pairs}
