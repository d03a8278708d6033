"""Scores as given, and as if every case had been as likely to be scored."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .checked import figures, part_of


def weighted_scores(
    cells: pd.DataFrame,
    *,
    unit: str,
    strata: Sequence[str],
    asked: str,
    answered: str,
    scores: str,
    squares: str,
) -> pd.DataFrame:
    """Return each unit's mean score as given, and as if all cases had been as likely to be scored.

    Each answer counts for ``1 / p`` cases, ``p`` the share of all cases of its stratum that was
    scored (inverse-probability weighting by adjustment cells; Little and Rubin, 2002,
    *Statistical analysis with missing data*, 3.3; the mean is Hájek's). It puts right whatever
    hangs on the strata, such as the outcome and the channel; not that, of those in one stratum,
    the contented may answer more.

    Parameters
    ----------
    unit : column that names the unit.
    strata : columns that make cases as likely to be scored, such as the outcome and the channel.
    scores, squares : columns of the sums of scores and of their squares.

    Returns
    -------
    One row a unit: ``unit, asked, answered, rate`` (share scored), ``raw, weighted, error``
    (standard error of ``weighted``), ``raw_rank, weighted_rank`` (1 for the highest), ``moved``
    (places the unit moves up). Units without an answer have no score and no rank.

    Raises
    ------
    InputError : counts are missing, infinite or negative, or answers exceed cases.

    Examples
    --------
    >>> cells = pd.DataFrame({"agent": list("aabb"), "solved": [True, False] * 2, "calls": [50, 50, 90, 10],
    ...                       "scores": [20, 5, 36, 1], "sum": [80, 10, 144, 2], "square": [330, 25, 590, 4]})
    >>> found = weighted_scores(cells, unit="agent", strata=["solved"], asked="calls", answered="scores",
    ...                         scores="sum", squares="square")
    >>> found[["agent", "raw", "weighted"]].round(2).values.tolist()
    [['a', 3.6, 3.0], ['b', 3.95, 3.8]]
    """
    part_of(cells, answered, asked)
    for name in (scores, squares):
        figures(cells, name)
    keys = [cells[name].astype("object").where(cells[name].notna(), "") for name in strata]
    like = cells[[asked, answered]].groupby(keys or [pd.Series("", index=cells.index)]).transform("sum")
    weight = (like[asked] / like[answered]).where(cells[answered] > 0, 0.0)
    sums = pd.DataFrame({
        "asked": cells[asked], "answered": cells[answered], "raw": cells[scores],
        "size": weight * cells[answered], "total": weight * cells[scores],
        "w2": weight**2 * cells[answered], "w2y": weight**2 * cells[scores],
        "w2yy": weight**2 * cells[squares],
    }).groupby(cells[unit]).sum().reset_index()  # fmt: skip
    given = sums["answered"].where(sums["answered"] > 0)
    size = sums["size"].where(sums["size"] > 0)
    mean = sums["total"] / size
    # Linearised variance of a ratio of weighted sums.
    around = sums["w2yy"] - 2 * mean * sums["w2y"] + mean**2 * sums["w2"]
    made = pd.DataFrame({unit: sums[unit], "asked": sums["asked"], "answered": sums["answered"],
                         "rate": sums["answered"] / sums["asked"].where(sums["asked"] > 0),
                         "raw": sums["raw"] / given, "weighted": mean})  # fmt: skip
    made["error"] = np.sqrt(around.clip(lower=0) * given / (given - 1).where(given > 1)) / size
    for name in ("raw", "weighted"):
        made[f"{name}_rank"] = made[name].rank(ascending=False, method="min").astype("Int64")
    return made.assign(moved=made["raw_rank"] - made["weighted_rank"])
