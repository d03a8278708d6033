"""Cells too small to show, and the further cells that keep them from being worked out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

SUPPRESSED = "suppressed"


def suppress(
    frame: pd.DataFrame,
    count_col: str,
    *,
    minimum: int = 5,
    values: Sequence[str] = (),
    by: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return a one-way table with small cells, and those that would give them away, left out.

    Parameters
    ----------
    frame : one row a cell; each group of ``by`` is a table whose total may be known.
    count_col : column of counts (respondents, people).
    minimum : the smallest count that may be shown.
    values : further columns to leave out with the count, such as a mean.
    by : columns that tell separate tables apart; without them the frame is one table.

    Returns
    -------
    The same rows with a column ``suppressed``; counts and values there are missing. In each
    table the cells left out are none, or at least two (where there are two) that together
    reach ``minimum``: otherwise the next smallest cell is left out as well. A table
    whose every cell is left out must be shown without its total if that is below ``minimum``.
    This guards against subtraction from a total; it does not guard one table against another that
    cuts the same people differently.

    Examples
    --------
    >>> table = pd.DataFrame({"site": ["a", "b", "c"], "n": [3, 9, 30]})
    >>> suppress(table, "n")["suppressed"].tolist()
    [True, True, False]
    """
    result = frame.copy()
    counts = pd.to_numeric(result[count_col]).astype("float64").fillna(0)
    if by is None:
        flags = pd.Series(_flags(counts.to_numpy(), minimum), index=result.index)
    else:
        keys = [result[name] for name in ([by] if isinstance(by, str) else by)]
        flags = counts.groupby(keys, dropna=False).transform(lambda part: _flags(part.to_numpy(), minimum))
    result[SUPPRESSED] = flags.astype(bool)
    for name in (count_col, *values):
        result[name] = result[name].mask(result[SUPPRESSED])
    return result


def _flags(counts: np.ndarray, minimum: int) -> np.ndarray:
    """Mark primary cells, then the next smallest until the hidden ones hide each other."""
    order = np.argsort(counts, kind="stable")
    hidden = int((counts < minimum).sum())
    if hidden:
        sorted_counts = counts[order]
        while hidden < len(counts) and (hidden < 2 or sorted_counts[:hidden].sum() < minimum):
            hidden += 1
    flags = np.zeros(len(counts), dtype=bool)
    flags[order[:hidden]] = True
    return flags
