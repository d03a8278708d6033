"""Gaps: what counts as one, what it costs, what must not be added."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reviewkit.content import load_codebook
from reviewkit.findings import current_level, described_gaps, measured_gaps, raised_by, total_cost
from reviewkit.findings.opinions.standing import standing_signals
from reviewkit.model import Engagement


@pytest.fixture
def engagement() -> Engagement:
    base = {
        "unit": "percent",
        "direction": "increase",
        "table": "kpis",
        "numerator": "sum(numerator)",
        "denominator": "sum(denominator)",
        "minimum_effect": 2,
        "value_per_unit": 1000,
    }
    return Engagement.model_validate(
        {
            "id": "demo",
            "name": "D",
            "client": "D",
            "purpose": "P",
            "data_as_of": "2025-06-30",
            "data": ".",
            "measures": [
                base | {"id": "first_contact_resolution", "name": "Resolution"},
                base | {"id": "repeat_contacts", "name": "Repeats", "direction": "decrease"},
            ],
        }
    )


def signal(measure: str = "first_contact_resolution", **changes: object) -> dict[str, object]:
    row = {
        "measure": measure,
        "site": "",
        "contract": "",
        "n": 24,
        "mean": 62.0,
        "lower": 59.0,
        "upper": 65.0,
        "target": 75.0,
        "variation": "common_cause",
        "promoted": False,
        "effect": float("nan"),
        "since": pd.NaT,
        "assurance": "",
        "reason": "",
    }
    return row | changes


def test_measured_gaps_short_of_target(engagement: Engagement) -> None:
    row = measured_gaps(pd.DataFrame([signal()]), engagement).iloc[0]
    assert (row["gap"], row["cost_per_year"]) == (13.0, 13000.0)
    assert row["lower"] < 13.0 < row["upper"]


@pytest.mark.parametrize(
    "changes", [{"mean": 80.0}, {"mean": 74.0}, {"lower": 20.0, "upper": 104.0, "mean": 70.0}]
)
def test_measured_gaps_none_where_met_small_or_uncertain(
    engagement: Engagement, changes: dict[str, object]
) -> None:
    assert measured_gaps(pd.DataFrame([signal(**changes)]), engagement).empty


def test_measured_gaps_without_target_against_own_earlier_level(engagement: Engagement) -> None:
    worse = signal(
        target=float("nan"), promoted=True, variation="concern", effect=-9.0, since=pd.Timestamp("2025-01-01")
    )
    row = measured_gaps(pd.DataFrame([worse]), engagement).iloc[0]
    assert (row["basis"], row["target"], row["gap"]) == ("earlier level", 71.0, 9.0)


def test_measured_gaps_overlapping_costs_are_not_added(engagement: Engagement) -> None:
    rows = [signal(), signal("repeat_contacts", mean=20.0, lower=19.0, upper=21.0, target=14.0)]
    table = measured_gaps(pd.DataFrame(rows), engagement)
    assert table["overlaps"].ne("").sum() == 1
    assert total_cost(table) == 13000.0


def test_measured_gaps_changed_counting_is_not_valued(engagement: Engagement) -> None:
    notes = pd.DataFrame(
        {
            "at": pd.to_datetime(["2025-01-01"]),
            "measure": ["first_contact_resolution"],
            "site": [None],
            "text": ["New rule."],
            "effect": ["process_changed"],
        }
    )
    row = measured_gaps(pd.DataFrame([signal()]), engagement, annotations=notes).iloc[0]
    assert np.isnan(row["cost_per_year"]) and "New rule." in row["statement"]


def test_current_level_ignores_points_before_the_change() -> None:
    days = pd.Series(pd.date_range("2023-07-01", periods=24, freq="MS"))
    values = pd.Series([70.0, 71.0] * 8 + [60.0, 61.0] * 4)
    assert current_level(days, values, since=days[16]).mean == 60.5


def test_standing_signals_withdrawn_opinion_is_not_promoted() -> None:
    rows = pd.DataFrame([signal(promoted=True, since=pd.Timestamp("2025-01-01"))])
    said = pd.DataFrame(
        {
            "opinion_id": ["1.1/opinion/first_contact_resolution"],
            "status": ["withdrawn"],
            "role": ["Head"],
            "reason": ["Artefact"],
            "decided_on": [pd.NaT],
        }
    )
    notes = pd.DataFrame(columns=["at", "measure", "site", "text", "effect"])
    assert not standing_signals(rows, notes, said)["promoted"].any()
    assert rows["promoted"].all()


def test_standing_signals_confirmed_opinion_outlives_a_changed_process() -> None:
    rows = pd.DataFrame([signal(promoted=True, since=pd.Timestamp("2025-01-01"))])
    said = pd.DataFrame(
        {
            "opinion_id": ["1.1/opinion/first_contact_resolution"],
            "status": ["confirmed"],
            "role": ["Head"],
            "reason": ["We changed the work"],
            "decided_on": [pd.NaT],
        }
    )
    note = {"at": pd.Timestamp("2025-01-01"), "measure": "first_contact_resolution", "site": None}
    notes = pd.DataFrame([note | {"text": "New hand-over", "effect": "process_changed"}])
    assert standing_signals(rows, notes, said)["promoted"].all()
    assert not standing_signals(rows, notes, said.iloc[:0])["promoted"].any()


def test_described_gaps_leave_out_what_a_measure_bears_out() -> None:
    said = pd.DataFrame(
        [
            {
                "code": code,
                "stance": "concern",
                "kind": "interview",
                "units": 6,
                "units_total": 14,
                "spontaneous": 5,
            }
            for code in ("morale", "training_gap")
        ]
    )
    assert described_gaps(said, load_codebook(), ["training_gap"])["code"].tolist() == ["morale"]


def test_raised_by_never_names_a_small_department() -> None:
    said = pd.DataFrame(
        {"code": ["morale"], "stance": ["concern"], "department": ["Legal"], "on_record": [True]}
    )
    people = pd.DataFrame({"department": ["Service", "Legal"], "headcount": [40, 3]})
    assert raised_by(said, people, 5)["morale"] == ()


def test_measured_gaps_speak_of_the_measures_own_period(engagement: Engagement) -> None:
    monthly = [measure.model_copy(update={"period": "month"}) for measure in engagement.measures]
    weekly = engagement.model_copy(update={"period": "week", "measures": tuple(monthly)})
    since = pd.Timestamp("2025-01-01")
    rows = pd.DataFrame([signal(promoted=True, variation="concern", effect=-8.0, since=since)])
    assert "worse since January 2025" in measured_gaps(rows, weekly)["statement"][0]
