"""``reviewkit refi`` as a user meets it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reviewkit.cli.refi import app
from reviewkit.evidence.store import open_store
from reviewkit.model import read_engagement

from .conftest import CODES, Make, coding, selection, source

PARAMS = """id: acme
name: Acme review
client: Acme
purpose: Serve people.
data_as_of: 2025-08-31
data: data
sources: {remarks: remarks.csv, codings: codings.csv, interviews: interviews.csv}
"""
FILES = {
    "remarks.csv": "remark_id,source,interview_id,text\nR1,one_to_one,I1,It takes too long.\n",
    "codings.csv": "remark_id,code,coder,stance\nR1,morale,analyst A,concern\n",
    "interviews.csv": "interview_id,kind,status\nI1,one_to_one,held\n",
}
SAID = "It takes too long. We wait for weeks."


@pytest.fixture
def params(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    for name, text in FILES.items():
        (tmp_path / "data" / name).write_text(text, encoding="utf-8")
    path = tmp_path / "acme.yaml"
    path.write_text(PARAMS, encoding="utf-8")
    return path


@pytest.fixture
def project(make: Make) -> Path:
    marked = selection(20, 0, 18, coding(30, 2)) + selection(21, 19, 37, coding(31, 3), coding(32, 4))
    return make(f"{CODES}<Sources>{source(10, marked, text=SAID, name='I1.docx')}</Sources>")


def _run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    assert result.exit_code == code, result.output
    return result


def test_a_project_is_read_into_the_store_once_and_can_be_taken_back(params: Path, project: Path) -> None:
    role = ("--coder", "First Person=analyst B", "--by", "lead analyst")
    told = _run("read", project, params, *role).output
    assert "1 new remark; 2 codings on 2 remarks" in told
    assert "'Parking' (1)" in told and "Person" not in told
    batch = told.split("--undo ")[1].strip()
    with open_store(read_engagement(params), params) as store:
        remarks, codings = store.frame("remarks"), store.frame("codings")
        assert remarks[["interview_id", "text"]].values.tolist() == [["I1", "We wait for weeks."]]
        assert {(row.code, row.coder) for row in codings.itertuples()} == {
            ("morale", "analyst B"),
            ("staffing_and_workload", "analyst B"),
        }
        assert set(store.trail()["by"]) == {"lead analyst"}
    assert "All of it was there before" in _run("read", project, params, *role).output
    with open_store(read_engagement(params), params) as store:
        store.undo(batch, by="lead analyst")
        assert not store.tables()


def test_a_dry_run_writes_nothing(params: Path, project: Path) -> None:
    before = sorted(params.parent.rglob("*"))
    assert "Nothing was written" in _run("read", project, params, "--dry-run").output
    assert sorted(params.parent.rglob("*")) == before


def test_what_is_written_and_read_again_changes_nothing(params: Path, tmp_path: Path) -> None:
    told = _run("write", params, tmp_path / "out.qdpx").output
    assert "1 remarks and comments in 1 sources, 1 codings" in told
    assert "for the review team alone" in told
    assert "All of it was there before" in _run("read", tmp_path / "out.qdpx", params).output
    assert not list((tmp_path / "data").glob("*.sqlite*"))


def test_what_the_store_holds_is_written_too(params: Path, project: Path, tmp_path: Path) -> None:
    _run("read", project, params)
    told = _run("write", params, tmp_path / "out.qdpx").output
    assert "2 remarks and comments in 1 sources, 3 codings" in told


def test_a_project_is_for_its_owner_alone_whatever_was_there_before(params: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.qdpx"
    out.write_text("mine", encoding="utf-8")
    out.chmod(0o644)
    _run("write", params, out, "--force")
    assert out.stat().st_mode & 0o777 == 0o600


def test_to_write_a_project_the_store_is_only_read(params: Path, project: Path, tmp_path: Path) -> None:
    _run("read", project, params)
    store = tmp_path / "data/evidence.sqlite"
    before = store.read_bytes()
    for call in (("write", params, tmp_path / "out.qdpx"), ("read", project, params, "--dry-run")):
        _run(*call)
    assert store.read_bytes() == before
    store.write_bytes(b"")
    _run("write", params, tmp_path / "again.qdpx")
    assert store.read_bytes() == b""


def test_a_codebook_goes_out_and_comes_back(params: Path, tmp_path: Path) -> None:
    _run("write", params, tmp_path / "book.qdc")
    _run("codebook", tmp_path / "book.qdc", tmp_path / "book.yaml")
    params.write_text(PARAMS + "codebook: book.yaml\n", encoding="utf-8")
    _run("write", params, tmp_path / "again.qdc")


def test_a_file_that_is_there_is_kept_unless_forced(params: Path, tmp_path: Path) -> None:
    (tmp_path / "out.qdpx").write_text("mine", encoding="utf-8")
    assert "is there already" in _run("write", params, tmp_path / "out.qdpx", code=2).output
    assert (tmp_path / "out.qdpx").read_text(encoding="utf-8") == "mine"
    _run("write", params, tmp_path / "out.qdpx", "--force")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("write", "PARAMS", "TMP/out.txt"), "ends neither in .qdpx"),
        (("write", "PARAMS", "TMP/gone/out.qdpx"), "there is no such folder"),
        (("write", "PARAMS", "TMP/out.qdpx", "--run", "TMP"), "is no run"),
        (("read", "TMP/gone.qdpx", "PARAMS"), "there is no such file"),
        (("read", "PROJECT", "PARAMS", "--coder", "nobody"), "--coder is USER=ROLE"),
        (("read", "PROJECT", "PARAMS", "--source", "gossip"), "--source is one of"),
        (("codebook", "PARAMS", "TMP/book.yaml"), "is no valid XML"),
    ],
)
def test_mistakes_are_told_in_one_line(
    params: Path, project: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    places = {"PARAMS": str(params), "PROJECT": str(project)}
    given = [places.get(each, each.replace("TMP", str(tmp_path))) for each in arguments]
    result = _run(*given, code=2)
    assert told in result.output and result.output.count("\n") == 1
