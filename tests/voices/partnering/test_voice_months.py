"""Customers' voice over time beside signals: what moved, when, and no more than that."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reviewkit.model import Measure
from reviewkit.voices.partnering import voice_and_signals, voice_by_month

MEASURE = Measure(id="fcr", name="Resolution", unit="percent", direction="increase", table="contacts",
                  numerator="sum(resolved)", codes=("training_gap",))  # fmt: skip
MONTHS = pd.date_range("2024-01-01", periods=18, freq="MS")


def comments(turn: int, low: float, high: float, *, seed: int = 4) -> tuple[pd.DataFrame, pd.DataFrame]:
    random = np.random.default_rng(seed)
    rows = [
        (m, random.random() < (high if i >= turn else low)) for i, m in enumerate(MONTHS) for _ in range(40)
    ]
    ids = [f"c{n}" for n in range(len(rows))]
    feedback = pd.DataFrame({"feedback_id": ids, "at": [month for month, _ in rows], "site": "North"})
    code = ["training_gap" if raised else "culture" for _, raised in rows]
    return pd.DataFrame({"remark_id": ids, "kind": "customer", "code": code, "stance": "concern"}), feedback


def signals(since: str, promoted: bool = True) -> pd.DataFrame:
    row = {
        "measure": "fcr",
        "name": "Resolution",
        "site": "",
        "since": pd.Timestamp(since),
        "promoted": promoted,
    }
    return pd.DataFrame([row])


@pytest.mark.parametrize(
    ("turn", "words"), [(8, "in the same month"), (11, "3 months later"), (5, "3 months earlier")]
)
def test_voice_and_signals_says_what_came_first(turn: int, words: str) -> None:
    coded, feedback = comments(turn, 0.03, 0.4)
    row = voice_and_signals(coded, feedback, signals("2024-09-10"), [MEASURE], ["training_gap"]).iloc[0]
    assert words in row["words"] and "more often" in row["words"]


def test_voice_and_signals_agrees_with_statsmodels() -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

    coded, feedback = comments(8, 0.1, 0.2)
    row = voice_and_signals(coded, feedback, signals("2024-09-10"), [MEASURE], ["training_gap"]).iloc[0]
    after = pd.to_datetime(feedback["at"]) >= "2024-09-01"
    raised = coded["code"].eq("training_gap")
    x, n = (
        [int((raised & after).sum()), int((raised & ~after).sum())],
        [int(after.sum()), int((~after).sum())],
    )
    limits = confint_proportions_2indep(x[0], n[0], x[1], n[1], method="newcomb")
    assert (row["lower"], row["upper"]) == pytest.approx(limits)
    assert row["p_value"] == pytest.approx(proportions_ztest(x, n)[1])


def test_voice_and_signals_calls_little_where_nothing_moved() -> None:
    called = 0
    for seed in range(40):
        coded, feedback = comments(9, 0.15, 0.15, seed=seed)
        row = voice_and_signals(coded, feedback, signals("2024-09-10"), [MEASURE], ["training_gap"]).iloc[0]
        called += not row["words"].startswith("no clear change")
    assert called <= 5


def test_signals_that_do_not_last_are_not_looked_at() -> None:
    coded, feedback = comments(8, 0.1, 0.4)
    assert voice_and_signals(coded, feedback, signals("2024-09-10", False), [MEASURE], ["training_gap"]).empty


def test_voice_by_month_leaves_out_comments_without_a_date() -> None:
    coded, feedback = comments(8, 0.1, 0.4)
    feedback.loc[:39, "at"] = pd.NaT
    months = voice_by_month(coded, feedback, ["training_gap"])
    assert len(months) == 17 and months["comments"].eq(40).all()
