"""A gap only people describe says what step 1.5 found of the measures, and contradicts it nowhere."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from reviewkit.findings import described_gaps
from reviewkit.findings.convergence.topics import DataState, VoiceState
from reviewkit.findings.convergence.words import meaning, measure_does
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


VOICE = VoiceState("handoffs", concern=6, total=14)
STARTS = DataState("starts", "Referrals who start")
WORSE = DataState("starts", "Referrals who start", tone="concern", size=3.0, promoted=True)
AT_ELM = replace(WORSE, site="Elm")
ELSEWHERE = replace(VOICE, sites=(("Elm", 1, 7), ("Oak", 5, 7)))


def row(told: str) -> pd.DataFrame:
    return pd.DataFrame([{"code": "handoffs", "measure_does": told, "leading": True}])


@pytest.mark.parametrize(
    ("verdict", "voice", "data", "told"),
    [
        ("dissonance", VOICE, WORSE, "while referrals who start show the opposite"),
        (
            "dissonance",
            VOICE,
            replace(STARTS, assurance="passes"),
            "while referrals who start keep meeting their target",
        ),
        ("silence_in_data", VOICE, STARTS, "while referrals who start show nothing out of the ordinary"),
        ("silence_in_data", ELSEWHERE, AT_ELM, "but not above all where referrals who start changed"),
        ("silence_in_data", VOICE, WORSE, "too few to weigh against what referrals who start show"),
        ("silence_in_data", VOICE, DataState(), "and no measure speaks to it"),
        ("silence_in_voices", VOICE, WORSE, "too few to bear out the change in referrals who start"),
    ],
)
def test_described_gap_tells_the_verdict_of_its_topic(
    verdict: str, voice: VoiceState, data: DataState, told: str
) -> None:
    found = beside_measures(row(measure_does(verdict, voice, data)))
    text = described_gaps(THEMES, BOOK, beside=found)["statement"][0]
    assert text.endswith(f"{told}.")
    assert "no measure bears it out" not in text


@pytest.mark.parametrize(("voice", "data"), [(VOICE, STARTS), (ELSEWHERE, AT_ELM)])
def test_the_matrix_says_the_same_of_the_measure(voice: VoiceState, data: DataState) -> None:
    assert measure_does("silence_in_data", voice, data) in meaning(
        "silence_in_data", "Hand-offs", voice, data
    )


def test_where_both_go_together_nothing_stands_beside() -> None:
    assert measure_does("agreement", VOICE, WORSE) == "" and beside_measures(row("")) == {}


def test_a_row_that_does_not_lead_says_nothing() -> None:
    assert beside_measures(row("x").assign(leading=False)) == {}
