"""Run charts: Anhøj's limits, and short series shown as what they are."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.performance import run_chart, summarise_xmr, xmr
from reviewkit.performance.spc.run_chart import anhoej_limits, as_run_charts


def months(values: list[float]) -> pd.DataFrame:
    return pd.DataFrame(
        {"period": pd.date_range("2024-01-01", periods=len(values), freq="MS"), "value": values}
    )


def shown(frame: pd.DataFrame, direction: str = "increase") -> pd.DataFrame:
    points = xmr(frame, direction=direction, target=5.0)
    words = {"increase": ("improvement", "concern"), "decrease": ("concern", "improvement")}[direction]
    return as_run_charts(
        points, period="period", value="value", by=[], high=words[0], low=words[1], enough=12
    )


def test_anhoej_limits_are_those_published(reference: Path) -> None:
    table = pd.read_csv(reference / "spc" / "anhoej_limits.csv")
    most, least = anhoej_limits(table["n_useful"].to_numpy())
    assert most.tolist() == table["longest_run_max"].tolist()
    assert least.tolist() == table["crossings_min"].tolist()


def test_run_chart_passes_over_points_on_the_median() -> None:
    # The median is 5: two runs of four, cut by nothing but the crossing itself.
    found = run_chart(months([6, 5, 6, 6, 6, 5, 4, 4, 5, 4, 4])).iloc[0]
    assert (found["useful"], found["longest_run"], found["crossings"]) == (8, 4, 1)
    assert np.isnan(found["longest_run_max"])
    assert found["rule"] == ""


def test_run_chart_of_a_step_says_few_crossings() -> None:
    found = run_chart(months([1, 2, 1, 2, 1, 8, 9, 8, 9, 8])).iloc[0]
    assert (found["rule"], found["crossings"], found["crossings_min"]) == ("few_crossings", 1, 2)


def test_long_run_colours_only_its_own_points() -> None:
    frame = months([9, 1, 2, 9, 1, 9, 6, 7, 6, 7, 6])
    frame = pd.concat([frame, months([0.0, 1, 0, 1, 0, 1, 0, 9, 9, 9, 9]).assign(site="b")])
    frame["site"] = frame["site"].fillna("a")
    points = as_run_charts(
        xmr(frame, by="site", direction="increase"),
        period="period", value="value", by=["site"], high="improvement", low="concern", enough=12,
    )  # fmt: skip
    assert set(points["chart"]) == {"run"}
    assert points["lower"].isna().all()
    assert points.groupby("site")["mean"].first().to_dict() == {"a": 6.0, "b": 1.0}


def test_short_series_with_a_long_run_is_special_where_it_lies() -> None:
    # Ten useful points: a run of more than six is longer than chance explains.
    points = shown(months([2.0, 2, 2, 2, 2, 2, 2.5, 9, 9, 9, 9]))
    assert points["rule"].tolist() == [""] * 11
    points = shown(months([1.0, 9, 9, 9, 9, 9, 9.5, 9.2, 1, 1, 1, 1, 1, 1, 9][:11]))
    assert points["chart"].unique().tolist() == ["run"]


def test_series_of_twelve_keeps_its_limits() -> None:
    points = shown(months([1.0, 2] * 6))
    assert set(points["chart"]) == {"xmr"}
    assert points["lower"].notna().all()


def test_summary_of_a_short_series_says_what_its_run_chart_says() -> None:
    note = summarise_xmr(xmr(months([1, 2, 1, 2, 1, 8, 9, 8, 9, 8]), direction="increase"))["note"][0]
    assert note == (
        "too few points: 10 of 12 needed; as a run chart, longest run 5 (by chance up to 6), crossings 1 "
        "(by chance at least 2): it has changed"
    )


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_run_chart_counts_as_one_would_by_hand(values: list[int]) -> None:
    found = run_chart(months([float(value) for value in values])).iloc[0]
    median = float(np.median(values))
    sides = [value > median for value in values if value != median]
    longest = run = 0
    for place, side in enumerate(sides):
        run = run + 1 if place and side == sides[place - 1] else 1
        longest = max(longest, run)
    assert found["useful"] == len(sides)
    assert found["longest_run"] == longest
    assert found["crossings"] == sum(a != b for a, b in itertools.pairwise(sides))


def test_chance_makes_few_run_charts_special() -> None:
    random = np.random.default_rng(3)
    parts = [months(list(random.normal(size=24))).assign(site=place) for place in range(1500)]
    rules = run_chart(pd.concat(parts), by="site")["rule"]
    # The limit of crossings is passed by chance at most once in twenty.
    assert 0.01 < (rules != "").mean() < 0.06
