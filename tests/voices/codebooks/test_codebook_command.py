"""``reviewkit codebook`` as a user meets it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reviewkit.cli.codebook import app
from reviewkit.evidence.store import existing_store
from reviewkit.model import read_engagement
from reviewkit.voices.codebooks.desk import desk

PARAMS = """id: acme
name: Acme review
client: Acme
purpose: Serve people.
data_as_of: 2025-08-31
data: data
sources: {remarks: remarks.csv, codings: codings.csv}
"""
FILES = {
    "remarks.csv": "remark_id,source,interview_id,department,text\n"
    + "".join(f"R{n},one_to_one,I{n},Service,I am fed up with it.\n" for n in range(6)),
    "codings.csv": "remark_id,code,coder,stance,memo\nR1,morale,analyst A,concern,tired\n"
    "R1,culture,analyst A,concern,blame\nR2,morale,analyst B,concern,\n",
}


@pytest.fixture
def params(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    for name, text in FILES.items():
        (tmp_path / "data" / name).write_text(text, encoding="utf-8")
    path = tmp_path / "acme.yaml"
    path.write_text(PARAMS, encoding="utf-8")
    return path


def run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    assert result.exit_code == code, result.output
    return result


def has_store(params: Path) -> bool:
    store = existing_store(read_engagement(params), params, read_only=True)
    if store is not None:
        store.close()
    return store is not None


def test_dry_run_says_what_would_change_and_writes_nothing(params: Path) -> None:
    told = run("merge", params, "morale", "--into", "culture", "--dry-run").output
    assert "2 codings of 2 remarks count as 'culture'" in told and "Nothing was written." in told
    assert not has_store(params)


def test_a_change_asks_first(params: Path) -> None:
    result = CliRunner().invoke(app, ["retire", str(params), "morale"], input="n\n")
    assert result.exit_code == 1 and not has_store(params)


def test_a_merge_is_written_followed_and_taken_back(params: Path) -> None:
    told = run("merge", params, "morale", "--into", "culture", "--yes", "--by", "lead analyst").output
    assert "morale" not in desk(params).codebook.codes
    assert "culture                      Culture: 2 codings" in run("show", params).output
    store = existing_store(read_engagement(params), params)
    assert store is not None
    with store:
        assert store.undo(told.split("--undo ")[1].strip(), by="lead analyst") == 1
    assert "morale" in desk(params).codebook.codes and desk(params).codebook.version == 1


def test_a_split_reads_which_remark_goes_where(params: Path, tmp_path: Path) -> None:
    parts = tmp_path / "parts.csv"
    parts.write_text("remark_id,part\nR1,Stress\n", encoding="utf-8")
    told = run(
        "split", params, "morale", "--into", "Stress", "--into", "Leaving", "--remarks", parts, "--yes"
    )
    assert "To 'stress': 1 coding." in told.output and "1 stay with 'morale'" in told.output


def test_export_and_import_bring_other_words(params: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    run("export", params, out)
    out.write_text(out.read_text(encoding="utf-8").replace(",Morale,", ",Spirits,"), encoding="utf-8")
    assert "Codes with other words: morale" in run("import", params, out, "--yes").output
    assert desk(params).codebook.codes["morale"].name == "Spirits"
    assert "is there already" in run("export", params, out, code=2).output


def test_sample_and_settle_write_to_the_store_and_say_how_to_take_it_back(params: Path) -> None:
    assert "3 of 6 remarks drawn" in run("sample", params, "--size", 3).output
    assert "3 of 3 remarks drawn" in run("sample", params, "--size", 9).output
    assert "every remark was drawn" in run("sample", params, code=2).output
    settle = (
        "settle",
        params,
        "R1",
        "morale",
        "--does-not-hold",
        "--memo",
        "it is blame",
        "--by",
        "lead analyst",
    )
    assert "'morale' does not hold for R1" in run(*settle).output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("retire", "moral"), "'moral' is no code of the codebook. Did you mean 'morale'?"),
        (("merge", "morale", "--into", "morale"), "merged into itself"),
        (("import", "nowhere.csv"), "nowhere.csv: cannot be read"),
        (("settle", "R9", "morale", "--holds", "--memo", "x", "--by", "a"), "there is no remark 'R9'"),
    ],
)
def test_a_mistake_is_told_in_one_line(params: Path, arguments: tuple[str, ...], message: str) -> None:
    command, *rest = arguments
    said = run(command, params, *rest, code=2).output.strip()
    assert message in said and "\n" not in said
    assert not has_store(params)
