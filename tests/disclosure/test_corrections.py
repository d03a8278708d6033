"""A recommendation that rests on a theme somebody has put right says so until the correction is answered."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.disclosure.corrections import OPEN, with_corrections

PLAN = pd.DataFrame({"gap_ids": ["g1, g2", "g3"], "why": ["Because.", "So."], "flag": ["noted", ""]})
GAPS = pd.DataFrame({"gap_id": ["g1", "g2", "g3"], "code": ["culture", "morale,strategy", ""]})


@pytest.mark.parametrize("about", ["morale", "1.4/theme/morale", "heard/heard_concern/strategy"])
def test_open_correction_flags_what_rests_on_the_theme(about: str) -> None:
    found = with_corrections(PLAN, GAPS, pd.DataFrame({"about": [about], "status": ["open"]}))
    assert found["flag"].tolist() == [f"noted {OPEN}", ""] and found["why"].tolist() == [
        f"Because. {OPEN}",
        "So.",
    ]


@pytest.mark.parametrize("status", ["accepted", "rejected"])
def test_answered_correction_flags_nothing(status: str) -> None:
    found = with_corrections(PLAN, GAPS, pd.DataFrame({"about": ["morale"], "status": [status]}))
    assert found.equals(PLAN)


def test_without_corrections_nothing_changes() -> None:
    none = pd.DataFrame({"about": [], "status": []}, dtype="str")
    assert with_corrections(PLAN, GAPS, none)["flag"].tolist() == ["noted", ""]
