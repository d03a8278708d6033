"""Evidence read from CSV files, workbooks and Parquet however a client writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.evidence import EvidenceSet
from reviewkit.evidence.sources import read
from reviewkit.model import Engagement, InputError, Source

from .conftest import kept

DAYS = "%d/%m/%Y %H:%M:%S"
Writer = Callable[[pd.DataFrame, Path], dict[str, Any]]


def as_parquet(frame: pd.DataFrame, path: Path) -> dict[str, Any]:
    frame.to_parquet(path.with_suffix(".parquet"), index=False)
    return {"file": f"{path.name}.parquet"}


def as_workbook(frame: pd.DataFrame, path: Path) -> dict[str, Any]:
    """Two lines stand above the heading, another sheet before this one."""
    with pd.ExcelWriter(path.with_suffix(".xlsx")) as book:
        pd.DataFrame({"notes": ["ours"]}).to_excel(book, sheet_name="Read me", index=False)
        frame.to_excel(book, sheet_name="Data", index=False, startrow=2)
    return {"file": f"{path.name}.xlsx", "sheet": "Data", "header": 3}


def as_utf16(frame: pd.DataFrame, path: Path) -> dict[str, Any]:
    frame.to_csv(path.with_suffix(".csv"), index=False, encoding="utf-16", date_format=DAYS)
    return {"file": f"{path.name}.csv", "dates": DAYS}


def as_german(frame: pd.DataFrame, path: Path) -> dict[str, Any]:
    frame.to_csv(path.with_suffix(".csv"), index=False, sep=";", decimal=",", encoding="cp1252")
    return {"file": f"{path.name}.csv", "separator": ";", "decimal": ",", "encoding": "cp1252"}


@pytest.mark.parametrize("write", [as_parquet, as_workbook, as_utf16, as_german])
def test_however_it_is_written_the_evidence_is_the_same(
    write: Writer, portfolio: EvidenceSet, root: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    names = [name for name in portfolio.engagement.sources if name != "journey" or write is as_parquet]
    sources = {name: Source(**write(portfolio.frame(name), data / name)) for name in names}
    engagement = portfolio.engagement.model_copy(update={"sources": sources, "data": "data"})
    found = kept(engagement, tmp_path / "params.yaml", tmp_path)
    for name in names:
        pd.testing.assert_frame_equal(found.frame(name), portfolio.frame(name))


def described(folder: Path) -> tuple[Engagement, Path]:
    """An engagement without sources, and its params file."""
    day = dt.date(2025, 6, 30)
    tiny = Engagement(id="tiny", name="T", client="T", purpose="P", data_as_of=day, data=".")
    return tiny, folder / "tiny.yaml"


def targets(folder: Path, text: str, *, written: str = "utf-8", **how: Any) -> Any:
    """What is read of a file of targets."""
    (folder / "targets.csv").write_bytes(text.encode(written))
    return read("targets", Source(file="targets.csv", **how), *described(folder))


GOOD = "measure,valid_from,target\ncsat,2025-01-01,{}\n"


@pytest.mark.parametrize(
    ("written", "how", "value"),
    [
        ("4.5", {}, 4.5),
        ("1234.5", {}, 1234.5),
        ('"1,234.5"', {}, 1234.5),
        ('"1,234,567"', {}, 1234567),
        ("1 234.5", {}, 1234.5),
        ('"4,5"', {"decimal": ","}, 4.5),
        ('"1.234,5"', {"decimal": ","}, 1234.5),
        ('"-1\u202f234,5"', {"decimal": ","}, -1234.5),
        ("1.234", {"decimal": ","}, 1234),
        (",5", {"decimal": ",", "separator": ";"}, 0.5),
    ],
)
def test_numbers_are_read_as_they_are_written(
    tmp_path: Path, written: str, how: dict[str, Any], value: float
) -> None:
    text = GOOD.format(written)
    if how.get("separator"):
        text = f"measure;valid_from;target\ncsat;2025-01-01;{written}\n"
    found = targets(tmp_path, text, **how)
    assert not found.faults and found.frame["target"].tolist() == [value]


@pytest.mark.parametrize("written", ["1,23", "12,34.5", "4..5", "1.2.3", "four", "4 5"])
def test_a_number_in_doubt_is_a_fault_and_not_guessed(tmp_path: Path, written: str) -> None:
    found = targets(tmp_path, GOOD.format(f'"{written}"'))
    assert [str(fault).partition(": ")[0].rpartition("/")[2] for fault in found.faults] == [
        "targets.csv, row 2, column target"
    ]


@given(number=st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: round(value, 3)))
def test_a_number_grouped_in_any_usual_way_is_the_same_number(
    number: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    grouped = f"{number:,.3f}"
    german = grouped.translate(str.maketrans(",.", ".,"))
    folder = tmp_path_factory.mktemp("numbers")
    english = targets(folder, GOOD.format(f'"{grouped}"')).frame["target"]
    other = targets(folder, GOOD.format(f'"{german}"'), decimal=",").frame["target"]
    assert english.tolist() == other.tolist() == [number]


@pytest.mark.parametrize("written", ["1.5", "2.25", "0.125", "0.100", "12.34", "1.23.456"])
def test_with_a_decimal_comma_a_point_between_no_thousands_is_a_fault(tmp_path: Path, written: str) -> None:
    found = targets(tmp_path, GOOD.format(written), decimal=",")
    assert f"row 2, column target: '{written}' is not a number written with a decimal comma" in str(
        found.faults[0]
    )


def test_numbers_of_a_workbook_are_numbers_whatever_the_decimal_sign(tmp_path: Path) -> None:
    numbers = [312.125, 0.125, 7.0]
    rows = pd.DataFrame({"measure": ["a", "b", "c"], "valid_from": "2025-01-01", "target": numbers})
    rows.to_excel(tmp_path / "a.xlsx", index=False)
    found = read("targets", Source(file="a.xlsx", decimal=","), *described(tmp_path))
    assert not found.faults and found.frame["target"].tolist() == numbers


def test_one_column_of_theirs_may_be_two_of_ours(tmp_path: Path) -> None:
    (tmp_path / "contacts.csv").write_text("contact_id,at,Place\n1,2025-01-01,North\n")
    source = Source(file="contacts.csv", columns={"site": "Place", "team": "Place"})
    frame = read("contacts", source, *described(tmp_path)).frame
    assert frame[["site", "team"]].to_numpy().tolist() == [["North", "North"]]


@pytest.mark.parametrize("zone", ["+00", "+0100", "-05:30", "Z"])
def test_a_time_with_a_zone_is_a_fault(tmp_path: Path, zone: str) -> None:
    (tmp_path / "contacts.csv").write_text(f"contact_id,at\n1,2025-01-05 09:00:00{zone}\n2,2025-01-05\n")
    faults = read("contacts", Source(file="contacts.csv"), *described(tmp_path)).faults
    assert len(faults) == 1 and "row 2, column at" in str(faults[0]) and "without a zone" in str(faults[0])


def test_ids_that_are_floats_are_the_ids_that_people_write(tmp_path: Path) -> None:
    frame = pd.DataFrame({"contact_id": [101.0, 102.0], "at": pd.to_datetime(["2025-01-01", "2025-01-02"])})
    frame.to_parquet(tmp_path / "a.parquet")
    found = read("contacts", Source(file="a.parquet"), *described(tmp_path))
    assert found.frame["contact_id"].tolist() == ["101", "102"]


def test_a_parquet_file_whose_name_is_a_pattern_is_not_mistaken_for_others(tmp_path: Path) -> None:
    for name, target in (("c1.parquet", 1.0), ("c[1].parquet", 2.0)):
        frame = pd.DataFrame({"measure": ["csat"], "valid_from": [dt.date(2025, 1, 1)], "target": [target]})
        frame.to_parquet(tmp_path / name)
    with pytest.raises(InputError, match="Give it a plainer name"):
        read("targets", Source(file="c[1].parquet"), *described(tmp_path))


def test_dates_are_read_as_the_params_file_says(tmp_path: Path) -> None:
    text = "measure,valid_from,target\ncsat,03/02/2025,4\ncsat,13/02/2025,5\n"
    found = targets(tmp_path, text, dates="%d/%m/%Y")
    assert found.frame["valid_from"].dt.month.tolist() == [2, 2]
    wrong = targets(tmp_path, text, dates="%m/%d/%Y").faults
    assert len(wrong) == 1 and "row 3, column valid_from: '13/02/2025' is not a date" in str(wrong[0])
    assert "read as %m/%d/%Y" in str(wrong[0])


def test_units_are_turned_into_ours(tmp_path: Path) -> None:
    (tmp_path / "contacts.csv").write_text("contact_id,at,handle_seconds\n1,2025-01-01,2.5\n2,2025-01-02,\n")
    source = Source(file="contacts.csv", units={"handle_seconds": "minutes"})
    found = read("contacts", source, *described(tmp_path))
    assert found.frame["handle_seconds"].tolist()[0] == 150 and found.frame["handle_seconds"].isna()[1]


def test_units_of_parquet_are_turned_into_ours(tmp_path: Path) -> None:
    frame = pd.DataFrame({"contact_id": ["1"], "at": [dt.datetime(2025, 1, 1)], "handle_seconds": [2.5]})
    frame.to_parquet(tmp_path / "a.parquet")
    source = Source(file="a.parquet", units={"handle_seconds": "minutes"})
    assert read("contacts", source, *described(tmp_path)).frame["handle_seconds"].tolist() == [150]


def test_a_unit_that_does_not_fit_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="column target: minutes cannot be turned into its unit"):
        targets(tmp_path, GOOD.format("4"), units={"target": "minutes"})


def test_several_parquet_files_are_one_table(tmp_path: Path) -> None:
    for month in (1, 2):
        frame = pd.DataFrame({"measure": ["csat"], "valid_from": [dt.date(2025, month, 1)], "target": [4.0]})
        frame.to_parquet(tmp_path / f"targets-{month}.parquet")
    found = read("targets", Source(file="targets-*.parquet"), *described(tmp_path))
    assert not found.faults and found.frame["valid_from"].dt.month.tolist() == [1, 2]


def test_faults_of_parquet_name_column_and_row(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"contact_id": ["1", "2"], "at": pd.to_datetime(["2025-01-01", None]), "csat": [9.0, 1]}
    )
    frame.to_parquet(tmp_path / "a.parquet")
    faults = read("contacts", Source(file="a.parquet"), *described(tmp_path)).faults
    assert [str(fault).rpartition("/")[2] for fault in faults] == [
        "a.parquet, column at: is empty but must be filled in (where contact_id 2).",
        "a.parquet, column csat: '9.0' is above 5 (where contact_id 1).",
    ]


@pytest.mark.parametrize(
    ("text", "encoding", "how", "words"),
    [
        (
            "measure,valid_from,target\nNoël,2025-01-01,4\n",
            "cp1252",
            {},
            "is not UTF-8 text",
        ),
        ("measure;valid_from;target\ncsat;2025-01-01;4\n", "utf-8", {}, "Is the separator ';'?"),
        (
            "measure,valid_from,target\ncsat,2025-01-01,4,5\n",
            "utf-8",
            {},
            "row 2: has 4 values",
        ),
        ("", "utf-8", {}, "is empty: not even a heading"),
        (GOOD.format("4"), "utf-8", {"header": 9}, "has no heading in row 9"),
        (GOOD.format("4"), "utf-8", {"encoding": "klingon"}, "there is no encoding 'klingon'"),
        (
            GOOD.format("4"),
            "utf-8",
            {"columns": {"target": "Goal"}},
            "row 1, column Goal: this column is",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_line(
    tmp_path: Path, text: str, encoding: str, how: dict[str, Any], words: str
) -> None:
    with pytest.raises(InputError) as caught:
        targets(tmp_path, text, written=encoding, **how)
    assert words in str(caught.value) and "\n" not in str(caught.value)


def test_rows_at_the_end_that_are_no_data_are_passed_over(tmp_path: Path) -> None:
    found = targets(tmp_path, f"{GOOD.format('4')}Total;4\n\n", footer=1)
    assert not found.faults and found.frame["target"].tolist() == [4]
    pd.DataFrame(
        {"measure": ["csat", "Total"], "valid_from": ["2025-01-01", None], "target": [4, 4]}
    ).to_excel(tmp_path / "a.xlsx", index=False)
    book = read("targets", Source(file="a.xlsx", footer=1), *described(tmp_path))
    assert not book.faults and len(book.frame) == 1


def test_merged_cells_are_refused_with_their_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["measure", "valid_from", "target"], ["csat", "2025-01-01", 4], [None, "2025-02-01", 5]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match="row 2: sheet 'Sheet' has merged cells"):
        read("targets", Source(file="a.xlsx"), *described(tmp_path))


def test_a_link_out_of_the_data_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(GOOD.format("4"))
    (tmp_path / "data").mkdir()
    (tmp_path / "data/targets.csv").symlink_to(tmp_path / "secret.csv")
    engagement, params = described(tmp_path)
    with pytest.raises(InputError, match="outside the data folder"):
        read("targets", Source(file="targets.csv"), engagement.model_copy(update={"data": "data"}), params)


def test_a_parquet_link_out_of_the_data_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    frame = pd.DataFrame({"measure": ["csat"], "valid_from": [dt.date(2025, 1, 1)], "target": [4.0]})
    frame.to_parquet(tmp_path / "a.parquet")
    (tmp_path / "data/a.parquet").symlink_to(tmp_path / "a.parquet")
    engagement, params = described(tmp_path)
    with pytest.raises(InputError, match="outside the data folder"):
        read("targets", Source(file="a.parquet"), engagement.model_copy(update={"data": "data"}), params)


@pytest.mark.parametrize("file", ["../a.csv", "/a.csv", "C:\\a.csv", "..\\a.csv", "a/../../b.csv", "a.exe"])
def test_a_path_out_of_the_data_folder_is_refused(file: str) -> None:
    with pytest.raises(ValueError, match=r"not below the data folder|ends in none of"):
        Source(file=file)
