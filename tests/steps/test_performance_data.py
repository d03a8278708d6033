"""Step 1.1 on the sample engagements: what it finds, and that every view can be shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.present.view import MIME
from reviewkit.steps.performance_data import PerformanceData
from reviewkit.steps.workbench import open_review

VIEWS = [
    "bottom_line",
    "kpis",
    "contracts",
    "charts",
    "targets",
    "sites",
    "sites_over_time",
    "revenue_and_cost",
]
VIEWS += ["opinions", "withheld", "caveats", "money_at_stake"]


@pytest.fixture(scope="module")
def emergency(root: Path) -> PerformanceData:
    return PerformanceData(open_review(root / "params" / "emergency_care.yaml"))


@pytest.mark.parametrize("name", VIEWS)
def test_views_of_emergency_care(emergency: PerformanceData, name: str) -> None:
    shown = getattr(emergency, name)()._repr_mimebundle_()[MIME]
    assert all(len(html) < 150_000 for html in shown["html"])
    assert "team" in shown["editions"]


def test_analyse_whole_misses_its_target(emergency: PerformanceData) -> None:
    signals = emergency.tables["signals"].set_index(["measure", "site"])
    assert signals.loc[("within_four_hours", ""), "assurance"] == "fails"
    assert "95.0%" in emergency.answer("leadership")[0]


def test_sites_over_dispersion_flags_hardly_any(emergency: PerformanceData) -> None:
    compared = emergency.tables["site_comparison"].query("measure == 'within_four_hours'")
    assert compared["method"].unique().tolist() == ["funnel"]
    assert compared["outlier"].sum() <= 1
    assert compared["plain_outlier"].sum() > 100


def test_caveats_name_mergers(emergency: PerformanceData) -> None:
    said = " ".join(finding.statement for finding in emergency.findings if finding.kind == "caveat")
    assert "RRK" in said
    assert "RR1" in said


def test_opinions_are_few_enough_to_discuss(emergency: PerformanceData) -> None:
    assert 0 < len(emergency.tables["opinions"]) <= 20


def test_findings_have_evidence(emergency: PerformanceData) -> None:
    assert all(finding.evidence and finding.evidence[0].source for finding in emergency.findings)
