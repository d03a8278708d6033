"""Measures are counted where they lie, asked once; notes begin limits anew and are kept."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reviewkit.model import InputError
from reviewkit.widgets.desk import Desk
from reviewkit.widgets.explore.model import ExploreModel
from reviewkit.widgets.explore.question import PERSONAL, Question, breakdowns, cadences
from reviewkit.widgets.explore.themes_model import ThemesModel

from .conftest import contacts

NORTH = Question("fcr", by="site")


def looked(model: ExploreModel, question: Question = NORTH, unit: str = "North") -> ExploreModel:
    model.unit = unit
    model.take(question, model.aggregates.figures(question))
    return model


def test_figures_by_site_are_those_of_the_rows(model: ExploreModel) -> None:
    looked(model)
    rows = contacts()
    for unit in ("North", "South"):
        mine = rows[rows["site"] == unit]
        by_hand = 100 * mine.groupby(mine["at"].dt.to_period("M"))["resolved"].mean()
        assert model.points(unit)["value"].tolist() == pytest.approx(by_hand.tolist())
    assert [name for _, name in model.units()] == ["", "North", "South"]


def test_site_by_team_by_week_narrows_before_it_counts(model: ExploreModel) -> None:
    looked(model, Question("fcr", by="team", site="North", cadence="week"), "North 1")
    rows = contacts()
    mine = rows[(rows["team"] == "North 1")]
    assert model.points()["denominator"].sum() == len(mine)
    assert {name for _, name in model.units()} == {"", "North 1", "North 2"}


def test_the_same_question_is_asked_once(model: ExploreModel) -> None:
    looked(model)
    asked = model.aggregates.asked
    looked(model, Question("fcr", by="site"), "South")
    assert model.aggregates.asked == asked and model.aggregates.knows(NORTH)


def test_rows_behind_a_point_are_few_and_tell_nobody(model: ExploreModel) -> None:
    looked(model)
    rows, count = model.aggregates.rows(NORTH, "North", "2024-05-01", most=4)
    assert count == 10 and len(rows) == 4 and set(rows["site"]) == {"North"}
    assert not set(rows) & set(PERSONAL)
    rows, count = model.aggregates.rows(Question("south"), "", "2024-05-01")
    assert count == 10 and set(rows["site"]) == {"South"}  # the measure's own condition counts here too


def test_people_are_no_breakdown(model: ExploreModel) -> None:
    measure = model.engagement.measure("fcr")
    assert "agent" not in breakdowns(measure) and cadences(measure, model.engagement) == ["month", "week"]
    with pytest.raises(InputError, match="not told apart by agent"):
        model.aggregates.figures(Question("fcr", by="agent"))


def test_a_note_begins_limits_anew_and_is_there_at_the_next_sitting(model: ExploreModel) -> None:
    looked(model)
    assert set(model.points()["phase"]) == {0}
    model.try_from(pd.Timestamp("2024-01-01"))
    assert model.points().groupby("phase").size().tolist() == [12, 18]
    told = model.annotate("2024-01-01", "New system.", "process_changed", role="Head of IT")
    assert told == "Saved: note of 2024-01-01." and model.trial == []
    assert model.points().groupby("phase").size().tolist() == [12, 18]
    looked(model, unit="South")
    assert set(model.points()["phase"]) == {0}  # the note is about North
    (kept,) = Desk(model.desk.params).store().frame("annotations").to_dict("records")
    assert [kept[name] for name in ("at", "measure", "site", "effect", "role")] == [
        "2024-01-01", "fcr", "North", "process_changed", "Head of IT",
    ]  # fmt: skip
    again = ExploreModel(Desk(model.desk.params, "Analyst A"), lambda: model.aggregates.evidence)
    assert set(looked(again).points()["phase"]) == {0, 1}
    again.be("Analyst A")
    assert again.undo() == "Undone: note of 2024-01-01." and set(again.points()["phase"]) == {0}


def test_limits_on_trial_are_not_saved(model: ExploreModel) -> None:
    looked(model).try_from(pd.Timestamp("2024-01-01"))
    assert set(looked(model).points()["phase"]) == {0}
    assert not (model.desk.params.parent / "data/evidence.sqlite").exists()


@pytest.mark.parametrize(
    ("at", "text", "every", "told"),
    [
        (None, "x", False, "no date"),
        ("2024-01-01", " ", False, "nothing is written"),
        ("2024-01-01", "x", True, "one measure at a time"),
    ],
)
def test_a_note_that_cannot_be_says_why(
    model: ExploreModel, at: str | None, text: str, every: bool, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        looked(model).annotate(at, text, "process_changed", every_measure=every)


def test_a_note_of_a_file_is_not_taken_out(model: ExploreModel) -> None:
    looked(model)
    assert model.notes_here()["annotation_id"].tolist() == ["N1"]
    with pytest.raises(InputError, match="stands in a file"):
        model.take_out("N1")


def test_changed_files_are_noticed_and_read_again(model: ExploreModel) -> None:
    looked(model)
    assert not model.changed
    path = model.desk.params.parent / "data/contacts.csv"
    path.write_text(path.read_text().replace("True", "False", 1))
    assert model.changed
    model.read_again()
    assert not model.changed and not model.aggregates.knows(NORTH)


def test_themes_are_filtered_and_lead_to_remarks_with_their_standing(params: Path) -> None:
    model = ThemesModel(Desk(params, "A"))
    (label,) = model.labels()
    assert label[1] == "training_gap" and "in 2 remarks" in label[0]
    rows = model.remarks_of(("training_gap",))
    assert rows["quote"].tolist() == ["not approved", "off the record"]
    model.chosen["site"] = "North"
    html = model.table(("training_gap",), "Remarks")
    assert "No &lt;b&gt;training" in html and "cancelled" not in html
    model.chosen = {"stance": "strength"}
    assert model.labels() == []
    assert "cancelled" in model.about(model.desk.engagement.measures[0], "South")
