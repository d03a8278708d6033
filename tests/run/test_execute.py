"""A notebook that fails is reported as failed, with step and cell, however it fails."""

from __future__ import annotations

import tempfile
from pathlib import Path

import nbformat
import pytest

from reviewkit.model import StepError
from reviewkit.run import execute

NOTEBOOKS = Path(__file__).parent / "notebooks"


def ran(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> nbformat.NotebookNode:
    monkeypatch.setattr(execute, "notebook_path", lambda spec: NOTEBOOKS / f"{name}.ipynb")
    execute.execute_step("1.1", folder)
    return nbformat.read(folder / "notebooks/step1_performance_data.ipynb", 4)


def test_execute_step_runs_inside_the_run_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = ran("writes_a_file", tmp_path, monkeypatch)
    assert (tmp_path / "written.txt").read_text() == "engagement.yaml"
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")


def test_execute_step_names_the_failing_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StepError, match=r"step 1\.1, cell \d+: KeyError: 'site'"):
        ran("raises", tmp_path, monkeypatch)
    assert (tmp_path / "notebooks/step1_performance_data.ipynb").is_file()


def test_execute_step_dead_kernel_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StepError, match="Kernel died"):
        ran("dies", tmp_path, monkeypatch)


def test_execute_step_time_limit_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execute, "CELL_SECONDS", 1)
    with pytest.raises(StepError, match="1 seconds"):
        ran("sleeps", tmp_path, monkeypatch)


def test_execute_step_leaves_no_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as sockets:
        monkeypatch.setattr(execute, "_short_folder", lambda: sockets)
        ran("writes_a_file", tmp_path, monkeypatch)
        assert list(Path(sockets).iterdir()) == []
