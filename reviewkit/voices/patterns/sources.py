"""The six sources counted apart: what is raised in one-to-ones, in groups, and by customers."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import SOURCES

from .themes import CONCERNS

COLUMNS = ("code", "source", "units", "units_total")


def by_source(coded: pd.DataFrame, remarks: pd.DataFrame) -> pd.DataFrame:
    """Return how many interviews, comments or observations of each source raise each concern.

    Parameters
    ----------
    coded, remarks : as for :func:`themes`.

    Returns
    -------
    ``COLUMNS``: ``units`` of ``units_total`` of one of the six sources; a source that was heard and
    does not raise a concern has a row with 0, one that was not heard has none.

    Examples
    --------
    >>> said = pd.DataFrame({"unit_id": ["i1", "g1", "g1"], "code": "pay", "stance": "concern",
    ...                      "source": ["one_to_one", "group_work", "group_work"]})
    >>> by_source(said, said).values.tolist()
    [['pay', 'one_to_one', 1, 1], ['pay', 'group_work', 1, 1]]
    """
    totals = remarks.groupby("source")["unit_id"].nunique()
    heard = [source for source in SOURCES if totals.get(source, 0)]
    concern = coded[coded["stance"].isin(CONCERNS)]
    counts = concern.groupby(["code", "source"])["unit_id"].nunique()
    codes = sorted(concern["code"].unique())
    index = pd.MultiIndex.from_product([codes, heard], names=["code", "source"])
    table = counts.reindex(index, fill_value=0).rename("units").reset_index()
    return table.assign(units_total=table["source"].map(totals).astype("int64"))[list(COLUMNS)]
