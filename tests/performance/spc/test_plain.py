"""All series at once gives what a plain loop over series and points gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.performance import xmr

from .plain_xmr import plain_xmr

POINTS = st.lists(st.one_of(st.integers(-6, 6), st.integers(-1000, 1000), st.none()), min_size=1, max_size=45)


def frame_of(series: list[list[int | None]]) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "site": str(place),
                "period": pd.date_range("2022-01-01", periods=len(values), freq="MS"),
                # Eighths are exact, so that the loop and the library add up alike.
                "value": [np.nan if value is None else value / 8 for value in values],
            }
        )
        for place, values in enumerate(series)
    ]
    return pd.concat(parts, ignore_index=True)


@pytest.mark.parametrize("direction", ["increase", "decrease", "neutral"])
@settings(max_examples=60, deadline=None)
@given(
    series=st.lists(POINTS, min_size=1, max_size=4),
    rebase=st.sampled_from([(), ("2023-01-01",), ("2022-06-15", "2023-04-01")]),
    baseline=st.sampled_from([None, 2, 12]),
    count_outside=st.booleans(),
)
def test_xmr_gives_what_the_plain_loop_gives(
    direction: str,
    series: list[list[int | None]],
    rebase: tuple[str, ...],
    baseline: int | None,
    count_outside: bool,
) -> None:
    frame = frame_of(series)
    options = {"by": "site", "direction": direction, "baseline": baseline, "count_outside": count_outside}
    expected = plain_xmr(frame, rebase=rebase, **options)
    shuffled = frame.sample(frac=1, random_state=1)
    found = xmr(shuffled, rebase=list(rebase) or None, **options).dropna(subset="value")
    found = found.sort_values(["site", "period"], ignore_index=True)
    assert len(found) == len(expected)
    if len(expected):
        for name in ("mean", "lower", "upper"):
            np.testing.assert_allclose(found[name], expected[name], rtol=1e-9, atol=1e-9)
        for name in ("rule", "signal"):
            assert found[name].tolist() == expected[name].tolist()
