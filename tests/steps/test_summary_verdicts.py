"""The summary carries the verdict of step 2.1, and sends nobody away to look for it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd

from reviewkit.content import load_codebook
from reviewkit.findings.convergence.next_steps import next_step
from reviewkit.findings.convergence.topics import DataState
from reviewkit.steps.leadership_summary.limits import conclusions, targets_known
from reviewkit.steps.leadership_summary.tested import follows

ROW: dict[str, Any] = {
    "code": "training_gap",
    "name": "Training gap",
    "measure": "fcr",
    "measure_name": "Resolution",
    "site": "",
    "contract": "",
    "relationship": "agreement",
    "stance": "concern",
    "next_step": "Take this up: look for the cause of resolution in step 2.1.",
}
GAPS = pd.DataFrame(
    {
        "gap_id": ["g", "g/north"],
        "measure": "fcr",
        "name": "Resolution",
        "site": ["", "North"],
        "contract": "",
    }
)


def tried(**verdicts: tuple[str, str]) -> pd.DataFrame:
    rows = [
        {"gap_id": gap, "cause": cause, "name": cause.capitalize(), "verdict": verdict, "p_value": 0.01}
        for cause, (gap, verdict) in verdicts.items()
    ]
    return pd.DataFrame(rows, columns=["gap_id", "cause", "name", "verdict", "p_value"])


def earlier(causes: pd.DataFrame, gaps: pd.DataFrame = GAPS, **more: Any) -> Any:
    review = SimpleNamespace(codebook=load_codebook())
    held = causes[causes["verdict"].eq("supported")]
    return SimpleNamespace(gaps=gaps, tried=causes, causes=held, review=review, **more)


def test_agreement_carries_the_verdict_of_its_gap() -> None:
    told = follows(ROW, earlier(tried(training=("g", "supported"), systems=("g", "contradicted"))))
    assert told == "Tested for the gap in resolution: training goes with it."


def test_a_topics_own_cause_is_told_though_it_fails() -> None:
    assert "training does not" in follows(ROW, earlier(tried(training=("g", "contradicted"))))
    assert "training is not settled" in follows(ROW, earlier(tried(training=("g", "inconclusive"))))


def test_a_cause_supported_at_one_place_is_told_with_its_place() -> None:
    causes = pd.concat([tried(training=("g", "inconclusive")), tried(training=("g/north", "supported"))])
    assert "supported for one place: training at North" in follows(ROW, earlier(causes))


def test_no_gap_and_nothing_tested_are_said() -> None:
    assert "finds no gap" in follows(ROW, earlier(tried(training=("g", "supported")), GAPS.head(0)))
    assert "Nothing on file tests" in follows(ROW, earlier(tried(training=("g", "untested"))))


def test_the_reader_is_never_sent_to_the_step_that_has_the_verdict() -> None:
    for verdict in ("supported", "contradicted", "inconclusive", "untested"):
        assert "Take this up" not in follows(ROW, earlier(tried(training=("g", verdict))))
    assert follows({**ROW, "stance": "strength"}, earlier(tried())) == ROW["next_step"]


def test_dissonance_tells_what_the_tests_made_of_its_causes() -> None:
    entry, data = load_codebook().codes["training_gap"], DataState("fcr", "Resolution")
    proposed = next_step("dissonance", "training_gap", entry, data, "concern", "raised", ["training_gap"])
    assert "What would settle it" in proposed
    row = ROW | {"relationship": "dissonance", "next_step": proposed}
    told = follows(row, earlier(tried(training=("g", "contradicted"))))
    assert told.startswith("Look here first: ask where") and "What would settle it" not in told
    assert "there and then. Tested in step 2.1" in told and "training does not go with resolution" in told
    assert follows(row, earlier(tried())) == proposed


def themes(heard: int) -> pd.DataFrame:
    return pd.DataFrame({"kind": ["interview"], "units_total": [heard]})


def test_two_interviews_are_a_lead_and_no_pattern() -> None:
    both = {"has_numbers": True, "has_voices": True}
    assert "Only 2 interviews were held" in conclusions(earlier(tried(), themes=themes(2), **both))[0]
    assert conclusions(earlier(tried(), themes=themes(20), **both)) == []


def test_missing_targets_are_told() -> None:
    rows = pd.DataFrame({"name": ["Waits", "Calls"], "direction": "decrease", "target": [float("nan"), 5.0]})
    assert "No target is on file for waits" in targets_known(earlier(tried(), signals=rows))
    assert "for any measure" in targets_known(earlier(tried(), signals=rows.head(1)))
    assert targets_known(earlier(tried(), signals=rows.tail(1))) == ""
