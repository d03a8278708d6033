"""Interviews and forms: what was agreed, what was noted, by whom, in the store."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reviewkit.model import InputError
from reviewkit.widgets import capture_model as captures
from reviewkit.widgets.capture_model import CaptureModel
from reviewkit.widgets.coding_model import CodingModel
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
    held = [(r["status"], r["status_on"]) for r in rows(params, "interviews")]
    assert held == [("held", dt.date.today().isoformat())]


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
    assert model.begin("one_to_one", "South", "2025-06-10 14:00") == "I4"
    (row,) = rows(params, "interviews")
    assert (row["status"], row["interviewer"], row["site"]) == ("held", "Analyst A", "South")
    assert (row["planned_at"], row["status_on"]) == ("2025-06-10 14:00", "2025-06-10")
    for site, when, told in (
        ("", "2025-06-10", "the site is not said"),
        ("South", "yesterday", "is not a day"),
    ):
        with pytest.raises(InputError, match=told):
            model.begin("one_to_one", site, when)


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
    assert "Time in minutes: 'nine'" in one.trouble and "row" not in one.trouble
    assert one.values["minutes"] == "nine"


def test_a_form_is_corrected_and_taken_out_and_what_a_file_holds_is_not(
    model: CaptureModel, params: Path
) -> None:
    one = model.form("observations", seen="A queue.", at="2025-06-02 09:00")
    assert model.save_form(one)
    again = model.reopen("observations", ("O1",))
    again.values["seen"] = "A queue of nine."
    assert model.save_form(again) and rows(params, "observations")[0]["seen"] == "A queue of nine."
    model.drop_form("observations", ("O1",))
    assert rows(params, "observations") == [] and model.forms("observations") == []
    (params.parent / "data/observations.csv").write_text("observation_id,seen\nO7,A form.\n")
    other = CaptureModel(Desk(params, "Analyst A"))
    with pytest.raises(InputError, match="stands in a file"):
        other.drop_form("observations", ("O7",))


def test_an_observation_has_the_time_of_its_first_words_and_not_of_the_cell(model: CaptureModel) -> None:
    one = model.form("observations")
    assert "at" not in one.values
    one.values["seen"] = "A queue."
    assert model.save_form(one) and one.values["at"].startswith(dt.date.today().isoformat())


def test_an_interview_without_a_note_is_noted_only_on_purpose(model: CaptureModel, params: Path) -> None:
    model.begin("group", "North", "2025-06-10")
    with pytest.raises(InputError, match="nothing is noted yet"):
        model.status("noted")
    assert rows(params, "interviews")[0]["status"] == "held"
    model.status("noted", empty=True)
    assert rows(params, "interviews")[0]["status"] == "noted"


def test_the_opinion_that_was_tested_is_kept_and_put_without_jargon(
    model: CaptureModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Sales fell, 2.5 times the smallest change worth acting on."
    monkeypatch.setattr(captures, "opinions_of", lambda _desk: {"1.1/opinion/sales": said})
    asked = model.questions("P4")
    (tested,) = (one for one in asked if one.id == "1.1/opinion/sales")
    assert tested.text == "Opinion: Sales fell." and tested.first
    assert "test_opinion" not in {one.id for one in asked}  # the opinions stand for it
    ids = [one.id for one in asked]
    assert ids.index("challenges") < ids.index("1.1/opinion/sales") < ids.index("anything_else")
    firsts = [one.first for one in asked]
    assert firsts == sorted(firsts, reverse=True) and not all(firsts)
    note = model.note(stakeholder="P3", question="1.1/opinion/sales")
    note.values["text"] = "Yes, since the change."
    assert model.save(note)
    coding = CodingModel(Desk(model.desk.params, "Analyst A"))
    coding.go("I3-01")
    assert coding.shelf.context("I3-01").question == "Opinion from the data: sales"
    assert coding.add("morale").values["prompting"] == "prompted"
