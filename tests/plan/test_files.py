"""Files for owners: nothing in them runs, dates and ids keep from run to run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import icalendar
import openpyxl
import pandas as pd
import pytest

from reviewkit.plan import ascent, climbs, write_calendar, write_workbook

from .planned import REVIEW, cause, gap
from .test_actions import planned

DAY = dt.date(2025, 6, 30)
HOSTILE = ['=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0", "bell\x07"]


@pytest.fixture(scope="module")
def plan() -> pd.DataFrame:
    return planned([gap()], [cause("training", "supported")])


@pytest.mark.parametrize("text", HOSTILE)
def test_write_workbook_text_is_never_a_formula(tmp_path: Path, plan: pd.DataFrame, text: str) -> None:
    made = plan.assign(what=text, owner=text)
    path = write_workbook(tmp_path / "plan.xlsx", made, ascent(climbs(made, REVIEW)), title=text, made_on=DAY)
    cells = [cell for row in openpyxl.load_workbook(path)["Actions"].iter_rows(min_row=2) for cell in row]
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert len(texts) > 10
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in texts)


def test_write_calendar_has_starts_ends_and_camps(tmp_path: Path, plan: pd.DataFrame) -> None:
    stages = ascent(climbs(plan, REVIEW))
    path = write_calendar(tmp_path / "p.ics", plan, stages, engagement="demo", made_on=DAY)
    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert len(events) == 2 * len(plan) + len(stages)
    assert {event["dtstart"].dt for event in events} >= {day.date() for day in stages["due"]}


def test_write_calendar_says_which_entries_are_drafts(tmp_path: Path, plan: pd.DataFrame) -> None:
    path = write_calendar(tmp_path / "p.ics", plan.assign(agreed=False), plan.iloc[:0].assign(passed=True),
                          engagement="demo", made_on=DAY)  # fmt: skip
    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert all("nobody has agreed it yet" in str(event["description"]) for event in events)


def test_write_calendar_is_the_same_from_run_to_run(tmp_path: Path, plan: pd.DataFrame) -> None:
    stages = ascent(climbs(plan, REVIEW))
    first, second = (
        write_calendar(tmp_path / name, plan, stages, engagement="demo", made_on=DAY)
        for name in ("a.ics", "b.ics")
    )
    assert first.read_bytes() == second.read_bytes()


def test_write_calendar_text_cannot_begin_another_entry(tmp_path: Path, plan: pd.DataFrame) -> None:
    hostile = plan.assign(title="x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:y")
    path = write_calendar(
        tmp_path / "p.ics", hostile, ascent(climbs(plan, REVIEW)), engagement="demo", made_on=DAY
    )
    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert len(events) == 2 * len(plan) + 4
