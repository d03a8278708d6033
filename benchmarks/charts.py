"""XmR charts of many series: all at once, against the same rules as a loop over series and points."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from reviewkit.performance import xmr

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.performance.spc.plain_xmr import plain_xmr

SERIES, POINTS, ROUNDS = 400, 156, 5
BY = {"by": "series", "direction": "increase"}


def series_of_noise(seed: int = 1) -> pd.DataFrame:
    """Return weekly figures of 400 series, some with a step."""
    random = np.random.default_rng(seed)
    values = random.normal(70, 4, (SERIES, POINTS))
    values[::4, POINTS // 2 :] += 6
    return pd.DataFrame(
        {
            "series": np.repeat(np.arange(SERIES), POINTS),
            "period": np.tile(pd.date_range("2023-01-02", periods=POINTS, freq="7D"), SERIES),
            "value": values.ravel().round(1),
        }
    )


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measured() -> tuple[float, float]:
    """Return median seconds of both ways, taken in turn; both are checked to give the same."""
    frame = series_of_noise()
    ours, theirs = xmr(frame, **BY), plain_xmr(frame, **BY)
    names = ["mean", "lower", "upper", "rule", "signal"]
    pd.testing.assert_frame_equal(ours[names], theirs[names], rtol=1e-9, check_dtype=False)
    times = [
        (seconds(lambda: xmr(frame, **BY)), seconds(lambda: plain_xmr(frame, **BY))) for _ in range(ROUNDS)
    ]
    return statistics.median(own for own, _ in times), statistics.median(loop for _, loop in times)


if __name__ == "__main__":
    own, loop = measured()
    print(
        f"{SERIES} series of {POINTS} points: {own:.3f} s, as a loop {loop:.2f} s, "
        f"{loop / own:.0f} times faster"
    )
