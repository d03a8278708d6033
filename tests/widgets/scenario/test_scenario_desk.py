"""What is supposed is shown beside what the review has; what is kept is a draft, and can be taken back."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from reviewkit.model import InputError, read_engagement
from reviewkit.widgets.desk import Desk
from reviewkit.widgets.scenario.model import ScenarioModel
from reviewkit.widgets.scenario.screen import Screen, amount
from reviewkit.widgets.scenario.static import summary_of
from reviewkit.widgets.scenario.words import budget_words, climbed, compared

from .conftest import inputs


def stored(params: Path) -> list[dict[str, Any]]:
    return Desk(params).store().frame("actions").to_dict("records")


@pytest.fixture
def screen(model: ScenarioModel) -> Screen:
    return Screen(model)


def test_effort_and_effect_change_order_and_return_before_anything_is_saved(model: ScenarioModel) -> None:
    before = model.row()
    model.suppose(effort=5, impact=1)
    now = model.row()
    assert now["rank"] > before["rank"] and now["return_high"] < before["return_high"]
    html = compared(model).html()
    assert f"<td>{before['rank']}, among the first</td>" in html and "As supposed" in html
    assert model.put_back() == "It is as the review has it." and model.row()["rank"] == before["rank"]
    assert not (model.desk.params.parent / "data/evidence.sqlite").exists()


def test_supposing_what_is_there_already_supposes_nothing(model: ScenarioModel) -> None:
    model.suppose(effort=model.row()["effort"], starts=model.action()["starts"])
    assert model.supposed == {}


def test_a_later_start_moves_the_camps(model: ScenarioModel) -> None:
    model.suppose(starts=pd.Timestamp("2026-01-05"))
    told = climbed(model)
    assert told is not None and "4 camps moved" in told.caption


def test_the_budget_counts_costs_that_are_known(model: ScenarioModel) -> None:
    model.budget = 10_000.0
    model.suppose(cost=12_500.0)
    told = budget_words(model)
    assert told.startswith("The plan costs £12,500: £2,500 over the budget") and "without a cost yet" in told


def test_kept_is_a_draft_nobody_agreed_there_after_a_restart_and_undone(model: ScenarioModel) -> None:
    model.suppose(cost=500.0, starts=pd.Timestamp("2025-09-01"), weeks=6)
    told = model.keep([model.chosen])
    assert told.endswith("Nobody has agreed it yet.")
    (kept,) = stored(model.desk.params)
    assert (kept["agreed"], kept["cost"], kept["starts"]) == ("false", "500", "2025-09-01")
    assert kept["recommendation"] == model.chosen and kept["measure"] == "first_contact_resolution"
    params = model.desk.params
    again = ScenarioModel(Desk(params, "Analyst A"), lambda: inputs(read_engagement(params)))
    again.take(again.read())
    assert again.action(model.chosen)["cost"] == 500.0 and not again.action(model.chosen)["agreed"]
    assert len(again.drafts()) == 1
    again.be("Analyst A")
    assert again.undo().startswith("Undone: draft") and stored(params) == []


def test_all_that_changed_is_kept_in_one_go(model: ScenarioModel) -> None:
    names = model.table["recommendation_id"].tolist()[:3]
    for name in names:
        model.chosen = name
        model.suppose(days=2.5)
    assert "3 drafts" in model.keep(list(model.supposed)) and len(stored(model.desk.params)) == 3
    model.undo()
    assert stored(model.desk.params) == [] and len(model.supposed) == 3  # what is supposed stays


def test_an_agreed_action_is_not_overwritten(model: ScenarioModel) -> None:
    row = {"action_id": "A2", "recommendation": model.chosen, "what": "Train", "owner": "team lead"}
    model.desk.put("actions", [row])
    model.read_actions()
    model.work_out()
    with pytest.raises(InputError, match="agreed action carries it"):
        model.keep([model.chosen])
    screen = Screen(model)
    assert screen.keep.disabled and "its owner" in screen.about.value


def test_the_desk_works_field_by_field(screen: Screen, params: Path) -> None:
    screen.effort.value = 5
    assert "changed" in {key: label for label, key in screen.list.options}[screen.model.chosen]
    screen.cost.value = "12,500"
    screen.budget.value = "20000"
    assert "left" in screen.money.value
    screen.keep.click()
    assert "Nobody has agreed it yet" in screen.said.text and len(stored(params)) == 1
    screen.undo.click()
    assert stored(params) == [] and screen.cost.value == "12500"
    screen.back.click()
    assert screen.cost.value == "" and screen.model.supposed == {}
    assert "<b>short" not in screen.about.value


def test_what_is_no_sum_is_told_and_stays(screen: Screen) -> None:
    screen.cost.value = "a lot"
    assert "'a lot' is no sum of money" in screen.said.text and screen.cost.value == "a lot"
    with pytest.raises(InputError):
        amount("-3")


def test_a_locked_store_and_one_that_went_are_told_and_nothing_supposed_is_lost(screen: Screen) -> None:
    screen.effort.value = 4
    screen.keep.click()
    file = screen.model.desk.store().place.file
    assert file is not None
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        screen.cost.value = "77"
        screen.keep.click()
        assert screen.said.trouble and screen.cost.value == "77"
        other.execute("ROLLBACK")
    file.unlink()
    screen.keep.click()
    assert "has gone" in screen.said.text and screen.model.supposed[screen.model.chosen].cost == 77.0


def test_a_deleted_engagement_is_told(screen: Screen) -> None:
    screen.effort.value = 4
    shutil.rmtree(screen.model.desk.params.parent)
    screen.keep.click()
    assert "no longer there" in screen.said.text and screen.effort.value == 4


def test_steps_that_fail_are_told_and_what_was_there_stays(screen: Screen) -> None:
    def fails() -> Any:
        raise InputError("contacts.csv has no column at")

    before = screen.outcome.value
    screen.model.read = fails
    screen.again.click()
    assert "has no column at" in screen.said.text and screen.outcome.value == before


def test_without_recommendations_it_says_so(params: Path, model: ScenarioModel) -> None:
    empty = inputs(read_engagement(params))
    none = type(empty)(empty.recommendations.iloc[:0], empty.gaps, empty.levels, empty.themes)
    screen = Screen(ScenarioModel(Desk(params, "A"), lambda: none))
    assert "There is no recommendation" in screen.said.text


def test_every_field_is_labelled(screen: Screen) -> None:
    assert all(one.description for one in (*screen.fields.values(), screen.list, screen.budget))


def test_summary_lists_recommendations_and_counts_drafts(model: ScenarioModel) -> None:
    model.keep([model.chosen])
    html = summary_of(model.inputs.recommendations, model.actions, model.engagement).html()
    assert "1 draft is kept that nobody has agreed yet" in html and "Return a year" in html
