"""What is supposed changes what it is supposed of, by the rules of steps 3.1 and 3.2, and nothing else."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pandas as pd
import pytest

from reviewkit.content import load_interventions
from reviewkit.model import TABLES
from reviewkit.plan import action_plan, recommendations, sustained_levels, with_decisions
from reviewkit.plan.estimates import ESTIMATED, Estimate, on_file, with_estimates
from reviewkit.plan.scenario import as_draft, as_estimate, plan_year, supposed_plan

from .planned import REVIEW, cause, gap, series

GAPS = pd.DataFrame([gap()])
CAUSES = pd.DataFrame([cause("training", "supported"), cause("process", "supported")])
LEVELS = sustained_levels(series([72.0] * 6 + [65.0] * 6), REVIEW.measures)
LIBRARY = load_interventions()
TABLE = recommendations(CAUSES, GAPS, pd.DataFrame(), LIBRARY, REVIEW, levels=LEVELS)
NONE = pd.DataFrame(columns=[column.name for column in TABLES["actions"].columns])
THEMES = pd.DataFrame()
FIRST = str(TABLE.loc[TABLE["first"], "recommendation_id"].iloc[0])


def made(estimates: Mapping[str, Estimate]) -> pd.DataFrame:
    """The recommendations of step 3.1 with what is supposed."""
    return recommendations(CAUSES, GAPS, pd.DataFrame(), LIBRARY, REVIEW, levels=LEVELS, estimates=estimates)


def planned(supposed: Mapping[str, Estimate], file: pd.DataFrame = NONE) -> pd.Series:
    """The action that would carry the first recommendation."""
    plan = supposed_plan(made(supposed), supposed, file, GAPS, LEVELS, THEMES, REVIEW)
    return plan.set_index("recommendation_id").loc[FIRST]


def test_nothing_supposed_changes_nothing() -> None:
    pd.testing.assert_frame_equal(made({}), TABLE)
    plan = supposed_plan(TABLE, {}, NONE, GAPS, LEVELS, THEMES, REVIEW)
    pd.testing.assert_frame_equal(plan, action_plan(TABLE, NONE, GAPS, LEVELS, THEMES, REVIEW))


def test_an_estimate_of_what_the_library_says_changes_nothing() -> None:
    mine = TABLE.set_index("recommendation_id").loc[FIRST]
    same = Estimate(**{name: mine[name] for name in ESTIMATED})
    pd.testing.assert_frame_equal(made({FIRST: same}), TABLE)


@pytest.mark.parametrize(("impact", "effort"), [(1, 5), (3, 2), (5, 1), (2, 4)])
def test_order_and_return_are_those_of_a_library_with_that_effect_and_effort(
    impact: int, effort: int
) -> None:
    name = str(TABLE.loc[TABLE["recommendation_id"].eq(FIRST), "intervention"].iloc[0])
    other = {**LIBRARY, name: LIBRARY[name].model_copy(update={"impact": impact, "effort": effort})}
    asked = recommendations(CAUSES, GAPS, pd.DataFrame(), other, REVIEW, levels=LEVELS)
    now = made({FIRST: Estimate(impact=impact, effort=effort)}).set_index("recommendation_id").loc[FIRST]
    if FIRST in set(asked["recommendation_id"]):  # so weak a one may not be chosen from the library at all
        told = asked.set_index("recommendation_id").loc[FIRST]
        same = ["priority", "return_low", "return_high", "expected", "assumptions"]
        assert now[same].tolist() == told[same].tolist()


def test_first_are_chosen_anew_and_what_is_estimated_stays_on_the_list() -> None:
    now = made({FIRST: Estimate(impact=1, effort=5)})
    mine = now.set_index("recommendation_id").loc[FIRST]
    assert now["recommendation_id"].iloc[0] != FIRST and not mine["first"] and now["first"].any()


def test_longer_to_put_in_place_is_longer_until_it_shows() -> None:
    before = TABLE.set_index("recommendation_id").loc[FIRST]
    now = made({FIRST: Estimate(weeks=int(before["weeks"]) + 10)}).set_index("recommendation_id").loc[FIRST]
    assert now["shows"] == before["shows"] + 10 and now["return_high"] == before["return_high"]
    assert now["first_year_high"] < before["first_year_high"]


def test_who_estimated_what_and_why_is_told_and_that_library_or_tests_say_otherwise_since() -> None:
    row = as_estimate(
        FIRST, Estimate(impact=5, cost=3.0), "Two sites did it", "Lead", "2025-07-01", "effect 2"
    )
    filed = pd.DataFrame([row]).assign(judged_on=pd.Timestamp("2025-07-01"))
    told = with_estimates(made(on_file(filed)), filed).set_index("recommendation_id")["estimated"]
    words = "Effect 5, by Lead on 1 July 2025: Two sites did it."
    assert told[FIRST].startswith(f"{words} It was estimated in place of effect 2; without it there would")
    assert told[FIRST].endswith("cause supported.") and told.drop(FIRST).eq("").all()
    same = filed.assign(seen=made({}).set_index("recommendation_id").loc[FIRST, "library_says"])
    told = with_estimates(made(on_file(same)), same).set_index("recommendation_id")["estimated"]
    assert told[FIRST] == words


def test_what_was_agreed_and_is_no_longer_proposed_is_estimated_too() -> None:
    kept = "3.1/recommendation/three_priorities"
    said = {"finding_id": kept, "decision": "agreed", "role": "sponsor", "reason": "", "words": ""}
    decided = pd.DataFrame([said | {"dissent": "", "decided_on": pd.Timestamp("2025-06-01")}])
    table = with_decisions(TABLE, decided, LIBRARY, estimates={kept: Estimate(impact=1, days=2.0)})
    mine = table.set_index("recommendation_id").loc[kept]
    assert (mine["impact"], mine["days"]) == (1, 2.0) and mine["library_says"] != ""


def test_a_later_start_moves_the_date_and_leaves_less_of_the_plans_first_year() -> None:
    day = pd.Timestamp("2025-10-01")
    row = planned({FIRST: Estimate(starts=day, weeks=10, cost=5000.0, days=7.0)})
    assert (row["starts"], row["cost"], row["days"]) == (day, 5000.0, 7.0)
    mine = made({FIRST: Estimate(weeks=10)}).set_index("recommendation_id").loc[FIRST]
    assert row["due"] == day + pd.Timedelta(weeks=int(mine["shows"]), days=91)
    starts = pd.Timestamp("2025-07-01")
    late, soon = (plan_year(mine, begin, starts) for begin in (day, starts))
    assert late[1] < soon[1] == mine["first_year_high"] and plan_year(mine, None, starts) == soon


def test_a_start_in_the_past_fails_its_letter() -> None:
    row = planned({FIRST: Estimate(starts=pd.Timestamp("2020-01-01"))})
    assert row["time_bound"] == "its date has passed" and not row["smart"]


def test_a_draft_on_file_is_no_agreed_action_and_what_is_supposed_goes_before_it() -> None:
    plan = action_plan(TABLE, NONE, GAPS, LEVELS, THEMES, REVIEW).set_index("recommendation_id", drop=False)
    drafted = as_draft({**plan.loc[FIRST].to_dict(), "cost": 900.0, "days": 3.0})
    agreed = {**drafted, "action_id": "A9", "recommendation": "", "agreed": None}
    file = pd.DataFrame([drafted, agreed]).reindex(columns=NONE.columns)
    read = action_plan(TABLE, file, GAPS, LEVELS, THEMES, REVIEW)
    assert read["agreed"].tolist()[0] and read["agreed"].sum() == 1 and read["action_id"].iloc[0] == "A9"
    mine = read.set_index("recommendation_id").loc[FIRST]
    assert (mine["cost"], mine["days"], mine["agreed"]) == (900.0, 3.0, False)
    now = planned({FIRST: Estimate(days=8.0)}, file)
    assert (now["cost"], now["days"], now["due"]) == (900.0, 8.0, mine["due"])


def test_given_names_what_is_supposed() -> None:
    assert Estimate(impact=2, reason="So").given == {"impact": 2} and Estimate().given == {}
    assert dataclasses.replace(Estimate(impact=2), impact=None).given == {}
