"""What was written is left only when it is saved: notes, memos, forms; and undo takes back nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from reviewkit.model import InputError
from reviewkit.widgets import desk as desks
from reviewkit.widgets.capture_model import CaptureModel
from reviewkit.widgets.capture_view import CaptureView
from reviewkit.widgets.coding_model import CodingModel
from reviewkit.widgets.coding_view import CodingView
from reviewkit.widgets.desk import Desk


@contextmanager
def locked(params: Path) -> Iterator[None]:
    """Somebody else writes to the store and does not end."""
    with closing(sqlite3.connect(params.parent / "data/evidence.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(desks, "WAIT_MILLISECONDS", 20)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.delenv("REVIEWKIT_ANALYST", raising=False)


def texts(params: Path) -> list[str]:
    return [row["text"] for row in Desk(params, "x").store().frame("remarks").to_dict("records")]


def test_an_interview_is_not_left_while_a_note_is_unsaved(params: Path) -> None:
    model = CaptureModel(Desk(params))
    model.open("I3")
    note = model.note(stakeholder="P3")
    note.values["text"] = "Nobody tells us."
    for leave in (lambda: model.open("I1"), model.close, lambda: model.begin("group", "North", "2025-06-10")):
        with pytest.raises(InputError, match="Nobody said who writes"):
            leave()
        assert model.interview == "I3" and model.notes[-1] is note
    model.desk.who = "Analyst A"
    model.open("I1")
    assert texts(params) == ["Nobody tells us."]


def test_nothing_can_be_typed_before_somebody_says_who(params: Path) -> None:
    view = CaptureView(CaptureModel(Desk(params)))
    view.interview.interview.value = "I3"
    page = view.interview.notes
    assert page.text.disabled and view.observation.fields["seen"].disabled and view.interview.new.disabled
    page.text.value = "Nobody tells us."
    view.interview.interview.value = "I1"
    assert (view.model.interview, view.interview.interview.value) == ("I3", "I3")
    page.edit.click()
    assert page.text.value == "Nobody tells us." and page.draft is not None
    view.who.value = "Analyst A"
    assert not page.text.disabled and not view.observation.fields["seen"].disabled
    view.interview.interview.value = "I1"
    assert view.model.interview == "I1" and texts(params) == ["Nobody tells us."]


def test_a_memo_stays_while_the_store_is_locked_and_the_remark_is_not_left(params: Path) -> None:
    view = CodingView(CodingModel(Desk(params, "Analyst A")))
    view.model.go("R1")
    view.model.add("morale")
    view.show()
    given = view._given[0]
    with locked(params):
        given.memo.value = "typed while it was locked"
        given.stance.value = "strength"
        assert given.memo.value == "typed while it was locked" and given.stance.value == ""
        for press in (view.next, view.back, view.undo):
            press.click()
            assert view.model.current == "R1" and given.memo.value == "typed while it was locked"
            assert "somebody else has been writing" in view.said.text.casefold()
    view.next.click()
    assert view.model.current != "R1"
    (coding,) = Desk(params, "x").store().frame("codings").to_dict("records")
    assert (coding["memo"], coding["stance"]) == ("typed while it was locked", "")


def test_undo_while_coding_offers_no_note_of_the_same_analyst(params: Path) -> None:
    capture = CaptureModel(Desk(params, "Analyst A"))
    capture.open("I3")
    note = capture.note(stakeholder="P3")
    note.values["text"] = "Nobody tells us."
    assert capture.save(note)
    coding = CodingModel(Desk(params, "Analyst A"))
    assert coding.undoing.last == ""
    with pytest.raises(InputError, match="nothing to undo"):
        coding.undo()
    coding.go("R1")
    coding.split("We have no training at all.\n\nThe system crashes daily.")
    again = CodingModel(Desk(params, "Analyst A"))
    assert again.undo() == "split of R1" and texts(params) == ["Nobody tells us."]


def test_a_form_is_not_left_unsaved_for_another(params: Path) -> None:
    view = CaptureView(CaptureModel(Desk(params, "Analyst A")))
    page = view.observation
    page.fields["seen"].value = "A queue."
    page.next.click()
    assert "Saved: O1" in page.said.text
    page.next.click()
    assert page.said.text == "Nothing is written yet."
    with locked(params):
        page.fields["seen"].value = "Two share one screen."
        page.sofar.value = ("O1",)
        page.edit.click()
        assert page.fields["seen"].value == "Two share one screen." and page.draft.key == ("O2",)
    page.edit.click()
    page.fields["seen"].value = "A queue of nine."
    found = Desk(params, "x").store().frame("observations")["seen"].tolist()
    assert found == ["A queue of nine.", "Two share one screen."]
    page.drop.click()
    assert len(Desk(params, "x").store().frame("observations")) == 1


def test_a_form_half_filled_in_waits_for_whoever_began_it(params: Path) -> None:
    view = CaptureView(CaptureModel(Desk(params, "Analyst A")))
    view.walk.fields["problem"].value = "Nobody answered."
    view.who.value = "Analyst B"
    assert view.walk.fields["problem"].value == ""
    view.walk.fields["problem"].value = "A long wait."
    again = CaptureView(CaptureModel(Desk(params)))  # the kernel was restarted
    assert again.walk.fields["problem"].value == ""
    for who, typed in (("Analyst A", "Nobody answered."), ("Analyst B", "A long wait.")):
        again.who.value = who
        assert again.walk.fields["problem"].value == typed
    again.walk.fields["step"].value = "Call"
    (step,) = Desk(params, "x").store().frame("walkthroughs").to_dict("records")
    assert (step["step"], step["problem"]) == ("Call", "A long wait.")
    assert CaptureModel(Desk(params, "Analyst B")).waiting_form("walkthroughs") is None


def test_a_note_that_could_not_be_saved_waits_for_whoever_wrote_it_and_stays_off_the_record(
    params: Path,
) -> None:
    view = CaptureView(CaptureModel(Desk(params, "Analyst A")))
    view.interview.interview.value = "I3"
    page = view.interview.notes
    with locked(params):
        page.text.value = "Nobody tells us."
        page.off.value = True
        view.who.value = "Analyst B"
        assert page.text.value == "" and page.draft is None
    page.text.value = "From B."
    again = CaptureView(CaptureModel(Desk(params, "Analyst A")))
    again.interview.interview.value = "I3"
    assert again.interview.notes.text.value == "Nobody tells us."
    found = {row["text"]: row for row in Desk(params, "x").store().frame("remarks").to_dict("records")}
    assert set(found) == {"From B.", "Nobody tells us."}
    assert found["Nobody tells us."]["on_record"] == "false" and found["From B."]["on_record"] == "true"
    assert again.model.desk.drafts.names("") == []


def test_a_memo_that_could_not_be_saved_waits_and_is_no_other_analysts(params: Path) -> None:
    model = CodingModel(Desk(params, "Analyst A"))
    model.go("R1")
    model.add("morale")
    with locked(params):
        model.note("morale", "half a thought")
        model.be("Analyst B")
        assert model.drafts.get("R1", {}) == {}
    again = CodingModel(Desk(params, "Analyst A"))
    assert again.drafts["R1"]["morale"].values["memo"] == "half a thought"
    again.go("R1")
    again.settle()
    (coding,) = Desk(params, "x").store().frame("codings").to_dict("records")
    assert (coding["coder"], coding["memo"]) == ("Analyst A", "half a thought")


def test_a_correction_that_waited_does_not_write_over_what_another_changed_meanwhile(params: Path) -> None:
    first = CaptureModel(Desk(params, "Analyst A"))
    form = first.form("observations")
    form.values["seen"] = "A queue."
    assert first.save_form(form)
    with locked(params):
        form.values["seen"] = "A queue of nine."
        assert not first.save_form(form)
    other = CaptureModel(Desk(params, "Analyst B"))
    theirs = other.reopen("observations", form.key)
    theirs.values["seen"] = "A queue of ten."
    assert other.save_form(theirs)
    again = CaptureModel(Desk(params, "Analyst A")).waiting_form("observations")
    assert again is not None and again.values["seen"] == "A queue of nine."
    assert again.theirs is not None and again.theirs.by == "Analyst B" and not again.save()
    assert again.keep_mine() and Desk(params, "x").store().frame("observations")["seen"].tolist() == [
        "A queue of nine."
    ]
