"""Each malformed input gives errors of one line that name the place, and nothing is written."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from reviewkit.cli.check import check
from reviewkit.evidence import write_snapshot
from reviewkit.model import InputError, read_engagement
from tests.malformed.cases import CASES
from tests.malformed.world import Case, lay_out

pytestmark = pytest.mark.slow

APP = typer.Typer(pretty_exceptions_enable=False)
APP.command()(check)
NOT_OUR_WORDS = re.compile(
    r"Traceback|pydantic|Errno|\b[A-Z]\w+Error\b|0x[0-9a-f]{6,}|Input should|<class|\.py\b|NoneType"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the good engagement's folder, and stand in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NOT_SET_ANYWHERE", raising=False)
    lay_out(tmp_path)
    return tmp_path


def inventory(folder: Path) -> dict[str, int]:
    """Every path below a folder, with when it was changed."""
    there = [Path(root) / name for root, folders, files in os.walk(folder) for name in [*folders, *files]]
    return {str(path): path.lstat().st_mtime_ns for path in there}


def assert_plain(line: str, case: Case) -> None:
    assert not NOT_OUR_WORDS.search(line), line
    assert line.isprintable(), line
    assert len(line) < 1500, line
    assert [word for word in case.never if word in line] == [], line


def test_the_good_engagement_has_no_faults(folder: Path) -> None:
    done = CliRunner().invoke(APP, ["tiny.yaml"])
    assert done.exit_code == 0 and "0 errors" in done.output, done.output


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check_names_the_place(case: Case, folder: Path) -> None:
    case.spoil(folder)
    before = inventory(folder)
    done = CliRunner().invoke(APP, ["tiny.yaml"])
    assert done.exit_code == 2, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    lines = done.output.splitlines()
    for line in lines:
        assert_plain(line, case)
    errors = [line for line in lines if line.startswith("  error    ")]
    assert any(all(word in line for word in case.place) for line in errors), (case.place, errors)
    assert inventory(folder) == before


@pytest.mark.parametrize("case", [case for case in CASES if case.loads], ids=str)
def test_reading_refuses_it_and_writes_nothing(case: Case, folder: Path) -> None:
    case.spoil(folder)
    before = inventory(folder)
    with pytest.raises(InputError) as caught:
        write_snapshot(read_engagement("tiny.yaml"), Path("tiny.yaml"), folder / "snapshot")
    line = str(caught.value)
    assert len(line.splitlines()) == 1
    if case.fault != "personal values":
        assert_plain(line, case)
        assert all(word in line for word in case.place[:1]), line
    assert inventory(folder) == before


def test_there_are_two_hundred_cases_of_named_faults() -> None:
    assert len(CASES) >= 200
    assert max(Counter(map(str, CASES)).values()) == 1
    assert len({case.fault for case in CASES}) >= 30
