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
from reviewkit.findings.association import Association, group_association, panel_association
from reviewkit.findings.causes import _statement, verdict
from reviewkit.findings.journey_tests import journey_tests
from reviewkit.findings.links import causal_edges
from reviewkit.findings.trial import Trial
from reviewkit.model import Measure
from reviewkit.voices.partnering import holm


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
            "raised": True,
            "measure": "fcr",
            "department_from": ["HR", "IT"],
            "department_to": "Service",
        }
    )
    edges = causal_edges(causes, pd.DataFrame({"gap_id": ["g"], "name": ["Resolution"]}))
    assert edges[["cause", "gap", "cross"]].values.tolist() == [["Training", "Resolution", True]]


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


def test_statement_counts_weeks_as_weeks_and_speaks_in_the_plural() -> None:
    cause = load_causes()["systems"]
    weekly = Trial("t", Association(0.2, 0.4, 0.1, 104), "w", rows="leads", span="weeks")
    assert _statement(cause, "inconclusive", weekly, 0.4).startswith(
        "Systems are neither supported nor ruled out: 104 weeks of leads leave it open"
    )
    assert "corrected p > 0.99" in _statement(cause, "contradicted", weekly, 1.0)
    bare = Trial("t", Association(0.2, 0.4, 0.1, 104), "survey answers average 3.0 of 5", linked=False)
    assert "corrected p" not in _statement(cause, "inconclusive", bare, np.nan)
