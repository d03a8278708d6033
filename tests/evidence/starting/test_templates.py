"""Templates made of the tables' schemas, filled in and read back by the product."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reviewkit.evidence.checking import typed
from reviewkit.evidence.sources import read
from reviewkit.evidence.starting import write_templates
from reviewkit.evidence.starting.templates import ALL, DICTIONARY, dictionary, example, valid
from reviewkit.model import TABLES, Engagement, InputError, Source


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    write_templates(folder)
    return folder


def engagement(folder: Path, name: str, file: str) -> Engagement:
    return Engagement(
        id="e",
        name="E",
        client="E",
        purpose="P",
        data_as_of="2025-01-31",
        data=str(folder),
        sources={name: Source(file=file)},
    )


@pytest.mark.parametrize("name", TABLES)
def test_a_filled_workbook_is_read_back_without_a_fault(name: str, templates: Path, tmp_path: Path) -> None:
    book = load_workbook(templates / f"{name}.xlsx")
    for place, column in enumerate(TABLES[name].columns, start=1):
        book[name].cell(2, place).value = example(column)
    book.save(tmp_path / "filled.xlsx")
    made = engagement(tmp_path, name, "filled.xlsx")
    found = read(name, made.sources[name], made, tmp_path / "e.yaml")
    assert found.faults == []
    assert len(found.frame) == 1
    assert found.frame.notna().all(axis=None)


@pytest.mark.parametrize("name", TABLES)
def test_a_filled_csv_is_read_back_without_a_fault(name: str, templates: Path, tmp_path: Path) -> None:
    heading = (templates / f"{name}.csv").read_text(encoding="utf-8")
    with (tmp_path / "filled.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(heading)
        csv.writer(file).writerow([example(column) for column in TABLES[name].columns])
    made = engagement(tmp_path, name, "filled.csv")
    found = read(name, made.sources[name], made, tmp_path / "e.yaml")
    assert found.faults == []
    assert len(found.frame) == 1


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_template_not_filled_in_is_said_to_have_no_rows(ending: str, templates: Path) -> None:
    made = engagement(templates, "targets", f"targets.{ending}")
    with pytest.raises(InputError, match="has a heading but no rows"):
        read("targets", made.sources["targets"], made, templates / "e.yaml")


@pytest.mark.parametrize("name", TABLES)
def test_a_template_has_its_columns_lists_and_dictionary(name: str, templates: Path) -> None:
    book = load_workbook(templates / f"{name}.xlsx")
    assert book.sheetnames == [name, DICTIONARY]
    table = TABLES[name]
    assert [cell.value for cell in book[name][1]] == [column.name for column in table.columns]
    assert all(cell.comment and cell.comment.text for cell in book[name][1])
    fills = [cell.fill.fgColor.rgb for cell in book[name][1]]
    assert [fill == "00490092" for fill in fills] == [column.required for column in table.columns]
    lists = {check.formula1 for check in book[name].data_validations.dataValidation if check.type == "list"}
    closed = [column.allowed for column in table.columns if column.allowed]
    assert {f'"{",".join(allowed)}"' for allowed in closed} <= lists
    assert [
        [cell or "" for cell in row] for row in book[DICTIONARY].iter_rows(values_only=True)
    ] == dictionary([table])


def test_one_workbook_has_every_table(templates: Path) -> None:
    book = load_workbook(templates / ALL)
    assert book.sheetnames == [*TABLES, DICTIONARY]


def test_the_dictionary_has_every_column_and_says_what_it_holds(templates: Path) -> None:
    with (templates / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["table"], row["column"]) for row in rows] == [
        (table.name, column.name) for table in TABLES.values() for column in table.columns
    ]
    assert all(row["meaning"] and row["kind"] and row["example"] for row in rows)


def test_examples_are_valid() -> None:
    import pandas as pd

    for table in TABLES.values():
        row = pd.DataFrame([{column.name: example(column) for column in table.columns}], index=[2])
        assert typed(row, table, Path("example.csv"))[1] == [], table.name


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "targets.xlsx").write_text("filled in", encoding="utf-8")
    with pytest.raises(InputError, match="is there already"):
        write_templates(tmp_path, ["targets"])
    assert [path.name for path in tmp_path.iterdir()] == ["targets.xlsx"]
    assert len(write_templates(tmp_path, ["targets"], force=True)) == 2


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'sales' is no evidence table"):
        write_templates(tmp_path / "new", ["sales"])
    assert not (tmp_path / "new").exists()


def test_valid_values_are_said_for_every_closed_column() -> None:
    for table in TABLES.values():
        assert all(valid(column) for column in table.columns if column.allowed or column.kind == "boolean")
