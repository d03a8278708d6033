"""The scope judged: budgets, dates that cannot be, what nothing is written down for."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.findings.scope import agreed, budget_lines, last_day_on_file, missing_parts, timetable_faults

AMOUNTS = st.one_of(st.none(), st.integers(0, 1000))
COLUMNS = ["days_budgeted", "days_used", "cost_budgeted", "cost_used"]


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS), min_size=1, max_size=5))
def test_budget_is_over_exactly_where_more_was_used_than_budgeted(rows: list[tuple[int | None, ...]]) -> None:
    table = budget_lines(pd.DataFrame(rows, columns=COLUMNS).astype("float64"))
    for (days, used, cost, spent), over in zip(rows, table["over"], strict=True):
        in_days = days is not None and used is not None and used > days
        in_cost = cost is not None and spent is not None and spent > cost
        expected = "both" if in_days and in_cost else "days" if in_days else "cost" if in_cost else ""
        assert over == expected


def milestones(*rows: tuple[str, str | None, str | None, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["text", "starts", "due", "status"])


def test_timetable_open_though_a_later_milestone_is_done() -> None:
    rows = milestones(("Visits", None, "2025-09-05", "open"), ("Plan", None, "2025-10-01", "done"))
    assert timetable_faults(rows) == [
        "Visits was due on 5 September 2025 and is open, though later milestones are done."
    ]


def test_timetable_in_order_has_no_fault() -> None:
    rows = milestones(("A", "2025-09-01", "2025-09-05", "done"), ("B", "2025-09-08", "2025-09-12", "open"))
    assert timetable_faults(rows) == []


def test_timetable_dropped_milestones_are_not_judged() -> None:
    assert timetable_faults(milestones(("A", "2025-09-09", "2025-09-05", "dropped"))) == []


def test_scope_without_rows_lacks_every_part() -> None:
    assert len(missing_parts(pd.DataFrame({"kind": []}))) == 7


def test_scope_agreed_by_nobody_open_or_without_a_role() -> None:
    rows = pd.DataFrame({"status": ["open"], "role": ["Director"], "due": [pd.NaT]})
    assert agreed(rows) == ("", "")
    assert agreed(rows.assign(status="agreed", role=None)) == ("somebody whose role is not on file", "")


def test_last_day_on_file_without_dates_is_that_of_the_data() -> None:
    none = pd.Series([], dtype="datetime64[us]")
    assert last_day_on_file("2025-08-31", none) == pd.Timestamp("2025-08-31")
