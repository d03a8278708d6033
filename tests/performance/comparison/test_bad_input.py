"""Figures that cannot be compared are refused in one line, or kept and seen to be left out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reviewkit.model import InputError
from reviewkit.performance import funnel, shrink, shrink_means

GOOD = pd.DataFrame({"site": ["A", "B", "C"], "x": [5.0, 6.0, 7.0], "n": [10.0, 10.0, 10.0]})
BAD = {
    "negative": (GOOD.assign(x=[-1.0, 6.0, 7.0]), "1 of 3 figures are below 0"),
    "negative size": (GOOD.assign(n=[10.0, -10.0, 10.0]), "1 of 3 figures are below 0"),
    "infinite": (GOOD.assign(x=[np.inf, 6.0, 7.0]), "1 of 3 values are infinite"),
    "more than all": (GOOD.assign(x=[11.0, 6.0, 7.0]), "'n'"),
}


@pytest.mark.parametrize("case", BAD)
def test_funnel_refuses(case: str) -> None:
    frame, said = BAD[case]
    with pytest.raises(InputError, match=said) as caught:
        funnel(frame, numerator="x", denominator="n", by="site")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("case", BAD)
def test_shrink_refuses(case: str) -> None:
    frame, said = BAD[case]
    with pytest.raises(InputError, match=said):
        shrink(frame, successes="x", trials="n")


@pytest.mark.parametrize("kind", ["proportion", "ratio"])
def test_funnel_refuses_one_unit_only(kind: str) -> None:
    with pytest.raises(InputError, match="two units or more; 1 of 2 have counts"):
        funnel(GOOD.head(2).assign(n=[10, 0], x=[5, 0]), numerator="x", denominator="n", by="site", kind=kind)


def test_funnel_refuses_a_unit_twice_and_one_without_name() -> None:
    with pytest.raises(InputError, match="1 of 3 rows repeat a unit"):
        funnel(GOOD.assign(site=["A", "B", "A"]), numerator="x", denominator="n", by="site")
    with pytest.raises(InputError, match="1 units have no name"):
        funnel(GOOD.assign(site=["A", "B", None]), numerator="x", denominator="n", by="site")


def test_funnel_missing_count_keeps_its_row_and_moves_nobody() -> None:
    whole = funnel(GOOD, numerator="x", denominator="n", by="site")
    more = pd.concat([GOOD, pd.DataFrame({"site": ["D"], "x": [np.nan], "n": [500.0]})], ignore_index=True)
    found = funnel(more, numerator="x", denominator="n", by="site")
    pd.testing.assert_frame_equal(found.head(3), whole)
    assert found.loc[3, ["rate", "z", "lower95", "upper998"]].isna().all()
    assert not found.loc[3, "outlier"]


def test_funnel_column_that_is_not_there() -> None:
    with pytest.raises(InputError, match="is not there"):
        funnel(GOOD, numerator="seen", denominator="n", by="site")


@pytest.mark.parametrize(("column", "value"), [("m", np.nan), ("m", np.inf), ("e", np.nan), ("e", -1.0)])
def test_shrink_means_refuses(column: str, value: float) -> None:
    frame = pd.DataFrame({"m": [1.0, 2.0, 3.0], "e": [0.1, 0.1, 0.1]})
    frame.loc[1, column] = value
    with pytest.raises(InputError, match="1 of 3"):
        shrink_means(frame, mean="m", error="e")


@pytest.mark.parametrize("won", [[0, 0, 0], [10, 10, 10], [5, 5, 5]])
def test_shrink_all_alike_stays_finite_and_knows_no_rank(won: list[int]) -> None:
    found = shrink(pd.DataFrame({"won": won, "n": 10}), successes="won", trials="n")
    assert np.isfinite(found[["shrunk", "lower", "upper", "above"]].to_numpy()).all()
    assert found["shrunk"].nunique() == 1
    assert (found["rank"] == 1).all() and (found["rank_upper"] == 3).all()


@pytest.mark.parametrize("units", [0, 1])
def test_shrinking_none_or_one_unit(units: int) -> None:
    frame = pd.DataFrame({"won": [3.0], "n": [10.0], "m": [4.0], "e": [0.5]}).head(units)
    share, mean = shrink(frame, successes="won", trials="n"), shrink_means(frame, mean="m", error="e")
    for found in (share, mean):
        assert len(found) == units
        assert found[["rank", "rank_lower", "rank_upper"]].eq(1).all(axis=None)
        assert np.isfinite(found[["shrunk", "lower", "upper"]].to_numpy()).all()


def test_shrink_means_all_equal_are_one_level_without_ranks() -> None:
    found = shrink_means(pd.DataFrame({"m": [4.0, 4.0, 4.0], "e": 0.5}), mean="m", error="e")
    assert found["shrunk"].tolist() == [4.0, 4.0, 4.0]
    assert found["rank_lower"].tolist() == [1, 1, 1] and found["rank_upper"].tolist() == [3, 3, 3]


def test_shrink_means_error_of_zero_counts_as_the_largest() -> None:
    zero = shrink_means(pd.DataFrame({"m": [1.0, 2.0, 6.0], "e": [0.0, 0.4, 0.8]}), mean="m", error="e")
    large = shrink_means(pd.DataFrame({"m": [1.0, 2.0, 6.0], "e": [0.8, 0.4, 0.8]}), mean="m", error="e")
    assert zero["shrunk"].tolist() == large["shrunk"].tolist()
