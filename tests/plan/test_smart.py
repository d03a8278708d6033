"""SMART: every letter can fail, and says why."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from reviewkit.plan import LETTERS, smart

AS_OF = pd.Timestamp("2025-06-30")
GOOD: dict[str, Any] = {
    "what": "Train on the five reasons that come back most",
    "owner": "training lead",
    "measure": "fcr",
    "unit": "percent",
    "direction": "increase",
    "baseline": 60.0,
    "target": 70.0,
    "starts": pd.Timestamp("2025-07-01"),
    "due": pd.Timestamp("2025-12-31"),
    "sustained": 70.0,
    "stretch": "",
    "gap_ids": "2.1/gap/fcr",
    "verdict": "supported",
}


def checked(**changes: Any) -> dict[str, Any]:
    table = smart(pd.DataFrame([GOOD | changes]), as_of=AS_OF, latest_due=pd.Timestamp("2026-06-30"))
    row: dict[str, Any] = table.to_dict("records")[0]
    return row


def test_smart_an_owner_the_register_lacks_is_not_specific() -> None:
    row = smart(pd.DataFrame([GOOD]), as_of=AS_OF, roles=frozenset({"head of it"})).iloc[0]
    assert row["specific"] == "the register has nobody with the role training lead" and not row["smart"]
    assert smart(pd.DataFrame([GOOD]), as_of=AS_OF, roles=frozenset({"training lead"}))["smart"].all()


def test_smart_good_action_passes() -> None:
    row = checked()
    assert row["smart"]
    assert [row[letter] for letter in LETTERS] == [""] * 5


@pytest.mark.parametrize(
    ("changes", "letter", "reason"),
    [
        ({"what": "Improve training"}, "specific", "not say to what"),
        ({"what": "A better organisation"}, "specific", "not say what is done"),
        ({"owner": ""}, "specific", "nobody is named"),
        ({"measure": ""}, "measurable", "no measure"),
        ({"measure": "fcrr", "unit": ""}, "measurable", "no measure of this engagement is called 'fcrr'"),
        ({"direction": "neutral"}, "measurable", "which way is better"),
        ({"baseline": None}, "measurable", "no baseline"),
        ({"target": None}, "measurable", "no target"),
        ({"target": 60.0}, "measurable", "no better than the baseline"),
        ({"direction": "decrease"}, "measurable", "no better than the baseline"),
        ({"target": 71.0}, "achievable", "nobody has sustained more than 70.0%"),
        ({"sustained": None}, "achievable", "no stretch is stated"),
        ({"gap_ids": ""}, "relevant", "no gap"),
        ({"verdict": "contradicted"}, "relevant", "contradicts"),
        ({"due": pd.NaT}, "time_bound", "no end"),
        ({"due": pd.Timestamp("2025-07-01")}, "time_bound", "before it starts"),
        ({"starts": pd.Timestamp("2025-01-01"), "due": AS_OF}, "time_bound", "has passed"),
        ({"due": pd.Timestamp("2026-07-01")}, "time_bound", "after the plan ends"),
    ],
)
def test_smart_letter_fails_and_says_why(changes: dict[str, Any], letter: str, reason: str) -> None:
    row = checked(**changes)
    assert reason in row[letter]
    assert not row["smart"]


def test_smart_stated_stretch_may_go_beyond_what_was_held() -> None:
    assert checked(target=75.0, stretch="A stated stretch.")["achievable"] == ""


def test_smart_less_is_better_where_the_measure_says_so() -> None:
    row = checked(direction="decrease", baseline=400.0, target=300.0, sustained=310.0, unit="seconds")
    assert (
        row["achievable"]
        == "nobody has sustained less than 310.0 seconds for half a year, and no stretch is stated"
    )
