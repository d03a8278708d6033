"""What step 1.1 says of sites that are left out, and which it shows over time."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reviewkit.steps.performance_data import PerformanceData
from reviewkit.steps.performance_data.site_blocks import not_compared, site_courses, sites_compared
from reviewkit.steps.performance_data.site_findings import left_words, site_findings
from reviewkit.steps.workbench import open_review


@pytest.fixture(scope="module")
def services(root: Path) -> PerformanceData:
    return PerformanceData(open_review(root / "params" / "employment_services.yaml"))


def test_left_words_count_and_name() -> None:
    left = pd.DataFrame(
        [("m", "A", "ended"), ("m", "B", "ended"), ("m", "C", "empty"), ("m", "D", "exceeds")],
        columns=["measure", "site", "why"],
    )
    assert left_words(left, "site") == (
        " Left out: 2 sites, no longer reporting (A and B); 1 site, nothing to divide by (C). Compared by "
        "level from period to period, not as a share: more is counted than it is counted out of at 1 "
        "site (D)."
    )
    assert left_words(left.iloc[:0], "site") == ""


def test_site_findings_tell_who_is_left_out(services: PerformanceData) -> None:
    comparison = services.tables["site_comparison"].copy()
    name = str(comparison["measure"].iloc[0])
    comparison.attrs = {"left_out": [{"measure": name, "site": "Oldtown", "why": "ended"}]}
    first, *others = site_findings(comparison, services.review.engagement)
    assert "1 delivery site, no longer reporting (Oldtown)" in first.statement
    assert first.figures["left_out"] == 1
    assert all("Left out" not in finding.statement for finding in others)


def test_measures_that_are_sums_are_named_as_not_compared(services: PerformanceData) -> None:
    comparison, engagement = services.tables["site_comparison"], services.review.engagement
    assert "Referrals and Revenue (a sum, which depends on size)" in not_compared(comparison, engagement)[0]
    empty = comparison.iloc[:0]
    empty.attrs = {"left_out": [{"measure": "referrals", "site": "", "why": "one"}]}
    assert "fewer than two to compare" in str(sites_compared(empty, [], engagement, "team").html())


def test_fewer_than_ten_sites_are_shown_over_time_all_of_them(services: PerformanceData) -> None:
    comparison, engagement = services.tables["site_comparison"], services.review.engagement
    chart = site_courses(comparison, services.points, engagement)[0]
    assert "6 delivery sites" in chart.title
    html = str(chart.html())
    assert all(site in html for site in comparison["site"].unique())
    other = str(comparison["measure"].iloc[-1])
    named = site_courses(comparison, services.points, engagement, other)[0]
    assert named.title.startswith(engagement.measure(other).name)


def test_ten_sites_or_more_are_a_funnel_and_not_shown_over_time(services: PerformanceData) -> None:
    rows = services.tables["site_comparison"].head(1)
    many = pd.concat([rows.assign(site=f"S{n}") for n in range(12)])
    assert site_courses(many, services.points, services.review.engagement) == []
