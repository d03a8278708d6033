"""What one group raises far more than the rest: counted for interviews, tested for customers' comments."""

from __future__ import annotations

import pandas as pd

from ..partnering import holm
from .themes import CONCERNS

COLUMNS = ("code", "group", "units", "units_total", "share", "rest", "rest_total", "rest_share", "firm")
TESTED = ("code", "group", "units", "units_total", "share", "rest", "rest_total", "rest_share")


def standing_out(
    coded: pd.DataFrame, remarks: pd.DataFrame, *, by: str = "department", margin: float = 0.3
) -> pd.DataFrame:
    """Return concerns that one group raises far more than the rest.

    Interviews are chosen, not sampled: this compares counts, and no test is claimed.

    Parameters
    ----------
    coded, remarks : as for :func:`themes`; only interviews are read.
    by : ``department``, ``level`` or ``site``.
    margin : how much larger the group's share of interviews must be than the others'.

    Returns
    -------
    ``COLUMNS``: groups of at least two interviews of which at least two raise it, largest
    difference first. ``rest`` of ``rest_total`` interviews elsewhere raise it; a session with people
    of two groups counts in both. ``firm`` is true where the difference would stand with one
    interview fewer raising it there.

    Examples
    --------
    >>> said = pd.DataFrame({"unit_id": ["i1", "i2", "i3"], "department": ["a", "a", "b"],
    ...                      "kind": "interview", "code": ["pay", "pay", "morale"], "stance": "concern"})
    >>> standing_out(said, said)[["code", "group", "units", "rest", "firm"]].values.tolist()
    [['pay', 'a', 2, 0, True]]
    """
    raised = _counts(coded, remarks, by, "interview")
    above = raised["share"] - raised["rest_share"]
    one_fewer = (raised["units"] - 1) / raised["units_total"] - raised["rest_share"]
    raised = raised.assign(above=above, firm=one_fewer >= margin)
    found = raised[(above >= margin) & (raised["units"] >= 2) & (raised["rest_total"] > 0)]
    found = found.sort_values(["above", "units", "code", "group"], ascending=[False, False, True, True])
    return found[list(COLUMNS)].reset_index(drop=True)


def comments_standing_out(
    coded: pd.DataFrame,
    remarks: pd.DataFrame,
    *,
    by: str = "site",
    margin: float = 0.1,
    fewest: int = 5,
    level: float = 0.05,
) -> pd.DataFrame:
    """Return concerns that customers of one group raise more than those of the rest, tested.

    Fisher's exact test, one-sided for "more" (R. A. Fisher, Statistical Methods for Research
    Workers, 5th ed. 1934, section 21.02), one test a code and group; corrected for their number by
    Holm's method (1979). The interval of the difference is Newcombe's hybrid score interval (R. G.
    Newcombe, Statistics in Medicine 17, 1998, method 10).

    Parameters
    ----------
    coded, remarks : as for :func:`themes`; only customers' comments are read.
    by : ``site`` or ``contract``.
    margin : smallest difference in share worth telling.
    fewest : comments in a group that must raise it.
    level : largest corrected p-value.

    Returns
    -------
    ``TESTED`` and ``difference, lower, upper, p_value`` (corrected), ``looks``: how many comparisons
    were made. Largest difference first.
    """
    raised = _counts(coded, remarks, by, "customer")
    raised = raised[raised["rest_total"] > 0].reset_index(drop=True)
    tested = raised.assign(
        difference=raised["share"] - raised["rest_share"],
        p_value=holm(_fisher(raised)),
        looks=len(raised),
    )
    tested = tested.join(_newcombe(raised))
    keep = tested["difference"].ge(margin) & tested["units"].ge(fewest) & tested["p_value"].le(level)
    found = tested[keep].sort_values(["difference", "code", "group"], ascending=[False, True, True])
    columns = [*TESTED, "difference", "lower", "upper", "p_value", "looks"]
    return found[columns].reset_index(drop=True)


def _counts(coded: pd.DataFrame, remarks: pd.DataFrame, by: str, kind: str) -> pd.DataFrame:
    """Return one row a code and group, those that do not raise it included."""
    heard = remarks.loc[(remarks["kind"] == kind) & (remarks[by] != ""), ["unit_id", by]]
    concern = coded[(coded["kind"] == kind) & coded["stance"].isin(CONCERNS) & (coded[by] != "")]
    if concern.empty:
        empty = dict.fromkeys(TESTED[2:], pd.Series(dtype="float64"))
        return pd.DataFrame({"code": pd.Series(dtype="str"), "group": pd.Series(dtype="str")} | empty)
    totals = _inside_and_elsewhere(heard.drop_duplicates(), by)
    raised = concern[["code", "unit_id", by]].drop_duplicates()
    codes = sorted(raised["code"].unique())
    index = pd.MultiIndex.from_product([codes, totals.index], names=["code", "group"])
    table = _inside_and_elsewhere(raised, by, ["code"]).reindex(index, fill_value=0)
    everyone = raised.groupby("code")["unit_id"].nunique()
    table = table.reset_index()
    # Where a group raises a code never, all who raise it are elsewhere.
    table["rest"] = table["rest"].where(table["units"] > 0, table["code"].map(everyone))
    table["units_total"] = table["group"].map(totals["units"])
    table["rest_total"] = table["group"].map(totals["rest"])
    table["share"] = table["units"] / table["units_total"]
    table["rest_share"] = (table["rest"] / table["rest_total"].where(table["rest_total"] > 0)).fillna(0.0)
    return table


def _inside_and_elsewhere(pairs: pd.DataFrame, by: str, keys: list[str] | None = None) -> pd.DataFrame:
    """Return how many units are of a group, and how many are (also) of another one."""
    keys = keys or []
    groups = pairs.groupby([*keys, "unit_id"])[by].transform("nunique")
    marked = pairs.assign(only=groups.eq(1))
    inside = marked.groupby([*keys, by]).agg(units=("unit_id", "nunique"), only=("only", "sum"))
    if keys:
        everyone = pairs.groupby(keys[0])["unit_id"].nunique()
        inside["rest"] = inside.index.get_level_values(keys[0]).map(everyone.to_dict()) - inside["only"]
    else:
        inside["rest"] = pairs["unit_id"].nunique() - inside["only"]
    return inside.rename_axis(index={by: "group"})[["units", "rest"]].astype("int64")


def _fisher(raised: pd.DataFrame) -> pd.Series:
    """P(at least so many here), all margins given: the hypergeometric tail."""
    from scipy.stats import hypergeom

    size = raised["units_total"] + raised["rest_total"]
    with_it = raised["units"] + raised["rest"]
    tail = hypergeom.sf(raised["units"] - 1, size, with_it, raised["units_total"])
    return pd.Series(tail, index=raised.index, dtype="float64").clip(upper=1.0)


def _newcombe(raised: pd.DataFrame) -> pd.DataFrame:
    """95 % interval of the difference of two shares, from the Wilson intervals of each."""
    low_a, high_a = _wilson(raised["units"], raised["units_total"])
    low_b, high_b = _wilson(raised["rest"], raised["rest_total"])
    a, b = raised["share"], raised["rest_share"]
    lower = (a - b) - ((a - low_a) ** 2 + (high_b - b) ** 2) ** 0.5
    upper = (a - b) + ((high_a - a) ** 2 + (b - low_b) ** 2) ** 0.5
    return pd.DataFrame({"lower": lower, "upper": upper}, index=raised.index)


def _wilson(n: pd.Series, total: pd.Series, z: float = 1.959963984540054) -> tuple[pd.Series, pd.Series]:
    centre = (n + z**2 / 2) / (total + z**2)
    half = z / (total + z**2) * (n * (total - n) / total + z**2 / 4) ** 0.5
    return centre - half, centre + half
