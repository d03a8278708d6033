"""A gap only people describe says what step 1.5 found of the measures, and contradicts it nowhere."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.findings import described_gaps
from reviewkit.findings.gaps.beside import beside_measures

BOOK = type(
    "Book", (), {"codes": {"handoffs": type("Code", (), {"name": "Hand-offs", "heading": "resources"})}}
)
THEMES = pd.DataFrame(
    [
        {
            "code": "handoffs",
            "stance": "concern",
            "kind": "interview",
            "units": 6,
            "units_total": 14,
            "spontaneous": 5,
        }
    ]
)


def row(relationship: str, meaning: str, measure: str = "Referrals who start") -> pd.DataFrame:
    verdict = {"code": "handoffs", "measure": "starts", "measure_name": measure, "leading": True}
    return pd.DataFrame([verdict | {"relationship": relationship, "meaning": f"Hand-offs: {meaning}"}])


@pytest.mark.parametrize(
    ("relationship", "meaning", "told"),
    [
        ("dissonance", "people see a concern where x.", "while referrals who start show the opposite"),
        (
            "silence_in_data",
            "people speak of it, while referrals who start show nothing out of the ordinary.",
            "while referrals who start show nothing out of the ordinary",
        ),
        ("silence_in_voices", "a signal.", "too few to bear out the change in referrals who start"),
    ],
)
def test_described_gap_tells_the_verdict_of_its_topic(relationship: str, meaning: str, told: str) -> None:
    beside = beside_measures(row(relationship, meaning))
    text = described_gaps(THEMES, BOOK, beside=beside)["statement"][0]
    assert text.endswith(f"{told}.")
    assert "no measure bears it out" not in text


def test_described_gap_without_any_measure() -> None:
    beside = beside_measures(row("silence_in_data", "people speak of it, and nothing.", ""))
    assert beside == {"handoffs": "and no measure speaks to it"}


def test_a_row_that_does_not_lead_says_nothing() -> None:
    assert beside_measures(row("dissonance", "x.").assign(leading=False)) == {}
