"""The notebooks are the ones the table of steps names, made to be read."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest

from reviewkit.model import STEPS, StepSpec

each = pytest.mark.parametrize("spec", STEPS, ids=[spec.name for spec in STEPS])


def cells(root: Path, spec: StepSpec, kind: str = "") -> list[Any]:
    """Cells of a step's notebook, of one kind or all."""
    notebook = nbformat.read(root / "notebooks" / spec.notebook, as_version=4)
    nbformat.validate(notebook)
    return [cell for cell in notebook.cells if kind in ("", cell.cell_type)]


def tags(cell: Any) -> list[str]:
    """Tags of a cell."""
    return list(cell.metadata.get("tags", []))


def test_notebooks_are_those_of_the_steps(root: Path) -> None:
    found = {str(path.relative_to(root / "notebooks")) for path in (root / "notebooks").glob("*/*.ipynb")}
    steps = {name for name in found if not name.startswith("workbench/")}
    assert steps == {spec.notebook for spec in STEPS}


@each
def test_first_cell_is_the_title_and_a_paragraph(root: Path, spec: StepSpec) -> None:
    first = cells(root, spec)[0]
    title, _, paragraph = first.source.partition("\n")
    assert (first.cell_type, title) == ("markdown", f"# {spec.title}")
    assert len(paragraph.split()) >= 15


@each
def test_headings_are_in_order(root: Path, spec: StepSpec) -> None:
    text = "\n".join(cell.source for cell in cells(root, spec, "markdown"))
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.M)]
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


@each
def test_parameters_cell_names_engagement_and_run(root: Path, spec: StepSpec) -> None:
    code = cells(root, spec, "code")
    assert [tags(cell).count("parameters") for cell in code] == [1] + [0] * (len(code) - 1)
    assert code[0].source.split("\n") == ['engagement = "contact_centre"', 'run = ""']


@each
def test_second_code_cell_opens_the_step_and_shows_the_bottom_line(root: Path, spec: StepSpec) -> None:
    source = cells(root, spec, "code")[1].source
    assert f'open_step("{spec.number}", engagement, run)' in source
    assert source.endswith("step.bottom_line()")


@each
def test_later_cells_are_one_call(root: Path, spec: StepSpec) -> None:
    later = [cell.source for cell in cells(root, spec, "code")[2:]]
    assert later != []
    assert [source for source in later if not re.fullmatch(r"step\.\w+\(.*\)", source, re.S)] == []


@each
def test_cells_are_short_and_explained(root: Path, spec: StepSpec) -> None:
    code = cells(root, spec, "code")
    assert max(cell.source.count("\n") + 1 for cell in code) <= 12
    assert len(cells(root, spec, "markdown")) >= 0.8 * len(code)


@each
def test_prose_holds_no_figures(root: Path, spec: StepSpec) -> None:
    prose = " ".join(cell.source for cell in cells(root, spec, "markdown"))
    assert re.findall(r"\d+(?:\.\d+)? ?(?:%|per cent)", prose) == []


@each
def test_outputs_are_kept_only_where_tagged(root: Path, spec: StepSpec) -> None:
    code = cells(root, spec, "code")
    assert [c.source for c in code if c.outputs and "keep_output" not in tags(c)] == []
    checked = [cell for cell in code if "nbval-check-output" in tags(cell)]
    assert [cell.source for cell in checked if not (cell.execution_count and cell.outputs)] == []
    assert [cell.source for cell in checked] == ["step.hands_on()"]
