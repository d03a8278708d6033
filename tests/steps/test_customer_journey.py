"""Step 2.2: journeys compared like with like."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import ibis
import pandas as pd
import pytest

from reviewkit.performance import flow
from reviewkit.present.view import MIME
from reviewkit.steps.customer_journey import CustomerJourney, blocks, clarity, figures, hands
from reviewkit.steps.customer_journey.cases import taken
from reviewkit.steps.customer_journey.outcomes import outcome_findings
from reviewkit.steps.workbench import open_review

VIEWS = ["bottom_line", "defined", "variants", "consistency", "conformance", "outcomes_beside", "on_and_off"]
VIEWS += ["durations", "contact_time", "ramp_up", "contracts_understood", "walkthroughs", "portfolio"]
VIEWS += ["handed_and_redone"]


@pytest.fixture(scope="module")
def employment(root: Path) -> CustomerJourney:
    return CustomerJourney(open_review(root / "params" / "employment_services.yaml"))


@pytest.mark.parametrize("name", VIEWS)
def test_views_of_employment_services(employment: CustomerJourney, name: str) -> None:
    assert "leadership" in getattr(employment, name)()._repr_mimebundle_()[MIME]["editions"]


def test_consistency_table_has_no_missing_keys(employment: CustomerJourney) -> None:
    table = employment.tables["journey_consistency"]
    assert table[["site", "contract"]].notna().all().all()
    assert table["index"].dropna().between(0, 1).all()


def test_past_keeps_only_those_who_got_as_far() -> None:
    judged = pd.DataFrame({"contract": "all", "furthest": [0, 1, 2]})
    assert figures.past(judged, "b", {"all": ("a", "b", "c")})["furthest"].tolist() == [2]


def test_agreeing_hides_small_sites_and_a_neighbour() -> None:
    answers = pd.DataFrame({"site": ["A"] * 9 + ["B"] * 6 + ["C"] * 2, "answer": 4, "group": "front_line"})
    found = figures.agreeing(answers.assign(statement="s"), "s").set_index("site")["share"]
    assert found.loc[["A", ""]].notna().all()
    assert found.loc[["B", "C"]].isna().all()


def test_flow_does_not_read_the_last_90_days() -> None:
    log = pd.DataFrame({"c": [1, 2], "what": "in", "at": pd.to_datetime(["2025-01-03", "2025-06-03"])})
    found = flow(log, ["in", "out"], case="c", activity="what", at="at", as_of=dt.date(2025, 6, 30))
    assert not found["settled"].iloc[-3:].any()


def test_tables_of_journeys_are_those_of_a_plain_reading(employment: CustomerJourney) -> None:
    """Customers counted one site and contract at a time with pandas alone."""
    events, engagement = employment.events, employment.review.engagement
    last = events.groupby("customer")["at"].transform("max")
    goal = events["activity"].eq("job_start").groupby(events["customer"]).transform("any")
    over = events[goal | ((pd.Timestamp(engagement.data_as_of) - last).dt.days > 90)]
    part = over[over["site"].eq("Eastbrook") & over["contract"].eq("work_start")]
    paths = part.sort_values("at", kind="stable").groupby("customer")["activity"].agg(" > ".join)
    found = employment.tables["journey_variants"]
    mine = found[found["site"].eq("Eastbrook") & found["contract"].eq("work_start")]
    assert mine.set_index("variant")["cases"].to_dict() == paths.value_counts().to_dict()
    rows = employment.tables["journey_consistency"].set_index(["site", "contract"])
    row = rows.loc[("Eastbrook", "work_start")]
    assert row["cases"] == len(paths)
    assert row["outcome_rate"] == pytest.approx(paths.index.isin(employment.outcomes["customer"]).mean())


def test_a_log_in_a_database_gives_the_journeys_of_its_frame(employment: CustomerJourney) -> None:
    engagement = employment.review.engagement
    table = ibis.duckdb.connect().create_table("journey", employment.events)
    there, here = taken(table, engagement), taken(employment.events, engagement)
    pd.testing.assert_frame_equal(there.table, here.table, check_dtype=False)
    found, expected = (figures.consistency_table(each, employment.outcomes) for each in (there, here))
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_a_customer_under_two_contracts_has_two_journeys(employment: CustomerJourney) -> None:
    at = pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-03"])
    log = pd.DataFrame({"customer": "c", "site": "A", "contract": ["x", "y", "x"], "at": at})
    found = taken(log.assign(activity=["in", "in", "out"]), employment.review.engagement)
    assert found.table[["contract", "events"]].values.tolist() == [["x", 2], ["y", 1]]


def test_journeys_under_way_are_left_out_and_counted(employment: CustomerJourney) -> None:
    journeys = employment.journeys
    assert journeys.under_way > 0
    assert journeys.under_way + len(journeys.over) == employment.events["customer"].nunique()
    pages = employment.variants()._repr_mimebundle_()[MIME]["html"]
    assert any(f"{journeys.under_way:,} still under way are left out" in page for page in pages)


def seen(answers: list[int], conforms: list[bool], site: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    said = pd.DataFrame({"site": site, "statement": figures.CLEAR, "answer": answers, "group": "front_line"})
    return said, pd.DataFrame({"site": site, "conforms": conforms})


def test_said_and_done_are_read_where_both_are_sure(employment: CustomerJourney) -> None:
    cases = [
        seen([5] * 20, [False] * 30, "A"),
        seen([1] * 20, [True] * 30, "B"),
        seen([5, 1] * 10, [True] * 30, "C"),
        seen([5] * 20, [True] * 30, "D"),
    ]
    said, done = (pd.concat(parts, ignore_index=True) for parts in zip(*cases, strict=True))
    units = pd.DataFrame({"site": list("ABCD"), "contract": "", "index": 0.5, "cases": 30})
    found = clarity.beside(said, done, units, 5)
    assert found["reading"].tolist() == ["said_not_done", "done_not_said", "", "both"]
    (finding,) = clarity.beside_findings(found, employment.review.engagement)
    assert "most customers do not take it at A; most customers take it though" in finding.statement


def test_few_answers_are_not_read(employment: CustomerJourney) -> None:
    said, done = seen([5] * 3, [False] * 30, "A")
    units = pd.DataFrame({"site": ["A"], "contract": "", "index": [0.5], "cases": 30})
    found = clarity.beside(said, done, units, 5)
    assert found["reading"].tolist() == [""]
    assert clarity.beside_findings(found, employment.review.engagement) == []


def test_a_difference_between_sites_is_not_taken_for_one_of_the_journey() -> None:
    """Within each site those who had the step do no better; one site skips it more and achieves less."""
    parts = []
    for site, had, size, rate in [
        ("A", False, 50, 0.2),
        ("A", True, 50, 0.2),
        ("B", False, 10, 0.8),
        ("B", True, 190, 0.8),
    ]:
        rows = pd.DataFrame({"won": [place < size * rate for place in range(size)]})
        parts.append(rows.assign(site=site, contract="x", missing="" if had else "plan", furthest=2))
    judged = pd.concat(parts, ignore_index=True).reset_index(names="case")
    outcomes = pd.DataFrame({"customer": judged.loc[judged["won"], "case"]})
    table = pd.DataFrame(columns=["site", "contract", "conformance", "attainment"])
    engagement = SimpleNamespace(journey={"x": ("in", "plan", "work")})
    (found,) = outcome_findings(table, judged, outcomes, engagement)  # type: ignore[arg-type]
    assert found.figures["difference"] == pytest.approx(0, abs=1e-9)
    assert "cannot be shown" in found.statement and "95% interval" in found.statement
    assert "With all sites thrown together it would look like 38 points" in found.statement


def test_hand_offs_are_told_of_the_columns_there_are() -> None:
    at = pd.date_range("2025-01-01", periods=3)
    log = pd.DataFrame({"customer": "c", "activity": "a", "at": at, "site": ["A", "B", "A"], "team": None})
    held = hands.handed(ibis.duckdb.connect().create_table("journey", log.astype({"team": "str"})))
    assert list(held) == ["site"]
    assert held["site"][["handovers", "ping_pong"]].values.tolist() == [[2, 1]]
    (finding,) = hands.handover_findings(held)
    assert finding.statement.startswith("100% of customers changed sites, 2.0 times each")
    html = hands.handover_blocks(held, 5).html()
    assert "does not say which team or person held the customer" in html
    assert "2 further pairs not shown" in html


def test_no_log_gives_empty_tables_of_the_same_columns(employment: CustomerJourney) -> None:
    none = taken(employment.events.iloc[:0], employment.review.engagement)
    found = figures.consistency_table(none, employment.outcomes), figures.variants_table(none)
    full = figures.consistency_table(employment.journeys, employment.outcomes)
    assert found[0].empty
    assert found[0].dtypes.to_dict() == full.dtypes.to_dict()
    assert found[1].dtypes.to_dict() == employment.tables["journey_variants"].dtypes.to_dict()
    assert hands.rework_findings(none) == []


def test_one_place_is_told_as_one(employment: CustomerJourney) -> None:
    said, done = seen([5, 1] * 10, [True] * 30, "A")
    units = pd.DataFrame({"site": ["A"], "contract": "", "index": [0.5], "cases": 30})
    (finding,) = clarity.beside_findings(clarity.beside(said, done, units, 5), employment.review.engagement)
    assert "do not differ clearly at A, the one place where both are known; there it is" in finding.statement


def test_charts_call_contracts_by_their_names(employment: CustomerJourney) -> None:
    rows = blocks.drawn(employment.tables["journey_consistency"], 5, employment.review.engagement)
    assert rows["where"].str.endswith((", Work Start", ", Health Route")).all()


def test_paths_too_rare_to_show_leave_no_empty_table(employment: CustomerJourney) -> None:
    rare = pd.DataFrame(
        {"variant": ["a > b"], "cases": 2, "share": 1.0, "site": "", "contract": "work_start"}
    )
    shown = blocks.variants_blocks(rare, employment.review.engagement, employment.journeys, 5).html()
    assert "taken by fewer than 5 customers" in shown and "<table" not in shown


def test_a_walk_without_a_bad_step_says_none() -> None:
    walk = pd.DataFrame({"walkthrough_id": ["w"], "step_order": [1], "feeling": [1], "site": ["A"]})
    walk = walk.assign(step="Call", meets="Adviser", minutes=3, problem="")
    assert "None of 1 step left the walker worse off" in blocks.walked(walk).html()
