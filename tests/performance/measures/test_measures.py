"""Measures over time."""

from __future__ import annotations

import datetime as dt

import ibis
import pandas as pd

from reviewkit.model import Measure
from reviewkit.performance import notes, series
from reviewkit.performance.measures.series import series_of


def share(**more: object) -> Measure:
    fields = {
        "id": "fcr",
        "name": "Resolved",
        "unit": "percent",
        "direction": "increase",
        "table": "contacts",
    }
    fields |= {"numerator": "sum(resolved)", "denominator": "count(resolved)"}
    return Measure(**{**fields, **more})


def contacts(at: list[str], resolved: list[bool | None]) -> ibis.Table:
    frame = pd.DataFrame({"at": pd.to_datetime(at), "resolved": pd.array(resolved, dtype="boolean")})
    return ibis.memtable(frame.assign(site="A"))


def test_series_percentages_are_times_100() -> None:
    table = contacts(["2025-01-01", "2025-01-02", "2025-02-01"], [True, False, True])
    assert series(table, share(), by="site")["value"].tolist() == [50.0, 100.0]


def test_series_period_without_denominator_is_left_out_and_counted() -> None:
    found = series(contacts(["2025-01-01", "2025-02-01"], [None, True]), share())
    assert len(found) == 1
    assert found.attrs["left_out"] == 1


def test_series_partial_last_period_is_left_out_and_said() -> None:
    table = contacts(["2025-01-01", "2025-02-01"], [True, True])
    found = series(table, share(), as_of=dt.date(2025, 2, 10))
    assert len(found) == 1
    assert "2025-02-01 is not complete" in notes(found)[0]


def test_series_whole_last_period_stays() -> None:
    table = contacts(["2025-01-01", "2025-02-01"], [True, True])
    assert len(series(table, share(), as_of=dt.date(2025, 2, 28))) == 2


def test_series_where_narrows_rows() -> None:
    table = contacts(["2025-01-01", "2025-01-02"], [True, False])
    assert series(table, share(where="resolved = true"))["numerator"].tolist() == [1.0]


def test_series_weeks_begin_on_monday() -> None:
    found = series(contacts(["2025-01-05", "2025-01-06"], [True, True]), share(), period="week")
    assert found["period"].dt.day_name().tolist() == ["Monday", "Monday"]


def test_series_of_every_level_as_asked_one_by_one() -> None:
    table = ibis.memtable(
        pd.DataFrame(
            {
                "at": pd.to_datetime(["2025-01-03", "2025-01-09", "2025-02-01", "2025-02-05"]),
                "site": ["A", "B", "A", None],
                "contract": ["x", "x", "y", "y"],
                "csat": [1.0, 2.0, 4.0, 8.0],
            }
        )
    )
    measures = [
        share(id="all", numerator="sum(csat)", denominator="count(csat)", unit="score"),
        share(
            id="some",
            numerator="max(csat)",
            denominator=None,
            unit="score",
            where="csat > 1 and contract = 'x'",
        ),
    ]
    levels: list[tuple[str, ...]] = [(), ("site",), ("contract",)]
    together = series_of(table, measures, levels=levels)
    for measure in measures:
        for level in levels:
            alone = series(table, measure, by=level)
            pd.testing.assert_frame_equal(together[measure.id, level], alone)
    # A group in which no row meets the condition has no row, rather than a missing figure.
    assert together["some", ("site",)][["site", "value"]].values.tolist() == [["B", 2.0]]


def counted(numerators: list[float], denominators: list[float], **more: object) -> pd.DataFrame:
    months = pd.date_range("2025-01-01", periods=len(numerators), freq="MS")
    table = ibis.memtable(
        pd.DataFrame({"period": months, "numerator": numerators, "denominator": denominators})
    )
    fields = {"table": "kpis", "numerator": "sum(numerator)", "denominator": "sum(denominator)"}
    return series(table, share(**{**fields, **more}))


def test_series_periods_of_a_negative_denominator_are_left_out_and_counted() -> None:
    found = counted([5, 5, 5], [10, -10, 0])
    assert found["value"].tolist() == [50.0]
    assert (found.attrs["impossible"], found.attrs["left_out"]) == (1, 1)
    assert "1 unit-period left out for a figure that cannot be" in " ".join(notes(found))


def test_series_infinite_figures_are_left_out_and_counted() -> None:
    found = counted([5, float("inf"), 5], [10, 10, float("inf")])
    assert (len(found), found.attrs["impossible"]) == (1, 2)


def test_series_numerator_over_denominator_is_left_out_where_the_bounds_say_so() -> None:
    assert counted([5, 15], [10, 10])["value"].tolist() == [50.0, 150.0]
    held = counted([5, 15], [10, 10], bounds=(0, 100))
    assert (held["value"].tolist(), held.attrs["impossible"]) == ([50.0], 1)
