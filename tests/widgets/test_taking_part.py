"""What was agreed can be corrected at any time, and notes follow it; a promise for one note holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.model import InputError
from reviewkit.widgets.capture_model import CaptureModel
from reviewkit.widgets.desk import Desk


@pytest.fixture
def model(params: Path) -> CaptureModel:
    made = CaptureModel(Desk(params, "Analyst A"))
    made.open("I2")
    return made


def note(model: CaptureModel, text: str, *, off: bool = False, by: str = "P2") -> str:
    made = model.note(stakeholder=by, off=off)
    made.values["text"] = text
    assert model.save(made)
    return made.key[0]


def on_record(params: Path) -> dict[str, str]:
    frame = Desk(params, "x").store().frame("remarks")
    return dict(frame[["remark_id", "on_record"]].itertuples(index=False))


def test_a_yes_after_the_opening_script_is_recorded_for_who_was_planned(
    model: CaptureModel, params: Path
) -> None:
    first = note(model, "Before they said yes.")
    assert on_record(params) == {first: "false"}
    assert model.agree("P2", on_record=True, attribution="role") == 1
    second = note(model, "After it.")
    assert on_record(params) == {first: "true", second: "true"}
    (agreed,) = Desk(params, "x").store().frame("participants").to_dict("records")
    assert (agreed["on_record"], agreed["attribution"]) == ("true", "role")


def test_a_no_takes_every_note_off_and_a_later_yes_leaves_those_marked_off(
    model: CaptureModel, params: Path
) -> None:
    model.agree("P2", on_record=True, attribution="role")
    plain, promised = note(model, "Quote me."), note(model, "Not this.", off=True)
    assert model.agree("P2", on_record=False, attribution="none") == 1
    assert set(on_record(params).values()) == {"false"}
    again = CaptureModel(Desk(params, "Analyst B"))  # whoever asks again, and on another day
    again.open("I2")
    assert again.agree("P2", on_record=True, attribution="broad") == 1
    assert on_record(params) == {plain: "true", promised: "false"}
    marked = {one.key[0]: again.is_marked_off(one) for one in again.notes}
    assert marked[promised] and not marked[plain]


def test_notes_of_a_file_are_taken_off_and_never_put_on_by_themselves(
    model: CaptureModel, params: Path
) -> None:
    # R3 to R5 stand in a file as off the record: why, nobody knows.
    assert model.agree("P2", on_record=True, attribution="role") == 0
    assert on_record(params) == {}
    model.open("I1")
    assert model.agree("P1", on_record=False, attribution="none") == 2
    assert on_record(params) == {"R1": "false", "R2": "false"}


def test_no_note_is_on_the_record_of_somebody_who_is_not(model: CaptureModel) -> None:
    made = model.note(stakeholder="P2")
    model.mark(made, off=False)
    assert made.values["on_record"] == "false"


def test_who_was_added_by_mistake_is_taken_out_and_who_spoke_is_not(model: CaptureModel) -> None:
    model.open("I3")
    model.agree("P4", on_record=True, attribution="role")
    model.leave_out("P4")
    assert [one["stakeholder_id"] for one in model.people()] == ["P3"]
    model.tables["remarks"].clear()
    with pytest.raises(InputError, match="stand in a file"):
        model.leave_out("P3")
    model.agree("P4", on_record=True, attribution="role")
    note(model, "The lift is broken.", by="P4")
    with pytest.raises(InputError, match="notes of this interview are theirs"):
        model.leave_out("P4")


def test_a_one_to_one_takes_one_speaker_unless_it_is_made_a_group(model: CaptureModel) -> None:
    with pytest.raises(InputError, match="this one-to-one has its speaker"):
        model.agree("P4", on_record=False, attribution="none")
    model.group()
    model.agree("P4", on_record=False, attribution="none")
    assert {one["stakeholder_id"] for one in model.people()} == {"P2", "P4"}
