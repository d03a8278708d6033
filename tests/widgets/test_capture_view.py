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
    view.interview.text.value = "Nobody tells us."
    assert "write your role or initials" in view.said.text and rows(view, "remarks") == []
    view.who.value = "Analyst A"
    view.interview.text.value = "Nobody tells us anything."
    (row,) = rows(view, "remarks")
    assert (row["text"], row["stakeholder_id"]) == ("Nobody tells us anything.", "P3")


def test_remarks_follow_one_another_and_can_be_changed_and_taken_out(view: CaptureView) -> None:
    view.who.value = "Analyst A"
    page = view.interview
    page.interview.value = "I3"
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


def test_who_takes_part_is_added_with_what_was_agreed(view: CaptureView) -> None:
    view.who.value = "Analyst A"
    page = view.interview
    page.one.click()
    page.person.value, page.record.value, page.attribution.value = "P4", True, "broad"
    page.join.click()
    assert "on the record, by a broad description" in page.people.value and page.by.value == "P4"


def test_forms_say_what_is_wrong_and_go_on_to_the_next(view: CaptureView) -> None:
    view.who.value = "Analyst A"
    walk = view.walk
    walk.fields["minutes"].value = "nine"
    assert "step of the journey" in walk.said.text
    walk.fields["step"].value = "Ring"
    assert "minutes" in walk.said.text and rows(view, "walkthroughs") == []
    walk.next.click()
    assert walk.fields["step"].value == "Ring"  # not left behind unsaved
    walk.fields["minutes"].value = "9"
    walk.fields["site"].value = "North"
    walk.next.click()
    assert (walk.fields["step"].value, walk.fields["site"].value) == ("", "North")
    walk.fields["step"].value = "Wait"
    assert [r["step_order"] for r in rows(view, "walkthroughs")] == ["1", "2"]
