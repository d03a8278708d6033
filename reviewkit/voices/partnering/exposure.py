"""Whether tables that cut the same people differently would together give a small group away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

CUTS = ("group", "department", "site")
"""What tables of the survey are cut by."""


def exposed(
    respondents: pd.DataFrame,
    published: Sequence[pd.Series[Any]],
    minimum: int = 5,
    cuts: Sequence[str] = CUTS,
) -> list[tuple[dict[str, str], ...]]:
    """Return groups under ``minimum`` whose score follows from what is published, by sums and differences.

    People who share side, department and site are never told apart by any table, so they are one
    *atom*. A published mean with its number is a sum over atoms. A group is exposed where its
    sum is a linear combination of the published ones: where its indicator lies in the row space
    of their matrix. All groups of whole atoms that together hold fewer than ``minimum``
    people are tried.

    Parameters
    ----------
    respondents : one row a person with the ``cuts``.
    published : for each mean that is shown, which respondents it is over (true or false).
    cuts : the columns that tables are cut by.

    Returns
    -------
    Each exposed group as its atoms; empty where nothing is given away.

    >>> people = pd.DataFrame({"group": "front_line", "department": ["a"] * 6 + ["b"], "site": "x"})
    >>> whole, part = people["site"].eq("x"), people["department"].eq("a")
    >>> len(exposed(people, [part])), len(exposed(people, [part, whole]))
    (0, 1)
    """
    if not published or respondents.empty:
        return []
    keys = respondents[list(cuts)].fillna("").astype("str")
    codes, atoms = pd.factorize(pd.MultiIndex.from_frame(keys))
    sizes = np.bincount(codes)
    rows = np.array([_row(codes, shown.to_numpy(dtype=bool), len(sizes)) for shown in published])
    basis = np.linalg.svd(rows, full_matrices=False)
    kept = basis.Vh[basis.S > 1e-9]
    small = np.flatnonzero(sizes < minimum)
    found = []
    for count in range(1, minimum):
        for chosen in combinations(small, count):
            if sizes[list(chosen)].sum() >= minimum:
                continue
            wanted = np.zeros(len(sizes))
            wanted[list(chosen)] = 1
            if float(np.abs(wanted - kept.T @ (kept @ wanted)).max()) < 1e-7:
                found.append(tuple(dict(zip(cuts, atoms[int(place)], strict=True)) for place in chosen))
    return found


def showable(
    respondents: pd.DataFrame,
    by: str,
    before: Iterable[pd.Series[Any]] = (),
    minimum: int = 5,
    among: pd.Series[Any] | None = None,
) -> list[str]:
    """Return the values of ``by`` whose means can be shown next to what is shown already.

    Those under ``minimum`` respondents go first; then the smallest one left, as long as any small
    group would follow from the rest.

    Parameters
    ----------
    respondents : one row a person with :data:`CUTS`.
    before : what is published already, as in :func:`exposed`.
    among : the respondents that these means are over, where not all are.

    >>> people = pd.DataFrame({"group": "front_line", "department": [*"aaaaaabccccccccc"], "site": "x"})
    >>> showable(people, "department", [people["site"].eq("x")])
    ['c']
    """
    counted = respondents if among is None else respondents[among]
    sizes = counted[by].dropna().value_counts().sort_index(kind="stable").sort_values(kind="stable")
    shown = [str(name) for name in sizes.index[sizes >= minimum]]
    fixed = list(before)
    while shown and exposed(respondents, [*fixed, *over(respondents, by, shown, among)], minimum):
        shown = shown[1:]
    return sorted(shown)


def over(
    respondents: pd.DataFrame, by: str, names: Iterable[str], among: pd.Series[Any] | None = None
) -> list[pd.Series[Any]]:
    """Return for each of the ``names`` which respondents its mean is over, as :func:`exposed` takes it."""
    within = pd.Series(True, index=respondents.index) if among is None else among
    return [respondents[by].eq(name) & within for name in names]


def _row(codes: np.ndarray, shown: np.ndarray, atoms: int) -> np.ndarray:
    row = np.zeros(atoms)
    row[np.unique(codes[shown])] = 1
    return row
