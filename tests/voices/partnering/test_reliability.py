"""Alpha and omega agree with what R computes on R's data set ``attitude``."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reviewkit.content import load_statements
from reviewkit.voices.partnering import cronbach_alpha, omega_total, reliability

# Chatterjee and Price, "Regression analysis by example", table 3.1: 30 departments, 7 questions.
ATTITUDE = """
43 51 30 39 61 92 45 63 64 51 54 63 73 47 71 70 68 69 76 86 48 61 63 45 47 54 84 35 81 78 56 66 71 83 47
43 55 49 44 54 49 34 58 67 42 56 66 68 35 71 75 50 55 70 66 41 72 82 72 67 71 83 31 67 61 45 47 62 80 41
64 53 53 58 58 67 34 67 60 47 39 59 74 41 69 62 57 42 55 63 25 68 83 83 45 59 77 35 77 77 54 72 79 77 46
81 90 50 72 60 54 36 74 85 64 69 79 79 63 65 60 65 75 55 80 60 65 70 46 57 75 85 46 50 58 68 54 64 78 52
50 40 33 34 43 64 33 64 61 52 62 66 80 41 53 66 52 50 63 80 37 40 37 42 58 50 57 49 63 54 42 48 66 75 33
66 77 66 63 88 76 72 78 75 58 74 80 78 49 48 57 44 45 51 83 38 85 85 71 71 77 74 55 82 82 39 59 64 78 39
"""
SCORES = np.array([float(value) for value in ATTITUDE.split()]).reshape(30, 7)


def test_alpha_is_that_of_r() -> None:
    assert cronbach_alpha(SCORES).alpha == pytest.approx(0.84, abs=0.005)  # psych::alpha(attitude)


def test_omega_is_that_of_r() -> None:
    # MBESS::ci.reliability(attitude, type = "omega", interval.type = "mlr"): est 0.8563268.
    assert omega_total(SCORES) == pytest.approx(0.8563268, abs=1e-6)


def test_omega_is_that_of_statsmodels_factor() -> None:
    from statsmodels.multivariate.factor import Factor

    scores = (SCORES - SCORES.mean(0)) / SCORES.std(0, ddof=1)
    fitted = Factor(scores, n_factor=1, method="ml").fit()
    common = float(np.abs(fitted.loadings[:, 0].sum())) ** 2
    assert omega_total(scores) == pytest.approx(common / (common + fitted.uniqueness.sum()), abs=1e-3)


def test_alphas_interval_holds_the_truth_as_often_as_it_says() -> None:
    random, held, truth = np.random.default_rng(3), 0, 6 * 0.3 / (1 + 5 * 0.3)
    for _ in range(400):
        scores = np.sqrt(0.3) * random.normal(size=(50, 1)) + np.sqrt(0.7) * random.normal(size=(50, 6))
        found = cronbach_alpha(scores)
        held += found.lower <= truth <= found.upper
    assert 0.92 <= held / 400 <= 0.98


def test_statements_nobody_differs_on_have_no_alpha() -> None:
    assert np.isnan(cronbach_alpha(np.full((10, 3), 4.0)).alpha)
    assert np.isnan(omega_total(np.full((10, 3), 4.0)))


def test_reliability_counts_full_answers_only() -> None:
    random = np.random.default_rng(1)
    rows = [
        (f"q{n}", f"key_{i}", int(random.integers(1, 6)))
        for n in range(40)
        for i in range(1, 7)
        if (n, i) != (0, 1)
    ]
    said = pd.DataFrame(rows, columns=["respondent_id", "statement", "answer"]).assign(group="support")
    row = reliability(said, load_statements()).iloc[0]
    assert (row["respondents"], row["statements"], row["verdict"]) == (39, 6, "apart")


def test_reliability_of_few_is_not_judged() -> None:
    rows = [(f"q{n}", f"key_{i}", 1 + (n + i) % 5) for n in range(20) for i in range(1, 7)]
    said = pd.DataFrame(rows, columns=["respondent_id", "statement", "answer"]).assign(group="support")
    assert reliability(said, load_statements())["verdict"].tolist() == ["too few"]
