"""What is needed from today: levels, later starts, straight lines, and customers coming on."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.model import InputError
from reviewkit.performance import conversion, on_flow_needed, ramp_up, ramps_from, wilson

EVENT = {"case": "c", "activity": "what", "at": "at"}
need = st.fixed_dictionaries(
    {"now": st.floats(0, 100), "needed": st.floats(0, 200), "left": st.integers(5, 40)}
)


@given(need)
@settings(max_examples=60, deadline=None)
def test_every_later_step_brings_as_much_as_the_level_needed(known: dict[str, float]) -> None:
    rows = ramps_from(known)
    brought = known["now"] * (known["left"] - rows["left"]) + rows["step_to"] * rows["left"]
    np.testing.assert_allclose(brought, known["needed"] * known["left"], atol=1e-6)


@given(need)
@settings(max_examples=60, deadline=None)
def test_a_straight_line_brings_as_much_as_the_step(known: dict[str, float]) -> None:
    for row in ramps_from(known).to_dict("records"):
        rise = (row["line_to"] - known["now"]) / row["left"]
        line = known["now"] + rise * np.arange(1, row["left"] + 1)
        assert line.sum() == pytest.approx(row["step_to"] * row["left"], abs=1e-6)


def test_starts_after_the_end_have_no_row() -> None:
    assert ramps_from({"now": 1.0, "needed": 2.0, "left": 2})["starts_in"].tolist() == [0, 1]


def test_weeks_are_counted_for_weekly_measures() -> None:
    assert ramps_from({"now": 1.0, "needed": 2.0, "left": 20}, period="week")["left"].tolist() == [
        20,
        16,
        11,
        7,
    ]


def test_an_infinite_value_is_refused() -> None:
    points = pd.DataFrame({"period": pd.to_datetime(["2025-01-01"]), "numerator": 1.0, "denominator": 0.0,
                           "value": np.inf, "target": 2.0})  # fmt: skip
    with pytest.raises(InputError, match="infinite"):
        ramp_up(points, dt.date(2025, 12, 31), adds_up=True)


def cohort(reached: int, came: int, days: int) -> pd.DataFrame:
    begins = pd.DataFrame({"c": range(came), "what": "in", "at": pd.Timestamp("2025-01-01")})
    ends = begins.head(reached).assign(what="out", at=begins["at"] + pd.Timedelta(days=days))
    return pd.concat([begins, ends])


def test_conversion_is_the_share_of_old_customers_with_wilsons_interval() -> None:
    found = conversion(cohort(40, 100, 50), ["out"], follow_up=60, **EVENT, as_of=dt.date(2025, 12, 31)).iloc[
        0
    ]
    assert found[["came", "reached", "share", "days_to"]].tolist() == [100, 40, 0.4, 50]
    assert (found["lower"], found["upper"]) == pytest.approx(wilson(0.4, 100))


def test_conversion_leaves_out_customers_who_had_no_time() -> None:
    young = cohort(5, 50, 3).assign(
        c=lambda rows: rows["c"] + 1000, at=lambda rows: rows["at"] + pd.Timedelta(days=300)
    )
    both = pd.concat([cohort(40, 100, 50), young])
    found = conversion(both, ["out"], follow_up=60, **EVENT, as_of=dt.date(2025, 12, 31))
    assert found["came"].tolist() == [100]


def test_conversion_of_few_customers_is_not_worked_out() -> None:
    found = conversion(cohort(4, 10, 50), ["out"], follow_up=60, **EVENT, as_of=dt.date(2025, 12, 31))
    assert found["share"].isna().all()


def test_enough_customers_coming_on_bring_the_outcomes() -> None:
    row = {"share": 0.4, "lower": 0.3, "upper": 0.5, "days_to": 91.0}
    found = on_flow_needed(300, 12, 50, row)
    # Three months of outcomes come from who is on already, nine from who comes on.
    assert 0.4 * (50 * 3 + found["needed"] * 9) == pytest.approx(300)
    assert found["low"] < found["needed"] < found["high"]


def test_no_start_counts_where_the_end_is_nearer_than_the_way() -> None:
    row = {"share": 0.4, "lower": 0.3, "upper": 0.5, "days_to": 200.0}
    assert np.isnan(on_flow_needed(300, 5, 50, row)["needed"])


def test_nobody_who_gets_there_gives_no_number() -> None:
    row = {"share": 0.0, "lower": 0.0, "upper": 0.1, "days_to": np.nan}
    assert np.isnan(on_flow_needed(300, 12, 50, row)["needed"])
