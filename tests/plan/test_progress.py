"""Progress is judged by signals after the start, never by two points."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reviewkit.plan import ascent, climbs, empty_plan, progress, signal_after
from reviewkit.plan.progress_statements import lean_words

from .planned import FCR, REVIEW, series

START = pd.Timestamp("2025-01-01")
STEADY = [60.0, 61.0, 59.0, 60.0, 62.0, 60.0, 59.0, 61.0, 60.0, 60.0, 61.0, 59.0]
CHECKS = pd.DataFrame(columns=["action_id", "at", "percent_done", "note", "benefit"])


def plan(**changes: Any) -> pd.DataFrame:
    row = dict.fromkeys(empty_plan().columns, "")
    row |= {
        "action_id": "a1",
        "what": "Train people.",
        "measure": FCR,
        "name": "Resolution",
        "unit": "percent",
    }
    row |= {"direction": "increase", "baseline": 60.0, "target": 70.0, "summit": 70.0, "sustained": 72.0}
    row |= {"starts": START, "due": pd.Timestamp("2025-12-31"), "agreed": True, "smart": True}
    row |= {"return_low": 10.0, "return_high": 20.0, "days": 3.0, "cost": np.nan}
    return pd.DataFrame([row | changes])


def judged(values: list[float], checks: pd.DataFrame = CHECKS, **changes: Any) -> dict[str, Any]:
    made = plan(**changes)
    table = progress(made, ascent(climbs(made, REVIEW)), series(values), checks, REVIEW)
    row: dict[str, Any] = table.to_dict("records")[0]
    return row


def report(done: float, benefit: float | None = None) -> pd.DataFrame:
    at = pd.Timestamp("2025-06-01")
    return pd.DataFrame([{"action_id": "a1", "at": at, "percent_done": done, "note": "", "benefit": benefit}])


def test_progress_first_run_records_the_baseline_and_the_first_check() -> None:
    row = judged(STEADY)
    assert (row["verdict"], row["signal"], row["stage_reached"]) == ("baseline", "too_early", "")
    assert row["next_check"] == pd.Timestamp("2025-07-02")


def test_progress_two_good_points_are_no_verdict() -> None:
    assert judged([*STEADY, 70.0, 71.0])["signal"] == "too_early"


def test_progress_signal_after_the_start_is_working() -> None:
    row = judged([*STEADY, 66.0, 67.0, 66.0, 68.0, 66.0, 67.0])
    assert (row["verdict"], row["stage_reached"]) == ("working", "Camp 2")
    assert row["estimate"] == pytest.approx((400 / 6 - np.mean(STEADY)) * 10_000)


def test_progress_noise_after_the_start_is_no_signal_and_earns_nothing() -> None:
    row = judged([*STEADY, 60.0, 61.0, 59.0, 60.0, 61.0])
    assert (row["verdict"], row["signal"]) == ("no_signal", "none")
    assert np.isnan(row["estimate"])


def test_progress_worsening_is_the_wrong_way() -> None:
    assert judged([*STEADY, 50.0, 49.0, 51.0, 50.0])["verdict"] == "wrong_way"


def test_signal_after_does_not_blame_the_action_for_what_went_wrong_before_it() -> None:
    fell = [70.0, 71.0, 69.0, 70.0] * 3 + [60.0, 61.0, 59.0, 60.0, 61.0, 59.0, 60.0, 60.0]
    points = series([*fell, 60.0, 61.0, 59.0, 60.0])
    assert signal_after(points, pd.Timestamp("2025-09-01"), "increase") == "none"


def test_progress_done_and_due_without_a_signal_is_to_be_stopped() -> None:
    ended = {"due": pd.Timestamp("2025-06-01")}
    values = [*STEADY, 60.0, 61.0, 59.0, 60.0, 61.0]
    assert judged(values, report(100), **ended)["verdict"] == "stop"
    assert judged(values, report(40), **ended)["verdict"] == "late"


def test_progress_draft_is_not_judged() -> None:
    assert judged([*STEADY, 70.0, 70.0, 70.0], agreed=False)["verdict"] == "draft"


def test_progress_benefit_is_the_one_reported() -> None:
    row = judged(STEADY, report(20, 4_000.0))
    assert (row["percent_done"], row["benefit"], row["promise_high"]) == (20, 4_000, 20)


def test_progress_without_figures_says_so() -> None:
    made = plan(measure="", name="")
    table = progress(made, ascent(climbs(made, REVIEW)), series(STEADY), CHECKS, REVIEW)
    assert table["verdict"].tolist() == ["not_measured"]


def test_progress_without_actions_is_empty() -> None:
    assert progress(empty_plan(), pd.DataFrame(), series(STEADY), CHECKS, REVIEW).empty


def test_progress_a_change_without_a_signal_says_which_way_it_leans() -> None:
    noisy = [60.0, 66.0, 55.0, 64.0, 57.0, 62.0, 54.0, 65.0, 58.0, 63.0, 56.0, 60.0]
    row = judged([*noisy, 57.0, 55.0, 58.0, 56.0])
    assert (row["signal"], row["leans"]) == ("none", "wrong_way")
    assert judged([*noisy, 60.0, 59.9, 60.1, 60.0])["leans"] == ""
    assert judged([*noisy, 57.0, 55.0, 58.0, 56.0], agreed=False)["leans"] == ""


def test_progress_work_is_told_beside_the_time_gone() -> None:
    row = judged(STEADY, report(30))
    assert row["time_gone"] == pytest.approx(41.5, abs=0.5)
    assert row["timing"] == "behind"


def test_progress_of_a_measure_with_a_lag_is_read_from_when_it_can_show() -> None:
    late = [one.model_copy(update={"lag_weeks": 26}) for one in REVIEW.measures]
    review, made = REVIEW.model_copy(update={"measures": tuple(late)}), plan()
    values = [*STEADY, 60.0, 61.0, 59.0, 60.0, 61.0, 60.0]
    row = progress(made, ascent(climbs(made, review)), series(values), CHECKS, review).iloc[0]
    assert (row["signal"], row["points_after"], row["points_before"]) == ("too_early", 0, 18)
    assert row["seen_from"] == START + pd.Timedelta(weeks=26)
    assert row["judged_from"] == pd.Timestamp("2025-11-01")
    assert "figures before 2 July 2025 still tell of the time before it began" in row["caveats"]


def test_progress_a_change_whose_range_leaves_out_nought_is_not_called_routine() -> None:
    row = {"leans": "wrong_way", "change_low": 1.0, "change_high": 42.0, "seasonal": True}
    assert "routine variation" not in lean_words(row)
    assert "its points, the time of year taken out, leave their limits" in lean_words(row)
    assert "by no more than routine variation may do" in lean_words(row | {"change_low": -1.0})
