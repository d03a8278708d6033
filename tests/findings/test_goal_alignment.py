"""Goals beside the contract's measures, and results beside tasks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from reviewkit.findings.goals.alignment import carried_by_manager, contradictions, holes
from reviewkit.findings.goals.results_and_tasks import (
    goal_kinds,
    kinds_by_level,
    load_and_result,
    measure_kind,
)
from reviewkit.findings.goals.smart import read_goals
from reviewkit.model import Measure

AS_OF = dt.date(2025, 8, 31)


def measure(key: str, name: str, unit: str = "percent", way: str = "increase", **more: Any) -> Measure:
    return Measure(id=key, name=name, unit=unit, direction=way, table="kpis",  # type: ignore[arg-type]
                   numerator="sum(numerator)", denominator="sum(denominator)", **more)  # fmt: skip


FCR = measure("fcr", "First-contact resolution", contract_kpi=True)
HANDLE = measure("handle_time", "Handle time", "seconds", "decrease")
CSAT = measure("csat", "Customer satisfaction", "score", contract_kpi=True)
MEASURES = [FCR, HANDLE, CSAT]


def read(*goals: tuple[str, str, str]) -> pd.DataFrame:
    """Goals read; each is owner, level and text."""
    frame = pd.DataFrame(goals, columns=["owner", "level", "text"])
    frame = frame.assign(
        goal_id=frame.index.astype(str), department="d", measure=None, target=None, due=pd.NaT
    )
    return read_goals(frame, MEASURES, AS_OF)


def test_holes_name_the_measures_and_levels_without_a_goal() -> None:
    table = holes(
        read(("h", "department_head", "Raise FCR to 74 %"), ("t", "team_lead", "Raise FCR to 74 %"),
             ("f", "front_line", "Raise FCR to 74 %")), MEASURES).set_index("measure")  # fmt: skip
    assert table.loc["fcr", "cascade"] == "whole line"
    assert table.loc["csat", "cascade"] == "no goal at any level"
    assert "handle_time" not in table.index


def test_a_goal_is_carried_where_the_manager_has_one_on_the_same_measure() -> None:
    goals = read(("t", "team_lead", "Raise FCR to 74 %"), ("f", "front_line", "Raise FCR to 74 %"),
                 ("g", "front_line", "Raise customer satisfaction to 4.2"))  # fmt: skip
    register = pd.DataFrame({"stakeholder_id": ["t", "f", "g"], "reports_to": [None, "t", "t"]})
    assert carried_by_manager(goals, register) == {"goals": 2, "carried": 1}


@pytest.mark.parametrize(
    ("text", "conflict"),
    [
        ("Raise FCR to 70 %", "lower_ambition"),
        ("Raise FCR to 74 %", ""),
        ("Raise FCR to 80 %", ""),
        ("Bring handle time under 500 seconds", "lower_ambition"),
        ("Bring handle time under 450 seconds", ""),
        ("Reduce first-contact resolution", "other_direction"),
        ("Increase handle time", "other_direction"),
        ("Cut errors so that first-contact resolution rises", ""),
        ("Improve handle time", ""),
        ("Reduce waiting to lift first-contact resolution", ""),
    ],
)
def test_contradictions_are_less_ambition_or_the_other_direction(text: str, conflict: str) -> None:
    found = contradictions(read(("p", "team_lead", text)), {"fcr": 74.0, "handle_time": 480.0}, MEASURES)
    assert found["conflict"].tolist() == ([conflict] if conflict else [])


def test_measures_are_results_tasks_or_neither() -> None:
    assert [measure_kind(one) for one in MEASURES] == ["result", "task", "result"]
    assert measure_kind(measure("absence", "Absence", way="decrease")) == "neither"
    assert measure_kind(measure("repeats", "Repeat contacts within seven days", way="decrease")) == "neither"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Raise FCR to 74 %", "result"),
        ("Make 40 calls a day", "task"),
        ("Raise FCR by visits to each team", "result"),
        ("Visit employers and raise revenue", "both"),
        ("Be a role model", "neither"),
    ],
)
def test_goals_ask_for_results_or_tasks_by_their_words(text: str, kind: str) -> None:
    goals = goal_kinds(read(("p", "team_lead", text)), MEASURES)
    assert goals["kind"].tolist() == [kind]
    assert kinds_by_level(goals)[["result", "task", "both", "neither"]].sum(axis=1).tolist() == [1]


def test_words_of_a_task_outweigh_the_measure_on_file() -> None:
    goals = read(("p", "team_lead", "Write a report each week")).assign(points_at="fcr")
    assert goal_kinds(goals, MEASURES)["kind"].tolist() == ["task"]
    silent = read(("p", "team_lead", "Be better")).assign(points_at="fcr")
    assert goal_kinds(silent, MEASURES)[["kind", "kind_by"]].values.tolist() == [["result", "measure"]]


def test_load_and_result_in_one_group_is_spearmans_correlation() -> None:
    rng = np.random.default_rng(3)
    load = pd.Series(rng.normal(size=40))
    result = load + rng.normal(size=40)
    found = load_and_result(load, result, pd.Series("one", index=load.index))
    assert found is not None
    assert found["correlation"] == pytest.approx(spearmanr(load, result).statistic)


def test_differences_between_sites_play_no_part_in_load_and_result() -> None:
    load = pd.Series([1.0, 2, 3, 4, 5, 11, 12, 13, 14, 15])
    result = pd.Series([5.0, 4, 3, 2, 1, 15, 14, 13, 12, 11])
    found = load_and_result(load, result, pd.Series(["a"] * 5 + ["b"] * 5))
    assert spearmanr(load, result).statistic > 0.4
    assert found is not None
    assert found["upper"] < 0


def test_the_interval_covers_no_association_nineteen_times_in_twenty() -> None:
    rng = np.random.default_rng(11)
    group = pd.Series(["a"] * 15 + ["b"] * 15)
    hits = 0
    for _ in range(300):
        found = load_and_result(pd.Series(rng.normal(size=30)), pd.Series(rng.normal(size=30)), group)
        assert found is not None
        hits += found["lower"] <= 0 <= found["upper"]
    assert 0.91 <= hits / 300 <= 0.99


def test_few_people_or_no_variation_say_nothing() -> None:
    few = pd.Series([1.0, 2, 3])
    assert load_and_result(few, few, pd.Series("a", index=few.index)) is None
    flat = pd.Series([1.0] * 12)
    assert (
        load_and_result(flat, pd.Series(range(12), dtype="float64"), pd.Series("a", index=flat.index)) is None
    )


def test_an_act_is_read_before_words_that_name_the_measure_and_not_before_the_files() -> None:
    goal = {"goal_id": "g", "owner": "p", "department": "d", "level": "team_lead", "asks": float("nan")}
    goal |= {
        "text": "Cut team of 9",
        "points_at": "fcr",
        "relevant_words": "on file: First-contact resolution",
    }
    assert contradictions(pd.DataFrame([goal]), {}, MEASURES).empty


def test_a_manager_who_stands_twice_in_the_register_is_one_manager() -> None:
    goals = read(("h", "department_head", "Raise FCR to 74 %"), ("t", "team_lead", "Raise FCR to 74 %"))
    register = pd.DataFrame({"stakeholder_id": ["t", "t"], "reports_to": ["h", "h"]})
    assert carried_by_manager(goals, register) == {"goals": 1, "carried": 1}
