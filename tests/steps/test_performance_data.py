"""Step 1.1 on the sample engagements: what it finds, and that every view can be shown."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reviewkit.present.view import MIME
from reviewkit.steps.local_knowledge_and_scope.opinion_blocks import series_to_draw
from reviewkit.steps.performance_data import PerformanceData
from reviewkit.steps.performance_data.blocks import drawn_first, worth_table
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


def opinions_of(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["measure", "site", "contract"])
    return frame.assign(
        name=frame["measure"], statement="It fell, by 3", gone=False, worth=1000.0, tone="concern"
    )


def test_what_a_change_of_one_contract_is_worth_is_not_told_of_all(emergency: PerformanceData) -> None:
    table = worth_table(opinions_of([("a", "", ""), ("a", "", "north_line")]), emergency.review.engagement)
    whole, parts = table.html().split("<details")
    assert whole.count("all together") == 1
    assert "north_line" in parts and "all together<" not in parts


def test_opinions_of_the_whole_are_drawn_first() -> None:
    whole = pd.DataFrame(
        {"measure": ["x", "y", "z"], "promoted": False, "contract_kpi": [False, True, False]}
    )
    told = opinions_of([("z", "", ""), ("x", "North", "")])
    assert drawn_first(whole, told) == ["z", "y", "x"]


def test_the_most_important_opinion_is_drawn_even_where_local_knowledge_names_it_too() -> None:
    told = opinions_of([(name, "", "") for name in "abcdef"]).assign(gone=False, knowledge="")
    notes = pd.DataFrame({"measure": ["a", None, "q"], "site": None, "text": "Something changed"})
    drawn = [measure for measure, *_ in series_to_draw(told, notes, {})]
    assert drawn == [*"abcdef", "q"]


def test_sites_that_do_not_differ_are_told_on_demand(emergency: PerformanceData) -> None:
    shown = emergency.sites()._repr_mimebundle_()[MIME]["html"][0]
    for one in emergency.findings:
        if one.kind == "sites" and not one.figures["outliers"]:
            assert shown.index(f'data-finding="{one.id}"') > shown.index("rk-more")
