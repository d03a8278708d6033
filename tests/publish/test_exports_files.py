"""Files of an export: types and values as they are, the same bytes for the same tables."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell import Cell

from reviewkit.model.tables import Column, Table
from reviewkit.publish.exports.csvfile import write_csv
from reviewkit.publish.exports.parquet import write_parquet
from reviewkit.publish.exports.parts import Part
from reviewkit.publish.exports.workbook import BEYOND_ROWS, write_workbook

KINDS = {
    "words": "text", "n": "integer", "figure": "number", "sure": "boolean", "day": "date", "at": "datetime",
    "share": "number", "worth": "number",
}  # fmt: skip
FACTS = [("Export", "=Demo"), ("Edition", "team")]


def part(**columns: list[object]) -> Part:
    """A table of these columns, each of the kind that goes with its name."""
    units = {"share": "share", "worth": "currency"}
    described = [Column(name, KINDS[name], name, unit=units.get(name, "")) for name in columns]  # type: ignore[arg-type]
    return Part.of("sample", pd.DataFrame(columns), "here", Table("sample", "A sample", tuple(described)))


def sheet(path: Path, made: Part, *, rows: int = 100, told: Counter[str] | None = None) -> list[list[Cell]]:
    """The table's sheet of a workbook, its heading first."""
    counts: Counter[str] = Counter() if told is None else told
    write_workbook(path, [made], FACTS, counts, rows=rows)
    return [list(row) for row in openpyxl.load_workbook(path)["sample"].iter_rows()]


def test_csv_has_plain_values_and_a_mark_that_excel_reads(tmp_path: Path) -> None:
    days = [pd.Timestamp("2025-03-14"), pd.NaT]
    made = part(words=['say "so", now', "=1"], n=[-3, 4], figure=[-0.1, float("nan")], sure=[True, False],
                day=days, at=[pd.Timestamp("2025-03-14 09:30"), pd.NaT])  # fmt: skip
    told: Counter[str] = Counter()
    write_csv(tmp_path / "a.csv", made, told)
    assert (tmp_path / "a.csv").read_bytes().decode("utf-8") == (
        "\ufeffwords,n,figure,sure,day,at\r\n"
        '"say ""so"", now",-3,-0.1,true,2025-03-14,2025-03-14T09:30:00\r\n'
        "'=1,4,,false,,\r\n"
    )
    assert told == {"cells with an apostrophe": 1}


def test_a_workbook_has_types_and_formats(tmp_path: Path) -> None:
    made = part(words=["-5"], n=[-5], figure=[-0.25], sure=[True], day=[pd.Timestamp("2025-03-14")],
                share=[0.5], worth=[1234.5])  # fmt: skip
    heading, row = sheet(tmp_path / "a.xlsx", made)
    assert [cell.value for cell in heading] == list(made.frame.columns) and heading[0].font.bold
    assert [(cell.data_type, cell.number_format) for cell in row] == [
        ("s", "General"), ("n", "#,##0"), ("n", "#,##0.00"), ("b", "General"), ("d", "yyyy-mm-dd"),
        ("n", "0.0%"), ("n", "#,##0"),
    ]  # fmt: skip
    assert [cell.value for cell in row][:4] == ["-5", -5, -0.25, True]
    assert row[4].value == dt.datetime(2025, 3, 14)
    assert row[0].quotePrefix and not row[1].quotePrefix


def test_a_sheet_has_a_frozen_heading_widths_and_a_place_in_the_contents(tmp_path: Path) -> None:
    sheet(tmp_path / "a.xlsx", part(words=["x" * 200], n=[1]))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Contents", "sample"]
    assert book["sample"].freeze_panes == "B2" and book["sample"].auto_filter.ref == "A1:B2"
    assert [book["sample"].column_dimensions[letter].width for letter in "AB"] == [60, 9]
    links = [cell for row in book["Contents"].iter_rows() for cell in row if cell.hyperlink]
    assert [(cell.value, cell.hyperlink.location) for cell in links] == [("sample", "'sample'!A1")]
    assert book["Contents"]["B1"].value == "=Demo" and book["Contents"]["B1"].data_type == "s"


@settings(max_examples=15)
@given(
    words=st.lists(
        st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12), min_size=1, max_size=8
    )
)
def test_text_is_text_in_a_workbook_whatever_it_is(
    tmp_path_factory: pytest.TempPathFactory, words: list[str]
) -> None:
    traps = ["=1+1", "@A1", "#N/A", "#REF!", "2025-03-14", "10%", "TRUE"]
    cells = sheet(tmp_path_factory.mktemp("book") / "a.xlsx", part(words=[*words, *traps]))
    kinds = {cell.data_type for row in cells for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert [row[0].value for row in cells[-len(traps) :]] == traps


def test_numbers_and_days_that_excel_cannot_hold_are_text(tmp_path: Path) -> None:
    made = part(n=[2**60, 1], figure=[float("inf"), 1.5], day=[dt.date(1850, 1, 1), dt.date(2025, 1, 1)])
    _, first, second = sheet(tmp_path / "a.xlsx", made)
    assert [(cell.value, cell.data_type) for cell in first] == [
        (str(2**60), "s"), ("infinite", "s"), ("1850-01-01", "s"),
    ]  # fmt: skip
    assert [cell.data_type for cell in second] == ["n", "n", "d"]


def test_rows_that_a_sheet_has_no_room_for_are_told(tmp_path: Path) -> None:
    told: Counter[str] = Counter()
    assert len(sheet(tmp_path / "a.xlsx", part(n=list(range(12))), rows=10, told=told)) == 10
    assert told == {BEYOND_ROWS: 3}


def test_parquet_gives_back_exactly_what_the_run_has(tmp_path: Path) -> None:
    frame = pd.DataFrame({
        "words": ["=1", "a\tb", ""],
        "n": pd.array([1, None, 3], dtype="Int64"),
        "figure": [0.1, None, -1e-300],
        "day": pd.to_datetime(["2025-03-14", None, "1850-01-01"]).astype("datetime64[us]"),
    })  # fmt: skip
    write_parquet(tmp_path / "a.parquet", Part.of("sample", frame, "here"), Counter())
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "a.parquet"), frame, check_exact=True)


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    made = part(words=["a"], day=[dt.date(2025, 1, 1)])
    for name in ("one", "two"):
        write_workbook(tmp_path / f"{name}.xlsx", [made], FACTS, Counter())
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@given(st.lists(st.sampled_from([True, 1.5, -3, None, "x"]), max_size=5))
def test_a_column_of_mixed_values_keeps_each_as_it_is(mixed: list[object]) -> None:
    from reviewkit.publish.exports.values import values

    assert values(pd.Series(mixed, dtype=object), "text") == mixed
