"""The difference within strata agrees with statsmodels and with what is known of Simpson's paradox."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.proportion import confint_proportions_2indep

from reviewkit.model import InputError
from reviewkit.performance import stratified_difference

COLUMNS = ["stratum", "exposed", "won", "size"]


def cells(tables: list[np.ndarray]) -> pd.DataFrame:
    rows = [
        (place, exposed, table[line, 0], table[line].sum())
        for place, table in enumerate(tables)
        for line, exposed in enumerate([True, False])
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def drawn(seed: int, strata: int = 6) -> list[np.ndarray]:
    return [np.random.default_rng([seed, place]).integers(1, 40, (2, 2)) for place in range(strata)]


@pytest.mark.parametrize("seed", range(5))
def test_the_test_is_that_of_statsmodels(seed: int) -> None:
    tables = drawn(seed)
    expected = StratifiedTable(tables).test_null_odds(correction=False).pvalue
    assert stratified_difference(cells(tables))["p_value"] == pytest.approx(expected)


def test_one_stratum_is_the_plain_difference_with_walds_interval() -> None:
    found = stratified_difference(cells([np.array([[30, 20], [18, 32]])]))
    low, high = confint_proportions_2indep(30, 50, 18, 50, method="wald", compare="diff")
    assert found["difference"] == pytest.approx(0.24) == found["crude"]
    assert (found["lower"], found["upper"]) == pytest.approx((low, high), abs=0.01)


def test_the_kidney_stones_of_charig_turn_round() -> None:
    """Charig and others (1986): treatment A does better with small and large stones, worse on the whole."""
    stones = [np.array([[81, 6], [234, 36]]), np.array([[192, 71], [55, 25]])]
    found = stratified_difference(cells(stones))
    assert found["crude"] == pytest.approx(273 / 350 - 289 / 350)
    assert found["crude"] < 0 < found["difference"]


def test_the_interval_holds_the_true_difference() -> None:
    rng, held, runs = np.random.default_rng(11), 0, 600
    base, n1, n0 = np.linspace(0.1, 0.6, 10), 12, 18
    for _ in range(runs):
        a, b = rng.binomial(n1, base + 0.2), rng.binomial(n0, base)
        tables = [np.array([[x, n1 - x], [y, n0 - y]]) for x, y in zip(a, b, strict=True)]
        found = stratified_difference(cells(tables))
        held += found["lower"] <= 0.2 <= found["upper"]
    assert 0.92 <= held / runs <= 0.98


def test_strata_with_one_group_are_left_out_and_counted() -> None:
    rows = [("a", True, 1, 9), ("b", True, 2, 10), ("b", False, 3, 10)]
    found = stratified_difference(pd.DataFrame(rows, columns=COLUMNS))
    assert (found["left_out"], found["cases"], found["strata"]) == (9, 20, 1)


def test_no_stratum_with_both_groups_has_no_difference() -> None:
    found = stratified_difference(pd.DataFrame([("a", True, 1, 9)], columns=COLUMNS))
    assert np.isnan(found["difference"])


@pytest.mark.parametrize("won", [-1, 10])
def test_impossible_counts_are_refused(won: int) -> None:
    with pytest.raises(InputError, match="column won"):
        stratified_difference(pd.DataFrame([("a", True, won, 9)], columns=COLUMNS))
