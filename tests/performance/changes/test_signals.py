"""From icon to opinion: real changes are told, noise and small changes are not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reviewkit.model import Engagement
from reviewkit.performance import chart_points, level_changes, signals, site_events, targets_in_force
from reviewkit.performance.changes.signals import _shown
from reviewkit.performance.measures.targets import with_targets

NO_TARGETS = pd.DataFrame({"measure": [], "site": [], "contract": [], "valid_from": [], "target": []})


def review(**more: Any) -> Engagement:
    measure = {"id": "m", "name": "M", "unit": "score", "direction": "increase", "table": "kpis"}
    measure |= {"numerator": "sum(numerator)", "denominator": "sum(denominator)", **more}
    fields = {"id": "demo", "name": "Demo", "client": "Demo", "purpose": "Serve", "data_as_of": "2024-12-31"}
    return Engagement.model_validate({**fields, "data": ".", "measures": [measure]})


def panel(values: np.ndarray, site: str = "", periods: int = 36) -> pd.DataFrame:
    months = pd.date_range("2022-01-01", periods=periods, freq="MS")[: len(values)]
    frame = pd.DataFrame(
        {"measure": "m", "site": site, "contract": "", "period": months, "numerator": values}
    )
    return frame.assign(denominator=100.0, value=values, cadence="month")


def noise(seed: int = 3) -> np.ndarray:
    return 50 + np.random.default_rng(seed).standard_normal(36)


def judged(frame: pd.DataFrame, **more: Any) -> pd.Series:
    engagement = review(**more)
    return signals(chart_points(frame, NO_TARGETS, engagement), engagement).iloc[0]


def test_signals_lasting_step_is_promoted() -> None:
    row = judged(panel(noise() - 4 * (np.arange(36) >= 24)))
    assert row["promoted"]
    assert (row["variation"], row["since"]) == ("concern", pd.Timestamp("2024-01-01"))
    assert row["effect"] == pytest.approx(-4, abs=1)


def test_signals_noise_is_not_promoted() -> None:
    assert judged(panel(noise()))["reason"].startswith("no lasting change")


def test_signals_small_change_is_withheld_by_minimum_effect() -> None:
    row = judged(panel(noise() - 4 * (np.arange(36) >= 24)), minimum_effect=10)
    assert row["reason"] == "withheld: smaller than the smallest change worth acting on"


def test_signals_change_undone_is_withheld() -> None:
    months = np.arange(36)
    row = judged(panel(noise() - 6.0 * ((months >= 18) & (months < 33))))
    assert not row["promoted"]


def test_signals_few_points_are_withheld() -> None:
    assert judged(panel(noise()[:8]))["reason"] == "withheld: too few points, 8 of 12"


def test_signals_constant_series_is_common_cause() -> None:
    row = judged(panel(np.full(36, 5.0)))
    assert (row["icon"], row["promoted"]) == ("common_cause", False)


def test_level_changes_false_alarms_are_rare_on_clean_reviews() -> None:
    random, alarms = np.random.default_rng(11), 0
    for _ in range(40):
        values = random.standard_normal((30, 36)) + np.sin(2 * np.pi * np.arange(36) / 12)
        frames = [panel(row, site=str(place)) for place, row in enumerate(values)]
        alarms += (level_changes(pd.concat(frames), keys=["measure", "site"])["chance_adjusted"] < 0.05).any()
    assert alarms <= 5  # 5 % of 40 is 2


def test_site_events_name_the_site_that_grew() -> None:
    whole = panel(noise(), "A")
    ended = panel(noise(1)[:20], "B")
    grown = whole.assign(denominator=np.where(np.arange(36) >= 20, 190.0, 100.0))
    found = site_events(pd.concat([grown, ended]))
    assert found[["site", "kind", "other"]].values.tolist() == [["B", "ends", ""], ["A", "grew", "B"]]


def test_targets_in_force_site_before_all() -> None:
    targets = pd.DataFrame({"measure": "m", "site": ["", "A"], "contract": "", "target": [1.0, 2.0]})
    targets["valid_from"] = pd.to_datetime(["2024-01-01", "2024-03-01"])
    periods = pd.Series(pd.to_datetime(["2024-02-01", "2024-03-01"]))
    assert targets_in_force(targets, "m", "A", periods).tolist() == [1.0, 2.0]
    assert targets_in_force(targets, "m", "B", periods).tolist() == [1.0, 1.0]


def test_with_targets_own_only_drops_the_target_of_the_whole_for_parts() -> None:
    frame = pd.DataFrame({"site": ["", "A", ""], "contract": ["", "", "x"]})
    frame = frame.assign(measure="starts", period=pd.Timestamp("2025-01-01"))
    known = pd.DataFrame({"measure": "starts", "site": ["", "A"], "contract": "", "target": [90.0, 30.0]})
    known["valid_from"] = pd.Timestamp("2024-01-01")
    found = with_targets(frame, known, own_only=["starts"])["target"]
    assert found[:2].tolist() == [90.0, 30.0]
    assert found.isna()[2]


@pytest.mark.parametrize(
    ("flagged", "value", "shown"), [(20, 40.0, True), (20, 60.0, False), (3, 60.0, True), (3, 40.0, False)]
)
def test_a_special_cause_counts_on_its_side_of_the_change_alone(
    flagged: int, value: float, shown: bool
) -> None:
    rows = panel(np.full(36, 50.0))[["measure", "site", "contract", "period", "value"]]
    rows = rows.assign(mean=50.0, rule="")
    rows.loc[flagged, ["value", "rule"]] = [value, "outside"]
    table = rows[["measure", "site", "contract"]].head(1).assign(since=rows["period"][12], effect=-5.0)
    assert _shown(rows, table).tolist() == [shown]
