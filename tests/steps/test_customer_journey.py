"""Step 2.2: journeys compared like with like."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.performance import flow
from reviewkit.present.view import MIME
from reviewkit.steps import journey_figures as figures
from reviewkit.steps.customer_journey import CustomerJourney
from reviewkit.steps.workbench import open_review

VIEWS = ["bottom_line", "defined", "variants", "consistency", "conformance", "outcomes_beside", "on_and_off"]
VIEWS += ["durations", "contact_time", "ramp_up", "contracts_understood", "walkthroughs"]


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


def test_time_to_leaves_out_months_too_young() -> None:
    at = pd.to_datetime(["2025-01-01", "2025-02-10", "2025-03-01", "2025-03-05"])
    log = pd.DataFrame({"customer": [1, 1, 2, 2], "at": at})
    assert figures.time_to(log, dt.date(2025, 3, 10))["comparable"].tolist() == [True, False]


def test_flow_does_not_read_the_last_90_days() -> None:
    log = pd.DataFrame({"c": [1, 2], "what": "in", "at": pd.to_datetime(["2025-01-03", "2025-06-03"])})
    found = flow(log, ["in", "out"], case="c", activity="what", at="at", as_of=dt.date(2025, 6, 30))
    assert not found["settled"].iloc[-3:].any()
