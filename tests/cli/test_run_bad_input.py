"""Bad input: one clear line each, exit status 2, nothing left behind, the others still run."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reviewkit.cli import app
from reviewkit.run import fleet
from tests.evidence.conftest import PARAMS


def run(*params: Path, runs: Path) -> Result:
    return CliRunner().invoke(app, ["run", *map(str, params), "--runs", str(runs)])


@pytest.fixture
def params(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/targets.csv").write_text("measure,valid_from,target\ncsat,2025-01-01,4.2\n")
    (tmp_path / "data/kpis.csv").write_text("period,measure,value\n2025-01-01,csat,4\n")
    (tmp_path / "tiny.yaml").write_text(PARAMS)
    return tmp_path / "tiny.yaml"


SPOILED = {
    "unknown key": (
        "tiny.yaml",
        "client:",
        "clint:",
        ["tiny.yaml, line 3", "clint", "Did you mean 'client'?"],
    ),
    "missing column": (
        "data/kpis.csv",
        "period,measure",
        "period,mesure",
        ["kpis.csv", "column measure", "'mesure'"],
    ),
    "wrong date": (
        "data/kpis.csv",
        "2025-01-01",
        "01.02.2025",
        ["kpis.csv, row 2, column period", "01.02.2025"],
    ),
    "measure text": ("tiny.yaml", "sum(value)", "sum(valu)", ["tiny.yaml", "csat", "valu"]),
    "endless number": (
        "tiny.yaml",
        "sum(value)",
        "sum(value)\n    value_per_unit: .inf",
        ["tiny.yaml", "measures.0.value_per_unit", "finite"],
    ),
    "values of no column": (
        "tiny.yaml",
        "{file: kpis.csv}",
        "{file: kpis.csv, values: {sight: {a: b}}}",
        ["kpis.csv", "'sight' is no column of kpis", "'values'"],
    ),
    "measure injection": ("tiny.yaml", "sum(value)", "sum(value); drop table kpis", ["tiny.yaml", "csat"]),
}


@pytest.mark.parametrize("name", SPOILED)
def test_run_bad_input_is_one_line(params: Path, tmp_path: Path, name: str) -> None:
    file, old, new, expected = SPOILED[name]
    path = tmp_path / file
    path.write_text(path.read_text().replace(old, new))
    result = run(params, runs=tmp_path / "runs")
    message = result.stderr.strip().splitlines()[-1]
    assert result.exit_code == 2
    assert [words for words in expected if words not in message] == []
    assert not (tmp_path / "runs").exists()


def test_run_empty_table(params: Path, tmp_path: Path) -> None:
    (tmp_path / "data/kpis.csv").write_text("period,measure,value\n")
    result = run(params, runs=tmp_path / "runs")
    assert result.exit_code == 2 and "kpis.csv: has a heading but no rows" in result.stderr


def test_run_unknown_engagement(tmp_path: Path) -> None:
    result = run(tmp_path / "nobody.yaml", runs=tmp_path / "runs")
    assert result.exit_code == 2 and "nobody.yaml: there is no such file" in result.stderr


def _open_only(pipeline: fleet.Pipeline) -> None:
    """Begin the runs and close them at once: what would run is not of interest here."""
    for run in filter(None, pipeline.opening):
        run.close("failed")


def test_run_one_engagement_twice(params: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet.Pipeline, "work", _open_only)
    twin = tmp_path / "twin.yaml"
    twin.write_text(params.read_text())
    result = run(params, params, twin, runs=tmp_path / "runs")
    told = [line for line in result.stderr.splitlines() if "is in this command already" in line]
    assert (result.exit_code, len(told)) == (2, 2)
    assert "twin.yaml, key id" in told[1] and str(params) in told[1]
    assert len([*(tmp_path / "runs/tiny").glob("2*")]) == 1


def test_run_folder_that_cannot_be_written(params: Path, tmp_path: Path) -> None:
    result = run(params, runs=tmp_path / "data/kpis.csv")
    assert result.exit_code == 2 and "results cannot be put there (Not a directory)" in result.stderr
