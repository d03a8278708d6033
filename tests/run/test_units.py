"""The system's clock: units that systemd accepts, and lines that a shell reads as they are meant."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reviewkit.run.units import MINUTES, command, crontab, service, timer

ODD = "a b%c$HOME 'd\" \\e"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder of an odd name with params files and a reviewkit that tells what it was called with."""
    folder = tmp_path / ODD
    (folder / "params").mkdir(parents=True)
    for name in ("one.yaml", "two $x.yaml"):
        (folder / "params" / name).touch()
    script = folder / "reviewkit"
    script.write_text('#!/bin/sh\nprintf "%s|" "$PWD" "$@"\n')
    script.chmod(0o755)
    return folder


def shell(line: str, folder: str = "/") -> str:
    return subprocess.run(
        ["/bin/sh", "-c", line], cwd=folder, capture_output=True, text=True, check=True
    ).stdout


def test_crontab_line_calls_reviewkit_with_all_params(project: Path) -> None:
    line = crontab(command([str(project / "reviewkit")], []), str(project))
    rhythm, called = line.strip().split(" cd ", 1)
    assert rhythm == f"*/{MINUTES} * * * *"
    # cron takes the backslash before a % away, and would end the line at one without.
    assert "%" not in called.replace("\\%", "")
    assert shell("cd " + called.replace("\\%", "%")) == (
        f"{project}|run|--due|params/one.yaml|params/two $x.yaml|"
    )


def test_command_with_params_names_these_alone(project: Path) -> None:
    line = command([str(project / "reviewkit")], ["params/two $x.yaml"])
    assert shell(line, str(project)) == f"{project}|run|--due|params/two $x.yaml|"


def test_service_is_quoted_for_systemd() -> None:
    made = service(command(["/opt/it's $5 at 5%/reviewkit"], []), "/srv/5%")
    assert "WorkingDirectory=/srv/5%%\n" in made
    assert "it'\\\"'\\\"'s $$5 at 5%%/reviewkit" in made


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
@pytest.mark.parametrize("folder", ["/srv/reviews", f"/srv/{ODD}"])
def test_units_are_accepted_by_systemd(tmp_path: Path, folder: str) -> None:
    line = command([f"{folder}/bin/reviewkit"], [])
    (tmp_path / "reviewkit.service").write_text(service(line, folder), encoding="utf-8")
    (tmp_path / "reviewkit.timer").write_text(timer(), encoding="utf-8")
    units = [str(tmp_path / f"reviewkit.{kind}") for kind in ("service", "timer")]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
