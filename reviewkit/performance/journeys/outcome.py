"""Does a departure from the journey go with the outcome, also within each site?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from reviewkit.model import InputError

from ..comparison.checked import part_of
from ..spc.grouping import check_columns
from .interval import Z


def stratified_difference(cells: pd.DataFrame) -> dict[str, float]:
    """Return how much more often one group of cases has an outcome, within strata such as sites.

    Groups that differ between strata (one site both skips more and achieves less) give a
    difference that no stratum has (Simpson's paradox). Here each stratum's own difference
    counts, weighted as by Mantel and Haenszel ("Statistical aspects of the analysis of data
    from retrospective studies", 1959): ``n1 n0 / n``. The variance is that of Sato ("On the
    variance estimator for the Mantel-Haenszel risk difference", 1989), good for few large and
    for many small strata. The test is that of Mantel and Haenszel without correction.

    Parameters
    ----------
    cells : ``stratum, exposed`` (bool), ``won`` (cases with the outcome), ``size`` (cases).

    Returns
    -------
    ``difference, lower, upper`` (95 %; from -1 to 1), ``p_value``, ``crude`` (the difference
    without strata), ``cases`` and ``strata`` (those with both groups), ``left_out`` (cases of
    strata with one group alone). Missing where no stratum has both.

    Raises
    ------
    InputError : more cases won than there are; a count is missing, infinite or negative; or it is
        not known of some whether they are exposed.

    Examples
    --------
    >>> rows = [("a", True, 8, 80), ("a", False, 2, 20), ("b", True, 10, 20), ("b", False, 40, 80)]
    >>> found = stratified_difference(pd.DataFrame(rows, columns=["stratum", "exposed", "won", "size"]))
    >>> round(found["crude"], 2), round(found["difference"], 2)
    (-0.24, 0.0)
    """
    from scipy.special import chdtrc

    table = _two_by_two(cells)
    both = table[(table["n1"] > 0) & (table["n0"] > 0)]
    sums = both.sum()
    left = int(cells["size"].sum() - sums["n1"] - sums["n0"])
    empty = dict.fromkeys(("difference", "lower", "upper", "p_value", "crude"), float("nan"))
    counts: Mapping[str, float] = {
        "cases": int(sums["n1"] + sums["n0"]),
        "strata": len(both),
        "left_out": left,
    }
    if both.empty:
        return {**empty, **counts}
    a, b, n1, n0 = (both[name].to_numpy(dtype="float64") for name in ("a", "b", "n1", "n0"))
    n = n1 + n0
    weight = n1 * n0 / n
    difference = float(((a * n0 - b * n1) / n).sum() / weight.sum())
    # Sato: P and Q as in his paper.
    p = (n1**2 * b - n0**2 * a + n1 * n0 * (n0 - n1) / 2) / n**2
    q = (a * (n0 - b) + b * (n1 - a)) / (2 * n)
    half = Z * float(np.sqrt(max(difference * p.sum() + q.sum(), 0.0)) / weight.sum())
    won = a + b
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.where(n > 1, n1 * n0 * won * (n - won) / (n**2 * (n - 1)), 0.0).sum()
    squared = (a.sum() - (n1 * won / n).sum()) ** 2 / spread if spread > 0 else 0.0
    return {
        "difference": difference,
        "lower": max(difference - half, -1.0),
        "upper": min(difference + half, 1.0),
        "p_value": float(chdtrc(1, squared)),
        "crude": float(sums["a"] / sums["n1"] - sums["b"] / sums["n0"]),
        **counts,
    }


def _two_by_two(cells: pd.DataFrame) -> pd.DataFrame:
    """Return one row a stratum: ``a`` of ``n1`` exposed and ``b`` of ``n0`` others with the outcome."""
    check_columns(cells, ["stratum", "exposed", "won", "size"])
    part_of(cells, "won", "size")
    if cells["exposed"].isna().any() or not cells["exposed"].isin([True, False]).all():
        raise InputError("it is not true or false in every row", column="exposed",
                         fix="Leave cases out of which that is not known, and say how many.")  # fmt: skip
    sums = cells.groupby(["stratum", cells["exposed"].astype(bool)])[["won", "size"]].sum()
    parts = {
        name: sums[column].unstack(fill_value=0).reindex(columns=[True, False], fill_value=0)[flag]
        for name, column, flag in (("a", "won", True), ("b", "won", False), ("n1", "size", True),
                                   ("n0", "size", False))
    }  # fmt: skip
    return pd.DataFrame(parts)
