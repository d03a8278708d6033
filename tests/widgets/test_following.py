"""The tracker follows the work: an interview is coded with its last remark, and undo takes both back."""

from __future__ import annotations

from pathlib import Path

from reviewkit.widgets.coding_model import CodingModel
from reviewkit.widgets.desk import Desk


def status(params: Path, interview: str) -> tuple[str, str]:
    frame = Desk(params, "x").frames("interviews")["interviews"].set_index("interview_id")
    return str(frame.at[interview, "status"]), str(frame.at[interview, "status_on"])[:10]


def noted(params: Path) -> CodingModel:
    file = params.parent / "data/interviews.csv"
    file.write_text(file.read_text().replace("coded", "noted"))
    return CodingModel(Desk(params, "Analyst A"))


def test_an_interview_is_coded_with_its_last_remark(params: Path) -> None:
    model = noted(params)
    model.go("R1")
    model.add("training_gap")
    assert status(params, "I1")[0] == "noted"
    model.go("R2")
    model.none_fits()
    assert status(params, "I1")[0] == "coded" and status(params, "I1")[1] > "2025-06-30"
    assert status(params, "I2")[0] == "noted" and status(params, "I3")[0] == "planned"


def test_undo_and_taking_off_say_that_it_is_not_coded_any_more(params: Path) -> None:
    model = noted(params)
    for name in ("R1", "R2"):
        model.go(name)
        model.add("training_gap")
    model.undo()
    assert status(params, "I1")[0] == "noted" and "R2" not in model.queue.done
    model.go("R2")
    model.add("morale")
    assert status(params, "I1")[0] == "coded"
    model.remove("morale")
    assert status(params, "I1")[0] == "noted"
