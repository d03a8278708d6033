"""Interviews and forms: what was agreed, what was noted, by whom, in the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.model import InputError
from reviewkit.widgets.capture_model import CaptureModel
from reviewkit.widgets.desk import Desk


@pytest.fixture
def model(params: Path) -> CaptureModel:
    made = CaptureModel(Desk(params, "Analyst A"))
    made.open("I3")
    return made


def rows(params: Path, table: str) -> list[dict[str, str]]:
    return Desk(params, "x").store().frame(table).to_dict("records")


def test_those_still_to_be_held_come_first(model: CaptureModel) -> None:
    assert [row["interview_id"] for row in model.interviews()] == ["I3", "I1", "I2"]


def test_a_note_has_its_speakers_place_and_consent_and_the_interview_is_held(
    model: CaptureModel, params: Path
) -> None:
    note = model.note(stakeholder="P3", question="works_well")
    note.values["text"] = "The night team helps out."
    assert model.save(note)
    (row,) = rows(params, "remarks")
    told = ("remark_id", "source", "department", "level", "site", "on_record", "question")
    assert [row[name] for name in told] == [
        "I3-01", "group_work", "IT", "front_line", "North", "true", "works_well",
    ]  # fmt: skip
    assert [r["status"] for r in rows(params, "interviews") if r["interview_id"] == "I3"] == ["held"]


def test_a_note_by_nobody_in_particular_is_off_the_record(model: CaptureModel) -> None:
    assert model.note().values["on_record"] == "false"


def test_two_who_note_at_once_lose_no_remark(model: CaptureModel, params: Path) -> None:
    other = CaptureModel(Desk(params, "Analyst B"))
    other.open("I3")
    mine, theirs = model.note(), other.note()
    mine.values["text"], theirs.values["text"] = "mine", "theirs"
    assert other.save(theirs) and model.save(mine)
    assert {row["remark_id"]: row["text"] for row in rows(params, "remarks")} == {
        "I3-01": "theirs",
        "I3-02": "mine",
    }


def test_notes_are_there_for_the_next_who_opens_and_go_only_on_purpose(
    model: CaptureModel, params: Path
) -> None:
    note = model.note(stakeholder="P3")
    note.values["text"] = "one"
    model.save(note)
    again = CaptureModel(Desk(params, "Analyst A"))
    again.open("I3")
    assert [one.values["text"] for one in again.notes][-1] == "one"
    again.drop(again.notes[-1])
    assert rows(params, "remarks") == []
    with pytest.raises(InputError, match="stands in a file"):
        again.drop(again.notes[0])


def test_consent_is_written_down(model: CaptureModel, params: Path) -> None:
    model.agree("P4", on_record=False, attribution="none")
    (row,) = rows(params, "participants")
    assert (row["interview_id"], row["stakeholder_id"], row["on_record"]) == ("I3", "P4", "false")
    assert [row["stakeholder_id"] for row in model.people()] == ["P3", "P4"]
    assert "P4" not in [row["stakeholder_id"] for row in model.register()]


def test_an_unplanned_interview_gets_the_next_number(model: CaptureModel, params: Path) -> None:
    assert model.begin("one_to_one", "South") == "I4"
    (row,) = rows(params, "interviews")
    assert (row["status"], row["interviewer"], row["site"]) == ("held", "Analyst A", "South")


def test_questions_are_those_for_the_level(model: CaptureModel) -> None:
    asked = {question.id for question in model.questions("P4")}
    assert "surprise_newcomer" not in asked and "goals_cascade" in asked
    assert "surprise_newcomer" in {question.id for question in model.questions("P3")}


def test_forms_number_themselves_and_save(model: CaptureModel, params: Path) -> None:
    one = model.form("observations", site="North")
    one.values["seen"] = "A queue."
    assert model.save_form(one) and model.form("observations").values["observation_id"] == "O2"
    first = model.form("walkthroughs")
    first.values["step"] = "Ring"
    model.save_form(first)
    second = model.form("walkthroughs", walkthrough_id=first.values["walkthrough_id"])
    second.values |= {"step": "Wait", "minutes": "9", "feeling": "-1"}
    assert model.save_form(second)
    assert [(row["walkthrough_id"], row["step_order"]) for row in rows(params, "walkthroughs")] == [
        ("W1", "1"),
        ("W1", "2"),
    ]


def test_a_figure_that_is_none_is_told_in_words_and_kept(model: CaptureModel) -> None:
    one = model.form("walkthroughs", step="Ring", minutes="nine")
    assert not model.save_form(one)
    assert "minutes" in one.trouble and one.values["minutes"] == "nine"
