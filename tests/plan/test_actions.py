"""Actions: drafted within reach, agreed ones kept as they are."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from reviewkit.content import load_interventions
from reviewkit.model import TABLES
from reviewkit.plan import achievable, action_plan, climbs, recommendations, sustained_levels

from .planned import FCR, REVIEW, cause, described, gap, series

NONE = pd.DataFrame(columns=[column.name for column in TABLES["actions"].columns])
THEME = {"code": "information_to_customers", "name": "Information", "stance": "concern", "kind": "customer"}
THEMES = pd.DataFrame([THEME | {"units": 30, "units_total": 120}])
LEVELS = sustained_levels(series([72.0] * 6 + [65.0] * 6), REVIEW.measures)


def planned(gaps: list[dict[str, Any]], causes: list[dict[str, Any]], **more: Any) -> pd.DataFrame:
    frame, themes = pd.DataFrame(gaps), more.pop("themes", THEMES)
    chosen = recommendations(pd.DataFrame(causes), frame, themes, load_interventions(), REVIEW)
    levels = more.pop("levels", LEVELS)
    return action_plan(chosen, more.pop("agreed", NONE), frame, levels, themes, more.pop("review", REVIEW))


def test_action_plan_draft_aims_at_what_was_held_and_climbs_to_the_target() -> None:
    row = planned([gap()], [cause("training", "supported")]).iloc[0]
    assert (row["baseline"], row["target"], row["summit"]) == (65.0, 72.0, 75.0)
    assert row["held_by"] == "The whole itself averaged 72.0% over six months in a row, to June 2024"
    assert row["smart"]


def test_action_plan_where_nobody_did_better_the_first_camp_is_a_stated_stretch() -> None:
    levels = sustained_levels(series([65.0] * 12), REVIEW.measures)
    row = planned([gap()], [cause("training", "supported")], levels=levels).iloc[0]
    assert row["target"] == pytest.approx(67.4)
    assert "stated stretch" in row["stretch"]


def test_action_plan_customers_comments_measure_a_described_gap() -> None:
    row = planned([described()], [], themes=THEMES.assign(units=300, units_total=1200)).iloc[0]
    assert (row["measure"], row["baseline"], row["target"]) == ("theme:information_to_customers", 25.0, 18.75)
    assert row["smart"]


def test_action_plan_few_comments_could_not_show_the_change() -> None:
    row = planned([described()], []).iloc[0]
    assert row["measurable"] == "so few comments could not tell the change from chance" and not row["smart"]


def test_action_plan_interviews_alone_measure_nothing() -> None:
    row = planned([described()], [], themes=THEMES.assign(kind="interview")).iloc[0]
    assert row["measurable"] == "no measure would show it"


def test_action_plan_starts_after_the_data_and_an_owner_begins_one_at_a_time() -> None:
    causes = [cause(name, "supported") for name in ("training", "process", "systems", "communication")]
    table = planned([gap()], causes)
    assert table["starts"].min() == pd.Timestamp("2025-07-01")
    assert not table.duplicated(["owner", "starts"]).any()
    assert (table["due"] > table["starts"]).all()


def test_action_plan_due_after_the_plan_ends_fails_its_letter() -> None:
    review = REVIEW.model_copy(update={"plan_ends": pd.Timestamp("2025-07-10").date()})
    row = planned([gap()], [cause("training", "supported")], review=review).iloc[0]
    assert row["time_bound"] == "it is due after the plan ends on 10.07.2025"


def test_action_plan_agreed_action_stands_and_replaces_its_draft() -> None:
    agreed = {
        "action_id": "A1",
        "recommendation": "3.1/recommendation/train_on_top_reasons",
        "what": "Train people well",
    }
    agreed |= {
        "owner": "head",
        "measure": FCR,
        "site": "",
        "baseline": 64.0,
        "target": 70.0,
        "days": 5.0,
        "cost": 900.0,
    }
    agreed |= {"starts": pd.Timestamp("2025-07-07"), "due": pd.Timestamp("2025-12-01")}
    table = planned([gap()], [cause("training", "supported")], agreed=pd.DataFrame([agreed]))
    assert table["agreed"].tolist() == [True, False]
    assert table["recommendation_id"].is_unique
    assert table.loc[0, ["baseline", "target", "cost"]].tolist() == [64.0, 70.0, 900.0]


def test_climbs_one_a_measure_from_first_start_to_last_end() -> None:
    table = planned([gap()], [cause("training", "supported"), cause("process", "supported")])
    climb = climbs(table, REVIEW)
    assert len(climb) == 1
    assert climb["starts"][0] == table["starts"].min() and climb["due"][0] == table["due"].max()


def test_achievable_best_of_many_sites_is_not_one_lucky_site() -> None:
    sites = [series([60.0 + site] * 6, site=f"S{site:02d}") for site in range(19)]
    levels = sustained_levels(pd.concat([series([60.0] * 6), *sites]), REVIEW.measures)
    measure = REVIEW.measure(FCR)
    whole, one = achievable(levels, measure), achievable(levels, measure, "S00")
    assert whole is not None and one is not None
    assert (whole.level, one.level) == (69.0, pytest.approx(76.3))


def test_achievable_small_sites_do_not_count() -> None:
    levels = sustained_levels(
        pd.concat(
            [
                series([60.0] * 6),
                series([62.0] * 6, "A"),
                series([61.0] * 6, "B"),
                series([99.0] * 6, "C", volume=3),
            ]
        ),
        REVIEW.measures,
    )
    best = achievable(levels, REVIEW.measure(FCR))
    assert best is not None and best.level == 62.0


def test_sustained_levels_need_six_periods() -> None:
    assert sustained_levels(series([90.0] * 5), REVIEW.measures).empty


@pytest.mark.parametrize(
    "changes",
    [
        {"baseline": None},
        {"baseline": 76.0},
        {"measure": "no_such_measure"},
        {"due": pd.Timestamp("2025-07-01")},
        {"due": pd.NaT},
    ],
)
def test_climbs_leave_out_what_cannot_be_climbed(changes: dict[str, Any]) -> None:
    action = {
        "action_id": "A1",
        "recommendation": "",
        "what": "Train the desk",
        "owner": None,
        "measure": FCR,
    }
    action |= {"site": "", "baseline": 64.0, "target": 70.0, "days": 5.0, "cost": 9.0}
    action |= {"starts": pd.Timestamp("2025-07-07"), "due": pd.Timestamp("2025-12-01")}
    table = planned([gap()], [], agreed=pd.DataFrame([action | changes]))
    mine = table[table["action_id"].eq("A1")]
    assert len(climbs(table[table["action_id"].eq("A1")], REVIEW)) == 0
    assert mine["owner"].tolist() == [""] and not mine["smart"].iloc[0]
