"""``reviewkit diff``: two runs compared, in sentences and as JSON."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from reviewkit.cli.diff import diff
from reviewkit.model import Finding
from reviewkit.run.manifest import PARAMS, Manifest

APP = typer.Typer()
APP.command()(diff)
YAML = """\
id: north
name: North review
client: North Ltd
purpose: Answer calls
data_as_of: 2026-01-31
data: .
measures:
  - {id: fcr, name: Resolution, unit: percent, direction: increase, table: contacts, numerator: sum(resolved)}
"""
FCR = Finding.of("1.1", "opinion", "fcr", statement="Resolution fell [again].", figures={"latest": 70.8})
AGREED = FCR.model_copy(update={"status": "agreed"})
PERSON = Finding.of("2.5", "person", "p1", statement="P1 stands out.", personal=True)
THEME = Finding.of("1.4", "theme", "morale", statement="Morale is low.")


def write(folder: Path, *findings: Finding, engagement: str = "north") -> Path:
    """A run's folder with these findings."""
    (folder / "findings").mkdir(parents=True)
    started = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    Manifest(
        engagement=engagement, name="North review", run=folder.name, simulated=True,
        data_as_of=dt.date(2026, 1, 31), started=started, status="published",
    ).write(folder)  # fmt: skip
    (folder / PARAMS).write_text(YAML, encoding="utf-8")
    for finding in findings:
        with (folder / "findings" / f"{finding.step}.jsonl").open("a", encoding="utf-8") as file:
            file.write(f"{finding.model_dump_json()}\n")
    return folder


def run(*words: object) -> Result:
    return CliRunner().invoke(APP, [str(word) for word in words])


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two runs: an agreed finding whose figures changed, one that is gone, one that is new."""
    changed = FCR.model_copy(
        update={"figures": {"latest": 68.2}, "status": "agreed", "changed_since_decided": True}
    )
    return write(tmp_path / "one", AGREED, THEME), write(tmp_path / "two", changed, PERSON)


def test_diff_tells_agreed_and_changed_first(pair: tuple[Path, Path]) -> None:
    result = run(*pair)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "North review: run one, then run two.",
        "Both runs were made from the same evidence and parameters with the same library and packages.",
        "1 finding that was agreed or fact-checked has other figures, 1 is new and 1 is gone; none is as it was.",  # noqa: E501
        "",
        "Figures changed since agreed or fact-checked",
        "  1.1/opinion/fcr",
        "    Resolution fell [again].",
        "    Latest from 70.8% to 68.2%, down 2.6 percentage points.",
        "    It stays agreed; figures changed since agreed.",
        "",
        "New",
        "  2.5/person/p1 (personal)",
        "    P1 stands out.",
        "",
        "Gone",
        "  1.4/theme/morale",
        "    Morale is low.",
    ]  # fmt: skip


def test_diff_json_says_the_same(pair: tuple[Path, Path]) -> None:
    found = json.loads(run(*pair, "--json").stdout)
    entries = [entry for section in found["sections"] for entry in section["changes"]]
    assert [(entry["kind"], entry["personal"]) for entry in entries] == [
        ("settled", False), ("new", True), ("gone", False),
    ]  # fmt: skip
    assert entries[0]["figures"] == [{"name": "latest", "before": 70.8, "after": 68.2}]
    assert (entries[1]["earlier"], entries[2]["later"], found["unchanged"]) == (None, None, 0)


def test_diff_of_a_run_with_itself_says_nothing_changed(pair: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "latest").symlink_to("one")
    result = run(tmp_path / "latest", pair[0])
    assert result.exit_code == 0 and "Nothing changed: all 2 findings are as they were." in result.stdout


def test_diff_of_two_engagements_is_one_line(pair: tuple[Path, Path], tmp_path: Path) -> None:
    result = run(pair[0], write(tmp_path / "south", engagement="south"))
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert "'north' cannot be compared with one of 'south'" in result.stderr


@pytest.mark.parametrize("name", ["nowhere", ".", "one/manifest.json"])
def test_diff_of_what_is_no_run_is_one_line(pair: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    result = run(tmp_path / name, pair[0])
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert "there is no run here" in result.stderr


def test_diff_without_readable_params_tells_plain_figures(pair: tuple[Path, Path]) -> None:
    (pair[1] / PARAMS).write_text("id: [", encoding="utf-8")
    result = run(*pair)
    assert result.exit_code == 0 and "Latest from 70.80 to 68.20." in result.stdout
    assert "told without their units" in result.stderr


def test_diff_is_light_at_import() -> None:
    code = "import sys, reviewkit.cli.diff; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
