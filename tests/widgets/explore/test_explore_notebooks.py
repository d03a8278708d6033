"""The notebooks of the explorer and the scenario: made to be read, with a summary where nobody can click."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from papermill import execute_notebook

from reviewkit.model import STEPS

each = pytest.mark.parametrize("name", ["explore", "scenario"])


@each
def test_it_is_made_to_be_read(root: Path, name: str) -> None:
    cells = nbformat.read(root / f"notebooks/workbench/{name}.ipynb", 4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    prose = [cell.source for cell in cells if cell.cell_type == "markdown"]
    assert prose[0].startswith("# ") and len(prose[0].split()) > 25 and len(prose) >= len(code)
    assert code[0].metadata.tags == ["parameters"] and code[0].source.startswith("engagement = ")
    assert [cell for cell in code if cell.outputs or cell.execution_count] == []
    assert re.findall(r"\d", " ".join(prose)) == []
    assert not [spec for spec in STEPS if spec.notebook.startswith("workbench/")]


@each
@pytest.mark.slow
def test_papermill_renders_a_summary_and_no_widget(
    root: Path, name: str, params: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    made = execute_notebook(
        root / f"notebooks/workbench/{name}.ipynb", tmp_path / "out.ipynb",
        parameters={"engagement": str(params)}, progress_bar=False, kernel_name="python3",
    )  # fmt: skip
    assert "rk-bottom" in made.cells[-2].outputs[0].data["text/html"] and "widgets" not in made.metadata
    assert "cancelled" not in (tmp_path / "out.ipynb").read_text()  # no remark stands in it
    assert not (params.parent / "data/evidence.sqlite").exists()  # nothing was written
