"""Time in service agrees with published remission times and with statsmodels on raw rows."""

from __future__ import annotations

import datetime as dt

import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from reviewkit.model import InputError
from reviewkit.performance import duration_counts, mean_stay, still_in_service, time_in_service

# Weeks in remission under 6-MP (Freireich et al. 1963, Blood 21: 699); of STILL it lasted when last seen.
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PUBLISHED = {6: (0.857, 0.076), 7: (0.807, 0.087), 10: (0.753, 0.096), 13: (0.690, 0.107), 16: (0.627, 0.114)}
PUBLISHED |= {22: (0.538, 0.128), 23: (0.448, 0.135)}
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
EVENT = {"case": "c", "activity": "what", "at": "at"}


def counted(closed: list[int], still: list[int] = []) -> pd.DataFrame:  # noqa: B006
    rows = [(day, True) for day in closed] + [(day, False) for day in still]
    frame = pd.DataFrame(rows, columns=["days", "closed"]).astype({"days": "int64", "closed": "bool"})
    return frame.groupby(["days", "closed"]).size().rename("customers").reset_index()


def raw(counts: pd.DataFrame) -> SurvfuncRight:
    rows = counts.loc[counts.index.repeat(counts["customers"])]
    return SurvfuncRight(rows["days"].to_numpy("float64"), rows["closed"].to_numpy("int64"))


def test_share_still_in_service_is_the_published_table_of_6mp() -> None:
    found = still_in_service(counted(RELAPSED, STILL), list(PUBLISHED)).set_index("day")["share"]
    assert found.round(3).to_dict() == {day: share for day, (share, _) in PUBLISHED.items()}


def test_standard_errors_are_greenwoods_as_published() -> None:
    found = still_in_service(counted(RELAPSED, STILL), list(PUBLISHED)).set_index("day")
    for day, (_, error) in PUBLISHED.items():
        share, lower = found.loc[day, "share"], found.loc[day, "lower"]
        # The log-log lower end, solved for its standard error.
        back = np.log(np.log(lower) / np.log(share)) / 1.959964 * -share * np.log(share)
        assert back == pytest.approx(error, abs=0.0006)


def test_medians_of_both_arms_are_23_and_8_weeks() -> None:
    row = time_in_service(counted(RELAPSED, STILL)).iloc[0]
    assert row["median"] == 23
    assert row["median_lower"] == 13
    assert np.isnan(row["median_upper"])
    assert time_in_service(counted(PLACEBO))["median"].tolist() == [8]


def test_closed_cases_alone_would_show_10_weeks_instead_of_23() -> None:
    assert time_in_service(counted(RELAPSED, STILL))["naive"].tolist() == [10]


def test_a_quantile_nobody_has_reached_is_missing() -> None:
    assert time_in_service(counted([5], [9, 9, 9]))["median"].isna().all()
    assert time_in_service(counted([], [9, 9]))["median"].isna().all()


cases = st.lists(st.tuples(st.integers(0, 60), st.booleans(), st.integers(1, 5)), min_size=1, max_size=25)


@given(cases)
@settings(max_examples=60, deadline=None)
def test_counts_give_what_raw_rows_give(rows: list[tuple[int, bool, int]]) -> None:
    counts = pd.DataFrame(rows, columns=["days", "closed", "customers"])
    row = time_in_service(counts).iloc[0]
    if not counts["closed"].any():
        assert np.isnan(row["median"])
        return
    with np.errstate(all="ignore"):
        fit = raw(counts)
        expected = [fit.quantile(0.5), *fit.quantile_ci(0.5)]
    found = row[["median", "median_lower", "median_upper"]].astype("float64").tolist()
    np.testing.assert_array_equal(found, [value if np.isfinite(value) else np.nan for value in expected])


@given(cases)
@settings(max_examples=60, deadline=None)
def test_shares_fall_and_lie_within_their_intervals(rows: list[tuple[int, bool, int]]) -> None:
    found = still_in_service(pd.DataFrame(rows, columns=["days", "closed", "customers"]), [0, 5, 20, 40, 60])
    known = found.dropna(subset=["share"])
    assert (known["share"].diff().dropna() <= 1e-12).all()
    inside = known.dropna(subset=["lower", "upper"])
    assert ((inside["lower"] <= inside["share"]) & (inside["share"] <= inside["upper"])).all()


@given(cases)
@settings(max_examples=40, deadline=None)
def test_counting_open_cases_never_shortens_the_median(rows: list[tuple[int, bool, int]]) -> None:
    counts = pd.DataFrame(rows, columns=["days", "closed", "customers"])
    late = counts.assign(days=counts["days"].where(counts["closed"], 100))
    row = time_in_service(late).iloc[0]
    if pd.notna(row["median"]):
        assert row["median"] >= row["naive"]


def test_mean_stay_is_the_mean_where_all_are_closed() -> None:
    assert mean_stay(counted(PLACEBO), 100) == pytest.approx(np.mean(PLACEBO))


@pytest.mark.parametrize(("column", "value"), [("days", -1), ("customers", np.inf), ("days", np.nan)])
def test_impossible_counts_are_refused_with_their_row(column: str, value: float) -> None:
    counts = pd.DataFrame({"days": [1.0, 2.0], "closed": [True, True], "customers": [1.0, 1.0]})
    counts.loc[1, column] = value
    with pytest.raises(InputError, match="row 2"):
        time_in_service(counts)


def log() -> pd.DataFrame:
    rows = [
        ("finished", "in", "2025-01-01"), ("finished", "out", "2025-01-11"),
        ("silent", "in", "2025-02-01"), ("silent", "talk", "2025-02-03"),
        ("open", "in", "2025-02-01"), ("open", "talk", "2025-08-01"),
        ("new", "in", "2025-08-01"),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["c", "what", "at"])
    return frame.assign(at=pd.to_datetime(frame["at"]), site=["N", "N", "S", "S", "N", "S", "S"])


def counts_of(events: pd.DataFrame | ibis.Table) -> pd.DataFrame:
    return duration_counts(events, ["out"], **EVENT, by=["site"], as_of=dt.date(2025, 8, 31))


def test_duration_counts_of_finished_silent_and_open_customers() -> None:
    found = counts_of(log())
    assert found.values.tolist() == [["N", 10, True, 1], ["N", 120, False, 1], ["S", 2, True, 1]]
    assert found.attrs == {"left_out": 0, "later": 1}


def test_a_table_in_a_database_is_counted_like_a_frame() -> None:
    table = ibis.duckdb.connect().create_table("journey", log().sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(counts_of(table), counts_of(log()))


def test_events_that_cannot_be_used_are_counted() -> None:
    spoiled = pd.concat(
        [log(), log().head(1).assign(c=None), log().head(1).assign(at=pd.Timestamp("2026-01-01"))]
    )
    assert counts_of(spoiled).attrs["left_out"] == 2


def test_mixed_time_zones_are_refused() -> None:
    mixed = log().assign(at=log()["at"].astype(object))
    mixed.loc[0, "at"] = pd.Timestamp("2025-01-01", tz="UTC")
    with pytest.raises(InputError, match="zones"):
        counts_of(mixed)


def test_an_empty_log_has_no_durations() -> None:
    assert time_in_service(counts_of(log().head(0)), by=["site"]).empty


def test_where_nobody_is_open_both_medians_are_one_day() -> None:
    row = time_in_service(counted([0, 0, 0, 1, 1, 3, 3, 3, 3, 3])).iloc[0]
    assert row["median"] == row["naive"] == 1
