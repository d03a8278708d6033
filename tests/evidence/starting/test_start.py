"""A client begun from its files: what is written, what is copied, what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.content import load_codebook
from reviewkit.evidence.sources import read
from reviewkit.evidence.starting import Start, start
from reviewkit.evidence.starting.names import content
from reviewkit.evidence.starting.paramsfile import scalar
from reviewkit.evidence.starting.proposals import identifier
from reviewkit.evidence.starting.request import FIELDS, WANTED
from reviewkit.evidence.starting.telling import told
from reviewkit.model import Engagement, InputError, read_engagement, read_yaml
from reviewkit.performance.measures.check import check_measure

from .kept_back import KEPT_BACK
from .published import PUBLISHED
from .tuned import TUNED

TODAY = dt.date(2025, 9, 30)


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A folder as a client sends it: one export of most tables, notes and a picture."""
    folder = tmp_path / "sent"
    (folder / "notes").mkdir(parents=True)
    for export in (*TUNED, *KEPT_BACK[:3]):
        if export.file != "incident.csv":
            export.write(folder)
    (folder / "notes/visit.md").write_text("# Visit\nSandra Quill was unhappy.\n", encoding="utf-8")
    (folder / "logo.png").write_bytes(b"\x89PNG")
    return folder


def begun(sent: Path, **options: bool) -> tuple[Start, Engagement]:
    """A start in the folder beside what was sent, and the engagement as read back."""
    found = start("acme", [sent], folder=sent.parent, today=TODAY, **options)
    return found, read_engagement(found.params)


def test_the_params_file_loads_without_an_edit(sent: Path) -> None:
    found, engagement = begun(sent)
    assert engagement.id == "acme"
    assert set(engagement.sources) == {export.table for export in (*TUNED, *KEPT_BACK[:3])}
    assert engagement.data_as_of == TODAY
    assert engagement.currency == "GBP"
    assert {contract.id for contract in engagement.contracts} == {
        "work_start",
        "health_route",
        "lot_1",
        "lot_2",
    }
    assert not list(found.params.parent.glob("*.partial"))


def test_every_table_proposed_is_read_by_the_product_without_a_fault(sent: Path) -> None:
    _, engagement = begun(sent)
    for name, source in engagement.sources.items():
        found = read(name, source, engagement, sent.parent / "params/acme.yaml")
        assert found.faults == [], name
        assert len(found.frame) > 30


def test_numbers_dates_and_values_come_out_as_they_were_meant(sent: Path) -> None:
    _, engagement = begun(sent)
    params = sent.parent / "params/acme.yaml"
    kpis = read("kpis", engagement.sources["kpis"], engagement, params).frame
    assert kpis["period"].min() == pd.Timestamp("2024-04-01")
    assert kpis["numerator"].min() > 1000
    assert set(kpis["measure"]) == {"seen_within_4_hours", "left_before_being_seen"}
    leads = read("leads", engagement.sources["leads"], engagement, params).frame
    assert leads["converted"].notna().all()
    staff = read("stakeholders", engagement.sources["stakeholders"], engagement, params).frame
    assert "team_lead" in set(staff["level"])


def test_every_measure_proposed_can_be_counted(sent: Path) -> None:
    import ibis

    _, engagement = begun(sent)
    params = sent.parent / "params/acme.yaml"
    assert len(engagement.measures) > 10
    for measure in engagement.measures:
        frame = read(measure.table, engagement.sources[measure.table], engagement, params).frame
        check_measure(ibis.memtable(frame), measure)


def test_targets_named_like_a_measure_get_its_id(sent: Path) -> None:
    KEPT_BACK[5].write(sent)
    _, engagement = begun(sent)
    assert engagement.sources["targets"].values["measure"] == {
        "Abandonment": "abandonment",
        "First contact resolution": "first_contact_resolution",
        "Service level": "service_level",
    }
    assert "first_contact_resolution" in {measure.id for measure in engagement.measures}


def test_files_are_copied_and_said_and_notes_are_not(sent: Path) -> None:
    found, _ = begun(sent)
    copies = {path.name for path in (sent.parent / "data/acme").iterdir()}
    assert copies == {target.name for _, target in found.copied} | {"data_request.md", "data_request.csv"}
    assert not {"visit.md", "logo.png"} & copies
    lines = "\n".join(told(found))
    assert "Copied to" in lines
    assert "reviewkit import" in lines
    assert "Quill" not in lines


def test_without_copying_files_are_read_where_they_are(sent: Path) -> None:
    found, engagement = begun(sent, copy=False)
    assert found.copied == ()
    assert (found.params.parent / engagement.data).resolve() == sent.resolve()
    assert {path.name for path in (sent.parent / "data/acme").iterdir()} == {
        "data_request.md",
        "data_request.csv",
    }


def test_files_that_lie_in_the_data_folder_stay_there(tmp_path: Path) -> None:
    home = tmp_path / "data/acme"
    home.mkdir(parents=True)
    TUNED[0].write(home)
    found = start("acme", [home], folder=tmp_path, today=TODAY)
    assert found.copied == ()
    assert read_engagement(found.params).sources["contacts"].file == TUNED[0].file


def test_two_files_of_one_name_are_both_copied(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        TUNED[0].write(tmp_path / folder)
    (tmp_path / "b" / TUNED[0].file).write_bytes(TUNED[1].write(tmp_path).read_bytes())
    found = start("acme", [tmp_path / "a", tmp_path / "b"], folder=tmp_path / "project", today=TODAY)
    assert len({target for _, target in found.copied}) == 2
    sources = read_engagement(found.params).sources
    assert {sources["contacts"].file, sources["leads"].file} == {target.name for _, target in found.copied}


def test_nothing_is_written_over_without_force(sent: Path) -> None:
    found, _ = begun(sent)
    before = found.params.read_text(encoding="utf-8")
    with pytest.raises(InputError, match="is there already"):
        begun(sent)
    assert found.params.read_text(encoding="utf-8") == before
    begun(sent, force=True)


def test_a_copy_that_differs_is_refused_before_anything_is_written(sent: Path) -> None:
    other = sent.parent / "data/acme" / TUNED[0].file
    other.parent.mkdir(parents=True)
    other.write_text("kept", encoding="utf-8")
    with pytest.raises(InputError, match="is there already and differs"):
        begun(sent)
    assert other.read_text(encoding="utf-8") == "kept"
    assert not (sent.parent / "params").exists()
    assert len(list(other.parent.iterdir())) == 1


@pytest.mark.parametrize("name", ["Acme", "a b", "../x", "", "1a", "a" * 41])
def test_a_name_that_is_no_id_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no id"):
        start(name, [], folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.csv: there is no such file"):
        start("acme", [tmp_path / "gone.csv"], folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_client_without_files_gets_a_request_for_everything(tmp_path: Path) -> None:
    found = start("acme", [], folder=tmp_path, today=TODAY)
    engagement = read_engagement(found.params)
    assert engagement.sources == {}
    rows = pd.read_csv(found.requests[1], keep_default_na=False)
    assert tuple(rows.columns) == FIELDS
    assert set(rows["table"]) == set(WANTED)
    assert set(rows["state"]) == {"missing"}
    assert (rows["why"] != "").all()
    assert (rows["who usually has it"] != "").all()


def test_what_was_received_is_not_asked_for_again(sent: Path) -> None:
    found, _ = begun(sent)
    rows = pd.read_csv(found.requests[1], keep_default_na=False).set_index("table")
    assert rows.at["kpis", "state"] == "in part"
    assert "value" in rows.at["kpis", "also wanted"]
    assert "numerator" not in rows.at["kpis", "also wanted"]
    assert rows.at["perceptions", "state"] == "missing"


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_used(sent: Path) -> None:
    (sent / "broken.xlsx").write_bytes(b"no workbook")
    (sent / "broken.parquet").write_bytes(b"no parquet")
    (sent / "zeros.csv").write_bytes(bytes(1000))
    found, engagement = begun(sent)
    assert {Path(str(error.file)).name for error in found.faults} == {
        "broken.xlsx",
        "broken.parquet",
        "zeros.csv",
    }
    assert "contacts" in engagement.sources


def test_a_table_that_lacks_what_it_must_have_is_left_as_a_comment(tmp_path: Path) -> None:
    PUBLISHED[1].write(tmp_path)
    found = start("acme", [tmp_path], folder=tmp_path / "project", today=TODAY)
    assert read_engagement(found.params).sources == {}
    text = found.params.read_text(encoding="utf-8")
    assert "no column was found for at" in text
    assert "# leads:" in text


def test_the_better_of_two_files_of_one_table_is_taken(tmp_path: Path) -> None:
    for export in (TUNED[0], TUNED[2]):
        export.write(tmp_path)
    found = start("acme", [tmp_path], folder=tmp_path / "project", today=TODAY)
    assert [(entry.table, entry.live) for entry in found.draft.entries] == [
        ("contacts", True),
        ("contacts", False),
    ]
    assert "another file is contacts already" in "\n".join(told(found))


def test_parquet_is_looked_at(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"Call ID": ["a", "b"], "Call Start": pd.to_datetime(["2025-01-02 09:00", "2025-01-03 10:00"])}
    )
    frame.to_parquet(tmp_path / "calls.parquet")
    found = start("acme", [tmp_path], folder=tmp_path / "project", today=TODAY)
    engagement = read_engagement(found.params)
    assert len(read("contacts", engagement.sources["contacts"], engagement, found.params).frame) == 2


def test_rows_of_a_large_file_are_taken_from_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reviewkit.evidence.starting import grids

    monkeypatch.setattr(grids, "MOST_ROWS", 10)
    rows = "".join(f"C{n},2025-01-{n:02d} 09:00,Leeds\n" for n in range(1, 32))
    (tmp_path / "calls.csv").write_text(f"Call ID,Call Start,Site\n{rows}", encoding="utf-8")
    found = start("acme", [tmp_path / "calls.csv"], folder=tmp_path, today=TODAY)
    assert read_engagement(found.params).data_as_of == dt.date(2025, 1, 31)
    assert len(found.draft.tables["contacts"].guess.grid.rows) <= 11
    assert "not every row was looked at" in found.params.read_text(encoding="utf-8")


def test_the_order_of_the_journey_is_proposed(sent: Path) -> None:
    found, _ = begun(sent)
    assert found.draft.journey == (
        "Referral received",
        "First meeting",
        "Action plan agreed",
        "Job search",
        "Job start",
    )


HOSTILE = st.text(min_size=1, max_size=30).filter(lambda text: text.strip() and text.isprintable())


@given(HOSTILE)
def test_any_text_comes_back_from_yaml_as_it_was(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_text(f"key: {scalar(text)} # a comment\n", encoding="utf-8")
        assert read_yaml(path)[0] == {"key": text}


@given(st.lists(HOSTILE, min_size=3, max_size=3, unique=True))
def test_headings_of_any_letters_give_a_params_file_that_loads(headings: list[str]) -> None:
    import csv
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "calls.csv").open("w", encoding="utf-8", newline="") as file:
            rows = [[f"C{n}", f"2025-03-0{n} 09:00", *(f"x{n}" for _ in headings)] for n in range(1, 8)]
            csv.writer(file).writerows([["Call ID", "Call Start", *headings], *rows])
        read_engagement(start("acme", [folder / "calls.csv"], folder=folder, today=TODAY).params)


@given(st.text(max_size=60))
def test_ids_fit_what_an_engagement_takes(text: str) -> None:
    import re

    made = identifier(text)
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", made)
    assert identifier(text, [made]) != made
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", identifier(text, [made]))


def test_codes_of_the_standard_measures_are_in_the_codebook() -> None:
    codes = set(load_codebook().codes)
    for measure in content("measures")["measures"]:
        assert set(measure["codes"]) <= codes, measure["id"]


def said(found: Start) -> str:
    return "\n".join(told(found))


def test_what_is_passed_over_is_named_with_its_reason(sent: Path) -> None:
    (sent / "empty.csv").touch()
    (sent / "blank.csv").write_text("\n\n", encoding="utf-8")
    (sent / "heading.csv").write_text("Call ID,Site\n", encoding="utf-8")
    (sent / "cut.csv").write_bytes("Call ID,Site\nC1,Leeds\n".encode("utf-16")[:-1])
    (sent / "link.csv").symlink_to(sent / TUNED[0].file)
    (sent / "lost.csv").symlink_to(sent / "nowhere.csv")
    (sent / "bell\a.csv").write_text("Call ID,Site\nC1,Leeds\n", encoding="utf-8")
    found, _ = begun(sent)
    lines = said(found).splitlines()
    for line in (
        "empty.csv: is empty, passed over",
        "blank.csv: is empty, passed over",
        "heading.csv: holds a heading and no rows, passed over",
        f"{sent}/link.csv: is a link; name what it links to, passed over",
        f"{sent}/lost.csv: is a link; name what it links to, passed over",
        f"{sent}/bell\ufffd.csv: has a name that cannot be printed; rename it, passed over",
    ):
        assert line in lines
    assert any("cut.csv: ends in the middle of a character" in line for line in lines)
    assert all(line.isprintable() for line in lines)


def test_a_name_that_is_no_text_is_passed_over(tmp_path: Path) -> None:
    import os

    (tmp_path / os.fsdecode(b"caf\xe9.csv")).write_bytes(b"Call ID,Site\nC1,Leeds\n")
    found = start("acme", [tmp_path], folder=tmp_path / "project", today=TODAY)
    assert "cannot be printed" in said(found)
    said(found).encode()


def test_a_survey_that_became_a_source_is_not_proposed_for_import(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    rows = "".join(f"{n},2025-03-0{n},Leeds,We waited {n} weeks for a form\n" for n in range(1, 9))
    (notes / "survey Q1.csv").write_text(f"Response ID,Date,Site,Comments\n{rows}", encoding="utf-8")
    for name in ("a.md", "b.md", "c.txt"):
        (notes / name).write_text("- words\n", encoding="utf-8")
    found = start("acme", [notes], folder=tmp_path, today=TODAY)
    assert read_engagement(found.params).sources["customer_feedback"].file == "survey Q1.csv"
    (command,) = [line for line in told(found) if "reviewkit import" in line]
    assert command.endswith(f" {notes}/*.md {notes}/c.txt")


def test_interviews_and_consent_are_asked_for_before_notes_come_in(sent: Path) -> None:
    found, _ = begun(sent)
    lines = said(found).splitlines()
    first = lines.index("  reviewkit templates forms --table interviews --table participants")
    assert "off the record" in lines[first + 1]
    assert "reviewkit import" in lines[first + 2]
