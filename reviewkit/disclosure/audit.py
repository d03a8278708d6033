"""The audit: what a reader can work out about counts that are not shown, from everything that is.

Every count is a variable; what is published is a bound on it or on a sum of several. The
smallest and the largest value a hidden count can take are two linear programmes, and what lies
between is what protects it (Fischetti and Salazar, Solving the cell suppression problem on tabular
data with linear constraints, Management Science 47, 2001; Willenborg and de Waal, Elements of
Statistical Disclosure Control, 2001, chapter 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Cell = tuple[str, ...]
"""What a count is of, such as ``("department", "IT")``; the same count in two tables has one name."""
_MOST = 10_000_000.0


@dataclass(frozen=True)
class Published:
    """What is shown: counts, bounds of counts, and sums of counts, by cell.

    Parameters
    ----------
    lower, upper : what is known of each cell; equal where it is shown. A band such as "a few" is
        2 and 3; what is left out is nought and whatever is the most it could be.
    sums : cells that a reader knows to add up to another, such as those of a table to its total.
    """

    lower: Mapping[Cell, float]
    upper: Mapping[Cell, float]
    sums: tuple[tuple[tuple[Cell, ...], Cell], ...] = ()


@dataclass(frozen=True)
class Exposed:
    """A hidden count that can be worked out too closely: between ``lowest`` and ``highest``."""

    cell: Cell
    lowest: float
    highest: float

    def __str__(self) -> str:
        """Say which count, and how closely; the count itself is not told.

        >>> str(Exposed(("level", "senior leadership"), 4, 4))
        'level, senior leadership: can be worked out exactly'
        """
        width = self.highest - self.lowest
        close = "exactly" if width < 1 else f"to within {width:.0f}"
        return f"{', '.join(self.cell)}: can be worked out {close}"


@dataclass
class Tables:
    """Published tables of counts put together for the audit, cell by cell.

    Examples
    --------
    Two tables of the same 152 people: one level is left out, and its count can still be had.

    >>> tables = Tables()
    >>> tables.add({("department", "IT"): 12, ("department", "Sales"): 140}, total=("all",))
    >>> tables.add({("level", "front line"): 148, ("level", "senior"): None}, total=("all",))
    >>> [str(one) for one in audit([tables.published()], minimum=5)]
    ['level, senior: can be worked out exactly']
    """

    lower: dict[Cell, float] = field(default_factory=dict)
    upper: dict[Cell, float] = field(default_factory=dict)
    sums: list[tuple[tuple[Cell, ...], Cell]] = field(default_factory=list)

    def know(self, cell: Cell, lowest: float, highest: float) -> None:
        """Take in what a reader knows of a count: shown where both are the same."""
        self.lower[cell] = max(self.lower.get(cell, 0.0), lowest)
        self.upper[cell] = min(self.upper.get(cell, _MOST), highest)

    def add(self, cells: Mapping[Cell, float | None], *, total: Cell, shown: float | None = None) -> None:
        """Take in a table: its cells, None where left out, which add up to ``total``, shown or not."""
        for cell, count in cells.items():
            self.know(cell, 0.0 if count is None else float(count), _MOST if count is None else float(count))
        self.know(total, 0.0 if shown is None else shown, _MOST if shown is None else shown)
        self.sums.append((tuple(cells), total))

    def published(self) -> Published:
        """Return what is known, ready for :func:`audit`."""
        return Published(dict(self.lower), dict(self.upper), tuple(self.sums))


def audit(
    published: Iterable[Published],
    *,
    minimum: int = 5,
    protection: float = 1.0,
    hidden: Mapping[Cell, float] | None = None,
) -> list[Exposed]:
    """Return the hidden counts that can be worked out too closely from everything published together.

    Parameters
    ----------
    published : what each table or page shows; the same cell may stand in several.
    minimum : counts that can be seen to be at least this are no secret, however closely they are known.
    protection : how far apart the lowest and the highest value of a hidden count must lie.
    hidden : the counts not shown, where the auditor knows them: only those under ``minimum`` are then
        looked at. Left out, every count that is not shown is.

    Returns
    -------
    Those that are not protected, in the order of their names: ``max(x) - min(x) < protection``
    over all ``x >= 0`` with ``lower <= x <= upper`` and ``sum(cells) = total`` for each table.

    Raises
    ------
    ValueError : what is published contradicts itself.

    Examples
    --------
    >>> one = Tables()
    >>> one.add({("site", "a"): None, ("site", "b"): None, ("site", "c"): 30}, total=("all",), shown=42)
    >>> audit([one.published()])
    []
    """
    whole = _together(published)
    open_cells = [cell for cell in whole.lower if whole.upper[cell] - whole.lower[cell] >= protection]
    asked = [
        cell for cell in open_cells
        if hidden is None or (cell in hidden and hidden[cell] < minimum)
    ]  # fmt: skip
    found = []
    for cell, lowest, highest in feasible(whole, asked):
        if highest - lowest < protection and lowest < minimum:
            found.append(Exposed(cell, lowest, highest))
    return sorted(found, key=lambda one: one.cell)


def feasible(published: Published, cells: Sequence[Cell]) -> list[tuple[Cell, float, float]]:
    """Return the lowest and highest value of each cell that agree with everything published.

    >>> one = Tables()
    >>> one.add({("a",): None, ("b",): None}, total=("t",), shown=7)
    >>> one.know(("b",), 2, 3)
    >>> feasible(one.published(), [("a",)])
    [(('a',), 4.0, 5.0)]
    """
    import numpy as np
    from scipy.optimize import linprog

    names = list(
        dict.fromkeys([*published.lower, *(c for part, total in published.sums for c in (*part, total))])
    )
    place = {cell: number for number, cell in enumerate(names)}
    bounds = [(published.lower.get(cell, 0.0), published.upper.get(cell, _MOST)) for cell in names]
    equal = _sums(published, place)
    right = np.zeros(equal.shape[0]) if equal is not None else None
    found = []
    for cell in cells:
        ends = []
        for sign in (1.0, -1.0):
            aim = np.zeros(len(names))
            aim[place[cell]] = sign
            solved = linprog(aim, A_eq=equal, b_eq=right, bounds=bounds, method="highs")
            if solved.status == 2:  # infeasible, in scipy's words
                raise ValueError("what is published contradicts itself")
            ends.append(sign * float(solved.fun))
        # Counts are whole: an end between two is moved to the next that can be.
        found.append((cell, float(np.ceil(ends[0] - 1e-6)), float(np.floor(ends[1] + 1e-6))))
    return found


def _together(published: Iterable[Published]) -> Published:
    tables = Tables()
    for one in published:
        for cell, lowest in one.lower.items():
            tables.know(cell, lowest, one.upper.get(cell, _MOST))
        tables.sums += [each for each in one.sums if each not in tables.sums]
    return tables.published()


def _sums(published: Published, place: Mapping[Cell, int]) -> Any:
    """Return one row a sum, 1 for each part and -1 for the total; None where nothing is added up."""
    import numpy as np
    from scipy.sparse import coo_array

    if not published.sums:
        return None
    triples: list[tuple[int, int, float]] = []
    for number, (part, total) in enumerate(published.sums):
        triples += [(number, place[cell], 1.0) for cell in part]
        triples.append((number, place[total], -1.0))
    rows, columns, values = zip(*triples, strict=True)
    shape = (len(published.sums), len(place))
    return coo_array((np.array(values), (np.array(rows), np.array(columns))), shape=shape).tocsr()
