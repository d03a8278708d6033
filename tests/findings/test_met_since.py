"""A target is judged by the level in force since the last change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.findings.convergence.topics import DataState, VoiceState
from reviewkit.findings.convergence.words import reason
from reviewkit.findings.opinions.met import met_since, met_words

MONTHS = pd.date_range("2024-01-01", periods=24, freq="MS")


def points(values: list[float], target: float = 75.0) -> pd.DataFrame:
    return pd.DataFrame(
        {"measure": "fcr", "site": "", "contract": "", "period": MONTHS, "value": values, "target": target}
    )


def signal(**changed: Any) -> pd.DataFrame:
    row = {"measure": "fcr", "site": "", "contract": "", "promoted": True, "since": MONTHS[16]}
    return pd.DataFrame([row | {"direction": "increase", "assurance": "hit_or_miss"} | changed])


def counted(found: pd.DataFrame) -> tuple[int, int]:
    return int(found["periods_since"].iloc[0]), int(found["met_since"].iloc[0])


def test_met_since_counts_only_the_periods_after_the_change() -> None:
    assert counted(met_since(signal(), points([80.0] * 16 + [60.0] * 8))) == (8, 0)
    assert counted(met_since(signal(direction="decrease"), points([80.0] * 16 + [75.0] * 8))) == (8, 8)


def test_met_since_is_nothing_without_a_change_or_a_target() -> None:
    assert counted(met_since(signal(promoted=False), points([80.0] * 24))) == (0, 0)
    assert counted(met_since(signal(), points([80.0] * 24, np.nan))) == (0, 0)


@given(st.lists(st.floats(50, 100), min_size=24, max_size=24))
def test_met_and_missed_make_up_all_periods(values: list[float]) -> None:
    up = met_since(signal(), points(values))
    under = met_since(signal(direction="decrease"), points(values))
    on_target = sum(value == 75.0 for value in values[16:])
    assert counted(up)[1] + counted(under)[1] == counted(up)[0] + on_target


@pytest.mark.parametrize(
    ("periods", "met", "told"),
    [(8, 0, "the target was missed in all 8 periods"), (29, 1, "the target was met in 1 of 29 periods")],
)
def test_reason_tells_of_the_target_since_the_change(periods: int, met: int, told: str) -> None:
    state = DataState("fcr", "Resolution", tone="concern", promoted=True, assurance="hit_or_miss", size=2.0)
    state = DataState(**{**state.__dict__, "periods_since": periods, "met_since": met})
    words = reason(VoiceState("training", concern=5, total=10), state, None)
    assert told in words
    assert "in some periods only" not in words


def test_met_words_say_nothing_of_hardly_any_periods() -> None:
    assert met_words(2, 0) == ""
