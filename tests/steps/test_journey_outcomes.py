"""What step 2.2 says of sites that keep to the journey: as sure as so many sites allow."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reviewkit.model import Engagement
from reviewkit.steps.customer_journey.outcomes import outcome_findings

ENGAGEMENT = Engagement(id="e", name="E", client="C", purpose="P", data_as_of="2025-06-30", data=".")
NONE = pd.DataFrame(
    {"case": [], "site": [], "contract": [], "furthest": [], "missing": pd.Series(dtype="str")}
)


def said(conformance: np.ndarray, attainment: np.ndarray) -> list[str]:
    sites = [f"site {place}" for place in range(len(conformance))]
    table = pd.DataFrame(
        {"site": sites, "contract": "", "conformance": conformance, "attainment": attainment}
    )
    found = outcome_findings(table, NONE, pd.DataFrame({"customer": []}), ENGAGEMENT)
    return [finding.statement for finding in found]


def test_six_sites_that_hardly_agree_show_nothing() -> None:
    text = said(np.array([1, 2, 3, 4, 5, 6.0]), np.array([3, 1, 2, 6, 5, 4.0]))[0]
    assert text.startswith(
        "Whether sites that follow the journey more reach more of their contract cannot be"
    )
    assert "95% interval" in text


@pytest.mark.parametrize(("slope", "way"), [(1, "more"), (-1, "less")])
def test_many_sites_that_agree_are_told_as_an_association(slope: int, way: str) -> None:
    kept = np.arange(30.0)
    text = said(kept, slope * kept + np.tile([0.0, 3.0, -3.0], 10))[0]
    assert f"reach {way} of their contract" in text
    assert "may differ in other ways" in text


def test_sites_that_all_reach_the_same_tell_nothing() -> None:
    assert said(np.arange(6.0), np.full(6, 0.9)) == []
