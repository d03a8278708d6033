"""``reviewkit new`` and ``reviewkit templates`` as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from reviewkit.cli.new import new
from reviewkit.cli.templates import templates
from reviewkit.model import read_engagement

from .tuned import TUNED

app = typer.Typer()
app.command("new")(new)
app.command("templates")(templates)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sent").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/one.txt").write_text("words", encoding="utf-8")
    for export in TUNED[:2]:
        export.write(tmp_path / "sent")
    return tmp_path


def test_new_takes_files_and_folders_after_from(project: Path) -> None:
    paths = [f"sent/{TUNED[0].file}", "notes", f"sent/{TUNED[1].file}"]
    result = CliRunner().invoke(app, ["new", "acme", "--from", *paths])
    assert result.exit_code == 0, result.output
    assert set(read_engagement(project / "params/acme.yaml").sources) == {"contacts", "leads"}
    assert "handle_seconds  AHT (s)" in result.output
    assert "reviewkit import params/acme.yaml notes/one.txt" in result.output
    assert "reviewkit check params/acme.yaml" in result.output


def test_new_says_in_one_line_what_is_wrong(project: Path) -> None:
    result = CliRunner().invoke(app, ["new", "Acme", "--from", "sent"])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert not (project / "params").exists()


def test_new_ends_with_2_where_a_file_could_not_be_read(project: Path) -> None:
    (project / "sent/broken.xlsx").write_bytes(b"no workbook")
    result = CliRunner().invoke(app, ["new", "acme", "--from", "sent"])
    assert result.exit_code == 2
    assert "broken.xlsx" in result.output
    assert (project / "params/acme.yaml").is_file()


def test_templates_of_one_table(project: Path) -> None:
    result = CliRunner().invoke(app, ["templates", "forms", "--table", "targets"])
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (project / "forms").iterdir()) == ["targets.csv", "targets.xlsx"]
    again = CliRunner().invoke(app, ["templates", "forms", "--table", "targets"])
    assert again.exit_code == 2
    assert "is there already" in again.stderr


@pytest.mark.parametrize(
    "arguments", [["templates", "gen.py"], ["templates", "gen.py/x"], ["new", "zed", "--folder", "gen.py"]]
)
def test_a_file_where_a_folder_is_wanted_is_said_in_one_line(project: Path, arguments: list[str]) -> None:
    (project / "gen.py").write_text("kept", encoding="utf-8")
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "is a file, and a folder is wanted there" in result.stderr
    assert result.stderr.count("\n") == 1
    assert (project / "gen.py").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("arguments", [["templates", "/proc/x"], ["new", "zed", "--folder", "/proc"]])
def test_a_folder_that_cannot_be_written_to_is_said_in_one_line(project: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "cannot be written to" in result.stderr
    assert result.stderr.count("\n") == 1
