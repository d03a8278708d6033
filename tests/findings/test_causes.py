"""Tests of causes: what passes, what a common trend cannot fake, what too little leaves open."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.content import load_causes
from reviewkit.findings import Inputs
from reviewkit.findings.causes.answers import goal_tests
from reviewkit.findings.causes.association import Association, group_association, panel_association
from reviewkit.findings.causes.candidates import all_causes, verdict
from reviewkit.findings.causes.links import causal_edges
from reviewkit.findings.causes.on_inputs import own_tests
from reviewkit.findings.causes.on_journeys import journey_tests
from reviewkit.findings.causes.presence import Presence, condition_at
from reviewkit.findings.causes.trial import Trial
from reviewkit.findings.causes.words import Judged, statement
from reviewkit.model import Engagement, Measure
from reviewkit.voices.partnering import holm

HERE = Presence("there")


def panel(values: np.ndarray) -> pd.DataFrame:
    months = pd.date_range("2023-01-01", periods=values.shape[0], freq="MS")
    wide = pd.DataFrame(values, index=months, columns=[f"s{i}" for i in range(values.shape[1])])
    return wide.rename_axis("period").reset_index().melt("period", var_name="site", value_name="value")


def test_panel_association_finds_a_shared_shift() -> None:
    rng = np.random.default_rng(3)
    y, x = rng.normal(size=(24, 5)), rng.normal(size=(24, 5))
    y[12:, :2] += 3
    x[12:, :2] += 4
    assert panel_association(panel(y), panel(x)).p_value < 0.05


def test_panel_association_values_of_one_period_and_site_are_averaged() -> None:
    once = panel(np.random.default_rng(3).normal(size=(24, 3)))
    twice = pd.concat([once.assign(value=once["value"] + 1), once.assign(value=once["value"] - 1)])
    other = panel(np.random.default_rng(4).normal(size=(24, 3)))
    assert panel_association(twice, other) == pytest.approx(panel_association(once, other))


def test_panel_association_common_trend_does_not_pass() -> None:
    rng = np.random.default_rng(4)
    trend = np.arange(30)[:, None] * 0.5
    found = [
        panel_association(
            panel(rng.normal(size=(30, 4)) + trend), panel(rng.normal(size=(30, 4)) + trend)
        ).p_value
        < 0.05
        for _ in range(20)
    ]
    assert sum(found) <= 4


def test_panel_association_under_twelve_periods_is_missing() -> None:
    values = np.random.default_rng(5).normal(size=(11, 3))
    assert np.isnan(panel_association(panel(values), panel(values)).effect)


def test_group_association_difference_between_strata_does_not_count() -> None:
    rows = pd.DataFrame(
        {
            "stratum": ["a", "a", "b", "b"],
            "exposed": [True, False] * 2,
            "won": [80, 8, 2, 20],
            "size": [100, 10, 10, 100],
        }
    )
    assert abs(group_association(rows).effect) < 1e-9


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_never_lowers_a_p_value_nor_reverses_order(p_values: list[float]) -> None:
    adjusted = holm(pd.Series(p_values)).tolist()
    assert all(after >= before - 1e-12 for before, after in zip(p_values, adjusted, strict=True))
    assert np.all(np.diff(np.array(adjusted)[np.argsort(p_values)]) >= -1e-12)


def test_verdict_a_condition_without_a_link_is_inconclusive() -> None:
    assert verdict(Trial("t", Association(0.5, 0.001, 0.1, 40), "w", linked=False), 0.001) == "inconclusive"


def test_verdict_opposite_sign_is_contradicted() -> None:
    assert verdict(Trial("t", Association(-0.5, 0.001, 0.1, 40), "w"), 0.001) == "contradicted"


def test_causal_edges_contradicted_has_none() -> None:
    causes = pd.DataFrame(
        {
            "gap_id": ["g", "g"],
            "name": ["Training", "Systems"],
            "verdict": ["supported", "contradicted"],
            "effect": [0.4, -0.4],
            "p_value": [0.01, 0.01],
            "kind": "series",
            "raised": True,
            "measure": "fcr",
            "department_from": ["HR", "IT"],
            "department_to": "Service",
        }
    )
    edges = causal_edges(causes, pd.DataFrame({"gap_id": ["g"], "name": ["Resolution"]}))
    assert edges[["cause", "gap", "cross"]].values.tolist() == [["Training", "Resolution", True]]
    assert edges["evidence"].tolist() == ["correlation 0.40, p = 0.010"]


def journeys(rows: list[tuple[str, str]]) -> pd.DataFrame:
    """One event a step of each path, such as ``("a", "intake plan work")``."""
    made = []
    for place, (site, path) in enumerate(rows):
        for day, step in enumerate(path.split()):
            made.append({"customer": f"C{place}", "site": site, "contract": "", "activity": step, "at": day})
    return pd.DataFrame(made).assign(at=lambda t: pd.Timestamp("2025-01-01") + pd.to_timedelta(t["at"], "D"))


def test_journey_tests_compare_only_customers_who_went_on_beyond_the_skipped_step() -> None:
    paths = [("E", "intake plan work job")] * 30 + [("E", "intake plan work")] * 10
    paths += [("E", "intake work job")] * 10 + [("E", "intake work")] * 30 + [("E", "intake")] * 40
    events = journeys(paths)
    done = events.loc[events["activity"].eq("job"), ["customer"]].assign(outcome="job")
    frames = {"journey": events[events["activity"].ne("job")], "outcomes": done}
    engagement = SimpleNamespace(journey={"all": ("intake", "plan", "work", "job")}, measures=())
    evidence = SimpleNamespace(engagement=engagement, frame=frames.__getitem__, has=lambda _name: True)
    measure = Measure(
        id="job_starts",
        name="Jobs",
        unit="percent",
        direction="increase",
        table="kpis",
        numerator="sum(value)",
    )
    (found,) = journey_tests(measure, Inputs(evidence), "E")  # type: ignore[arg-type]
    assert found.found.n == 80
    assert round(found.found.effect, 2) == 0.5


def judged(outcome: str, tested: Trial, p: float, seen: Presence = HERE) -> Judged:
    return Judged(outcome, tested, p, 0.31, seen)


def test_statement_counts_weeks_as_weeks_and_speaks_in_the_plural() -> None:
    cause = load_causes()["systems"]
    weekly = Trial("t", Association(0.2, 0.4, 0.1, 104), "w", rows="leads", span="weeks")
    told = statement(cause, judged("inconclusive", weekly, 0.4))
    assert told.startswith("Systems are neither supported nor ruled out: 104 weeks of leads leave it open")
    assert told.endswith("Smallest effect this could have been relied on to show: correlation 0.31.")
    assert "corrected p > 0.99" in statement(cause, judged("contradicted", weekly, 1.0))
    bare = Trial("t", Association(0.2, 0.4, 0.1, 104), "survey answers average 3.0 of 5", linked=False)
    assert "corrected p" not in statement(cause, judged("inconclusive", bare, np.nan))


def test_statement_at_a_site_without_the_condition_says_so() -> None:
    tested = Trial("t", Association(0.4, 0.001, 0.1, 24), "where hours were lower, time was higher")
    seen = Presence("absent", "training hours were not lower than before")
    told = statement(load_causes()["training"], judged("contradicted", tested, 0.002, seen), "Alder Park")
    assert told.startswith("Training does not go with the gap at Alder Park")
    assert "but there training hours were not lower" in told


def test_verdict_something_pointing_the_right_way_is_never_contradicted() -> None:
    assert verdict(Trial("t", Association(0.0205, 0.04, 0.0099, 2468), "w", "rate"), 0.08) == "inconclusive"


@pytest.mark.parametrize(("at", "expected"), [("s0", "there"), ("s1", "absent")])
def test_condition_at_tells_the_site_it_changed_at(at: str, expected: str) -> None:
    values = np.random.default_rng(2).normal(scale=0.3, size=(24, 5))
    values[12:, 0] += 2
    values[12:, 1] -= 0.5
    found = condition_at(panel(values), at, "2024-01-01", name="downtime", worse="higher")
    assert found.state == expected


def test_condition_at_does_not_compare_sites_of_different_size() -> None:
    values = np.random.default_rng(2).normal(scale=0.3, size=(24, 5))
    values[:, 0] += 50
    found = condition_at(panel(values), "s0", "2024-01-01", name="posts", worse="fewer", comparable=False)
    assert found.state != "there" and "elsewhere" not in found.words


def own(**changes: object) -> Engagement:
    base = {"unit": "percent", "direction": "decrease", "table": "kpis", "numerator": "sum(value)"}
    late = base | {"id": "late", "name": "Late arrivals", "contract_kpi": True}
    made = {
        "id": "demo",
        "name": "D",
        "client": "D",
        "purpose": "P",
        "data_as_of": "2025-06-30",
        "data": ".",
        "measures": [late, base | {"id": "parking", "name": "Full car parks"}],
        "causes": [{"id": "car_parks", "name": "Car parks", "measure": "parking", "explains": ["late"]}],
    }
    return Engagement.model_validate(made | changes)


def test_own_cause_is_a_candidate_and_tested_by_the_clients_figure() -> None:
    engagement, rng = own(), np.random.default_rng(4)
    values = rng.normal(size=(24, 4))
    panels = {"late": panel(values), "parking": panel(values + 0.2 * rng.normal(size=(24, 4)))}
    inputs = Inputs(SimpleNamespace(engagement=engagement, has=lambda *_: False))  # type: ignore[arg-type]
    inputs.measure = panels.__getitem__  # type: ignore[assignment]
    (tested,) = own_tests("car_parks", engagement.measure("late"), inputs)
    assert tested.found.p_value < 0.001 and tested.found.effect > 0.8
    assert all_causes(load_causes(), engagement)["car_parks"].needs == ("kpis",)


def test_own_cause_of_an_unknown_measure_is_refused() -> None:
    with pytest.raises(ValueError, match="names 'nothing', which is no measure"):
        own(causes=[{"id": "c", "name": "C", "measure": "nothing", "explains": ["late"]}])


def test_goals_count_by_what_their_words_point_at() -> None:
    engagement = own()
    texts = ["Reduce late arrivals to 5 % by June"] * 7 + ["Tidy the office"] * 6
    goals = pd.DataFrame({"goal_id": [f"g{n}" for n in range(13)], "text": texts})
    goals = goals.assign(owner="p", department="d", level="team_lead", measure=None, target=None, due=pd.NaT)
    evidence = SimpleNamespace(engagement=engagement, frame=lambda _name: goals, has=lambda *_: True)
    (found,) = goal_tests(engagement.measure("late"), Inputs(evidence))  # type: ignore[arg-type]
    assert found.words == "7 of 13 goals on file point at a measure of the contract"
