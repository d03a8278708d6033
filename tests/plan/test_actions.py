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


def test_action_plan_draft_aims_at_what_it_may_bring_and_climbs_to_the_target() -> None:
    row = planned([gap()], [cause("training", "supported")]).iloc[0]
    # The upper end of the return: half (impact 5) of the upper bound of the gap (12 points).
    assert (row["baseline"], row["target"], row["summit"]) == (65.0, 71.0, 75.0)
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
    best = achievable(levels, REVIEW.measure(FCR), "B")
    assert best is not None and best.level == 62.0


def test_achievable_of_the_whole_is_no_single_site_s_level() -> None:
    sites = [series([60.0] * 6, "A", volume=100), series([90.0] * 6, "B", volume=300)]
    levels = sustained_levels(pd.concat([series([70.0] * 6, volume=400), *sites]), REVIEW.measures)
    best = achievable(levels, REVIEW.measure(FCR))
    assert best is not None and best.level == pytest.approx((60 * 100 + 90 * 300) / 400)
    assert "each at the best it has itself held" in best.by


def test_sustained_levels_weekly_figures_need_half_a_year_too() -> None:
    weekly = [one.model_copy(update={"period": "week"}) for one in REVIEW.measures]
    frame = series([90.0] * 6 + [60.0] * 24)
    assert sustained_levels(frame, weekly)["level"].tolist() == [
        pytest.approx((4 * 90 + 22 * 60) / 26, abs=3)
    ]
    assert sustained_levels(frame.head(25), weekly).empty


REGISTER = pd.DataFrame({"role": ["Head of Quality and Training"], "site": None, "department": None})


def test_action_plan_draft_takes_the_register_s_name_for_its_owner() -> None:
    chosen = recommendations(
        pd.DataFrame([cause("training", "supported")]),
        pd.DataFrame([gap()]),
        THEMES,
        load_interventions(),
        REVIEW,
    )
    made = action_plan(chosen, NONE, pd.DataFrame([gap()]), LEVELS, THEMES, REVIEW, register=REGISTER)
    owners = dict(zip(made["recommendation_id"].str.split("/").str[-1], made["owner"], strict=True))
    assert owners["train_on_top_reasons"] == "Head of Quality and Training"
    lost = made[made["owner"].ne("Head of Quality and Training")]
    assert len(lost) and lost["specific"].str.startswith("the register has nobody with the role").all()


AGREED = {"action_id": "A1", "recommendation": "", "what": "Train the desk", "owner": "head", "measure": FCR}
AGREED |= {"baseline": 64.0, "target": 70.0, "days": 5.0, "cost": 9.0, "site": "North"}
AGREED |= {"starts": pd.Timestamp("2025-07-07"), "due": pd.Timestamp("2025-12-01")}
NORTH, SOUTH = (gap(gap_id=f"2.1/gap/fcr/{site}", site=site.title()) for site in ("north", "south"))


@pytest.mark.parametrize(
    ("gaps", "acts_on"),
    [
        ([NORTH, SOUTH, gap()], NORTH["gap_id"]),
        ([SOUTH, gap()], gap()["gap_id"]),
        ([SOUTH], ""),
    ],
)
def test_action_plan_agreed_action_acts_on_the_gap_of_its_place(
    gaps: list[dict[str, Any]], acts_on: str
) -> None:
    gone = {"recommendation": "3.1/recommendation/fill_vacancies_by_effect"}
    row = planned(gaps, [], agreed=pd.DataFrame([AGREED | gone])).iloc[0]
    assert row["gap_ids"] == acts_on
    assert (row["relevant"] == "") == bool(acts_on)


def test_action_plan_a_measure_with_a_lag_needs_room_for_it() -> None:
    late = [one.model_copy(update={"lag_weeks": 26}) for one in REVIEW.measures]
    review = REVIEW.model_copy(update={"measures": tuple(late)})
    frame = pd.DataFrame([gap()])
    args = (pd.DataFrame([cause("training", "supported")]), frame, THEMES, load_interventions())
    now, then = (recommendations(*args, one).set_index("intervention") for one in (REVIEW, review))
    assert (then["shows"] >= 26 + then["weeks"]).all()
    assert (then["first_year_high"] < now["first_year_high"]).any()
    made = action_plan(
        then.reset_index(), pd.DataFrame([AGREED | {"site": ""}]), frame, LEVELS, THEMES, review
    )
    assert made["time_bound"][0] == (
        "its measure counts people 26 weeks later and cannot show it before 5.01.2026"
    )
    drafts = made[~made["agreed"]]
    assert (drafts["due"] - drafts["starts"] >= pd.Timedelta(weeks=26 + 13)).all()
    climb = climbs(drafts, review)
    assert climb["starts"][0] == drafts["starts"].min() + pd.Timedelta(weeks=26)


def test_action_plan_too_little_to_act_on_is_a_stated_stretch() -> None:
    coarse = [one.model_copy(update={"minimum_effect": 4.0}) for one in REVIEW.measures]
    review = REVIEW.model_copy(update={"measures": tuple(coarse)})
    row = planned([gap()], [cause("training", "untested")], review=review)
    trial = row[row["title"].str.endswith("(trial)")].iloc[0]
    assert trial["target"] == pytest.approx(69.0)
    assert "is the smallest change worth acting on, a stated stretch" in trial["stretch"]


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
