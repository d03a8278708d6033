"""Which concerns come up in the same interviews, and whether more often than their numbers would bring."""

from __future__ import annotations

import pandas as pd

from .themes import CONCERNS

COLUMNS = ("code_a", "code_b", "units", "units_a", "units_b", "jaccard", "lift")


def together(coded: pd.DataFrame, remarks: pd.DataFrame | None = None, *, minimum: int = 3) -> pd.DataFrame:
    """Return pairs of concerns raised in the same interviews.

    ``jaccard`` is the share of the interviews that raise either which raise both (P. Jaccard, 1901):
    ``both / (a + b - both)``. ``lift`` is how many times as often both come up as they would if
    neither had to do with the other: ``both x all / (a x b)``. Neither says that one brings the other.

    Parameters
    ----------
    coded : as for :func:`themes`; only interviews and their concerns are read.
    remarks : all remarks, for the number of interviews; else those with a code are all.
    minimum : interviews that must raise both.

    Returns
    -------
    ``COLUMNS``, most often together first.

    Examples
    --------
    >>> said = pd.DataFrame({"unit_id": ["i1", "i1", "i2", "i2", "i3"], "kind": "interview",
    ...                      "code": ["pay", "morale", "pay", "morale", "it"], "stance": "concern"})
    >>> together(said, minimum=2).round(2).values.tolist()
    [['morale', 'pay', 2, 2, 2, 1.0, 1.5]]
    """
    concern = coded[(coded["kind"] == "interview") & coded["stance"].isin(CONCERNS)]
    pairs = concern[["unit_id", "code"]].drop_duplicates()
    alone = pairs.groupby("code")["unit_id"].size()
    joined = pairs.merge(pairs, on="unit_id", suffixes=("_a", "_b"))
    joined = joined[joined["code_a"] < joined["code_b"]]
    found = joined.groupby(["code_a", "code_b"]).size().rename("units").reset_index()
    found = found[found["units"] >= minimum]
    if found.empty:
        return pd.DataFrame(columns=list(COLUMNS)).astype({"lift": "float64", "units": "int64"})
    found["units_a"], found["units_b"] = found["code_a"].map(alone), found["code_b"].map(alone)
    found["jaccard"] = found["units"] / (found["units_a"] + found["units_b"] - found["units"])
    held = coded if remarks is None else remarks
    everyone = held.loc[held["kind"] == "interview", "unit_id"].nunique()
    found["lift"] = found["units"] * everyone / (found["units_a"] * found["units_b"])
    order = found.sort_values(["units", "jaccard", "code_a", "code_b"], ascending=[False, False, True, True])
    return order[list(COLUMNS)].reset_index(drop=True)
