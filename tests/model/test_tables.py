"""The evidence tables are complete enough to check, explain and simulate from."""

from __future__ import annotations

import pytest

from reviewkit.model import TABLES, Table

each = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


@each
def test_table_says_what_it_means_and_how_to_collect_it(table: Table) -> None:
    assert table.meaning and table.collect.endswith(".")
    assert [column.name for column in table.columns if not column.meaning] == []


@each
def test_columns_are_unique_and_hold_the_key(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert set(table.key) <= set(names)


@each
def test_table_has_a_required_column(table: Table) -> None:
    assert table.required != ()


@each
def test_allowed_values_are_for_text_and_bounds_for_numbers(table: Table) -> None:
    kinds = {column.name: column.kind for column in table.columns}
    allowed = [column.name for column in table.columns if column.allowed]
    bounded = [column.name for column in table.columns if (column.minimum, column.maximum) != (None, None)]
    assert {kinds[name] for name in allowed} <= {"text"}
    assert {kinds[name] for name in bounded} <= {"integer", "number"}


def test_column_unknown_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        TABLES["contacts"].column("colour")


@pytest.mark.parametrize("name", ["stakeholders", "participants", "remarks", "competencies"])
def test_registers_of_people_are_marked(name: str) -> None:
    assert TABLES[name].personal
