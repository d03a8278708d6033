"""Several recommendations never return more than the money behind them, counted once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.content import load_interventions
from reviewkit.plan import recommendations, return_range
from reviewkit.plan.joint_return import purse, together
from reviewkit.plan.returns import first_year, refusal

from .planned import REVIEW, cause, gap

VERDICTS = st.sampled_from(["supported", "inconclusive", "described"])
LIBRARY = load_interventions()


def chosen(*rows: tuple[str, int, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"intervention": f"i{n}", "gap_ids": ids, "impact": impact, "verdict": verdict}
            for n, (ids, impact, verdict) in enumerate(rows)
        ]
    )


@given(st.lists(st.tuples(st.integers(1, 5), VERDICTS), min_size=1, max_size=6), st.floats(0.5, 30))
def test_together_on_one_gap_lies_between_the_best_and_the_sum(
    rows: list[tuple[int, str]], size: float
) -> None:
    one = gap(gap=size, lower=size * 0.8, upper=size * 1.2)
    alone = [return_range(one, impact, verdict) for impact, verdict in rows]
    low, high = together(chosen(*((one["gap_id"], *row) for row in rows)), pd.DataFrame([one]), REVIEW)
    whole = one["cost_per_year"] * 1.2
    near = 1.06  # two significant figures
    assert max(part.high for part in alone) <= high * near
    assert high <= min(sum(part.high for part in alone), whole) * near
    assert low <= high and np.isclose(low, max(part.low for part in alone), rtol=0.06)


@given(st.integers(1, 5), st.integers(1, 5))
def test_together_on_separate_gaps_is_the_sum_and_on_overlapping_ones_no_more(one: int, two: int) -> None:
    first, other = gap(), gap(gap_id="2.1/gap/csat", measure="csat", cost_per_year=60_000.0)
    rows = chosen((first["gap_id"], one, "supported"), (other["gap_id"], two, "supported"))
    apart = together(rows, pd.DataFrame([first, other]), REVIEW)[1]
    joined = together(rows, pd.DataFrame([first, other | {"overlaps": first["gap_id"]}]), REVIEW)[1]
    total = return_range(first, one, "supported").high + return_range(other, two, "supported").high
    assert np.isclose(apart, total, rtol=0.06)
    assert joined <= apart


def test_together_never_promises_more_than_anybody_has_kept_up() -> None:
    levels = pd.DataFrame(
        {"measure": gap()["measure"], "site": [""], "contract": [""], "level": [66.0], "volume": [100.0]}
    )
    rows = chosen(*((gap()["gap_id"], 5, "supported"),) * 4)
    assert together(rows, pd.DataFrame([gap()]), REVIEW, levels)[1] == 12_000


def test_together_without_a_value_is_unknown() -> None:
    rows = chosen((gap()["gap_id"], 5, "supported"))
    assert np.isnan(together(rows, pd.DataFrame([gap(cost_per_year=None)]), REVIEW)[1])


@given(st.floats(0, 1e6), st.integers(1, 104))
def test_first_year_is_part_of_the_year(value: float, shows: int) -> None:
    assert 0 <= first_year(value, shows) <= value


def test_refusal_value_below_nothing_is_told_and_not_turned_round() -> None:
    found = return_range(gap(cost_per_year=-100_000.0), 4, "supported")
    assert np.isnan(found.low) and np.isnan(found.high)
    assert "−£10,000 a year, less than nothing" in found.assumptions


def test_refusal_target_met_leaves_nothing_to_close() -> None:
    assert "the target is met" in refusal(gap(gap=-2.0, cost_per_year=-20_000.0))
    assert refusal(gap()) == ""


def test_purse_follows_overlaps_to_the_last_and_stops_in_a_ring() -> None:
    ring: dict[str, dict[str, Any]] = {
        "a": {"gap_id": "a", "overlaps": "b"},
        "b": {"gap_id": "b", "overlaps": "a"},
    }
    assert purse(ring["a"], ring) in ("a", "b")


def test_return_of_several_gaps_says_each_part_of_the_sum() -> None:
    sites = [
        gap(gap_id=f"2.1/gap/first_contact_resolution/{name}", site=name.title(), cost_per_year=50_000.0)
        for name in ("elm", "dale")
    ]
    table = recommendations(
        pd.DataFrame([cause("training", "supported", gap_id=one["gap_id"]) for one in sites]),
        pd.DataFrame(sites), pd.DataFrame(), LIBRARY, REVIEW,
    )  # fmt: skip
    said = table.set_index("intervention").loc["train_on_top_reasons"]
    assert said["return_high"] == 60_000
    assert "The sum over 2 gaps: first-contact resolution at Elm £8,000 to £30,000; " in said["assumptions"]
