"""The table of steps is in order, and names evidence tables that exist."""

from __future__ import annotations

import pytest

from reviewkit.model import STEPS, TABLES, StepSpec, step

each = pytest.mark.parametrize("spec", STEPS, ids=[spec.number for spec in STEPS])


def test_steps_are_fifteen_and_what_we_heard() -> None:
    assert [spec.number for spec in STEPS if "." not in spec.number] == ["heard"]
    assert len(STEPS) == 16


@each
def test_step_comes_after_the_steps_it_reads(spec: StepSpec) -> None:
    earlier = [other.number for other in STEPS[: STEPS.index(spec)]]
    assert set(spec.after) <= set(earlier)


@each
def test_step_names_evidence_tables_that_exist(spec: StepSpec) -> None:
    assert set(spec.needs) | set(spec.uses) <= set(TABLES)
    assert set(spec.needs) & set(spec.uses) == set()
    assert spec.needs != ()


@each
def test_step_has_an_edition_beside_the_team(spec: StepSpec) -> None:
    assert spec.editions[0] == "team"
    assert len(set(spec.editions)) == len(spec.editions) >= 2


def test_number_page_notebook_and_tables_are_unique() -> None:
    tables = [name for spec in STEPS for name in spec.makes]
    for values in ([s.number for s in STEPS], [s.page for s in STEPS], [s.notebook for s in STEPS], tables):
        assert len(set(values)) == len(values)


def test_number_begins_with_the_week() -> None:
    assert [spec.number for spec in STEPS if "." in spec.number and spec.number[0] != str(spec.week)] == []


def test_step_unknown_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        step("9.9")
