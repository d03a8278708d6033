"""The capture widget filled in as a hand would, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.widgets.capture_model import CaptureModel
from reviewkit.widgets.capture_view import CaptureView
from reviewkit.widgets.desk import Desk


@pytest.fixture
def view(params: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CaptureView:
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.delenv("REVIEWKIT_ANALYST", raising=False)
    return CaptureView(CaptureModel(Desk(params)))


def rows(view: CaptureView, table: str) -> list[dict[str, str]]:
    return view.model.desk.store().frame(table).to_dict("records")


def test_what_is_typed_waits_for_a_name_and_is_saved_then(view: CaptureView) -> None:
    view.interview.interview.value = "I3"
    page = view.interview.notes
    page.text.value = "Nobody tells us."
    assert "Write your role or initials" in view.said.text and rows(view, "remarks") == []
    view.who.value = "Analyst A"
    page.text.value = "Nobody tells us anything."
    (row,) = rows(view, "remarks")
    assert (row["text"], row["stakeholder_id"]) == ("Nobody tells us anything.", "P3")


def test_remarks_follow_one_another_and_can_be_changed_and_taken_out(view: CaptureView) -> None:
    view.who.value = "Analyst A"
    page = view.interview.notes
    view.interview.interview.value = "I3"
    page.text.value = "First."
    page.next.click()
    page.question.value = "works_well"
    page.text.value = "Second."
    page.off.value = True
    assert [(r["text"], r["question"], r["on_record"]) for r in rows(view, "remarks")] == [
        ("First.", "", "true"),
        ("Second.", "works_well", "false"),
    ]
    page.sofar.value = "I3-01"
    page.edit.click()
    page.text.value = "First, mended."
    assert rows(view, "remarks")[0]["text"] == "First, mended."
    page.drop.click()
    assert [r["text"] for r in rows(view, "remarks")] == ["Second."]
    page.done.click()
    assert rows(view, "interviews")[0]["status"] == "noted"
    assert any(text.startswith("I3 · noted · IT front line") for text, _ in view.interview.interview.options)


def test_an_interview_without_notes_is_asked_about_first(view: CaptureView) -> None:
    view.who.value = "Analyst A"
    page = view.interview.notes
    view.interview.new.click()
    view.interview.site.value = "North"
    view.interview.group.click()
    page.done.click()
    assert "Nothing is noted yet" in view.said.text and page.empty.layout.display is None
    page.empty.click()
    assert view.said.text == "I4 is noted." and page.empty.layout.display == "none"
    page.edit.click()
    assert "No note is chosen" in view.said.text
    view.choice.value = "Observation"
    assert view.said.text == ""


def test_the_question_goes_on_in_sight_and_is_ended_by_a_press(view: CaptureView) -> None:
    view.who.value = "Analyst A"
    page = view.interview.notes
    view.interview.interview.value = "I3"
    page.question.value = "works_well"
    page.text.value = "First."
    page.next.click()
    assert "Still answering: " in page.asked.value
    page.itself.click()
    assert page.asked.value == "" and page.itself.layout.display == "none"
    page.text.value = "Second."
    assert [row["question"] for row in rows(view, "remarks")] == ["works_well", ""]


def test_interviews_and_people_are_found_by_words(view: CaptureView) -> None:
    view.interview.find.value = "south team"
    assert [name for _, name in view.interview.interview.options] == ["", "I2"]
    view.interview.find.value = ""
    view.interview.interview.value = "I3"
    view.interview.people.find.value = "head IT"
    assert view.interview.people.person.value == "P4"


def test_who_takes_part_is_added_with_what_was_agreed(view: CaptureView) -> None:
    view.who.value = "Analyst A"
    page = view.interview
    page.new.click()
    page.site.value = "North"
    page.one.click()
    people = page.people
    people.person.value = "P4"
    people.add.click()
    line = people.lines["P4"]
    # Nothing is carried over from whoever was asked before.
    assert not line.record.value and line.attribution.value == "none" and page.notes.off.disabled
    page.notes.text.value = "Said before they were asked."
    line.record.value = True
    line.attribution.value = "broad"
    assert rows(view, "remarks")[0]["on_record"] == "true" and not page.notes.off.value
    assert [r["attribution"] for r in rows(view, "participants")] == ["broad"] and page.notes.by.value == "P4"
    people.person.value = "P1"
    people.add.click()
    assert "This one-to-one has its speaker" in view.said.text
    line.off.click()
    assert "Notes of this interview are theirs" in view.said.text and list(people.lines) == ["P4"]


def test_forms_say_what_is_wrong_and_go_on_to_the_next(view: CaptureView) -> None:
    view.who.value = "Analyst A"
    walk = view.walk
    walk.fields["minutes"].value = "nine"
    assert "step of the journey" in walk.said.text
    walk.fields["step"].value = "Ring"
    assert "Time in minutes" in walk.said.text and rows(view, "walkthroughs") == []
    walk.next.click()
    assert walk.fields["step"].value == "Ring"  # not left behind unsaved
    walk.fields["minutes"].value = "9"
    walk.fields["site"].value = "North"
    walk.next.click()
    assert (walk.fields["step"].value, walk.fields["site"].value) == ("", "North")
    walk.fields["step"].value = "Wait"
    assert [r["step_order"] for r in rows(view, "walkthroughs")] == ["1", "2"]
