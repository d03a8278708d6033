"""Who answers, beside statsmodels and scipy, single answers, and simulated truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from reviewkit.model import InputError
from reviewkit.performance import (
    answers_unlike,
    false_discovery,
    response_rates,
    response_ratio,
    weighted_scores,
)

COUNTS = {"asked": "n", "answered": "given"}
SUMS = {**COUNTS, "scores": "sum", "squares": "square"}


def contacts(seed: int, solved: dict[str, float], answer: tuple[float, float] = (0.2, 0.5), each: int = 4000,
             ) -> pd.DataFrame:  # fmt: skip
    """Single contacts: the solved are scored higher and answer more often."""
    numbers = np.random.default_rng(seed)
    rows = pd.DataFrame({"agent": np.repeat(list(solved), each)})
    rows["solved"] = numbers.random(len(rows)) < rows["agent"].map(solved)
    rows["score"] = np.where(rows["solved"], 4.4, 2.4) + numbers.normal(0, 0.5, len(rows))
    rows["answered"] = numbers.random(len(rows)) < np.where(rows["solved"], answer[1], answer[0])
    return rows


def cells(rows: pd.DataFrame) -> pd.DataFrame:
    seen = rows["score"].where(rows["answered"])
    rows = rows.assign(given=rows["answered"].astype(int), sum=seen, square=seen**2, n=1)
    return rows.groupby(["agent", "solved"], as_index=False)[["n", "given", "sum", "square"]].sum()


def test_response_rates_have_wilsons_intervals() -> None:
    from statsmodels.stats.proportion import proportion_confint

    found = response_rates(cells(contacts(1, {"a": 0.6, "b": 0.8})), "solved", **COUNTS)
    low, high = proportion_confint(found["answered"], found["asked"], method="wilson")
    np.testing.assert_allclose(found[["lower", "upper"]], np.column_stack([low, high]), rtol=1e-6)


def test_response_ratio_without_strata_is_that_of_statsmodels() -> None:
    from statsmodels.stats.contingency_tables import Table2x2

    table = cells(contacts(2, {"a": 0.6, "b": 0.8}))
    sums = table.groupby("solved")[["n", "given"]].sum()
    rows = [
        [sums.loc[side, "given"], sums.loc[side, "n"] - sums.loc[side, "given"]] for side in (True, False)
    ]
    theirs = Table2x2(np.array(rows))
    found = response_ratio(table, **COUNTS, outcome="solved")
    assert found is not None
    assert found["ratio"] == pytest.approx(theirs.riskratio, rel=1e-9)
    assert [found["lower"], found["upper"]] == pytest.approx(list(theirs.riskratio_confint()), rel=1e-6)


def test_response_ratio_within_strata_is_not_moved_by_who_solves_more() -> None:
    """Where one agent's customers answer more and more are solved, the plain ratio misleads."""
    easy = contacts(3, {"a": 0.9}, answer=(0.6, 0.6))
    hard = contacts(4, {"b": 0.3}, answer=(0.2, 0.2))
    table = cells(pd.concat([easy, hard]))
    plain, within = (
        response_ratio(table, **COUNTS, outcome="solved", strata=strata) for strata in ((), ("agent",))
    )
    assert plain is not None and within is not None
    assert plain["lower"] > 1.3
    assert within["lower"] < 1 < within["upper"]


def test_response_ratio_counts_unknown_outcomes_and_is_none_without_answers() -> None:
    table = pd.DataFrame(
        {"solved": pd.array([1, 0, None], dtype="Int8"), "n": [50, 50, 7], "given": [10, 5, 1]}
    )
    found = response_ratio(table, **COUNTS, outcome="solved")
    assert found is not None and found["left_out"] == 7 and found["n"] == 100
    assert response_ratio(table.assign(given=[10, 0, 0]), **COUNTS, outcome="solved") is None


def test_weighted_scores_are_those_of_single_answers() -> None:
    rows = contacts(5, {"a": 0.5, "b": 0.8})
    found = weighted_scores(cells(rows), unit="agent", strata=["solved"], **SUMS).set_index("agent")
    p = rows.groupby("solved")["answered"].mean()
    seen = rows[rows["answered"]]
    weight = 1 / seen["solved"].map(p)
    for agent, part in seen.groupby("agent"):
        w = weight[part.index]
        mean = np.average(part["score"], weights=w)
        error = np.sqrt((w**2 * (part["score"] - mean) ** 2).sum() * len(w) / (len(w) - 1)) / w.sum()
        assert found.loc[agent, "weighted"] == pytest.approx(mean, rel=1e-9)
        assert found.loc[agent, "error"] == pytest.approx(error, rel=1e-6)


def test_weighted_scores_find_the_truth_that_answers_hide() -> None:
    rows = contacts(6, {"a": 0.3, "b": 0.6, "c": 0.9}, each=20000)
    found = weighted_scores(cells(rows), unit="agent", strata=["solved"], **SUMS).set_index("agent")
    truth = rows.groupby("agent")["score"].mean()
    assert ((found["raw"] - truth) > 0.1).any()
    np.testing.assert_allclose(found["weighted"], truth, atol=0.04)


def test_weighted_scores_leave_a_unit_without_answers_unranked() -> None:
    table = pd.DataFrame({"agent": ["a", "b"], "solved": True, "n": [10, 10], "given": [4, 0]})
    table = table.assign(sum=[16.0, 0.0], square=[64.0, 0.0])
    found = weighted_scores(table, unit="agent", strata=["solved"], **SUMS)
    assert np.isnan(found.loc[1, "weighted"]) and found.loc[1, "weighted_rank"] is pd.NA
    assert found.loc[0, "moved"] == 0


def test_answers_unlike_finds_the_agent_whose_survey_goes_to_the_solved() -> None:
    rows = contacts(7, dict.fromkeys("abcdefgh", 0.7), answer=(0.3, 0.35), each=800)
    cherry = contacts(8, {"picker": 0.7}, answer=(0.05, 0.45), each=800)
    found = answers_unlike(cells(pd.concat([rows, cherry])), unit="agent", outcome="solved", **COUNTS)
    ordered = found.sort_values("q_value")
    assert ordered["agent"].iloc[0] == "picker" and ordered["q_value"].iloc[0] < 1e-6
    assert (ordered["q_value"].iloc[1:] > 0.02).all()


def test_answers_unlike_has_the_moments_of_the_exact_distribution() -> None:
    table = cells(contacts(9, {"a": 0.5, "b": 0.6, "c": 0.7}, each=300))
    found = answers_unlike(table, unit="agent", outcome="solved", **COUNTS).set_index("agent")
    wide = table.pivot(index="agent", columns="solved", values=["n", "given"])
    whole = wide.sum()
    odds = (whole["given", True] + 0.5) * (whole["n", False] - whole["given", False] + 0.5) / (
        (whole["given", False] + 0.5) * (whole["n", True] - whole["given", True] + 0.5))  # fmt: skip
    for agent, row in wide.iterrows():
        n, solved, given = row["n"].sum(), row["n", True], row["given"].sum()
        exact = stats.nchypergeom_fisher(int(n), int(solved), int(given), odds)
        assert found.loc[agent, "expected_share"] * given == pytest.approx(exact.mean(), rel=0.005)
        z = (row["given", True] - exact.mean()) / exact.std()
        assert found.loc[agent, "z"] == pytest.approx(z, abs=0.05)


def test_answers_unlike_flags_hardly_anybody_where_all_are_alike() -> None:
    flagged = 0
    for seed in range(20):
        rows = contacts(300 + seed, {f"a{n}": 0.7 for n in range(20)}, answer=(0.2, 0.4), each=150)
        found = answers_unlike(cells(rows), unit="agent", outcome="solved", **COUNTS)
        flagged += int((found["q_value"] < 0.1).any())
    assert flagged <= 5


def test_false_discovery_is_that_of_scipy() -> None:
    p = pd.Series(np.random.default_rng(1).random(50) ** 3)
    np.testing.assert_allclose(false_discovery(p), stats.false_discovery_control(p))


def test_false_discovery_missing_values_do_not_count() -> None:
    p = pd.Series([0.01, np.nan, 0.5])
    assert false_discovery(p).tolist()[::2] == [0.02, 0.5]


@pytest.mark.parametrize("change", [{"given": 11}, {"given": -1}, {"n": np.inf}, {"n": np.nan}])
def test_answers_that_cannot_be_are_refused(change: dict[str, float]) -> None:
    table = pd.DataFrame(
        {"agent": ["a"], "solved": [True], "n": [10.0], "given": [5.0], "sum": 1.0, "square": 1.0}
    )
    with pytest.raises(InputError):
        weighted_scores(table.assign(**change), unit="agent", strata=["solved"], **SUMS)
    with pytest.raises(InputError):
        response_rates(table.assign(**change), "solved", **COUNTS)
