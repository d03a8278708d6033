"""A stated change of the process: limits begin anew, and what of a signal remains."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reviewkit.findings.opinions.new_limits import signals_since, stated_changes, what_remains
from reviewkit.findings.opinions.standing import standing_signals
from reviewkit.model import Engagement
from reviewkit.performance import chart_points, signals

MONTHS = pd.date_range("2022-01-01", periods=36, freq="MS")
NOISE = np.random.default_rng(7).normal(0, 1, 36)
CHANGED = pd.Timestamp("2023-01-01")
DECISIONS = pd.DataFrame(columns=["opinion_id", "status", "role", "reason", "decided_on"])


@pytest.fixture(scope="module")
def engagement() -> Engagement:
    wait = {"id": "wait", "name": "Wait", "unit": "days", "direction": "decrease", "table": "kpis"}
    wait |= {"numerator": "sum(numerator)", "minimum_effect": 2}
    known = {
        "id": "demo",
        "name": "D",
        "client": "D",
        "purpose": "P",
        "data_as_of": "2024-12-31",
        "data": ".",
    }
    return Engagement.model_validate(known | {"measures": [wait]})


def panel(later: float, site: str = "") -> pd.DataFrame:
    """A wait of 20 days that counts 10 more from the new clock on, and ``later`` more two years in."""
    level = 20 + NOISE + 10 * (MONTHS >= CHANGED) + later * (pd.Timestamp("2024-01-01") <= MONTHS)
    frame = pd.DataFrame({"measure": "wait", "site": site, "contract": "", "period": MONTHS, "value": level})
    return frame.assign(numerator=level, denominator=1.0, cadence="month", missing=False)


def notes(
    site: str | None = None, measure: str | None = "wait", effect: str = "process_changed"
) -> pd.DataFrame:
    row = {"at": CHANGED, "measure": measure, "site": site, "text": "New clock", "effect": effect}
    return pd.DataFrame([row | {"role": "Head of IT"}])


TARGETS = pd.DataFrame(columns=["measure", "site", "contract", "valid_from", "target"])


def judged(engagement: Engagement, later: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    points = panel(later)
    before = signals(chart_points(points, TARGETS, engagement), engagement)
    return before, signals_since(points, TARGETS, engagement, notes())


def test_new_limits_explain_a_change_of_counting_away(engagement: Engagement) -> None:
    before, since = judged(engagement, later=0)
    assert before["promoted"].tolist() == [True]
    assert what_remains(since.iloc[0].to_dict(), engagement)[0] == "no"
    standing = standing_signals(before, notes(), DECISIONS, new_limits=since)
    assert standing["promoted"].tolist() == [False]
    assert "New clock" in standing["reason"][0]


def test_new_limits_keep_what_changed_since(engagement: Engagement) -> None:
    before, since = judged(engagement, later=8)
    remains, words = what_remains(since.iloc[0].to_dict(), engagement)
    assert remains == "yes" and "since January 2024 remains" in words
    standing = standing_signals(before, notes(), DECISIONS, new_limits=since)
    assert standing["promoted"].tolist() == [True]
    # The size is that of the later change alone, not of both together.
    assert standing["effect"][0] == pytest.approx(8, abs=1.5)
    assert standing.dtypes.equals(before.dtypes)


def test_new_limits_people_who_confirmed_the_change_keep_it(engagement: Engagement) -> None:
    before, since = judged(engagement, later=0)
    said = {"opinion_id": "1.1/opinion/wait", "status": "confirmed", "role": "Head", "reason": "It is real."}
    decisions = pd.DataFrame([said | {"decided_on": pd.Timestamp("2025-01-10")}])
    assert standing_signals(before, notes(), decisions, new_limits=since)["promoted"].tolist() == [True]


@pytest.mark.parametrize("note", [notes(effect="explains"), notes(measure=None), notes(site="Quay")])
def test_stated_changes_only_of_the_process_of_this_measure_and_place(note: pd.DataFrame) -> None:
    assert stated_changes(panel(0), note).empty


def test_stated_changes_of_a_site_bear_on_it_alone() -> None:
    both = pd.concat([panel(0), panel(0, "Quay")])
    assert stated_changes(both, notes(site="Quay"))["site"].tolist() == ["Quay"]


@pytest.mark.parametrize("day", ["2021-12-01", "2022-01-01", "2025-01-01"])
def test_stated_changes_outside_the_series_are_none(day: str) -> None:
    assert stated_changes(panel(0), notes().assign(at=pd.Timestamp(day))).empty


def test_new_limits_too_soon_after_the_change(engagement: Engagement) -> None:
    since = signals_since(panel(0), TARGETS, engagement, notes().assign(at=pd.Timestamp("2024-09-01")))
    assert since["enough"].tolist() == [False]
    assert what_remains(since.iloc[0].to_dict(), engagement) == (
        "too_soon",
        "Since 1 September 2024 there are only 4 points, too few for limits of their own",
    )
