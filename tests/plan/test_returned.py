"""The owners' workbook comes back: it is read whole, or each fault is told by row and column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis.strategies import dates, floats, sampled_from
from openpyxl.worksheet.worksheet import Worksheet

from reviewkit.model import InputError
from reviewkit.plan import ascent, climbs, is_owners_workbook, read_workbook, write_workbook
from reviewkit.plan.entries import FORMS, date, percent
from reviewkit.plan.owners_sheet import FIELDS, STATUSES

from .planned import FCR, REVIEW, cause, gap
from .test_actions import planned

DAY = dt.date(2025, 6, 30)
COLUMN = {name: at for at, name in enumerate(FIELDS, start=1)}
AGREED = {"action_id": "A1", "recommendation": "", "what": "Train the desk", "owner": "head", "measure": FCR}
AGREED |= {
    "site": "",
    "contract": "",
    "stretch": "",
    "baseline": 64.0,
    "target": 70.0,
    "days": 5.0,
    "cost": 9.0,
}
AGREED |= {"starts": pd.Timestamp("2025-07-07"), "due": pd.Timestamp("2025-12-01")}
Sent = Callable[..., Path]


@pytest.fixture(scope="module")
def plan() -> pd.DataFrame:
    """Action A1, agreed, in row 2, and two drafts below it."""
    return planned([gap()], [cause("training", "supported")], agreed=pd.DataFrame([AGREED]))


@pytest.fixture
def sent(tmp_path: Path, plan: pd.DataFrame) -> Sent:
    """Write the workbook, fill in a row of it, change its sheet, and give its path."""

    def made(row: int = 2, change: Callable[[Worksheet], Any] | None = None, **entries: Any) -> Path:
        path = tmp_path / "plan.xlsx"
        stages = ascent(climbs(plan, REVIEW))
        write_workbook(path, plan, stages, title="Plan", made_on=DAY, engagement="demo", currency="GBP")
        book = openpyxl.load_workbook(path)
        for name, value in entries.items():
            book["Progress"].cell(row, COLUMN[name]).value = value
        if change:
            change(book["Progress"])
        book.save(path)
        return path

    return made


def test_read_workbook_untouched_says_nothing(sent: Sent) -> None:
    found = read_workbook(sent())
    assert (found.engagement, found.progress, found.agreed, found.silent) == ("demo", [], [], 3)
    assert not found.faults and not found.missing


def test_read_workbook_report_comes_back_as_it_was_filled_in(sent: Sent) -> None:
    day = dt.datetime(2025, 8, 29)
    path = sent(at=day, status="Under way", percent_done=45, note="Two weeks lost.", benefit=3000)
    assert read_workbook(path).progress == [
        {
            "action_id": "A1",
            "at": day.date(),
            "percent_done": 45.0,
            "note": "Two weeks lost.",
            "benefit": 3000.0,
        }
    ]


@pytest.mark.parametrize("said", ["2025-08-29", "29 August 2025", "29 Aug 2025", "29.08.2025"])
def test_read_workbook_date_as_text_is_read_where_it_is_certain(sent: Sent, said: str) -> None:
    assert read_workbook(sent(at=said, percent_done=5)).progress[0]["at"] == dt.date(2025, 8, 29)


@pytest.mark.parametrize(
    ("status", "note", "done", "written"),
    [
        ("Done", "", 100.0, ""),
        ("not started", "", 0.0, ""),
        ("Held up", "no desk", None, "Held up: no desk"),
        ("Stopped", "", None, "Stopped."),
        ("Under way", "=1+1 is two", None, "=1+1 is two"),
    ],
)
def test_read_workbook_status_becomes_share_or_note(
    sent: Sent, status: str, note: str, done: float | None, written: str
) -> None:
    path = sent(at="2025-08-29", status=status, change=lambda sheet: _as_text(sheet, note))
    (row,) = read_workbook(path).progress
    assert (row["percent_done"], row["note"]) == (done, written)


def _as_text(sheet: Worksheet, note: str) -> None:
    cell = sheet.cell(2, COLUMN["note"])
    cell.value, cell.data_type = note, "s"


def test_read_workbook_cell_shown_in_per_cent_is_read_as_shown(sent: Sent) -> None:
    def shown(sheet: Worksheet) -> None:
        sheet.cell(2, COLUMN["percent_done"]).number_format = "0%"

    assert (
        read_workbook(sent(at="2025-08-29", percent_done=0.45, change=shown)).progress[0]["percent_done"]
        == 45
    )


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"percent_done": 140}, "row 2, column Percent done: 140 is not from 0 to 100"),
        ({"percent_done": -1}, "row 2, column Percent done: -1 is not from 0 to 100"),
        ({"percent_done": "half"}, "row 2, column Percent done: 'half' is not a number"),
        ({"percent_done": "=40+5"}, "row 2, column Percent done: holds a formula"),
        ({"at": "08/09/2025"}, "row 2, column Date of check: '08/09/2025' may be two dates"),
        ({"at": "soon"}, "row 2, column Date of check: 'soon' is not a date"),
        ({"at": None, "note": "x"}, "row 2, column Date of check: has a report without a date"),
        ({"status": "Nearly"}, "row 2, column Status: 'Nearly' is no status"),
        (
            {"status": "Done", "percent_done": 40},
            "row 2, column Percent done: 40 per cent does not go with 'Done'",
        ),
        ({"note": "=HYPERLINK(1)"}, "row 2, column Note: holds a formula"),
        ({"note": "x" * 1001}, "row 2, column Note: is 1001 letters long"),
        ({"action_id": "A9"}, "row 2, column Action id: 'A9' is no action of this plan"),
        ({"action_id": ""}, "row 2, column Action id: it names no action"),
        ({"row": 3, "percent_done": 5}, "row 3, column Agreed: 'train_on_top_reasons' is a draft"),
    ],
)
def test_read_workbook_fault_is_told_by_row_and_column(
    sent: Sent, entries: dict[str, Any], told: str
) -> None:
    found = read_workbook(sent(**({"at": "2025-08-29"} | entries)))
    assert [told in str(fault) for fault in found.faults] == [True]
    assert found.progress == [] and found.faults[0].fix


def test_read_workbook_renamed_column_is_named_with_what_stands_instead(sent: Sent) -> None:
    def renamed(sheet: Worksheet) -> None:
        sheet.cell(1, COLUMN["percent_done"]).value = "Progress %"

    with pytest.raises(InputError, match="has no column 'Percent done' but has 'Progress %'"):
        read_workbook(sent(at="2025-08-29", percent_done=45, change=renamed))


def test_read_workbook_removed_row_is_named_and_moved_columns_are_found(sent: Sent) -> None:
    def cut(sheet: Worksheet) -> None:
        sheet.delete_rows(3)
        sheet.insert_cols(3)

    found = read_workbook(sent(at="2025-08-29", percent_done=45, change=cut))
    assert found.missing == ["train_on_top_reasons"]
    assert found.progress[0]["percent_done"] == 45


def test_read_workbook_row_twice_is_told(sent: Sent) -> None:
    found = read_workbook(sent(row=3, action_id="A1", change=lambda sheet: None))
    assert ["stands in row 2 already" in str(fault) for fault in found.faults] == [True]


def test_read_workbook_agreed_draft_comes_back_as_an_action(sent: Sent, plan: pd.DataFrame) -> None:
    (row,) = read_workbook(sent(row=3, agreed="yes")).agreed
    draft = plan.iloc[1]
    assert row["recommendation"] == "3.1/recommendation/train_on_top_reasons"
    assert (row["measure"], row["target"]) == (draft["measure"], pytest.approx(draft["target"]))
    assert (row["starts"], row["due"]) == (draft["starts"].date(), draft["due"].date())


def test_agreed_draft_keeps_measure_target_and_letters(sent: Sent, plan: pd.DataFrame) -> None:
    back = pd.DataFrame(read_workbook(sent(row=3, agreed="yes")).agreed).reindex(columns=list(AGREED))
    dated = back.assign(starts=pd.to_datetime(back["starts"]), due=pd.to_datetime(back["due"]))
    dated[["site", "contract", "stretch"]] = ""
    again = planned([gap()], [cause("training", "supported")], agreed=dated).iloc[0]
    assert again["agreed"] and again["smart"]
    assert again["title"] == plan.iloc[1]["title"]


def test_workbook_can_be_filled_in_only_where_it_asks(sent: Sent) -> None:
    book = openpyxl.load_workbook(sent())
    assert all(sheet.protection.sheet for sheet in book)
    sheet = book["Progress"]
    free = {cell.column for row in sheet.iter_rows(min_row=2) for cell in row if not cell.protection.locked}
    assert free == {COLUMN[name] for name, field in FIELDS.items() if field.fill_in}
    assert (
        sheet.cell(2, COLUMN["agreed"]).protection.locked
        and sheet.cell(2, COLUMN["action_id"]).protection.locked
    )
    listed = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert f'"{",".join(STATUSES)}"' in listed


def test_is_owners_workbook_tells_it_from_other_workbooks(sent: Sent, tmp_path: Path) -> None:
    other = tmp_path / "survey.xlsx"
    pd.DataFrame({"comment": ["x"]}).to_excel(other, index=False)
    assert is_owners_workbook(sent()) and not is_owners_workbook(other)


def test_read_workbook_damaged_file_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(InputError, match=r"plan\.xlsx"):
        read_workbook(path)


@given(day=dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 1, 1)), form=sampled_from(FORMS))
def test_date_written_in_any_certain_form_is_read_as_that_day(day: dt.date, form: str) -> None:
    assert date(_cell(day.strftime(form))) == day


@given(value=floats(-1000, 1000))
def test_percent_is_within_its_limits_or_refused(value: float) -> None:
    if 0 <= value <= 100:
        assert percent(_cell(value)) == value
    else:
        with pytest.raises(InputError, match="not from 0 to 100"):
            percent(_cell(value))


def _cell(value: Any) -> Any:
    cell = openpyxl.Workbook().active.cell(1, 1)
    cell.value = value
    return cell
