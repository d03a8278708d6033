"""A step opened from the start screen and run by hand finds what a scheduled run finds."""

from __future__ import annotations

import shutil
from pathlib import Path

from papermill import execute_notebook

from reviewkit.model import step
from reviewkit.run.notebooks import notebook_path
from reviewkit.widgets.start import prepared
from reviewkit.widgets.start.opening import engagement_given

from .conftest import Ran


def test_by_hand_and_by_schedule_the_findings_are_the_same(ran: Ran, root: Path, tmp_path: Path) -> None:
    (tmp_path / "params").mkdir()
    params = tmp_path / "params/contact_centre.yaml"
    shutil.copyfile(root / "params/contact_centre.yaml", params)
    (tmp_path / "data").symlink_to(root / "data")
    home = tmp_path / "runs/contact_centre/workbench"
    spec = step("1.4")
    given = {"engagement": engagement_given(params), "run": ""}
    copy = prepared(notebook_path(spec), home / "notebooks" / spec.notebook, given)
    execute_notebook(copy, tmp_path / "out.ipynb", progress_bar=False, kernel_name="python3", cwd=copy.parent)
    by_hand = (home / "findings/1.4.jsonl").read_text(encoding="utf-8")
    assert by_hand and by_hand == (ran.latest / "findings/1.4.jsonl").read_text(encoding="utf-8")
