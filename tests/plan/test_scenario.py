"""What is supposed changes what it is supposed of, by the rules of steps 3.1 and 3.2, and nothing else."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from reviewkit.content import load_interventions
from reviewkit.model import TABLES
from reviewkit.plan import action_plan, recommendations, sustained_levels
from reviewkit.plan.scenario import Supposed, as_draft, rescored, supposed_plan

from .planned import REVIEW, cause, gap, series

GAPS = pd.DataFrame([gap()])
CAUSES = pd.DataFrame([cause("training", "supported"), cause("process", "supported")])
LEVELS = sustained_levels(series([72.0] * 6 + [65.0] * 6), REVIEW.measures)
TABLE = recommendations(CAUSES, GAPS, pd.DataFrame(), load_interventions(), REVIEW, levels=LEVELS)
NONE = pd.DataFrame(columns=[column.name for column in TABLES["actions"].columns])
THEMES = pd.DataFrame()
FIRST = str(TABLE.loc[TABLE["first"], "recommendation_id"].iloc[0])


def test_nothing_supposed_changes_nothing() -> None:
    made = rescored(TABLE, {}, GAPS, REVIEW, LEVELS)
    pd.testing.assert_frame_equal(made[list(TABLE.columns)], TABLE)
    assert (made["rank"] == made["rank_before"]).all() and not made["changed"].any()
    plan = supposed_plan(made, {}, NONE, GAPS, LEVELS, THEMES, REVIEW)
    pd.testing.assert_frame_equal(plan, action_plan(TABLE, NONE, GAPS, LEVELS, THEMES, REVIEW))


@pytest.mark.parametrize(("impact", "effort"), [(1, 5), (3, 2), (5, 1), (2, 4)])
def test_order_and_return_are_those_of_the_library_with_that_effect_and_effort(
    impact: int, effort: int
) -> None:
    name = str(TABLE.loc[TABLE["recommendation_id"].eq(FIRST), "intervention"].iloc[0])
    library = load_interventions()
    other = {**library, name: library[name].model_copy(update={"impact": impact, "effort": effort})}
    asked = recommendations(CAUSES, GAPS, pd.DataFrame(), other, REVIEW, levels=LEVELS)
    supposed = {FIRST: Supposed(impact=impact, effort=effort)}
    made = rescored(TABLE, supposed, GAPS, REVIEW, LEVELS).set_index("recommendation_id").loc[FIRST]
    if FIRST in set(asked["recommendation_id"]):  # so weak a one may not be chosen from the library at all
        told = asked.set_index("recommendation_id").loc[FIRST]
        assert np.isclose(made["priority"], told["priority"], rtol=1e-3)
        assert (made["return_low"], made["return_high"]) == (told["return_low"], told["return_high"])


def test_first_are_chosen_anew() -> None:
    made = rescored(TABLE, {FIRST: Supposed(impact=1, effort=5)}, GAPS, REVIEW, LEVELS)
    mine = made.set_index("recommendation_id").loc[FIRST]
    assert mine["rank"] > mine["rank_before"] and not mine["first"] and made["first"].any()


def test_a_later_start_moves_the_date_and_leaves_less_of_the_first_year() -> None:
    supposed = {FIRST: Supposed(starts=pd.Timestamp("2025-10-01"), weeks=10, cost=5000.0, days=7.0)}
    made = rescored(TABLE, supposed, GAPS, REVIEW, LEVELS)
    before, now = (frame.set_index("recommendation_id").loc[FIRST] for frame in (TABLE, made))
    assert now["first_year_high"] < before["first_year_high"] and now["return_high"] == before["return_high"]
    wait = before["shows"] + 10 - before["weeks"]
    row = (
        supposed_plan(made, supposed, NONE, GAPS, LEVELS, THEMES, REVIEW)
        .set_index("recommendation_id")
        .loc[FIRST]
    )
    assert (row["starts"], row["cost"], row["days"]) == (pd.Timestamp("2025-10-01"), 5000.0, 7.0)
    assert row["due"] == pd.Timestamp("2025-10-01") + pd.Timedelta(weeks=int(wait), days=91)


def test_a_start_in_the_past_fails_its_letter() -> None:
    supposed = {FIRST: Supposed(starts=pd.Timestamp("2020-01-01"))}
    made = rescored(TABLE, supposed, GAPS, REVIEW, LEVELS)
    row = (
        supposed_plan(made, supposed, NONE, GAPS, LEVELS, THEMES, REVIEW)
        .set_index("recommendation_id")
        .loc[FIRST]
    )
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
    supposed = {FIRST: Supposed(days=8.0)}
    made = rescored(TABLE, supposed, GAPS, REVIEW, LEVELS)
    now = (
        supposed_plan(made, supposed, file, GAPS, LEVELS, THEMES, REVIEW)
        .set_index("recommendation_id")
        .loc[FIRST]
    )
    assert (now["cost"], now["days"], now["due"]) == (900.0, 8.0, mine["due"])


def test_given_names_what_is_supposed() -> None:
    assert Supposed(impact=2).given == {"impact": 2} and Supposed().given == {}
    assert dataclasses.replace(Supposed(impact=2), impact=None).given == {}
