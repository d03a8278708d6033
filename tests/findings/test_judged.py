"""Causes that people judged: who agrees adds no evidence; who disagrees leaves the verdict open."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.findings.causes.judged import with_judgements
from reviewkit.findings.gaps.findings import cause_findings

DAY = pd.Timestamp("2025-09-01")


def causes(verdict: str = "supported") -> pd.DataFrame:
    row = {"gap_id": "2.1/gap/fcr", "cause": "training", "verdict": verdict, "statement": "It goes with it."}
    return pd.DataFrame([row | {"effect": 0.5, "p_value": 0.01, "n": 24, "raised": True, "test": "a test"}])


def said(*rows: tuple[str, str, str, object]) -> pd.DataFrame:
    names = ["decision", "role", "reason", "decided_on"]
    frame = pd.DataFrame(rows, columns=names).assign(finding_id="2.1/cause/fcr/training", fingerprint="")
    return frame.assign(decided_on=pd.to_datetime(frame["decided_on"]))


@pytest.mark.parametrize(
    ("verdict", "rows", "holds"),
    [
        ("supported", [("agreed", "Head", "", DAY)], "supported"),
        ("supported", [("overruled", "Head", "It was moved.", DAY)], "inconclusive"),
        ("contradicted", [("overruled", "Head", "We see it.", DAY)], "inconclusive"),
        ("untested", [("overruled", "Head", "We see it.", DAY)], "untested"),
        ("supported", [("overruled", "Head", "", DAY)], "supported"),  # no reason
        ("supported", [("overruled", "Head", "x", pd.NaT)], "supported"),  # no date
        ("supported", [("overruled", "Head", "x", DAY), ("draft", "Head", "", DAY)], "supported"),
    ],
)
def test_what_holds(verdict: str, rows: list[tuple[str, str, str, object]], holds: str) -> None:
    made = with_judgements(causes(verdict), said(*rows))
    assert (made["verdict"][0], made["computed"][0]) == (holds, verdict)


def test_it_is_told_and_the_figures_stay_those_of_the_test() -> None:
    before = cause_findings(with_judgements(causes(), said()), pd.DataFrame())[0]
    made = with_judgements(causes(), said(("overruled", "Head of IT", "It was moved.", DAY)))
    after = cause_findings(made, pd.DataFrame())[0]
    assert after.statement.endswith("The Head of IT judges otherwise (1 September 2025): It was moved.")
    assert after.id == before.id and after.fingerprint == before.fingerprint
