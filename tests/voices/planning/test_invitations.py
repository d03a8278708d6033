"""The calendar names nobody, keeps its ids, and has local times; the tracker says what is next."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from icalendar import Calendar

from reviewkit.voices.planning import Entry, Slot, next_steps, write_invitations

SUMMER = Slot("i1", "Analyst", dt.datetime(2025, 7, 1, 9), dt.datetime(2025, 7, 1, 9, 45), "North", ("P001",))
WINTER = Slot("i2", "Analyst", dt.datetime(2025, 12, 1, 9), dt.datetime(2025, 12, 1, 9, 45))


def written(folder: Path) -> bytes:
    entries = [Entry(WINTER, "group", "front line, Sales", False), Entry(SUMMER, "one_to_one", "", True)]
    made_on, zone = dt.date(2025, 6, 30), "Europe/London"
    path = folder / "i.ics"
    return write_invitations(path, entries, engagement="e", timezone=zone, made_on=made_on).read_bytes()


def test_invitations_are_at_local_times_with_their_zone(tmp_path: Path) -> None:
    calendar = Calendar.from_ical(written(tmp_path))
    starts = [event["dtstart"].dt.astimezone(dt.UTC).hour for event in calendar.walk("VEVENT")]
    assert starts == [8, 9] and len(calendar.walk("VTIMEZONE")) == 1


def test_invitations_name_nobody_and_keep_their_ids(tmp_path: Path) -> None:
    text = written(tmp_path)
    assert b"P001" not in text and b"UID:interview-i1@e.reviewkit" in text
    assert text == written(tmp_path)


def test_invitations_tell_firm_from_proposed(tmp_path: Path) -> None:
    events = Calendar.from_ical(written(tmp_path)).walk("VEVENT")
    assert [str(event["status"]) for event in events] == ["CONFIRMED", "TENTATIVE"]


@pytest.mark.parametrize(
    ("status", "planned", "since", "expected"),
    [
        ("planned", None, None, "find a time"),
        ("planned", "2025-03-20", None, "invite"),
        ("invited", "2025-03-09", "2025-03-01", "say whether it was held"),
        ("invited", "2025-03-20", "2025-03-09", "remind the day before"),
        ("held", "2025-03-09", None, "write up the notes"),
        ("noted", "2025-03-01", None, "code the remarks"),
    ],
)
def test_next_steps_say_what_is_next(
    status: str, planned: str | None, since: str | None, expected: str
) -> None:
    row = pd.DataFrame({"interview_id": ["i"], "status": status, "planned_at": pd.to_datetime([planned]),
                        "status_on": pd.to_datetime([since])})  # fmt: skip
    assert next_steps(row, dt.date(2025, 3, 10))["next"].tolist() == [expected]


def test_next_steps_put_what_is_late_first_and_leave_the_coded_out() -> None:
    planned = pd.to_datetime(["2025-03-10", "2025-03-01", "2025-03-01"])
    status = ["held", "held", "coded"]
    rows = pd.DataFrame({"interview_id": ["a", "b", "c"], "status": status, "planned_at": planned})
    table = next_steps(rows, dt.date(2025, 3, 10))
    assert table["interview_id"].tolist() == ["b", "a"] and table["late"].tolist() == [True, False]
