"""The interval of the consistency index holds the true index as often as it says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reviewkit.performance.journeys.consistency import alike

SHAPES = {
    "four alike in size": np.full(4, 0.25),
    "thirty alike in size": np.full(30, 1 / 30),
    "nearly all alike": np.r_[0.99, np.full(5, 0.002)],
    "mostly alike": np.r_[0.9, np.full(5, 0.02)],
    "a long tail": np.r_[0.5, 0.2, np.full(300, 0.3 / 300)],
    "nearly none alike": np.full(2000, 1 / 2000),
}


@pytest.mark.parametrize("size", [15, 25, 100, 400])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_interval_holds_the_true_index(shape: str, size: int) -> None:
    chances = SHAPES[shape]
    counts = np.random.default_rng(5).multinomial(size, chances, size=1500)
    unit, path = np.nonzero(counts)
    found = alike(pd.DataFrame({"site": unit, "cases": counts[unit, path]}), ["site"])
    true = float((chances**2).sum())
    assert found["lower"].le(true).mul(found["upper"].ge(true)).mean() >= 0.92


def test_the_index_is_unbiased_whatever_the_size() -> None:
    chances = np.array([0.6, 0.3, 0.1])
    for size in (5, 50):
        counts = np.random.default_rng(7).multinomial(size, chances, size=4000)
        unit, path = np.nonzero(counts)
        found = alike(pd.DataFrame({"site": unit, "cases": counts[unit, path]}), ["site"])
        assert found["index"].mean() == pytest.approx(0.46, abs=0.01)


def test_a_unit_of_one_case_has_no_index() -> None:
    found = alike(pd.DataFrame({"site": ["A"], "cases": [1]}), ["site"])
    assert found[["index", "lower", "upper"]].isna().all(axis=None)
