"""``reviewkit schedule``: units and crontab line on standard output, all else beside them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from reviewkit.cli import schedule as module

APP = typer.Typer()
APP.command()(module.schedule)
YAML = """\
id: north
name: North review
client: North Ltd
purpose: Answer calls
data_as_of: 2026-01-31
data: .
schedule: {cron: "0 6 * * 1", timezone: Europe/London}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one engagement, at noon of 15 July 2026."""
    (tmp_path / "params").mkdir()
    (tmp_path / "params/north.yaml").write_text(YAML, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "_now", lambda: dt.datetime(2026, 7, 15, 12, tzinfo=dt.UTC))
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(APP, words)


def test_schedule_tells_what_comes_next_and_prints_both(project: Path) -> None:
    result = run()
    assert result.exit_code == 0
    told = result.stderr.splitlines()[-1].split("  ")
    assert [text.strip() for text in told if text.strip()] == [
        "north", "0 6 * * 1", "Europe/London", "At 06:00 on Monday", "Mon 20 Jul 2026 06:00",
    ]  # fmt: skip
    for words in ("# reviewkit.service", "# reviewkit.timer", "OnCalendar=*:0/10", "*/10 * * * * cd "):
        assert words in result.stdout
    assert f"WorkingDirectory={project}\n" in result.stdout and "north" not in result.stdout


def test_schedule_service_names_a_reviewkit_that_is_there(project: Path) -> None:
    line = next(
        line for line in run("--format", "service").stdout.splitlines() if line.startswith("ExecStart")
    )
    executable = Path(line.split('"exec ')[1].split(" run --due ")[0].split(" -m ")[0])
    assert executable.is_absolute() and executable.is_file()


@pytest.mark.parametrize(
    ("form", "start", "absent"),
    [("service", "[Unit]", "[Timer]"), ("timer", "[Unit]", "[Service]"), ("cron", "*/10 ", "[Unit]"),
     ("systemd", "# reviewkit.service", "cd ")],
)  # fmt: skip
def test_schedule_format(project: Path, form: str, start: str, absent: str) -> None:
    text = run("--format", form).stdout
    assert text.startswith(start) and absent not in text


def test_schedule_warns_of_an_engagement_without_one(project: Path) -> None:
    (project / "params/south.yaml").write_text(YAML.partition("schedule")[0], encoding="utf-8")
    result = run()
    assert result.exit_code == 0
    assert "note: params/south.yaml: has no schedule, so that --due never runs it." in result.stderr


def test_schedule_tells_a_bad_file_and_prints_all_the_same(project: Path) -> None:
    (project / "params/bad.yaml").write_text(YAML.replace("0 6 * * 1", "0 6 * * 9"), encoding="utf-8")
    result = run("--format", "cron")
    assert result.exit_code == 2 and result.stdout.count("\n") == 1
    assert "params/bad.yaml, line 7, key schedule.cron: the day-of-week" in result.stderr


def test_schedule_of_named_files_calls_these_alone(project: Path) -> None:
    assert run("params/north.yaml", "--format", "cron").stdout.endswith(" run --due params/north.yaml\n")
    assert run("--format", "cron").stdout.endswith(" run --due params/*.yaml\n")


def test_schedule_where_there_are_no_params_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("--format", "cron")
    assert result.exit_code == 2 and "there is no params file here" in result.stderr


def test_schedule_names_another_folder_for_results(project: Path) -> None:
    assert "--runs 'my results'" in run("--format", "cron", "--runs", "my results").stdout
