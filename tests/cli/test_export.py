"""``reviewkit export``: a run handed over as files, or refused in one line with nothing left behind."""

from __future__ import annotations

import datetime as dt
import json
import signal
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import typer
from typer.testing import CliRunner, Result

from reviewkit.cli.export import export
from reviewkit.model import Finding, file_hash
from reviewkit.publish.exports.earlier import held
from reviewkit.run.manifest import PARAMS, Manifest

APP = typer.Typer()
APP.command()(export)
YAML = """\
id: north
name: North review
client: North Ltd
purpose: Answer calls
data_as_of: 2026-01-31
data: .
attribution:
  - {source: "North's telephony", licence: CC-BY-4.0, changes: Ids made up}
"""
SECRET = "Nobody ever told us what the new targets were."
REGISTER = {
    "stakeholder_id": ["s1"], "name": ["Ann Lee"], "department": ["Service"], "level": ["front_line"],
    "site": ["North"], "role": ["adviser"], "headcount": [30],
}  # fmt: skip
SIGNALS = pd.DataFrame({"measure": ["fcr"], "latest": [-1.5], "reason": ["=HYPERLINK(1)"]})
FCR = Finding.of("1.1", "opinion", "fcr", statement="Resolution fell.", figures={"latest": -1.5})
PERSON = Finding.of("2.5", "person", "s1", statement="s1 stands out.", audience=("managers",), personal=True)


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """The results of one engagement: one published run."""
    write(tmp_path / "runs" / "north" / "20260201T090000")
    (tmp_path / "runs" / "north" / "latest").symlink_to("20260201T090000")
    (tmp_path / "north.yaml").write_text(YAML, encoding="utf-8")
    return tmp_path / "runs"


def write(folder: Path, status: str = "published") -> Path:
    """A run's folder with a register, a remark, a table, one finding for all and one on a person."""
    for name in ("evidence", "findings", "tables/1.1"):
        (folder / name).mkdir(parents=True)
    said = pd.DataFrame({"remark_id": ["r1"], "source": ["one_to_one"], "text": [SECRET]})
    for name, frame in {"stakeholders": pd.DataFrame(REGISTER), "remarks": said}.items():
        frame.to_parquet(folder / "evidence" / f"{name}.parquet")
    SIGNALS.to_parquet(folder / "tables/1.1/signals.parquet")
    for finding in (FCR, PERSON):
        path = folder / "findings" / f"{finding.step}.jsonl"
        path.write_text(f"{finding.model_dump_json()}\n", encoding="utf-8")
    (folder / PARAMS).write_text(YAML, encoding="utf-8")
    evidence = {path.relative_to(folder).as_posix(): file_hash(path) for path in folder.glob("evidence/*")}
    Manifest(
        engagement="north", name="North review", run=folder.name, simulated=False, evidence=evidence,
        data_as_of=dt.date(2026, 1, 31), started=dt.datetime(2026, 2, 1, tzinfo=dt.UTC), status=status,
    ).write(folder)  # fmt: skip
    return folder


def say(runs: Path, statement: str) -> None:
    """Let a finding for leadership hold these words."""
    finding = FCR.model_copy(update={"statement": statement})
    path = runs / "north/latest/findings/1.1.jsonl"
    path.write_text(f"{finding.model_dump_json()}\n", encoding="utf-8")


def run(*words: object) -> Result:
    return CliRunner().invoke(APP, [str(word) for word in words])


def refused(result: Result) -> str:
    assert (result.exit_code, result.stdout) == (2, "") and len(result.stderr.splitlines()) == 1, result
    return result.stderr


def test_export_writes_every_format_and_says_where(runs: Path) -> None:
    result = run("north", "--runs", runs, "--edition", "team")
    folder = runs / "north/exports/20260201T090000/team"
    assert result.exit_code == 0 and result.stdout.splitlines()[0] == str(folder)
    assert "Cells with an apostrophe: 1." in result.stdout
    assert sorted(path.name for path in folder.iterdir()) == [
        "README.md", "csv", "export.json", "north_team.xlsx", "parquet",
    ]  # fmt: skip
    assert (folder / "csv/1.1_signals.csv").read_text("utf-8-sig") == (
        "measure,latest,reason\nfcr,-1.5,'=HYPERLINK(1)\n"
    )
    pd.testing.assert_frame_equal(pd.read_parquet(folder / "parquet/1.1_signals.parquet"), SIGNALS)
    sheet = openpyxl.load_workbook(folder / "north_team.xlsx")["1.1_signals"]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [
        ("fcr", "s"), (-1.5, "n"), ("=HYPERLINK(1)", "s"),
    ]  # fmt: skip
    page = (folder / "README.md").read_text("utf-8")
    assert (
        "real, not simulated" in page
        and "North's telephony. Licence: CC-BY-4.0. Changes: Ids made up" in page
    )
    assert {path.stem for path in (folder / "csv").iterdir()} == {
        "findings", "finding_figures", "finding_evidence", "1.1_signals", "dictionary",
    }  # fmt: skip


def test_leadership_is_who_it_is_for_where_nothing_is_said(runs: Path, tmp_path: Path) -> None:
    result = run(tmp_path / "north.yaml", "--runs", runs, "--to", tmp_path / "out", "--format", "csv")
    assert result.exit_code == 0 and "Left out: some findings." in result.stdout
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["README.md", "csv", "export.json"]
    assert json.loads((tmp_path / "out/export.json").read_text())["edition"] == "leadership"
    told = (tmp_path / "out/csv/findings.csv").read_text("utf-8-sig")
    assert "Resolution fell." in told and "s1" not in told


@pytest.mark.parametrize("words", ["Ask ANN lee about it.", f"One said: {SECRET}", f"«{SECRET.upper()}»"])
@pytest.mark.parametrize("format", ["csv", "xlsx", "parquet"])
def test_a_name_or_an_unapproved_remark_is_refused_and_nothing_is_left(
    runs: Path, tmp_path: Path, words: str, format: str
) -> None:
    say(runs, words)
    error = refused(run("north", "--runs", runs, "--to", tmp_path / "a/b/out", "--format", format))
    place = "north_leadership.xlsx" if format == "xlsx" else f"{format}/findings.{format}"
    assert error.startswith(f"nothing is exported: {place} would hold")
    assert "ann" not in error.lower() and "targets" not in error
    assert sorted(path.name for path in tmp_path.iterdir()) == ["north.yaml", "runs"]


def test_an_earlier_export_stays_where_a_new_one_is_refused(runs: Path, tmp_path: Path) -> None:
    words = ("north", "--runs", runs, "--to", tmp_path / "out")
    assert run(*words).exit_code == 0
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    say(runs, "Ask Ann Lee.")
    refused(run(*words))
    assert before == {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def left_alone(folder: Path, *words: object) -> str:
    """An export that is refused, with everything in the folder as it was."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    error = refused(run(*words, "--to", folder))
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert not list(folder.parent.glob(".*"))
    return error


@pytest.mark.parametrize(
    "mark", ["{}", "[]", "no json", '{"made_by": "reviewkit export"}', '{"engagement": "north", "files": {}}']
)
def test_a_folder_with_an_export_json_of_others_is_no_export(runs: Path, tmp_path: Path, mark: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/export.json").write_text(mark)
    (tmp_path / "mine/thesis.docx").write_bytes(b"PK")
    assert "holds other things" in left_alone(tmp_path / "mine", "north", "--runs", runs)


@pytest.mark.parametrize("name", ["note.txt", "csv/note.txt", "csv/more/note.txt", ".note"])
def test_a_file_that_somebody_put_into_an_export_is_named_and_kept(
    runs: Path, tmp_path: Path, name: str
) -> None:
    assert run("north", "--runs", runs, "--to", tmp_path / "out").exit_code == 0
    (tmp_path / "out" / name).parent.mkdir(exist_ok=True)
    (tmp_path / "out" / name).write_text("mine")
    error = left_alone(tmp_path / "out", "north", "--runs", runs)
    assert "which no export wrote. Move it elsewhere" in error
    assert (name if "more" not in name else "the folder csv/more") in error


def test_an_empty_folder_or_a_link_in_an_export_is_somebodys(runs: Path, tmp_path: Path) -> None:
    words = ("north", "--runs", runs)
    assert run(*words, "--to", tmp_path / "out").exit_code == 0
    (tmp_path / "out/for later").mkdir()
    assert "the folder for later" in left_alone(tmp_path / "out", *words)
    (tmp_path / "out/for later").rmdir()
    (tmp_path / "kept.md").write_bytes((tmp_path / "out/README.md").read_bytes())
    (tmp_path / "out/README.md").unlink()
    (tmp_path / "out/README.md").symlink_to(tmp_path / "kept.md")
    assert "README.md, which was changed since" in left_alone(tmp_path / "out", *words)


def test_an_export_that_was_worked_on_is_kept(runs: Path, tmp_path: Path) -> None:
    words = ("north", "--runs", runs)
    assert run(*words, "--to", tmp_path / "out").exit_code == 0
    with (tmp_path / "out/csv/findings.csv").open("a") as file:
        file.write("my own row\r\n")
    assert "csv/findings.csv, which was changed since" in left_alone(tmp_path / "out", *words)


def test_what_a_file_manager_leaves_keeps_no_export_from_being_replaced(runs: Path, tmp_path: Path) -> None:
    words = ("north", "--runs", runs, "--to", tmp_path / "out")
    assert run(*words).exit_code == 0
    (tmp_path / "out/.DS_Store").write_bytes(b"x")
    (tmp_path / "out/README.md").unlink()
    assert run(*words).exit_code == 0 and (tmp_path / "out/README.md").is_file()


def test_an_export_of_another_edition_or_engagement_is_kept(runs: Path, tmp_path: Path) -> None:
    assert run("north", "--runs", runs, "--to", tmp_path / "out").exit_code == 0
    error = left_alone(tmp_path / "out", "north", "--runs", runs, "--edition", "team")
    assert "holds the export of north for leadership. Name another folder" in error
    mark = tmp_path / "out/export.json"
    mark.write_text(mark.read_text().replace('"engagement": "north"', '"engagement": "south"'))
    assert "holds the export of south" in left_alone(tmp_path / "out", "north", "--runs", runs)


def test_what_comes_while_an_export_is_written_is_kept(
    runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("north", "--runs", runs, "--to", tmp_path / "out")
    assert run(*words).exit_code == 0
    monkeypatch.setattr(
        "reviewkit.publish.exports.write.scan", lambda *_: (tmp_path / "out/note.txt").write_text("mine")
    )
    assert "note.txt, which no export wrote" in refused(run(*words))
    assert (tmp_path / "out/note.txt").read_text() == "mine"


KILLED = """
import os, signal, sys
from reviewkit.publish.exports import write
write.scan = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from reviewkit.cli.export import export
import typer
typer.run(export)
"""


def test_what_a_killed_export_left_is_cleared_by_the_next_and_nothing_else(
    runs: Path, tmp_path: Path
) -> None:
    words = ["north", "--runs", str(runs), "--to", str(tmp_path / "out")]
    assert subprocess.run([sys.executable, "-c", KILLED, *words], check=False).returncode == -signal.SIGKILL
    (left,) = tmp_path.glob(".out.*.partial")
    others = [".out.1234abcd.partial", ".out.12345.partial", ".other.1234abcd.partial"]
    for name in others:
        (tmp_path / name).mkdir()
        (tmp_path / name / "thesis.docx").write_text("mine")
    busy = tmp_path / ".out.0000aaaa.partial"
    (busy / "csv").mkdir(parents=True)
    with held(busy):  # as another export that is writing now
        assert run(*words).exit_code == 0
    assert not left.exists() and (busy / "csv").is_dir()
    assert [(tmp_path / name / "thesis.docx").read_text() for name in others] == ["mine"] * 3
    assert run(*words).exit_code == 0 and not busy.exists()


def test_managers_may_read_names_and_the_team_everything(runs: Path, tmp_path: Path) -> None:
    say(runs, "Ask Ann Lee.")
    for edition in ("managers", "team"):
        to = tmp_path / edition
        assert run("north", "--runs", runs, "--edition", edition, "--to", to).exit_code == 0
        assert "s1 stands out." in (to / "csv/findings.csv").read_text("utf-8-sig")
        assert not (to / "csv/1.1_signals.csv").exists() or edition == "team"


def test_an_export_replaces_an_export_whole_and_nothing_else(runs: Path, tmp_path: Path) -> None:
    out, words = tmp_path / "out", ("north", "--runs", runs, "--to", tmp_path / "out")
    assert run(*words).exit_code == 0
    assert run(*words, "--format", "parquet").exit_code == 0 and not (out / "csv").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("mine")
    error = refused(run("north", "--runs", runs, "--to", tmp_path / "mine"))
    assert "holds other things" in error and (tmp_path / "mine/letter.txt").read_text() == "mine"


def test_the_folder_may_be_the_one_we_are_in(
    runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert run("north", "--runs", runs, "--to", ".").exit_code == 0
    assert (tmp_path / "here/export.json").is_file()


def test_a_folder_that_cannot_be_made_is_told(runs: Path) -> None:
    assert "cannot be written" in refused(
        run("north", "--runs", runs, "--to", runs.parent / "north.yaml/out")
    )


def test_a_run_is_named(runs: Path, tmp_path: Path) -> None:
    other = write(runs / "north" / "20260301T090000")
    (other / "findings/1.1.jsonl").write_text("", encoding="utf-8")
    to = ("--to", tmp_path / "out")
    assert run("north", "--runs", runs, "--run", "20260301T090000", *to).exit_code == 0
    assert json.loads((tmp_path / "out/export.json").read_text())["run"] == "20260301T090000"
    error = refused(run("north", "--runs", runs, "--run", "../north/latest", *to))
    assert "It has 20260301T090000, 20260201T090000." in error


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("south",), "there is no run of 'south'"),
        (("..",), "there is no run of '..'"),
        (("nowhere.yaml",), "nowhere.yaml"),
        (("north", "--format", "csv,docx"), "'docx' is no format"),
        (("north", "--format", ","), "no format is named"),
        (("north", "--by-coder"), "only the team"),
    ],
)
def test_what_cannot_be_exported_is_told_in_one_line(runs: Path, words: tuple[str, ...], told: str) -> None:
    assert told in refused(run(*words, "--runs", runs))
    assert not (runs / "north/exports").exists()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("evidence/remarks.parquet", "evidence is missing or was changed"),
        ("tables/1.1/signals.parquet", "this table is damaged"),
        ("findings/1.1.jsonl", "these findings are damaged"),
    ],
)
def test_a_damaged_run_is_refused(runs: Path, path: str, told: str) -> None:
    (runs / "north/latest" / path).write_bytes(b"PAR1 is all there is")
    assert told in refused(run("north", "--runs", runs))


def test_a_run_that_was_not_published_is_refused(runs: Path) -> None:
    write(runs / "north" / "20260301T090000", status="failed")
    assert "this run is failed, not published" in refused(
        run("north", "--runs", runs, "--run", "20260301T090000")
    )


def test_a_table_of_an_own_notebook_is_for_the_team(runs: Path, tmp_path: Path) -> None:
    pd.DataFrame({"who": ["x"]}).to_parquet(runs / "north/latest/tables/1.1/mine.parquet")
    result = run("north", "--runs", runs, "--to", tmp_path / "out")
    assert "1.1_mine" in result.stdout and not (tmp_path / "out/csv/1.1_mine.csv").exists()
    assert "nobody has said who may see it" in (tmp_path / "out/README.md").read_text("utf-8")
    assert run("north", "--runs", runs, "--edition", "team", "--to", tmp_path / "team").exit_code == 0
    assert (tmp_path / "team/csv/1.1_mine.csv").is_file()
    assert "Not described" in (tmp_path / "team/csv/dictionary.csv").read_text("utf-8-sig")


def test_export_is_light_at_import() -> None:
    code = "import sys, reviewkit.cli.export; print({'pandas', 'openpyxl'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
