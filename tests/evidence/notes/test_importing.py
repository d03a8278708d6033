from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.evidence.store import open_store
from reviewkit.model import InputError

from .conftest import Desk

TALK = """\
Interview: I001
Date: 2026-03-04

Q: What works well here that you would not want to lose?
A: People help one another when the queue is long.
Q: Where does work pile up or wait, and what is it waiting for?
A: Refunds wait for finance to sign the form.
A: Letters wait for the printer in the other building.
"""


def counts(done: object) -> list[tuple[int, int, int, int]]:
    plans = [file.plan for file in done.files]  # type: ignore[attr-defined]
    return [(plan.new, plan.corrected, len(plan.remove), plan.already + plan.elsewhere) for plan in plans]


def test_importing_again_writes_nothing(desk: Desk) -> None:
    path = desk.write("talk.txt", TALK)
    assert counts(desk.take(path)) == [(3, 0, 0, 0)]
    before = desk.changes()
    assert counts(desk.take(path)) == [(0, 0, 0, 3)]
    assert desk.changes() == before
    assert [row["stakeholder_id"] for row in desk.rows()] == ["P001"] * 3
    assert {row["on_record"] for row in desk.rows()} == {"true"}


def test_a_corrected_remark_keeps_its_id_and_its_codings(desk: Desk) -> None:
    path = desk.write("talk.txt", TALK)
    desk.take(path)
    (refunds,) = [row for row in desk.rows() if "Refunds" in row["text"]]
    others = [row for row in desk.rows() if row != refunds]
    desk.write("talk.txt", TALK.replace("finance to sign the form", "accounts to sign the form"))
    assert counts(desk.take(path)) == [(0, 1, 0, 2)]
    (now,) = [row for row in desk.rows() if row not in others]
    assert now["remark_id"] == refunds["remark_id"]
    assert now["text"] == "Refunds wait for accounts to sign the form."
    # Again, and back to what it was.
    assert counts(desk.take(path)) == [(0, 0, 0, 3)]
    desk.write("talk.txt", TALK)
    assert counts(desk.take(path)) == [(0, 1, 0, 2)]
    assert sorted(row["text"] for row in desk.rows()) == sorted(row["text"] for row in [refunds, *others])


def test_what_was_added_and_taken_away_in_a_file_is_so_in_the_store(desk: Desk) -> None:
    path = desk.write("talk.txt", TALK)
    desk.take(path)
    gone = "A: Letters wait for the printer in the other building.\n"
    desk.write("talk.txt", TALK.replace(gone, "A: Nobody answers the door at night.\n"))
    assert counts(desk.take(path)) == [(1, 0, 1, 2)]
    assert len(desk.rows()) == 3


def test_a_file_moved_and_renamed_adds_nothing(desk: Desk) -> None:
    path = desk.write(
        "2026-03-04 talk.txt", TALK.replace("Date: 2026-03-04\n", "").replace("Interview: I001\n", "")
    )
    desk.take(path)
    moved = desk.folder / "elsewhere" / "Priya.txt"
    moved.parent.mkdir()
    path.rename(moved)
    before = desk.changes()
    assert counts(desk.take(moved)) == [(0, 0, 0, 3)]
    assert desk.changes() == before


def test_a_file_renamed_and_corrected_leaves_the_earlier_words_too(desk: Desk) -> None:
    desk.take(desk.write("talk.txt", TALK))
    (desk.notes / "talk.txt").unlink()
    other = desk.write("renamed.txt", TALK.replace("finance to sign", "accounts to sign"))
    assert counts(desk.take(other)) == [(1, 0, 0, 2)]
    assert len(desk.rows()) == 4


def test_a_copy_that_says_more_fills_in_what_was_empty_and_no_more(desk: Desk) -> None:
    plain = desk.write("talk.txt", TALK.split("\n\n", 1)[1])
    desk.take(plain)
    full = desk.write("I001 2026-03-04.txt", TALK)
    desk.take(full)
    assert {(row["interview_id"], row["said_on"]) for row in desk.rows()} == {("I001", "2026-03-04")}
    assert len(desk.rows()) == 3
    before = desk.changes()
    desk.take(full)
    desk.take(desk.notes)
    assert len(desk.rows()) == 3
    assert desk.changes() == before


def test_another_file_of_the_same_name_is_refused(desk: Desk) -> None:
    desk.take(desk.write("a/talk.txt", TALK))
    other = desk.write("b/talk.txt", TALK.split("\n\n")[0] + "\n\nA: Something else was said here.\n")
    done = desk.take(other)
    assert "has the name of notes imported before" in str(done.files[0].fault)
    assert len(desk.rows()) == 3


def test_a_transcript_beside_the_notes_of_an_interview_is_added(desk: Desk) -> None:
    notes = desk.write("notes.txt", TALK)
    cue = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Priya Shah>The printer is two streets away.</v>\n"
    talk = desk.write("talk.vtt", cue)
    desk.take(notes, talk, interview="I001")
    assert len(desk.rows()) == 4
    assert counts(desk.take(notes, talk, interview="I001")) == [(0, 0, 0, 3), (0, 0, 0, 1)]


def test_what_people_changed_or_took_out_stays_so(desk: Desk) -> None:
    path = desk.write("talk.txt", TALK)
    desk.take(path)
    edited, gone, _ = desk.rows()
    with open_store(desk.engagement, desk.params) as store:
        store.put("remarks", [edited | {"text": "[redacted]", "about": "outcome"}], by="Lead analyst")
        store.remove("remarks", [gone["remark_id"]], by="Lead analyst")
    done = desk.take(path).files[0].plan
    assert done is not None
    assert (done.edited, done.left_out, done.already, done.put) == (1, 1, 1, [])
    assert "[redacted]" in [row["text"] for row in desk.rows()]
    # Nor are they taken away when the file no longer has them.
    desk.write("talk.txt", TALK.replace("A: People help one another when the queue is long.\n", ""))
    desk.take(path)
    assert "[redacted]" in [row["text"] for row in desk.rows()]


def test_an_import_that_was_undone_can_be_made_again(desk: Desk) -> None:
    path = desk.write("talk.txt", TALK)
    batch = desk.take(path).batch
    with open_store(desk.engagement, desk.params) as store:
        assert store.undo(batch, by="Analyst") == 3
    assert desk.rows() == []
    assert counts(desk.take(path)) == [(3, 0, 0, 0)]


def test_codings_of_remarks_that_go_are_told(desk: Desk) -> None:
    path = desk.write("talk.txt", TALK)
    desk.take(path)
    coded = desk.rows()[2]["remark_id"]
    with open_store(desk.engagement, desk.params) as store:
        store.put(
            "codings",
            [{"remark_id": coded, "code": "staffing_and_workload", "coder": "Analyst"}],
            by="Analyst",
        )
    desk.write("talk.txt", TALK.rsplit("A: ", 1)[0])
    assert desk.take(path).files[0].orphans == 1


def test_a_fault_in_one_file_keeps_no_other_out_and_none_is_half_there(desk: Desk) -> None:
    desk.write("a.txt", TALK)
    desk.write("b.csv", "Date,Comment\n2026-01-01,All well\nyesterday or so,All bad\n")
    (desk.notes / "c.docx").write_bytes(b"PK rubbish")
    desk.write("d.txt", "Q: What should we stop doing?\nA: Typing everything twice.\n")
    done = desk.take(desk.notes, source="one_to_one")
    told = [str(file.fault) for file in done.files if file.fault]
    assert [line.split(":")[0].rsplit("/", 1)[1] for line in told] == ["b.csv, row 3", "c.docx"]
    assert all("\n" not in line for line in told)
    assert len(desk.rows()) == 4


def test_a_dry_run_makes_no_store(desk: Desk) -> None:
    path = desk.write("talk.txt", TALK)
    done = desk.take(path, dry_run=True)
    assert counts(done) == [(3, 0, 0, 0)]
    assert sorted(file.name for file in (desk.folder / "data").iterdir()) == [
        "interviews.csv",
        "participants.csv",
        "stakeholders.csv",
    ]
    desk.take(path)
    before = desk.changes()
    assert counts(desk.take(path, dry_run=True)) == [(0, 0, 0, 3)]
    assert desk.changes() == before


def test_a_copy_in_the_same_folder_is_seen_in_a_dry_run_too(desk: Desk) -> None:
    desk.write("a.txt", TALK)
    desk.write("copy of a.txt", TALK)
    assert counts(desk.take(desk.notes, dry_run=True)) == [(3, 0, 0, 0), (0, 0, 0, 3)]


def test_an_export_that_grows_every_month_adds_only_what_is_new(desk: Desk) -> None:
    january = "Date,Site,Comment\n2026-01-02,North,Slow\n2026-01-02,North,Slow\n2026-01-03,South,Kind\n"
    desk.take(desk.write("january.csv", january), source="customer_feedback")
    february = january + "2026-02-01,North,Slow\n"
    done = desk.take(desk.write("february.csv", february), source="customer_feedback")
    assert counts(done) == [(1, 0, 0, 3)]
    march = february + "2026-03-01,North,Quick and polite\n"
    assert counts(desk.take(desk.write("march.csv", march), source="customer_feedback")) == [(1, 0, 0, 4)]
    assert len(desk.rows("customer_feedback")) == 5


def test_a_comment_with_an_id_of_its_own_is_corrected_in_its_row(desk: Desk) -> None:
    path = desk.write("s.csv", "Response ID,Comment\n1,Too slow by far\n2,Kind\n")
    desk.take(path, source="customer_feedback")
    ids = [row["feedback_id"] for row in desk.rows("customer_feedback")]
    desk.write("s.csv", "Response ID,Comment\n1,Entirely other words\n2,Kind\n")
    assert counts(desk.take(path, source="customer_feedback")) == [(0, 1, 0, 1)]
    assert [row["feedback_id"] for row in desk.rows("customer_feedback")] == ids


def test_a_link_out_of_the_folder_is_not_followed(desk: Desk) -> None:
    outside = desk.folder / "outside.txt"
    outside.write_text(TALK, encoding="utf-8")
    (desk.notes / "link.txt").symlink_to(outside)
    (desk.notes / "folder").symlink_to(desk.folder, target_is_directory=True)
    done = desk.take(desk.notes)
    assert ["outside the folder" in str(file.fault) for file in done.files] == [True]
    assert desk.rows() == []


def test_hidden_files_and_those_word_leaves_are_passed_over(desk: Desk) -> None:
    desk.write("a.txt", TALK)
    for name in ("~$a.docx", ".b.txt", "c.png"):
        desk.write(name, "x")
    done = desk.take(desk.notes)
    assert [file.path.name for file in done.files] == ["a.txt"]
    assert done.passed == [".png"]


def test_a_fault_in_the_register_stops_before_anything_is_written(desk: Desk) -> None:
    path = desk.write("talk.txt", TALK)
    (desk.folder / "data" / "participants.csv").write_text("interview_id\nI001\n", encoding="utf-8")
    with pytest.raises(InputError, match="participants"):
        desk.take(path)
    assert desk.rows() == []


def test_who_is_registered_later_is_filled_in(desk: Desk) -> None:
    path = desk.write("talk.txt", "Jane Roe: We wait a lot here.\nJane Roe: Nobody knows why.\n")
    desk.take(path)
    register = desk.folder / "data" / "stakeholders.csv"
    register.write_text(
        register.read_text(encoding="utf-8") + "P009,Jane Roe,Sales,front_line,South,Seller\n",
        encoding="utf-8",
    )
    ids = [row["remark_id"] for row in desk.rows()]
    assert counts(desk.take(path)) == [(0, 2, 0, 0)]
    assert [(row["remark_id"], row["stakeholder_id"]) for row in desk.rows()] == [
        (name, "P009") for name in ids
    ]


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_line_ends_and_marks_of_encoding_change_nothing(desk: Desk, change: Callable[[str], str]) -> None:
    path = desk.write("talk.txt", TALK)
    desk.take(path)
    path.write_bytes(change(TALK).encode())
    assert counts(desk.take(path)) == [(0, 0, 0, 3)]


def test_notes_kept_as_word_and_as_text_are_the_same_notes(desk: Desk) -> None:
    import docx

    desk.take(desk.write("talk.txt", TALK))
    document = docx.Document()
    for line in TALK.splitlines():
        document.add_paragraph(line)
    document.save(str(desk.notes / "talk.docx"))
    shutil.move(desk.notes / "talk.docx", desk.notes / "typed up.docx")
    assert counts(desk.take(Path(desk.notes / "typed up.docx"))) == [(0, 0, 0, 3)]


@pytest.mark.parametrize("name", ["talk.txt", "renamed.txt"])
def test_who_was_forgotten_does_not_come_back(desk: Desk, name: str) -> None:
    from reviewkit.evidence.store.register import person_called

    talk = TALK.replace("A:", "Priya Shah:") + "Tomasz Nowak: Priya Shah is right about the queue there.\n"
    talk += "Tomasz Nowak: The lift is broken again.\n"
    path = desk.write("talk.txt", talk)
    desk.take(path)
    with open_store(desk.engagement, desk.params) as store:
        store.forget(person_called("P001", desk.engagement, desk.params, store), by="Lead analyst")
    before = desk.rows()
    assert sum("[words removed]" in row["text"] for row in before) == 3
    path.rename(desk.notes / name)
    for register in ("as it was", "without them"):
        assert counts(desk.take(desk.notes / name))[0][0] == 0, register
        assert desk.rows() == before
        file = desk.folder / "data" / "stakeholders.csv"
        file.write_text(
            "\n".join(line for line in file.read_text(encoding="utf-8").splitlines() if "Priya" not in line)
            + "\n",
            encoding="utf-8",
        )


def test_a_pipe_is_no_file(desk: Desk) -> None:
    import os

    os.mkfifo(desk.notes / "a.txt")
    assert "is no file" in str(desk.take(desk.notes).files[0].fault)


def test_customers_are_those_of_tables_alone_and_conversations_stay_interviews(desk: Desk) -> None:
    desk.write("talk.txt", TALK)
    desk.write("call.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Morag Sinclair>We wait a lot.</v>\n")
    desk.write("survey.csv", "Date,Comment\n2026-01-02,Slow\n2026-01-03,Kind\n")
    done = desk.take(desk.notes, source="customer_feedback")
    assert [file.fault for file in done.files] == [None] * 3
    assert {row["source"] for row in desk.rows()} == {"one_to_one"}
    assert len(desk.rows()) == 4
    assert len(desk.rows("customer_feedback")) == 2
    assert any("does not apply" in told for told in done.files[0].told)


@pytest.mark.parametrize(
    "table",
    ["Interview,Comment\nI001,Slow\nI001,Cold\n", "Name,Comment\nPriya Shah,Slow\nTomasz Nowak,Cold\nX,Y\n"],
)
def test_tables_of_interviews_are_no_customers_comments(desk: Desk, table: str) -> None:
    path = desk.write("answers.csv", table)
    assert "no customers' comments" in str(desk.take(path, source="customer_feedback").files[0].fault)
    assert desk.rows("customer_feedback") == []
    assert desk.take(path, source="one_to_one").files[0].fault is None


def test_an_interview_in_a_files_name_that_nobody_knows_is_told(desk: Desk) -> None:
    text = "- Letters wait for the printer.\n"
    done = desk.take(desk.write("2026-03-04 I009.md", text))
    wanted = "I009 in the file's name is no known interview; add it to 'interviews', or use --interview I009"
    assert wanted in done.files[0].told
    known = desk.take(desk.write("2026-03-04 I001.md", text), desk.write("Q1 visit 2026.md", text + "- A.\n"))
    assert not any("no known interview" in told for file in known.files for told in file.told)


def test_what_is_in_one_file_was_said_in_one_conversation(desk: Desk) -> None:
    desk.take(desk.write("talk.txt", TALK.split("\n\n", 1)[1]))
    assert len(desk.rows()) > 1 and len({row["interview_id"] for row in desk.rows()}) == 1
    assert all(row["interview_id"] for row in desk.rows())
