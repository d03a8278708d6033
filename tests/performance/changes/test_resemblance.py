"""How far periods resemble those before them: first-order series, and slow waves under noise."""

from __future__ import annotations

import numpy as np
import pytest

from reviewkit.performance import far_reaching


def test_far_reaching_is_the_autocorrelation_of_a_first_order_series_and_more_of_a_slow_wave() -> None:
    random = np.random.default_rng(2)
    plain, wave = random.standard_normal((2, 2, 400, 104))
    for at in range(1, 104):
        plain[0][:, at] = 0.3 * plain[0][:, at - 1] + np.sqrt(1 - 0.09) * plain[0][:, at]
        wave[0][:, at] = 0.9 * wave[0][:, at - 1] + np.sqrt(1 - 0.81) * wave[0][:, at]
    slow = np.sqrt(1 / 3) * wave[0] + np.sqrt(2 / 3) * wave[1]
    assert np.median(far_reaching(plain[0])) == pytest.approx(0.3, abs=0.06)
    assert np.median(far_reaching(slow)) > 0.5
