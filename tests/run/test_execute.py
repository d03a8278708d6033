"""One notebook run for a step: where, with what seed, and what is recorded of it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from reviewkit.model import StepError
from reviewkit.run.execute import Executed, _whole, execute_step, seed_of

from .conftest import Desk
from .mini import HANDS_ON, MINIATURES, put


def ran(what: str, folder: Path) -> Executed:
    put(folder, "1.1", what)
    notebook = folder / "notebooks/week1/step1_performance_data.ipynb"
    return execute_step("1.1", notebook, folder, engagement="mini")


def executed(folder: Path) -> nbformat.NotebookNode:
    return nbformat.read(folder / "notebooks/step1_performance_data.ipynb", 4)


def test_execute_step_runs_inside_the_run_folder(tmp_path: Path) -> None:
    made = ran("writes_a_file", tmp_path)
    assert (tmp_path / "written.txt").read_text() == "engagement.yaml"
    assert all(cell.execution_count for cell in executed(tmp_path).cells if cell.cell_type == "code")
    assert made.kernel == "warm" and list(made.outputs) == ["notebooks/step1_performance_data.ipynb"]


def test_execute_step_records_what_it_made(tmp_path: Path) -> None:
    (tmp_path / "engagement.yaml").write_text("id: mini\n")
    made = ran(HANDS_ON.format(number="1.1"), tmp_path)
    assert set(made.outputs) == {"findings/1.1.jsonl", "notebooks/step1_performance_data.ipynb"}


def test_execute_step_gives_the_seed(tmp_path: Path) -> None:
    draw = "import random\nimport numpy\nprint(random.random(), numpy.random.random())"
    drawn = set()
    for _ in range(3):
        made = ran(draw, tmp_path)
        assert (made.kernel, made.seed) == ("warm", seed_of("mini", "1.1"))
        drawn.add(executed(tmp_path).cells[-1].outputs[0].text)
    assert len(drawn) == 1


def test_execute_step_names_the_failing_cell(tmp_path: Path) -> None:
    with pytest.raises(StepError, match=r"step 1\.1, cell 3: KeyError: 'site'"):
        ran("raises", tmp_path)
    assert executed(tmp_path).metadata.papermill.exception is True


def test_what_a_kernel_writes_to_standard_error_is_kept(desk: Desk) -> None:
    desk.give("1.3", "import os\n_ = os.write(2, b'from below')")
    desk.run()
    assert "from below" in (desk.newest() / "logs/1.3.txt").read_text()
    assert not (desk.newest() / "logs/1.6.txt").exists()


def test_cell_that_did_not_run_is_refused() -> None:
    make = nbformat.v4
    cells = [make.new_code_cell("1", execution_count=1), make.new_code_cell("2")]
    with pytest.raises(StepError, match=r"step 1\.1, cell 1: the cell did not run"):
        _whole("1.1", make.new_notebook(cells=cells))


def test_miniatures_are_notebooks() -> None:
    for path in MINIATURES.glob("*.ipynb"):
        nbformat.validate(nbformat.read(path, 4))
