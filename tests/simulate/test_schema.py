"""Every table keeps to its schema: kinds, allowed values, required columns, unique keys."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reviewkit.model import TABLES, Column, Table, read_engagement

ROOT = Path(__file__).parents[2]
SAMPLES = ("contact_centre", "employment_services", "emergency_care", "patient_voice")
FILES = [path for name in SAMPLES for path in sorted((ROOT / "data" / "sample" / name).glob("*.csv"))]


def parsed(values: pd.Series, column: Column) -> pd.Series:
    """Values as the column's kind; raises where one is not."""
    if column.kind in ("number", "integer"):
        numbers = pd.to_numeric(values)
        assert column.kind == "number" or (numbers == numbers.round()).all()
        return numbers
    if column.kind in ("date", "datetime"):
        return pd.to_datetime(values, format="%Y-%m-%d" if column.kind == "date" else "%Y-%m-%dT%H:%M")
    return values


def check_column(values: pd.Series, column: Column) -> None:
    filled = parsed(values[values != ""], column)
    if column.required:
        assert (values != "").all()
    if column.kind == "boolean":
        assert set(filled) <= {"true", "false"}
    if column.allowed:
        assert set(filled) <= set(column.allowed)
    if column.minimum is not None:
        assert (filled >= column.minimum).all()
    if column.maximum is not None:
        assert (filled <= column.maximum).all()


def check_table(frame: pd.DataFrame, table: Table) -> None:
    assert set(frame.columns) <= {column.name for column in table.columns}
    assert set(table.required) <= set(frame.columns)
    for name in frame.columns:
        check_column(frame[name], table.column(name))
    key = [name for name in table.key if name in frame]
    assert not key or not frame.duplicated(key).any()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_table_keeps_to_its_schema(path: Path) -> None:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert len(frame) > 0
    check_table(frame, TABLES[path.stem])


def test_contact_centre_has_every_table() -> None:
    files = {path.stem for path in (ROOT / "data" / "sample" / "contact_centre").glob("*.csv")}
    # Written by commands and the workbench, or only once people have answered.
    later = {"codebook_changes", "blind_sample", "resolutions", "corrections", "estimates"}
    assert files == set(TABLES) - later


@pytest.mark.parametrize("name", SAMPLES)
def test_params_name_columns_and_measures_that_are_there(name: str) -> None:
    engagement = read_engagement(ROOT / "params" / f"{name}.yaml")
    folder = ROOT / "data" / "sample" / name
    known = {measure.id for measure in engagement.measures}
    for measure in engagement.measures:
        assert (folder / f"{measure.table}.csv").exists()
    for table in ("targets", "annotations", "goals", "actions"):
        path = folder / f"{table}.csv"
        named = set(pd.read_csv(path)["measure"].dropna()) if path.exists() else set()
        assert named <= known


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_says_where_it_comes_from(name: str) -> None:
    text = (ROOT / "data" / "sample" / name / "README.md").read_text(encoding="utf-8")
    simulated = read_engagement(ROOT / "params" / f"{name}.yaml").simulated
    assert ("**simulated**" in text) == simulated
    assert "**Licence**" in text and "**Source**" in text


def test_samples_stay_small() -> None:
    files = [path for path in (ROOT / "data" / "sample").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 8e6
    assert (ROOT / "data" / "sample" / "contact_centre" / "contacts.csv").stat().st_size < 4e6
