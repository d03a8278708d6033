"""Empirical Bayes beside independent computations, and rank intervals beside simulated truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats

from reviewkit.performance import rank_words, shrink, shrink_means


def drawn(seed: int, units: int = 40, a: float = 14.0, b: float = 6.0) -> tuple[pd.DataFrame, np.ndarray]:
    numbers = np.random.default_rng(seed)
    truth = numbers.beta(a, b, units)
    tried = numbers.integers(20, 400, units)
    return pd.DataFrame({"won": numbers.binomial(tried, truth), "n": tried}), truth


@pytest.mark.parametrize("seed", range(4))
def test_shrink_is_close_to_beta_binomial_maximum_likelihood(seed: int) -> None:
    frame, _ = drawn(seed, units=80)

    def cost(logs: np.ndarray) -> float:
        return -stats.betabinom.logpmf(frame["won"], frame["n"], *np.exp(logs)).sum()

    a, b = np.exp(optimize.minimize(cost, [1.0, 1.0], method="Nelder-Mead").x)
    expected = (a + frame["won"]) / (a + b + frame["n"])
    found = shrink(frame, successes="won", trials="n")
    # Moments and likelihood estimate the same prior: half a percentage point apart at most.
    np.testing.assert_allclose(found["shrunk"], expected, atol=0.008)
    lower = stats.beta.ppf(0.025, a + frame["won"], b + frame["n"] - frame["won"])
    np.testing.assert_allclose(found["lower"], lower, atol=0.015)


def test_shrink_means_has_the_tau2_of_statsmodels() -> None:
    from statsmodels.stats.meta_analysis import combine_effects

    numbers = np.random.default_rng(3)
    error = numbers.uniform(0.2, 1.0, 15)
    frame = pd.DataFrame({"m": numbers.normal(5, 1, 15) + numbers.normal(0, error), "e": error})
    theirs = combine_effects(frame["m"].to_numpy(), error**2, method_re="dl")
    found = shrink_means(frame, mean="m", error="e")
    assert found["centre"].iloc[0] == pytest.approx(theirs.mean_effect_re, rel=1e-9)
    keep = theirs.tau2 / (theirs.tau2 + error**2)
    expected = theirs.mean_effect_re + keep * (frame["m"] - theirs.mean_effect_re)
    np.testing.assert_allclose(found["shrunk"], expected, rtol=1e-9)


def test_intervals_and_ranks_of_shares_hold_the_truth_as_often_as_they_say() -> None:
    inside, placed = [], []
    for seed in range(25):
        frame, truth = drawn(1000 + seed)
        found = shrink(frame, successes="won", trials="n")
        inside.append(((found["lower"] <= truth) & (truth <= found["upper"])).mean())
        place = len(truth) - truth.argsort().argsort()
        placed.append(((found["rank_lower"] <= place) & (place <= found["rank_upper"])).mean())
    assert 0.92 < np.mean(inside) < 0.98
    assert 0.92 < np.mean(placed) < 0.99


def test_intervals_and_ranks_of_means_hold_the_truth_as_often_as_they_say() -> None:
    inside, placed = [], []
    for seed in range(25):
        numbers = np.random.default_rng(2000 + seed)
        truth, error = numbers.normal(400, 30, 40), numbers.uniform(10, 40, 40)
        frame = pd.DataFrame({"m": numbers.normal(truth, error), "e": error})
        found = shrink_means(frame, mean="m", error="e", ascending=True)
        inside.append(((found["lower"] <= truth) & (truth <= found["upper"])).mean())
        place = truth.argsort().argsort() + 1
        placed.append(((found["rank_lower"] <= place) & (place <= found["rank_upper"])).mean())
    assert 0.92 < np.mean(inside) < 0.98
    assert 0.92 < np.mean(placed) < 0.99


def test_above_is_the_chance_of_lying_above_and_agrees_with_the_interval() -> None:
    frame, _ = drawn(7)
    found = shrink(frame, successes="won", trials="n", against=0.7)
    assert ((found["lower"] > 0.7) == (found["above"] > 0.975)).all()
    assert ((found["upper"] < 0.7) == (found["above"] < 0.025)).all()


def test_ascending_turns_ranks_round() -> None:
    frame, _ = drawn(8)
    up = shrink(frame, successes="won", trials="n")
    down = shrink(frame, successes="won", trials="n", ascending=True)
    assert (up["rank_lower"] + down["rank_upper"] == len(frame) + 1).mean() > 0.9
    assert up["rank"].idxmin() == down["rank"].idxmax()


def test_rank_words_say_when_nobodys_rank_is_known() -> None:
    table = pd.DataFrame({"rank_lower": [1, 1, 1], "rank_upper": [3, 3, 3]})
    said = "Of 3 agents nobody's rank is known at all; half of the intervals span 3 or more."
    assert rank_words(table) == said
    assert rank_words(table.head(1)) == ""


def test_thousands_of_units_are_ranked_in_blocks() -> None:
    frame, _ = drawn(9, units=2000)
    found = shrink(frame, successes="won", trials="n")
    assert (found["rank_lower"] <= found["rank_upper"]).all() and found["rank_upper"].max() <= 2000
