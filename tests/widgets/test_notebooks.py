"""The workbench notebooks: made to be read, and with a summary where nobody can click."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert import HTMLExporter
from papermill import execute_notebook

from reviewkit.model import STEPS
from reviewkit.widgets import capture, coding
from reviewkit.widgets.frontend import analyst, is_interactive, remember, remembered

from .deciding.conftest import made
from .explore.conftest import written as explored

NAMES = ("start", "capture", "coding", "quotes", "decide", "explore", "scenario")
each = pytest.mark.parametrize("name", NAMES)


def book(root: Path, name: str) -> Any:
    return nbformat.read(root / f"notebooks/workbench/{name}.ipynb", 4)


def test_they_are_there_and_none_is_a_step(root: Path) -> None:
    found = {path.stem for path in (root / "notebooks/workbench").glob("*.ipynb")}
    assert set(NAMES) <= found
    assert not [spec for spec in STEPS if spec.notebook.startswith("workbench/")]


@each
def test_it_is_made_to_be_read(root: Path, name: str) -> None:
    cells = book(root, name).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    prose = [cell.source for cell in cells if cell.cell_type == "markdown"]
    assert prose[0].startswith("# ") and len(prose[0].split()) > 25 and len(prose) >= len(code)
    assert code[0].metadata.tags == ["parameters"] and code[0].source.startswith(
        'engagement = "contact_centre"'
    )
    assert [cell for cell in code if cell.outputs or cell.execution_count] == []
    assert re.findall(r"\d", " ".join(prose)) == []


@each
@pytest.mark.slow
def test_papermill_renders_a_summary_and_no_widget(
    root: Path, name: str, params: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    if name == "explore":  # with measures to look at
        params = explored(tmp_path / "explored")
    if name == "decide":  # with findings to decide on
        made(params)
    out = tmp_path / "out.ipynb"
    run = execute_notebook(
        root / f"notebooks/workbench/{name}.ipynb", out,
        parameters={"engagement": str(params)}, progress_bar=False, kernel_name="python3",
    )  # fmt: skip
    shown = [cell.outputs[0].data["text/html"] for cell in run.cells if cell.get("outputs")]
    assert len(shown) == (2 if name == "decide" else 1)
    assert all("rk-bottom" in html for html in shown) and "widgets" not in run.metadata
    text = out.read_text(encoding="utf-8")
    assert not [word for word in ("widget-view", "We have no training", "cancelled") if word in text]
    assert not (params.parent / "data/evidence.sqlite").exists()  # nothing was written
    if name == "decide":
        page, _ = HTMLExporter().from_notebook_node(run)
        assert "What was decided" in page and "To look at again" not in page


def test_summaries_count_what_there_is(params: Path) -> None:
    html = coding(params, interactive=False)._repr_mimebundle_()["text/html"]
    assert "1 remark is coded, 14% of all; 6 remarks are waiting to be read." in html
    assert "Communication between teams" in html and "What waits to be coded" in html
    html = capture(params, interactive=False)._repr_mimebundle_()["text/html"]
    assert "6 remarks from 3 interviews, 0 observations and 0 walk-throughs" in html


@pytest.mark.parametrize(
    ("run", "environment", "told"),
    [("", {}, False), ("", {"JPY_SESSION_NAME": "a.ipynb"}, True), (".", {"JPY_SESSION_NAME": "a"}, False)],
)
def test_widgets_are_for_those_who_can_click(run: str, environment: dict[str, str], told: bool) -> None:
    assert is_interactive(run, environment) is told


def test_who_works_here_is_remembered_and_the_environment_goes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "new"))
    assert analyst({}) == remembered() == ""
    remember(" Lead analyst ")
    assert remembered() == "Lead analyst" and analyst({}) == ""  # to be confirmed: machines are shared
    assert analyst({"REVIEWKIT_ANALYST": "AB"}) == "AB"
