"""What is supposed is shown beside what the review has; what is kept is a draft, and can be taken back."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from reviewkit.model import InputError, read_engagement
from reviewkit.plan import empty_recommendations
from reviewkit.plan.budget import budget_words
from reviewkit.widgets.desk import Desk
from reviewkit.widgets.scenario.model import ScenarioModel
from reviewkit.widgets.scenario.screen import Screen, amount
from reviewkit.widgets.scenario.static import summary_of
from reviewkit.widgets.scenario.words import climbed, compared

from .conftest import inputs


def stored(params: Path, table: str = "actions") -> list[dict[str, Any]]:
    return Desk(params).store().frame(table).to_dict("records")


def again(model: ScenarioModel) -> ScenarioModel:
    """The same place after a restart."""
    params = model.desk.params
    made = ScenarioModel(Desk(params, "Analyst A"), lambda: inputs(read_engagement(params)))
    made.take(made.read())
    made.chosen = model.chosen
    made.be("Analyst A")
    return made


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
    told = budget_words(model.plan, model.budget, "GBP")
    assert told.startswith("The plan costs £12,500: £2,500 over its budget") and "without a cost yet" in told


def test_kept_is_a_draft_nobody_agreed_there_after_a_restart_and_undone(model: ScenarioModel) -> None:
    model.suppose(cost=500.0, starts=pd.Timestamp("2025-09-01"))
    told = model.keep([model.chosen])
    assert told.endswith("Nobody has agreed it yet.")
    (kept,) = stored(model.desk.params)
    assert (kept["agreed"], kept["cost"], kept["starts"]) == ("false", "500", "2025-09-01")
    assert kept["recommendation"] == model.chosen and kept["measure"] == "first_contact_resolution"
    later = again(model)
    assert later.action(model.chosen)["cost"] == 500.0 and not later.action(model.chosen)["agreed"]
    assert len(later.drafts()) == 1
    assert later.undo().startswith("Undone: draft") and stored(model.desk.params) == []


def test_effect_and_effort_are_kept_with_their_reason_and_hold_after_a_restart(model: ScenarioModel) -> None:
    before = model.row()
    model.suppose(impact=1, effort=5, weeks=int(before["weeks"]) + 4)
    supposed = model.row()
    with pytest.raises(InputError, match="nobody said why"):
        model.keep([model.chosen])
    model.suppose(reason="Two sites tried it")
    told = model.keep([model.chosen])
    assert "and 1 estimate of a scenario" in told and model.changed == []
    (kept,) = stored(model.desk.params, "estimates")
    assert (kept["impact"], kept["effort"], kept["role"]) == ("1", "5", "Analyst A")
    assert kept["seen"] == before["library_says"] and kept["days"] == ""
    later = again(model)
    assert later.supposed == {}
    same = ["rank", "impact", "effort", "weeks", "priority", "return_high", "first", "shows"]
    assert {name: later.row()[name] for name in same} == {name: supposed[name] for name in same}
    assert "Two sites tried it" in later.row(before=True)["estimated"]
    later.undo()
    assert stored(model.desk.params, "estimates") == [] and later.row()["rank"] == before["rank"]


def test_what_is_supposed_is_there_after_a_restart_for_who_supposed_it(model: ScenarioModel) -> None:
    model.budget = 700.0
    model.suppose(impact=1, starts=pd.Timestamp("2025-09-01"), reason="Perhaps")
    later = again(model)
    assert later.supposed == model.supposed and later.budget == 700.0
    assert later.row()["rank"] == model.row()["rank"]
    later.be("Analyst B")
    assert later.supposed == {} and later.budget is None and later.changed == []
    later.be("Analyst A")
    later.keep(later.changed, budget=True)
    assert again(later).supposed == {}
    later.undo()
    assert again(later).supposed == model.supposed


def test_what_is_estimated_later_adds_to_what_was_before(model: ScenarioModel) -> None:
    model.suppose(impact=1, reason="Too hopeful")
    model.keep([model.chosen])
    model.suppose(effort=5)
    model.keep([model.chosen])
    (kept,) = stored(model.desk.params, "estimates")
    assert (kept["impact"], kept["effort"], kept["reason"]) == ("1", "5", "Too hopeful")


def test_the_budget_is_kept_and_there_after_a_restart(model: ScenarioModel) -> None:
    model.budget = 12_000.0
    assert model.keep(model.changed, budget=True) == "Saved: the budget of a scenario."
    later = again(model)
    assert later.budget == 12_000.0
    with pytest.raises(InputError, match="nothing is supposed"):
        later.keep(later.changed, budget=True)
    later.budget = None
    later.keep([], budget=True)
    assert again(model).budget is None
    later.undo()
    assert later.kept.budget == 12_000.0


def test_a_cost_that_was_kept_can_be_taken_away_and_a_reason_alone_be_changed(model: ScenarioModel) -> None:
    model.suppose(cost=500.0, impact=1, reason="So")
    model.keep(model.changed)
    model.suppose(cost=None)
    model.keep(model.changed)
    assert stored(model.desk.params)[0]["cost"] == "" and model.changed == []
    model.suppose(reason="For another reason")
    model.keep(model.changed)
    assert stored(model.desk.params, "estimates")[0]["reason"] == "For another reason"
    assert again(model).changed == []


def test_a_draft_and_its_estimate_are_written_together_or_not_at_all(model: ScenarioModel) -> None:
    model.suppose(impact=1, reason="So")
    other = ScenarioModel(Desk(model.desk.params, "Analyst B"), model.read)
    other.take(other.read())
    other.chosen = model.chosen
    other.suppose(impact=2, cost=5.0, reason="Not so")
    other.keep([other.chosen])
    with pytest.raises(InputError, match="changed"):
        model.keep([model.chosen])
    (kept,) = stored(model.desk.params, "estimates")
    assert kept["impact"] == "2" and stored(model.desk.params)[0]["cost"] == "5"


def test_all_that_changed_is_kept_in_one_go(model: ScenarioModel) -> None:
    names = model.table["recommendation_id"].tolist()[:3]
    for name in names:
        model.chosen = name
        model.suppose(days=2.5, reason="Less to do")
    assert "3 drafts and 3 estimates" in model.keep(model.changed) and len(stored(model.desk.params)) == 3
    model.undo()
    assert stored(model.desk.params) == [] and len(model.supposed) == 3  # what is supposed stays


def test_an_agreed_action_is_not_overwritten(model: ScenarioModel) -> None:
    row = {"action_id": "A2", "recommendation": model.chosen, "what": "Train", "owner": "team lead"}
    model.desk.put("actions", [row])
    model.read_kept()
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
    assert "Nobody said why" in screen.said.text and screen.said.trouble
    screen.reason.value = "A second form is needed"
    screen.keep.click()
    assert "Nobody has agreed it yet" in screen.said.text and len(stored(params)) == 1
    assert "A second form is needed" in screen.about.value
    screen.undo.click()
    assert stored(params) == [] and screen.cost.value == "12500"
    assert screen.reason.value == "A second form is needed"
    screen.back.click()
    assert screen.cost.value == "" and screen.model.supposed == {}
    assert "<b>short" not in screen.about.value


def test_what_is_no_sum_is_told_and_stays(screen: Screen) -> None:
    screen.cost.value = "a lot"
    assert "'a lot' is no sum of money" in screen.said.text and screen.cost.value == "a lot"
    for text in ("-3", "12,5", "4.000", "4.000,50", "1e12", "nan"):
        with pytest.raises(InputError):
            amount(text)


def test_a_locked_store_and_one_that_went_are_told_and_nothing_supposed_is_lost(screen: Screen) -> None:
    screen.effort.value = 4
    screen.reason.value = "So"
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
    screen.reason.value = "So"
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
    none = type(empty)(lambda _: empty_recommendations(), empty.gaps, empty.levels, empty.themes)
    screen = Screen(ScenarioModel(Desk(params, "A"), lambda: none))
    assert "There is no recommendation" in screen.said.text


def test_every_field_is_labelled(screen: Screen) -> None:
    assert all(one.description for one in (*screen.fields.values(), screen.list, screen.budget))


def test_summary_lists_recommendations_and_counts_drafts(model: ScenarioModel) -> None:
    model.keep([model.chosen])
    html = summary_of(model.table_before, model.kept.actions, model.engagement, "£5,000 left.").html()
    assert "1 draft is kept that nobody has agreed yet" in html and "Return a year" in html
    assert "as in the library" in html and "£5,000 left." in html
