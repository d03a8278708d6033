"""Planted truths against promoted findings: what counts as found, missed and false."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.truth.report import alarms, share, truths
from benchmarks.truth.score import (
    KINDS,
    Planted,
    Promoted,
    as_rows,
    matches,
    planted_of,
    promoted_of,
    score,
)

FELL = Planted("opinion", ("csat",), ("North",), -1, "2024-07-01")
kinds, names, places = st.sampled_from(KINDS), st.sampled_from(["a", "b", "c"]), st.sampled_from(["", "X"])
ways = st.sampled_from([-1, 0, 1])
days = st.sampled_from(["", "2024-07-01", "2024-12-01"])
planted = st.builds(
    Planted,
    kinds,
    st.lists(names, min_size=1).map(tuple),
    st.lists(places, min_size=1).map(tuple),
    ways,
    days,
)
promoted = st.builds(Promoted, kinds, names, places, ways, days, st.booleans())


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "gap"},
        {"what": "fcr"},
        {"where": "South"},
        {"where": ""},
        {"way": 1},
        {"at": "2024-10-02"},
        {"at": "2024-03-30"},
    ],
)
def test_matches_another_kind_measure_place_way_or_date_is_not_it(change: dict[str, str | int]) -> None:
    same: dict[str, str | int] = {
        "kind": "opinion",
        "what": "csat",
        "where": "North",
        "way": -1,
        "at": "2024-07-01",
    }
    assert matches(FELL, Promoted(**same), 92)  # type: ignore[arg-type]  # strings but for one number
    assert not matches(FELL, Promoted(**(same | change)), 92)  # type: ignore[arg-type]


@given(st.integers(-400, 400))
def test_matches_dates_count_up_to_the_limit_either_way(days_off: int) -> None:
    at = (dt.date(2024, 7, 1) + dt.timedelta(days_off)).isoformat()
    assert matches(FELL, Promoted("opinion", "csat", "North", -1, at), 92) == (abs(days_off) <= 92)


@given(st.lists(planted), st.lists(promoted), st.lists(planted))
def test_score_every_truth_is_found_or_missed_and_never_both(
    there: list[Planted], said: list[Promoted], follows: list[Planted]
) -> None:
    made = score(there, said, near=92, follows=follows)
    assert len(made.found) + len(made.missed) == len(there)
    assert not set(made.found) & set(made.missed)
    assert all(any(matches(truth, finding, 92) for finding in said) for truth in made.found)
    assert not any(finding.holds for finding in made.false)
    assert not any(matches(truth, finding, 92) for finding in made.false for truth in [*there, *follows])


@given(st.lists(planted), st.lists(promoted), promoted)
def test_score_one_finding_more_finds_no_less(
    there: list[Planted], said: list[Promoted], more: Promoted
) -> None:
    before, after = score(there, said, near=92), score(there, [*said, more], near=92)
    assert set(before.found) <= set(after.found)
    assert len(before.false) <= len(after.false)


@given(st.lists(promoted))
def test_score_in_a_clean_engagement_all_that_does_not_hold_is_false(said: list[Promoted]) -> None:
    assert list(score([], said, near=92).false) == [finding for finding in said if not finding.holds]


@given(st.lists(planted), st.lists(promoted))
def test_rows_come_back_as_they_were(there: list[Planted], said: list[Promoted]) -> None:
    assert list(planted_of(as_rows(there))) == there
    assert list(promoted_of(as_rows(said))) == said


@given(st.integers(0, 50), st.integers(1, 50))
def test_share_lies_within_its_interval(count: int, total: int) -> None:
    count = min(count, total)
    part, interval = share(count, total).split(" % (")
    low, high = interval.rstrip(")").split(" to ")
    assert 0 <= int(low) <= int(part) <= int(high) <= 100


def test_report_counts_truths_by_engagement_and_alarms_in_clean_ones_alone() -> None:
    false = as_rows([Promoted("gap", "csat"), Promoted("gap", "fcr")])
    rows = [
        {"name": "p", "strength": 2.0, "world": "w", "autocorrelation": 0.1, "found": as_rows([FELL])}
        | {"missed": as_rows([FELL, FELL]), "false": false},
        {"name": "c", "strength": 0.0, "world": "w", "autocorrelation": 0.1, "found": [], "missed": []}
        | {"false": false},
    ]
    assert truths(rows)["found"].tolist() == [True, False, False]
    assert alarms(rows).loc["c", "gap"] == 2
    assert len(alarms(rows)) == 1
