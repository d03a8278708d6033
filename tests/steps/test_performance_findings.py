"""What step 1.1 says of series without sites."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import Engagement
from reviewkit.steps.performance_data.findings import caveat_findings

REVIEW = Engagement(id="e", name="E", client="E", purpose="P", data_as_of="2025-06-30", data=".")


def panel(site: str) -> pd.DataFrame:
    months = pd.to_datetime(["2025-01-01", "2025-02-01", "2025-04-01"])
    frame = pd.DataFrame({"period": months, "measure": "m", "site": site, "contract": ""})
    return frame.assign(numerator=1.0, denominator=40.0, value=2.5)


def test_caveat_findings_without_sites_are_none() -> None:
    assert caveat_findings(panel(""), REVIEW) == []


def test_caveat_findings_name_the_site_with_a_missing_period() -> None:
    said = [finding.statement for finding in caveat_findings(panel("North"), REVIEW)]
    assert said[0].startswith(
        "1 point is missing between the first and last of 1 of 1 series by site, at North"
    )
