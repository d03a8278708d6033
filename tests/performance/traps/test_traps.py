"""Traps: found in real data that have them, not found in clean data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pandas as pd
import pytest

from reviewkit.evidence.suspicions import suspicions
from reviewkit.model import Engagement
from reviewkit.performance.traps.blanks import blank_scores
from reviewkit.performance.traps.closing import hours_by_month_opened, selected_by_closing
from reviewkit.performance.traps.find import find_traps
from reviewkit.performance.traps.gaps import gaps
from reviewkit.performance.traps.hangups import handled, hang_ups
from reviewkit.performance.traps.mergers import mergers
from reviewkit.performance.traps.small import small_denominators
from reviewkit.performance.traps.startup import start_up
from reviewkit.performance.traps.trap import Looked

MONTHS = pd.date_range("2023-01-01", periods=30, freq="MS")
ENGAGEMENT: dict[str, Any] = {
    "id": "e", "name": "E", "client": "E", "purpose": "P", "data_as_of": "2025-06-30", "data": ".",
}  # fmt: skip
RATE = {"id": "rate", "name": "Resolved", "unit": "percent", "direction": "increase", "table": "kpis",
        "numerator": "sum(numerator)", "denominator": "sum(denominator)"}  # fmt: skip
COUNT = {"id": "starts", "name": "Starts", "unit": "count", "direction": "increase", "table": "kpis",
         "numerator": "sum(value)"}  # fmt: skip


def engagement(**more: Any) -> Engagement:
    return Engagement.model_validate({**ENGAGEMENT, "measures": [RATE, COUNT], **more})


def series(
    site: str, share: Any = 0.6, *, n: float = 400.0, months: pd.DatetimeIndex = MONTHS
) -> pd.DataFrame:
    noise = np.random.default_rng(abs(hash_of(site))).normal(0, 0.01, len(months))
    value = np.broadcast_to(share, len(months)) + noise
    frame = pd.DataFrame({"measure": "rate", "site": site, "contract": "", "period": months})
    return frame.assign(numerator=value * n, denominator=n, value=100 * value)


def hash_of(text: str) -> int:
    return sum(map(ord, text))


def looked(*parts: pd.DataFrame, **more: Any) -> Looked:
    return Looked(engagement(**more), panel=pd.concat(parts, ignore_index=True))


def incidents(folder: Path) -> pd.DataFrame:
    log = pd.read_csv(folder / "bpic2013_incidents.csv", usecols=["case:concept:name", "time:timestamp"])
    at = pd.to_datetime(log["time:timestamp"], utc=True, format="ISO8601").dt.tz_localize(None)
    return pd.DataFrame({"customer": log["case:concept:name"], "at": at})


def test_incidents_cut_by_closing_date_seem_to_fall_from_2700_hours_to_105(shared_data: Path) -> None:
    found = selected_by_closing(Looked(engagement(), journey=incidents(shared_data)))
    assert found is not None
    assert found.count == 7554
    assert found.figures["first_hours"] == pytest.approx(2746, abs=1)
    assert found.figures["last_hours"] == pytest.approx(105.8, abs=0.1)
    assert "from 2,746 hours for January 2012" in found.statement


def test_incidents_chosen_by_opening_date_are_no_trap(shared_data: Path) -> None:
    log = incidents(shared_data)
    log = log[log.groupby("customer")["at"].transform("min") >= "2012-04-01"]
    assert selected_by_closing(Looked(engagement(), journey=log)) is None


def test_selection_alone_makes_unchanged_durations_fall() -> None:
    rng = np.random.default_rng(5)
    begins = pd.Timestamp("2022-01-01") + pd.to_timedelta(rng.uniform(0, 900, 30_000), unit="D")
    ends = begins + pd.to_timedelta(rng.exponential(60, 30_000), unit="D")
    both = pd.DataFrame({"customer": range(30_000), "min": begins, "max": ends})
    cut = both[both["max"].between("2024-01-01", "2024-05-31")].melt("customer", value_name="at")
    assert selected_by_closing(Looked(engagement(), journey=cut)) is not None
    whole = both[both["min"] >= "2023-01-01"].melt("customer", value_name="at")
    assert selected_by_closing(Looked(engagement(), journey=whole)) is None


def test_the_trap_and_the_check_of_the_same_log_agree(shared_data: Path) -> None:
    log = incidents(shared_data).assign(activity="x", site="", contract="")
    rules = {found.rule for found in suspicions({"journey": log}, engagement())}
    assert "cut_by_closing" in rules
    assert hours_by_month_opened(log)["cases"].sum() == 7554


def emergency(folder: Path) -> Looked:
    data = pd.read_csv(folder / "ae_attendances.csv", parse_dates=["period"])
    data = data[data["type"].astype(str) == "1"]
    panel = pd.DataFrame(
        {"measure": "rate", "site": data["org_code"], "contract": "", "period": data["period"]}
    )
    seen = data["attendances"].astype("float64")
    panel = panel.assign(numerator=seen - data["breaches"], denominator=seen)
    return looked(panel.assign(value=100 * panel["numerator"] / panel["denominator"]))


def test_rrk_took_over_rr1_and_the_growth_is_no_growth(shared_data: Path) -> None:
    found = mergers(emergency(shared_data))
    assert found is not None
    assert "RRK" in found.found
    assert "RR1" in found.found
    assert found.figures["alone"] > 1.5
    assert abs(found.figures["together"]) < 0.1


def test_a_site_that_ends_without_another_growing_is_no_merger() -> None:
    assert mergers(looked(series("A"), series("B", months=MONTHS[:12]))) is None


def test_real_missing_months_are_found(shared_data: Path) -> None:
    found = gaps(emergency(shared_data))
    assert found is not None
    assert found.count >= 1
    assert found.of > 4000


def test_missing_months_make_a_sum_too_small() -> None:
    kept = MONTHS.delete([10, 11, 12])
    frame = series("A", months=kept).assign(measure="starts", denominator=np.nan)
    found = gaps(looked(frame))
    assert found is not None
    assert found.count == 3
    assert found.figures["worst_share"] == pytest.approx(0.1)


def test_months_without_an_event_are_no_gap_where_events_are_rare() -> None:
    rare = {**RATE, "table": "contacts", "numerator": "sum(resolved)", "denominator": "count(resolved)"}
    assert gaps(looked(series("A", n=4, months=MONTHS.delete([5])), measures=[rare])) is None


def test_hang_ups_pull_the_mean_down() -> None:
    contacts = pd.DataFrame({"handle_seconds": [0.0] * 10 + [3.0] * 10 + [300.0] * 80, "csat": [4.0] * 100})
    found = hang_ups(Looked(engagement(), handled=handled(ibis.memtable(contacts))))
    assert found is not None
    assert (found.count, found.of) == (20, 100)
    assert found.figures["mean"] == pytest.approx(240.3)
    assert found.figures["without"] == pytest.approx(300)


def test_a_few_short_contacts_are_no_trap() -> None:
    contacts = pd.DataFrame({"handle_seconds": [0.0] * 4 + [300.0] * 996, "csat": [4.0] * 1000})
    assert hang_ups(Looked(engagement(), handled=handled(ibis.memtable(contacts)))) is None


def test_blank_scores_counted_as_nought_pull_the_mean_down() -> None:
    contacts = pd.DataFrame({"handle_seconds": [300.0] * 4, "csat": [4.0, 4.0, 0.0, None]})
    found = blank_scores(Looked(engagement(), handled=handled(ibis.memtable(contacts))))
    assert found is not None
    assert (found.count, found.of) == (1, 3)
    assert found.figures["without"] == 4


def test_contacts_without_times_or_scores_are_no_trap() -> None:
    contacts = pd.DataFrame({"handle_seconds": pd.Series([None], dtype="float64"), "csat": [None]})
    counted = handled(ibis.memtable(contacts.astype("float64")))
    assert find_traps(Looked(engagement(), handled=counted)) == []


def test_a_site_that_begins_late_and_low_is_a_start_up() -> None:
    new = MONTHS[8:]
    share = np.where(np.arange(len(new)) < 6, 0.4, 0.6)
    found = start_up(looked(series("A"), series("B"), series("New", share, months=new)))
    assert found is not None
    assert "New" in found.found
    assert found.figures["early"] == pytest.approx(40, abs=1.5)


def test_a_season_that_all_sites_share_is_no_start_up() -> None:
    season = 0.6 + 0.1 * np.sin(2 * np.pi * np.arange(30) / 12)
    parts = [series("A", season), series("B", season), series("New", season[8:], months=MONTHS[8:])]
    assert start_up(looked(*parts)) is None


def test_start_up_on_noise_alone_hardly_ever_speaks() -> None:
    rng, spoke = np.random.default_rng(7), 0
    for _ in range(60):
        noise = rng.normal(0, 0.03, (3, 30))
        parts = [series(name, 0.6 + noise[place]) for place, name in enumerate("AB")]
        spoke += start_up(looked(*parts, series("N", 0.6 + noise[2, 8:], months=MONTHS[8:]))) is not None
    assert spoke <= 2


def test_small_denominators_tell_how_far_chance_moves_a_point() -> None:
    found = small_denominators(looked(series("A", 0.5, n=16), series("B", n=400)))
    assert found is not None
    assert (found.count, found.of) == (30, 60)
    assert found.figures["swing"] == pytest.approx(24.5, abs=0.5)


def test_large_denominators_are_no_trap() -> None:
    assert small_denominators(looked(series("A"), series("B"))) is None


def test_clean_series_hold_no_trap() -> None:
    assert find_traps(looked(series("A"), series("B"), series("C"))) == []
