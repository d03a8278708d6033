"""Step 2.2 on flow: what it says and shows of the sample engagements, and of a log cut by closing date."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reviewkit.model import Engagement
from reviewkit.performance.traps.hangups import hang_ups
from reviewkit.performance.traps.trap import Looked
from reviewkit.present.flow_charts import flow_chart
from reviewkit.present.view import MIME
from reviewkit.steps.customer_journey.flow_figures import FlowFigures, time_to
from reviewkit.steps.customer_journey.step import CustomerJourney, flow_blocks, flow_findings
from reviewkit.steps.workbench import open_review

KNOWN = {"id": "rate", "name": "Starts", "unit": "percent", "direction": "increase", "table": "kpis",
         "numerator": "sum(numerator)", "denominator": "sum(denominator)", "contract_kpi": True}  # fmt: skip


@pytest.fixture(scope="module")
def employment(root: Path) -> CustomerJourney:
    return CustomerJourney(open_review(root / "params" / "employment_services.yaml"))


def said(step: CustomerJourney, kind: str) -> list[str]:
    return [finding.statement for finding in step.findings if finding.kind == kind]


def shown(step: CustomerJourney, name: str) -> str:
    bundle = getattr(step, name)()._repr_mimebundle_()[MIME]
    return str(bundle["html"][bundle["editions"]["leadership"]])


def test_stay_counts_open_cases_and_names_what_closed_ones_alone_would_show(
    employment: CustomerJourney,
) -> None:
    row = employment.flow.stays.iloc[0]
    assert row["median"] > row["naive"]
    assert f"{row['median']:,.0f} days" in said(employment, "stay")[0]
    assert f"{row['naive']:,.0f} days" in said(employment, "stay")[0]


def test_stay_is_shown_for_the_whole_each_contract_and_each_site(employment: CustomerJourney) -> None:
    stays = employment.flow.stays
    assert (stays["site"].ne("").sum(), stays["contract"].ne("").sum()) == (6, 2)
    assert stays.loc[stays["site"].ne(""), "customers"].sum() == stays["customers"].iloc[0]


def test_flow_of_contracts_adds_up_to_the_whole(employment: CustomerJourney) -> None:
    flow = employment.flow
    parts = [flow.of(contract=name)["on_flow"] for name in ("work_start", "health_route")]
    assert sum(parts).tolist() == flow.months["on_flow"].tolist()


def test_the_chart_is_small_and_has_words_for_those_who_do_not_see_it(employment: CustomerJourney) -> None:
    html = shown(employment, "on_and_off")
    assert len(html) < 40_000
    assert "Line of the caseload over bars" in html
    assert "Little" in html


def test_job_starts_are_turned_into_customers_coming_on(employment: CustomerJourney) -> None:
    rows = employment.flow.activity(employment.ramps, employment.points)
    assert {row["measure"] for row in rows} == {"job_starts"}
    for row in rows:
        assert row["low"] < row["needed"] < row["high"]
        assert row["last_start"] < row["ends"]
    assert "had time to get there" in said(employment, "activity")[0]


def test_a_measure_that_matches_one_contract_by_accident_is_not_taken_for_journeys_ends(root: Path) -> None:
    step = CustomerJourney(open_review(root / "params" / "contact_centre.yaml"))
    assert step.flow.activity(step.ramps, step.points) == []
    assert "no level needed can be turned into customers" in shown(step, "ramp_up")


def test_ramp_up_says_whether_anybody_has_sustained_the_level(employment: CustomerJourney) -> None:
    short = [row for row in employment.ramps if row["short"]]
    assert short
    for row in short:
        assert ("been sustained" in row["statement"]) or ("out of reach" in row["statement"])
        assert row["in_3"] != row["needed_text"]


def test_clean_samples_hold_no_trap_in_the_log(employment: CustomerJourney) -> None:
    assert employment.flow.traps == []
    assert said(employment, "caveat") == []


def test_contact_time_is_shown_by_contract_with_intervals(employment: CustomerJourney) -> None:
    text = re.sub("<[^>]+>", " ", shown(employment, "contact_time"))
    assert "Health Route" in text
    assert "95% interval" in text


def test_a_short_log_still_draws() -> None:
    months = pd.DataFrame({"period": pd.to_datetime(["2025-01-01"]), "on_flow": [3], "off_flow": [0],
                           "throughput": [0], "caseload": [3], "settled": [False]})  # fmt: skip
    assert (
        "log is too short" in flow_chart(months, title=flow_findings.caseload_title(months), key="k").html()
    )


def read_months(caseload: list[int], came: int) -> pd.DataFrame:
    months = pd.date_range("2024-01-01", periods=len(caseload), freq="MS")
    return pd.DataFrame({"period": months, "on_flow": came, "off_flow": came, "throughput": 0,
                         "caseload": caseload, "settled": True})  # fmt: skip


def test_the_caseload_is_told_with_its_months() -> None:
    title = flow_findings.caseload_title(read_months([318, *[300] * 12, 377], 190))
    assert title == (
        "The caseload went from 318 (January 2024) to 377 (February 2025); "
        "in the last 12 of these months about as many came on as left"
    )
    assert flow_findings.caseload_title(read_months([0, 0], 0)).endswith("; nobody came on or left")


def test_customers_needed_follow_from_the_last_day_a_start_can_count(employment: CustomerJourney) -> None:
    first = said(employment, "activity")[0]
    assert first.index("had time to get there") < first.index("cannot count: until then about")


def test_figures_of_flow_name_their_months(employment: CustomerJourney) -> None:
    assert "A check, September 2023 to May 2025: " in shown(employment, "on_and_off")
    assert "that can be read, June 2024 to May 2025" in shown(employment, "on_and_off")
    assert said(employment, "readiness")[0].startswith(f"{employment.flow.contact_period}: contact time goes")
    assert employment.flow.contact_period == "September 2023 to August 2025"


def test_units_of_too_few_customers_have_no_stay_and_are_counted() -> None:
    stays = pd.DataFrame({"site": ["", "A"], "contract": "", "customers": [40, 4], "open": 1, "q25": 1.0,
                          "median": 2.0, "median_lower": 1.0, "median_upper": np.nan, "q75": 3.0,
                          "naive": 2.0, "still_share": 0.2, "still_lower": 0.1,
                          "still_upper": 0.3})  # fmt: skip

    class Figures:
        counts = pd.DataFrame()

    figures = Figures()
    figures.stays = stays  # type: ignore[attr-defined]
    engagement = Engagement(id="e", name="E", client="E", purpose="P", data_as_of="2025-06-30", data=".")
    table = flow_blocks.stay_table(figures, engagement)  # type: ignore[arg-type]
    assert table is not None
    assert "1 row on fewer than 10 customers left out" in table.html()
    assert '<th scope="row">A</th>' not in table.html()


def ramp_points(direction: str, now: float) -> tuple[pd.DataFrame, Engagement]:
    engagement = Engagement.model_validate({
        "id": "e", "name": "E", "client": "E", "purpose": "P", "data_as_of": "2025-06-30", "data": ".",
        "measures": [{**KNOWN, "direction": direction}],
        "contracts": [{"id": "c", "name": "C", "purpose": "P", "ends": dt.date(2026, 6, 30)}],
    })  # fmt: skip
    months = pd.date_range("2024-07-01", periods=12, freq="MS")
    points = pd.DataFrame({"measure": "rate", "site": "", "contract": "", "period": months, "value": now})
    return points.assign(numerator=now, denominator=100.0, target=50.0, cadence="month"), engagement


def test_ramps_of_a_measure_to_be_lowered_ask_for_less() -> None:
    row = flow_findings.ramps(*ramp_points("decrease", 60.0))[0]
    assert row["short"]
    assert "40.0% or less" in row["statement"]
    assert "Nothing as good has been sustained" in row["statement"]


def test_a_contract_that_is_met_has_no_later_starts() -> None:
    row = flow_findings.ramps(*ramp_points("increase", 60.0))[0]
    assert not row["short"]
    assert row["line"] == "–"


def test_a_trap_becomes_a_finding_with_figures_and_evidence() -> None:
    row = {"timed": 100, "none": 10, "short": 0, "seconds": 27000.0, "long_seconds": 27000.0}
    engagement = Engagement(id="e", name="E", client="E", purpose="P", data_as_of="2025-06-30", data=".")
    trap = hang_ups(Looked(engagement, handled=pd.DataFrame([row])))
    assert trap is not None
    finding = flow_findings.trap_finding("2.2", trap)
    assert (finding.id, finding.kind) == ("2.2/caveat/hang_ups", "caveat")
    assert finding.figures["without"] == 300
    assert finding.evidence[0].rows == 100


def test_figures_of_an_engagement_without_a_log_are_empty(root: Path) -> None:
    flow = FlowFigures(open_review(root / "params" / "emergency_care.yaml"))
    assert flow.months.empty
    assert flow.stays.empty
    assert flow.check is None
    assert flow.readiness.empty
    assert flow.traps == []


def test_time_to_leaves_out_months_too_young() -> None:
    at = pd.to_datetime(["2025-01-01", "2025-02-10", "2025-03-01", "2025-03-05"])
    log = pd.DataFrame({"customer": [1, 1, 2, 2], "at": at})
    assert time_to(log, dt.date(2025, 3, 10))["comparable"].tolist() == [True, False]
