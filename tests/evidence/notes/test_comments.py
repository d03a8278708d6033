from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from reviewkit.evidence.notes import read_notes
from reviewkit.model import InputError

Write = Callable[[str, bytes | str], Path]


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_heading_is_found_below_a_title_and_columns_by_their_names(tmp_path: Path) -> None:
    rows = [
        ["Spring survey"],
        [],
        ["Response ID", "Date", "Branch", "Customer comments", "Rating"],
        [1, dt.datetime(2026, 1, 2, 9, 30), "North", "Slow  and\u200b cold", 2],
        [2, dt.date(2026, 1, 3), "South", None, 5],
    ]
    notes = read_notes(workbook(tmp_path / "a.xlsx", Answers=rows))
    assert notes.survey
    (comment,) = notes.passages
    assert (comment.text, comment.place) == ("Slow and cold", "row 4")
    assert comment.details == {"id": "1", "date": "2026-01-02", "site": "North", "score": "2"}


def test_a_column_that_asks_a_question_holds_comments_unless_they_are_scores(write: Write) -> None:
    heading = "ID;What could be better?;How likely are you to recommend us?\n"
    text = heading + "1;The queue is long;3\n2;The doors stick;9\n"
    notes = read_notes(write("a.csv", text))
    assert [(one.text, one.details["question"]) for one in notes.passages] == [
        ("The queue is long", "What could be better?"),
        ("The doors stick", "What could be better?"),
    ]


def test_every_sheet_with_comments_is_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", North=[["Comment"], ["Slow"]], Codes=[["a", 1]], South=[["Comment"], ["Kind"]]
    )
    assert [(one.place, one.text) for one in read_notes(path).passages] == [
        ("sheet North, row 2", "Slow"),
        ("sheet South, row 2", "Kind"),
    ]


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (("13/01/2026", "02/03/2026"), ["2026-01-13", "2026-03-02"]),
        (("01/13/2026", "02/03/2026"), ["2026-01-13", "2026-02-03"]),
        (("2026-01-13 10:00", "2 March 2026"), ["2026-01-13", "2026-03-02"]),
    ],
)
def test_dates_are_read_as_their_column_has_them(
    write: Write, days: tuple[str, str], read: list[str]
) -> None:
    notes = read_notes(write("a.csv", f"date,comment\n{days[0]},One\n{days[1]},Two\n"))
    assert [one.details["date"] for one in notes.passages] == read


@pytest.mark.parametrize(
    ("text", "problem", "row"),
    [
        ("date,comment\n02/03/2026,One\n", "could be two", 2),
        ("date,comment\n2026-01-01,One\nsoon,Two\n", "not understood", 3),
        ("id,comment\n1,Slow, cold\n", "3 values where the heading has 2", 2),
        ('id,comment\n1,"' + "x" * 200_000 + '"\n', "not valid CSV", 2),
        ("a,b\n1,2\n", "no column of comments", None),
    ],
)
def test_a_fault_names_its_row(write: Write, text: str, problem: str, row: int | None) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        read_notes(write("a.csv", text))
    assert caught.value.row == row
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_tables_of_other_encodings_and_separators_are_read(write: Write, encoding: str) -> None:
    path = write("a.csv", "Site\tComment\nDüren\tIt’s naïve, “slow” – 5 £\n".encode(encoding))
    assert [(one.details["site"], one.text) for one in read_notes(path).passages] == [
        ("Düren", "It’s naïve, “slow” – 5 £")
    ]


def test_a_line_break_in_a_cell_is_part_of_the_comment(write: Write) -> None:
    assert (
        read_notes(write("a.csv", 'id,comment\r\n1,"Slow\r\nand cold"\r\n')).passages[0].text
        == "Slow\nand cold"
    )


@pytest.mark.parametrize("content", [b"", b"rubbish", b"PK\x03\x04rubbish"])
def test_what_is_no_workbook_is_a_fault_of_one_line(write: Write, content: bytes) -> None:
    with pytest.raises(InputError, match=r"empty|damaged") as caught:
        read_notes(write("a.xlsx", content))
    assert "\n" not in str(caught.value)


def test_a_workbook_without_comments_is_a_fault_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column of comments"):
        read_notes(workbook(tmp_path / "a.xlsx", One=[["a", "b"], [1, 2]]))
    with pytest.raises(InputError, match="no rows"):
        read_notes(workbook(tmp_path / "b.xlsx", One=[]))
    with pytest.raises(InputError, match="no words"):
        read_notes(workbook(tmp_path / "c.xlsx", One=[["Comment"], [None]]))


def test_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", One=[["Comment"], ["Slow"]], Two=[["Comment"], ["Secret"]])
    book = openpyxl.load_workbook(path)
    book["Two"].sheet_state = "hidden"
    book.save(path)
    assert [one.text for one in read_notes(path).passages] == ["Slow"]


def test_a_sheet_of_opendocument_and_tabs_are_read(tmp_path: Path, write: Write) -> None:
    import odfdo

    book = odfdo.Document("spreadsheet")
    book.body.clear()
    table = odfdo.Table("Answers", width=2, height=2)
    table.set_values([["Site", "Comment"], ["North", "Slow"]])
    book.body.append(table)
    book.save(str(tmp_path / "a.ods"))
    for path in (tmp_path / "a.ods", write("a.tsv", "Site\tComment\nNorth\tSlow\n")):
        assert [(one.details["site"], one.text) for one in read_notes(path).passages] == [("North", "Slow")]


def test_a_workbook_that_would_fill_the_memory_is_not_opened(tmp_path: Path) -> None:
    import zipfile

    path = workbook(tmp_path / "a.xlsx", One=[["Comment"], ["Slow"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.bin", bytes(20_000_000))
    with pytest.raises(InputError, match="times when unpacked"):
        read_notes(path)
