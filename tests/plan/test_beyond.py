"""The climb promises nothing that no action aims at, and no draft puts an agreed date off."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.plan import ascent, beyond_actions, climbs

from .planned import FCR, REVIEW

ACTION: dict[str, Any] = {
    "measure": FCR,
    "name": "Resolution",
    "unit": "percent",
    "site": "",
    "contract": "",
    "direction": "increase",
    "baseline": 60.0,
    "summit": 70.0,
    "sustained": 72.0,
    "measurable": "yes",
    "starts": pd.Timestamp("2025-01-01"),
}


def action(target: float, due: str, *, agreed: bool = False, **changes: Any) -> dict[str, Any]:
    return ACTION | {"target": target, "due": pd.Timestamp(due), "agreed": agreed} | changes


def said(*actions: dict[str, Any]) -> list[str]:
    plan = pd.DataFrame(list(actions))
    return beyond_actions(plan, ascent(climbs(plan, REVIEW)), REVIEW)


def test_a_climb_beyond_what_its_action_aims_at_is_told() -> None:
    assert said(action(64.0, "2025-12-31")) == [
        "Resolution: its action does not aim beyond 64.0%; what is to bring it to Camp 2 at 65.5%, and on to "
        "70.0%, is still to be planned."
    ]


def test_the_best_of_several_actions_counts_by_itself() -> None:
    assert said(action(64.0, "2025-12-31"), action(69.0, "2025-12-31")) == [
        "Resolution: none of its 2 actions aims beyond 69.0%; what is to bring it to the summit at 70.0% is "
        "still to be planned."
    ]


def test_a_summit_that_an_action_aims_at_needs_no_word() -> None:
    assert said(action(64.0, "2025-12-31"), action(70.0, "2025-12-31")) == []
    assert said(action(69.98, "2025-12-31")) == []  # as levels are written, the same


def test_less_is_better_the_same_way_round() -> None:
    made = action(490.0, "2025-12-31", unit="seconds", direction="decrease", baseline=510.0, summit=480.0)
    assert said(made)[0].startswith("Resolution: its action does not aim beyond 490.0 seconds; what is to")


def test_a_draft_puts_no_agreed_date_off() -> None:
    agreed, draft = action(70.0, "2025-11-28", agreed=True), action(64.0, "2026-03-16")
    assert climbs(pd.DataFrame([agreed, draft]), REVIEW)["due"].tolist() == [pd.Timestamp("2025-11-28")]


def test_what_is_agreed_short_of_the_summit_does_not_end_the_climb() -> None:
    agreed, draft = action(66.0, "2025-11-28", agreed=True), action(70.0, "2026-03-16")
    assert climbs(pd.DataFrame([agreed, draft]), REVIEW)["due"].tolist() == [pd.Timestamp("2026-03-16")]
