from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner, Result

from reviewkit.cli.import_ import import_

from .conftest import Desk

app = typer.Typer(pretty_exceptions_enable=False)
app.command("import")(import_)

TALK = """\
Date: 2026-03-04

Q: What should we stop doing?
Priya Shah: Typing it all twice.
Jane Roe: The calls at nine.
"""


def said(desk: Desk, *arguments: str) -> Result:
    return CliRunner().invoke(app, [str(desk.params), *arguments], catch_exceptions=False)


def test_the_summary_says_what_was_found_and_what_comes_next(desk: Desk) -> None:
    path = desk.write("talk.txt", TALK)
    result = said(desk, str(path))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == f"{path}: 2 remarks: 2 new; 1 question recognised"
    assert "1 speaker not (surely) in the register, first at line 5" in lines[1]
    assert "off the record" in lines[2]
    assert lines[3] == "1 file read: 2 new, 0 corrected, 0 gone."
    assert lines[4].startswith(f"To take it back: reviewkit trail {desk.params} --undo import-")
    assert "Nothing to do" in said(desk, str(path)).stdout


def test_names_and_words_are_not_told_but_in_a_dry_run(desk: Desk) -> None:
    path = desk.write("talk.txt", TALK)
    told = said(desk, str(path)).output
    assert not any(word in told for word in ("Priya", "Jane", "Typing", "calls"))
    dry = said(desk, str(path), "--dry-run").stdout
    assert "  - [stop_doing] Typing it all twice." in dry
    assert "Nothing was written." in dry


def test_a_fault_goes_to_standard_error_in_one_line(desk: Desk) -> None:
    good, bad = desk.write("talk.txt", TALK), desk.write("b.docx", "rubbish")
    result = said(desk, str(good), str(bad), str(desk.notes / "missing.txt"))
    assert result.exit_code == 2
    first, second = result.stderr.splitlines()
    assert first.startswith(f"{bad}: is damaged")
    assert "there is no such file" in second
    assert "1 file read, 2 not: 2 new" in result.stdout
    assert len(desk.rows()) == 2


@pytest.mark.parametrize(
    ("option", "value", "problem"),
    [("--source", "gossip", "there are one_to_one"), ("--said-on", "4.3.2026", "Write it as 2026-03-04")],
)
def test_an_option_that_makes_no_sense_is_a_fault_of_one_line(
    desk: Desk, option: str, value: str, problem: str
) -> None:
    result = said(desk, str(desk.write("talk.txt", TALK)), option, value)
    assert result.exit_code == 2
    assert problem in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_empty_folder_is_said(desk: Desk) -> None:
    result = said(desk, str(desk.notes))
    assert result.exit_code == 2
    assert "no notes" in result.stderr


def test_a_table_of_comments_is_refused_with_the_command_to_run(desk: Desk) -> None:
    import shlex

    talk = desk.write("talk.txt", TALK)
    path = desk.write("survey Q1.csv", "Date,Comment\n2026-01-02,Slow\n")
    result = said(desk, str(desk.notes))
    assert result.exit_code == 2
    assert f"{talk}: 2 remarks" in result.stdout
    (line,) = result.stderr.splitlines()
    command = f"reviewkit import {desk.params} '{path}' --source customer_feedback"
    assert command in line
    assert said(desk, *shlex.split(command)[3:]).exit_code == 0
    assert len(desk.rows("customer_feedback")) == 1
    assert len(desk.rows()) == 2


def test_a_file_that_is_not_there_is_said_and_nothing_else(desk: Desk) -> None:
    result = said(desk, str(desk.notes / "nothere"))
    assert result.exit_code == 2
    assert "nothere: there is no such file" in result.stderr
    assert result.stdout == "0 files read, 1 not: 0 new, 0 corrected, 0 gone.\n"


def test_the_store_holds_all_is_not_said_after_a_fault(desk: Desk) -> None:
    path = desk.write("talk.txt", TALK)
    said(desk, str(path))
    again = said(desk, str(path), str(desk.write("b.docx", "rubbish")))
    assert "2 already there" in again.stdout
    assert "Nothing to do" not in again.stdout
    assert "without --dry-run" not in said(desk, str(desk.notes / "b.docx"), "--dry-run").stdout
