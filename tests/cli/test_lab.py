"""``reviewkit lab``: JupyterLab begins at the start notebook, also where the package is installed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewkit.cli import app
from reviewkit.cli.lab import ready


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REVIEWKIT_ENGAGEMENT", "REVIEWKIT_LAB_ROOT"):
        monkeypatch.setenv(name, "")


def test_in_the_checkout_the_start_notebook_itself_is_opened(root: Path) -> None:
    assert ready("", root) == (root, "notebooks/workbench/start.ipynb")


def test_elsewhere_a_copy_is_put_beside_the_results(root: Path, tmp_path: Path) -> None:
    (tmp_path / "params").mkdir()
    params = tmp_path / "params/acme.yaml"
    params.write_text("id: acme\nname: A\nclient: B\npurpose: C\ndata_as_of: 2025-06-30\ndata: data\n")
    assert ready(str(params), root) == (tmp_path, "runs/start.ipynb")
    assert (tmp_path / "runs/start.ipynb").is_file()
    assert os.environ["REVIEWKIT_ENGAGEMENT"] == str(params)


def test_unknown_engagements_are_refused_and_other_options_go_to_jupyterlab(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    monkeypatch.chdir(root)
    monkeypatch.setattr("jupyterlab.labapp.main", given.extend)
    assert CliRunner().invoke(app, ["lab", "nobody"]).exit_code == 2 and not given
    assert CliRunner().invoke(app, ["lab", "contact_centre", "--no-browser", "--port=8890"]).exit_code == 0
    assert given[-2:] == ["--no-browser", "--port=8890"]
    assert "--LabApp.default_url=/lab/tree/notebooks/workbench/start.ipynb" in given
