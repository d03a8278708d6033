"""XmR charts where the reference is silent or wrong, and rules that always hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.model import InputError
from reviewkit.performance import summarise_xmr, xmr

VALUES = st.lists(st.integers(-1000, 1000), min_size=2, max_size=60)


def months(values: list[float]) -> pd.DataFrame:
    return pd.DataFrame(
        {"period": pd.date_range("2020-01-01", periods=len(values), freq="MS"), "value": values}
    )


def test_xmr_constant_series_is_common_cause() -> None:
    points = xmr(months([0.1] * 24), direction="increase")
    assert set(points["signal"]) == {"common_cause"}
    assert points["upper"][0] == pytest.approx(0.1)


def test_xmr_missing_value_is_kept_and_left_out() -> None:
    values = [5.0, 6, 4, 5, 6, 4, 5, 6, 4, 5, 6, 4, 5]
    with_gap = xmr(months([*values[:6], np.nan, *values[6:]]))
    assert len(with_gap) == 14
    assert with_gap["mean"][6] == pytest.approx(xmr(months(values))["mean"][0])
    assert summarise_xmr(with_gap)["n"][0] == 13


def test_summarise_xmr_few_points_give_no_verdict() -> None:
    row = summarise_xmr(xmr(months([1.0] * 10 + [50.0]), direction="increase", target=0)).iloc[0]
    assert (row["variation"], row["assurance"]) == ("", "")
    assert row["note"] == "too few points: 11 of 12 needed"


def test_xmr_rebase_begins_new_limits() -> None:
    frame = months([1.0, 2] * 8 + [11.0, 12] * 8)
    points = xmr(frame, rebase=["2021-05-01"])
    assert points["phase"].tolist() == [0] * 16 + [1] * 16
    assert points["mean"].iloc[[0, -1]].tolist() == [1.5, 11.5]


def test_xmr_rebase_by_series_touches_only_its_own() -> None:
    frame = pd.concat([months([1.0, 2] * 8).assign(site="A"), months([1.0, 2] * 8).assign(site="B")])
    points = xmr(frame, by="site", rebase={"B": ["2020-09-01"]})
    assert points.groupby("site")["phase"].max().to_dict() == {"A": 0, "B": 1}


def test_xmr_baseline_fixes_limits_from_first_points() -> None:
    points = xmr(months([1.0, 2] * 6 + [30.0] * 12), baseline=12)
    assert points["mean"].unique().tolist() == [1.5]
    assert points["rule"].iloc[-1] == "outside"


def test_xmr_changing_target_uses_the_one_in_force() -> None:
    frame = months([5.0, 6] * 10).assign(target=[1.0] * 19 + [99.0])
    assert summarise_xmr(xmr(frame, direction="increase"))["assurance"][0] == "fails"


def test_xmr_two_points_in_one_period_are_refused() -> None:
    frame = pd.DataFrame({"period": ["2024-01-01"] * 2, "value": [1.0, 2.0]})
    with pytest.raises(InputError, match="two points in one period"):
        xmr(frame)


def test_xmr_keeps_rows_in_the_order_given() -> None:
    frame = months([3.0, 1, 2, 9, 4, 4, 5, 6, 1, 0, 2, 8, 7]).sample(frac=1, random_state=1)
    assert xmr(frame)["value"].tolist() == frame["value"].tolist()


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_xmr_turned_over_swaps_signals(values: list[int]) -> None:
    up = xmr(months([float(v) for v in values]), direction="increase")
    down = xmr(months([-float(v) for v in values]), direction="decrease")
    assert up["signal"].tolist() == down["signal"].tolist()


@settings(max_examples=60, deadline=None)
@given(VALUES, VALUES)
def test_xmr_series_do_not_touch_one_another(first: list[int], second: list[int]) -> None:
    parts = [
        months([float(v) for v in values]).assign(site=site) for site, values in (("A", first), ("B", second))
    ]
    both = xmr(pd.concat(parts, ignore_index=True), by="site")
    alone = pd.concat([xmr(part) for part in parts], ignore_index=True)
    assert both["rule"].tolist() == alone["rule"].tolist()
    np.testing.assert_allclose(both["upper"], alone["upper"])


def test_xmr_counting_points_outside_towards_two_in_three_is_an_option() -> None:
    narrow = months([5.0, 7, 5, 3, 5, 7, 5, 3, 5, 7, 5, 3, 5, 8, 30, 11.5])
    usual, counted = (xmr(narrow, count_outside=count) for count in (False, True))
    assert usual["rule"].tolist()[-2:] == ["outside", ""]
    assert counted["rule"].tolist()[-2:] == ["outside", "two_in_three"]


def test_xmr_rebased_with_a_baseline_freezes_the_limits_of_each_phase() -> None:
    frame = months([1.0, 2] * 6 + [9.0] * 6 + [11.0, 12] * 6 + [20.0] * 6)
    points = xmr(frame, rebase=["2021-07-01"], baseline=12)
    assert points["mean"].iloc[[0, 17, 18, -1]].tolist() == [1.5, 1.5, 11.5, 11.5]
    assert points["rule"].iloc[[17, -1]].tolist() == ["outside", "outside"]


def test_xmr_limits_end_where_the_measure_cannot_go() -> None:
    frame = months([97.0, 99, 100, 98, 100, 96, 99, 100, 97, 100, 95, 99, 100])
    free = xmr(frame, direction="increase", target=99)
    held = xmr(frame, direction="increase", target=99, bounds=(0, 100))
    assert free["upper"][0] > 100
    assert held["upper"][0] == 100
    assert held["lower"][0] == pytest.approx(free["lower"][0])
    assert held["rule"].tolist() == free["rule"].tolist()
    assert held["assurance"].tolist() == free["assurance"].tolist()


@pytest.mark.parametrize(
    ("values", "said"),
    [([1.0, np.inf] * 7, "7 figures are infinite"), (["a", "b"] * 7, "a figure is no number")],
)
def test_xmr_refuses_figures_it_cannot_place(values: list[float], said: str) -> None:
    with pytest.raises(InputError, match=said):
        xmr(months(values))


def test_xmr_refuses_periods_of_several_time_zones() -> None:
    frame = pd.DataFrame({"period": ["2025-01-01", "2025-02-01T00:00+01:00"], "value": [1.0, 2.0]})
    with pytest.raises(InputError, match="one time zone"):
        xmr(frame)


def test_xmr_refuses_a_row_without_a_period() -> None:
    frame = pd.DataFrame({"period": [pd.Timestamp("2025-01-01"), pd.NaT], "value": [1.0, 2.0]})
    with pytest.raises(InputError, match="1 period is missing"):
        xmr(frame)


def test_xmr_of_one_zone_keeps_it() -> None:
    frame = months([1.0, 2] * 8)
    frame["period"] = frame["period"].dt.tz_localize("Europe/London")
    points = xmr(frame, rebase=[pd.Timestamp("2020-09-01", tz="Europe/London")])
    assert points["phase"].sum() == 8


def test_xmr_of_nothing_is_nothing() -> None:
    assert len(xmr(months([]), by=None)) == 0
    assert len(summarise_xmr(xmr(months([])))) == 0


def test_xmr_with_median_ranges_is_not_widened_by_one_wild_point() -> None:
    frame = months([5.0, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 60, 6])
    assert xmr(frame, average="median")["upper"][0] < xmr(frame, screen=False)["upper"][0]
