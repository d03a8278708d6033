"""``reviewkit forget`` and ``reviewkit trail``, as somebody uses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import typer
from filelock import FileLock
from typer.testing import CliRunner, Result

from reviewkit.cli import forget, trail

from .conftest import CODING, Place
from .test_forgetting import NAMES, fill

pytestmark = pytest.mark.slow

app = typer.Typer()
app.command("forget")(forget.forget)
app.command("trail")(trail.trail)


def call(*words: Any, answer: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=answer)


def run_of(place: Place, name: str, words: str) -> Path:
    """A folder as a run leaves it, with evidence that holds ``words``."""
    folder = place.params.parent / "runs/acme" / name
    (folder / "evidence").mkdir(parents=True)
    pd.DataFrame({"remark_id": ["R1"], "text": [words]}).to_parquet(folder / "evidence/remarks.parquet")
    record = {"engagement": "acme", "name": "A review", "run": name, "simulated": False}
    record |= {"data_as_of": "2025-06-30", "started": "2025-07-01T10:00:00Z", "status": "published"}
    (folder / "manifest.json").write_text(json.dumps(record))
    return folder


@pytest.fixture
def desk(anywhere: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A filled store, notes and register of the client's, one run with the person and one without."""
    monkeypatch.chdir(anywhere.params.parent)
    with anywhere.open() as store:
        fill(store)
    data = anywhere.params.parent / "data"
    data.mkdir(exist_ok=True)
    (data / "notes.txt").write_text("Held on Monday.\nErmintrude was clear.\n")
    run_of(anywhere, "20250601T100000", "Nobody is named.")
    newest = run_of(anywhere, "20250701T100000", "Ask Quibbleworth.")
    (newest.parent / "latest").symlink_to(newest.name)
    (newest.parent.parent / "index.html").write_text("Ask Quibbleworth")
    return anywhere


def test_a_person_is_forgotten_everywhere_and_what_is_left_is_named(desk: Place) -> None:
    done = call("forget", "Ermintrude Quibbleworth", "acme.yaml", answer="y\n")
    assert done.exit_code == 0, done.output
    assert "The evidence store holds the person in 77 places: 20 in rows (codings 3, " in done.stdout
    assert "Runs that name the person, to be removed:\n  runs/acme/20250701T100000\n" in done.stdout
    assert "for you to mend; write forgotten-1 for the id:\n  data/notes.txt: line 2\n" in done.stdout
    assert "forgotten-1 stands in the place of the person" in done.stdout
    assert [name for name in NAMES if name in done.stdout] == []
    assert [path.name for path in Path("runs/acme").glob("[!.]*")] == ["20250601T100000"]
    assert "Quibbleworth" not in Path("runs/index.html").read_text()
    with desk.open() as store:
        assert store.changes()[-1]["what"] == "forgotten"
    again = call("forget", "P014", "acme.yaml")
    assert again.exit_code == 2 and "nobody is called that" in again.stderr


def test_nothing_is_done_without_a_yes(desk: Place) -> None:
    for words, answer, status in (([], "n\n", 1), (["--dry-run"], None, 0)):
        done = call("forget", "P014", "acme.yaml", *words, answer=answer)
        assert done.exit_code == status
        assert "20250701T100000" in done.stdout
    with desk.open() as store:
        assert "P014, " not in repr(store.rows("goals")) and store.rows("goals")[0].values["owner"] == "P014"
    assert Path("runs/acme/latest/manifest.json").is_file()


def test_somebody_named_only_in_files_is_found_there(desk: Place) -> None:
    Path("data/letters.txt").write_text("Cosmo Quist wrote.")
    done = call("forget", "Cosmo Quist", "acme.yaml")
    assert done.exit_code == 0
    assert "The evidence store does not hold the person." in done.stdout
    assert "data/letters.txt: line 1" in done.stdout


@pytest.mark.parametrize("slip", ["Ermintrude Quibbelworth", "P0l4", "Zebedee Xylander"])
def test_nobody_is_forgotten_by_a_slip_of_the_pen(desk: Place, slip: str) -> None:
    done = call("forget", slip, "acme.yaml", "--yes")
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1 and slip not in done.stderr


@pytest.mark.parametrize("who", ["P014", "--all"])
def test_it_waits_for_no_run(desk: Place, who: str) -> None:
    with FileLock("runs/acme/.lock"):
        done = call("forget", who, "acme.yaml", "--yes")
    assert done.exit_code == 2 and "another run is going on" in done.stderr
    assert Path("runs/acme/latest/manifest.json").is_file()
    with desk.open() as store:
        assert store.changes()[-1]["what"] != "forgotten"


def test_all_deletes_evidence_and_runs_and_names_what_is_left(desk: Place) -> None:
    refused = call("forget", "--all", "acme.yaml", answer="n\n")
    assert refused.exit_code == 1 and Path("runs/acme/latest").exists()
    done = call("forget", "--all", "acme.yaml", "--yes")
    assert done.exit_code == 0, done.output
    assert "Evidence deleted." in done.stdout
    assert "for you to delete:\n  acme.yaml\n  data/notes.txt" in done.stdout
    assert not Path("runs/acme").exists()
    assert not desk.file.exists()
    if desk.engagement.store:
        with desk.open() as store:
            assert store.changes() == []


@pytest.mark.parametrize(
    "words", [["acme.yaml"], ["a", "b", "acme.yaml"], ["--all", "P1", "acme.yaml"], ["P1", "none.yaml"]]
)
def test_a_command_that_makes_no_sense_is_told_in_one_line(desk: Place, words: list[str]) -> None:
    done = call("forget", *words)
    assert done.exit_code == 2 and done.stderr.count("\n") == 1


def test_an_engagement_without_store_and_runs_has_nothing_to_forget(on_sqlite: Place) -> None:
    done = call("forget", "--all", on_sqlite.params, "--runs", on_sqlite.params.parent, "--yes")
    assert done.exit_code == 0 and "No evidence store." in done.stdout
    assert call("trail", on_sqlite.params).exit_code == 2
    assert not on_sqlite.file.exists()


@pytest.fixture
def elsewhere(
    on_sqlite: Place, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """A project with ``params`` and ``runs`` beside one another; somebody works in another folder."""
    project = on_sqlite.params.parent
    (project / "params").mkdir()
    params = on_sqlite.params.rename(project / "params/acme.yaml")
    place = Place(params)
    with place.open() as store:
        fill(store)
    run_of(on_sqlite, "20250701T100000", "Ask Ermintrude Quibbleworth.")
    (project / "runs/acme/latest").symlink_to("20250701T100000")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    return place


@pytest.mark.parametrize("who", ["P014", "--all"])
def test_runs_are_found_from_another_working_folder(elsewhere: Place, who: str) -> None:
    Path("runs/other").mkdir(parents=True)  # results of something else are no reason to look no further
    runs = elsewhere.params.parent.parent / "runs/acme"
    with FileLock(runs / ".lock"):
        assert call("forget", who, elsewhere.params, "--yes").exit_code == 2
    done = call("forget", who, elsewhere.params, "--yes")
    assert done.exit_code == 0, done.output
    assert f"to be removed:\n  {runs / '20250701T100000'}\n" in done.stdout
    assert not (runs / "20250701T100000").exists()


@pytest.mark.parametrize("who", ["P014", "--all"])
@pytest.mark.parametrize("named", [[], ["--runs", "nowhere"]])
def test_where_no_results_are_found_it_does_not_say_that_all_is_well(
    elsewhere: Place, who: str, named: list[str]
) -> None:
    runs = elsewhere.params.parent.parent / "runs"
    moved = runs.rename(runs.with_name("results"))
    done = call("forget", who, elsewhere.params, "--yes", *named)
    assert done.exit_code == 1 and "Runs" not in done.stdout
    where = " at nowhere" if named else ""
    assert done.stderr == f"No folder of results found{where}; name it with --runs.\n"
    assert "Forgotten in the evidence store" in done.stdout or "Evidence deleted." in done.stdout
    # The register of the store no longer knows the id, nor parts of the name.
    again = "Ermintrude Quibbleworth" if who == "P014" else who
    done = call("forget", again, elsewhere.params, "--yes", "--runs", moved)
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    assert not (moved / "acme/20250701T100000").exists()


def export_of(place: Place, edition: str, words: str) -> Path:
    folder = place.params.parent / "runs/acme/exports/20250701T100000" / edition
    (folder / "csv").mkdir(parents=True)
    (folder / "csv/findings.csv").write_text(f"statement\n{words}\n")
    return folder


def test_exports_that_name_the_person_go_and_others_stay(desk: Place) -> None:
    team = export_of(desk, "team", "Ask Quibbleworth.")
    leadership = export_of(desk, "leadership", "Nobody is named.")
    (team.parent.parent / "list.txt").write_text("For Quibbleworth")
    done = call("forget", "P014", "acme.yaml", "--yes", "--also", "runs")
    assert done.exit_code == 0, done.output
    assert "findings.csv" not in done.stdout  # it goes
    told = "Exports that name the person, to be removed:\n  runs/acme/exports/20250701T100000/team\n"
    assert told in done.stdout and "  runs/acme/exports/list.txt: line 1\n" in done.stdout
    assert not team.exists() and leadership.is_dir()


def test_all_exports_go_with_all_runs(desk: Place) -> None:
    export_of(desk, "leadership", "Nobody is named.")
    done = call("forget", "--all", "acme.yaml", "--yes")
    assert "Exports, to be removed:\n  runs/acme/exports/20250701T100000/leadership\n" in done.stdout
    assert not Path("runs/acme").exists()


def test_original_notes_elsewhere_are_searched_where_their_folder_is_named(desk: Place) -> None:
    for name in ("notes", "more"):
        Path(name).mkdir()
        Path(name, "talk.txt").write_text("Held on Monday.\nErmintrude was clear.\n")
    quiet = call("forget", "P014", "acme.yaml", "--dry-run")
    assert "talk.txt" not in quiet.stdout
    assert "of original notes, were not searched: name each with --also.\n" in quiet.stdout
    done = call(
        "forget", "P014", "acme.yaml", "--yes", "--also", "notes", "--also", "more/talk.txt", "--also", "data"
    )
    assert done.exit_code == 0, done.output
    assert "  notes/talk.txt: line 2\n  more/talk.txt: line 2\n" in done.stdout
    assert done.stdout.count("data/notes.txt: line 2") == 1


def test_a_folder_to_search_that_is_not_there_is_told_before_anything_is_done(desk: Place) -> None:
    done = call("forget", "P014", "acme.yaml", "--yes", "--also", "nots")
    assert done.exit_code == 2 and done.stderr.count("\n") == 1 and "nots, key --also" in done.stderr
    with desk.open() as store:
        assert store.changes()[-1]["what"] != "forgotten"


def test_the_batch_to_undo_is_whole_however_narrow_the_screen(
    on_sqlite: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    batches = ["import-0123abcd", "a batch that somebody gave a rather long name " + "x" * 60]
    with on_sqlite.open() as store:
        for batch in batches:
            row = CODING | {"coder": f"The {batch} analyst"}
            store.put("codings", [row], by="Second analyst of the review team", batch=batch, why="why " * 20)
    shown = call("trail", on_sqlite.params)
    for batch in batches:
        assert any(batch in line for line in shown.stdout.splitlines()), shown.stdout
    short = call("trail", on_sqlite.params, "--last", "1")
    assert batches[1] in short.stdout


def test_trail_of_a_store_that_was_never_written_makes_none(on_sqlite: Place) -> None:
    on_sqlite.file.parent.mkdir()
    on_sqlite.file.touch()
    assert "has no evidence store yet" in call("trail", on_sqlite.params).stderr
    assert on_sqlite.file.stat().st_size == 0


def test_trail_shows_changes_and_takes_a_batch_back(anywhere: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    with anywhere.open() as store:
        store.put("codings", [CODING], by="Analyst", batch="monday", why="first [bold]reading")
        store.put("codings", [CODING | {"stance": "concern"}], by="Lead analyst", batch="tuesday")
    shown = call("trail", anywhere.params)
    assert shown.exit_code == 0, shown.output
    lines = shown.stdout.splitlines()
    assert lines[0].split() == ["No.", "When", "(UTC)", "By", "Change", "Batch", "Why"]
    assert "added codings R1, training, Analyst" in lines[1] and "first [bold]reading" in lines[1]
    assert "changed codings R1, training, Analyst: stance (empty) → concern" in lines[2]
    assert (
        call("trail", anywhere.params, "--undo", "tuesday", "--by", "Sponsor").stdout
        == "Taken back: 1 row.\n"
    )
    last = call("trail", anywhere.params, "--last", "1", "--table", "codings").stdout
    assert "undone codings" in last and "Sponsor" in last and "monday" not in last
    refused = call("trail", anywhere.params, "--undo", "monday")
    assert refused.exit_code == 2 and "was changed by Sponsor" in refused.stderr
    assert call("trail", anywhere.params, "--table", "coding").exit_code == 2
