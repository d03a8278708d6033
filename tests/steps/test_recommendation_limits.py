"""Each kind of thin evidence gets a sentence that says what can and cannot be concluded."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from reviewkit.disclosure import Discloser
from reviewkit.model import Engagement
from reviewkit.plan import empty_recommendations
from reviewkit.steps.recommendations.limits import for_leadership, limits

MEASURE: dict[str, Any] = {
    "id": "fcr", "name": "Resolution", "unit": "percent", "direction": "increase", "table": "contacts",
    "numerator": "sum(resolved)", "denominator": "count(resolved)",
}  # fmt: skip
REVIEW = Engagement.model_validate(
    {"id": "demo", "name": "Demo", "client": "Demo", "purpose": "Answer.", "data_as_of": "2025-06-30",
     "data": ".", "measures": [MEASURE]}
)  # fmt: skip
GAP: dict[str, Any] = {
    "gap_id": "g", "kind": "measured", "measure": "fcr", "name": "Resolution", "unit": "percent", "site": "",
    "contract": "", "gap": 10.0, "lower": 8.0, "upper": 12.0, "cost_per_year": 1000.0, "code": "",
}  # fmt: skip
NO_GAPS = pd.DataFrame(columns=list(GAP))
NO_CAUSES = pd.DataFrame(columns=["gap_id", "cause", "verdict"])
NO_THEMES = pd.DataFrame(columns=["kind", "units_total"])


def said(
    *gaps: dict[str, Any], causes: pd.DataFrame = NO_CAUSES, themes: pd.DataFrame = NO_THEMES,
    measured: bool = True, targeted: bool = True, unlinked: frozenset[str] = frozenset(),
) -> str:  # fmt: skip
    return " ".join(
        limits(
            empty_recommendations(), pd.DataFrame(gaps) if gaps else NO_GAPS, causes, themes, REVIEW,
            measured=frozenset({"fcr"} if measured else ()), targeted=frozenset({"fcr"} if targeted else ()),
            unlinked=unlinked,
        )
    )  # fmt: skip


def heard(units: int, kind: str = "interview") -> pd.DataFrame:
    return pd.DataFrame({"kind": [kind], "units_total": [units]})


def test_limits_only_numbers() -> None:
    assert "Nobody has been heard" in said(GAP)


def test_limits_only_voices() -> None:
    text = said(themes=heard(12), measured=False)
    assert "No performance data was given" in text and "Nobody has been heard" not in text


@pytest.mark.parametrize(("units", "few"), [(2, True), (5, False)])
def test_limits_two_interviews_are_a_question_and_no_finding(units: int, few: bool) -> None:
    assert ("Fewer than 5 interviews" in said(GAP, themes=heard(units))) is few


def test_limits_customers_alone() -> None:
    assert "No member of staff was interviewed" in said(themes=heard(600, "customer"), measured=False)


def test_limits_targets_met_recommend_nothing_for_the_figures() -> None:
    assert "No measure is short of its target by more than chance" in said()


def test_limits_measure_without_a_target() -> None:
    assert "No target is recorded for resolution" in said(targeted=False)


@pytest.mark.parametrize(
    ("cost", "words"), [(None, "nobody has said what one unit is worth"), (-1000.0, "less than nothing")]
)
def test_limits_no_return_says_why(cost: float | None, words: str) -> None:
    assert words in said(GAP | {"cost_per_year": cost})


def test_limits_no_cause_could_be_tested() -> None:
    assert "No cause could be tested" in said(GAP)
    tested = pd.DataFrame([{"gap_id": "g", "cause": "training", "verdict": "supported"}])
    assert "For 1 of 1 measured gaps a test supports" in said(GAP, causes=tested)


def test_limits_a_measure_without_codes_is_not_said_to_lack_data() -> None:
    told = said(GAP, unlinked=frozenset({"fcr"}))
    assert "No codes in the params file link resolution to what people say" in told
    assert "No cause could be tested with the data given" not in told
    own = pd.DataFrame([{"gap_id": "g", "cause": "own", "verdict": "supported"}])
    looked = said(GAP, causes=own, unlinked=frozenset({"fcr"}))  # a cause of the client's own needs no codes
    assert "No codes" not in looked and "a test supports at least one cause" in looked


def test_limits_gap_whose_causes_are_all_contradicted_is_named() -> None:
    tested = pd.DataFrame([{"gap_id": "g", "cause": "training", "verdict": "contradicted"}])
    assert "For resolution the tests speak against every likely cause." in said(GAP, causes=tested)


def test_limits_sums_only_gaps_that_hold_no_money_of_another_and_says_why() -> None:
    whole = GAP | {"overlaps": "", "cost_per_year": 90_000.0}
    part = GAP | {"gap_id": "h", "site": "North", "overlaps": "g", "cost_per_year": 40_000.0}
    told = said(whole, part)
    assert "2 gaps have a cost, and 1 of them hold no money of another: only these are added" in told
    assert "£90,000 a year" in told and "A site's gap lies inside that of the whole" in told
    assert "hold no money of another" not in said(whole)


def test_limits_concern_raised_most_without_a_recommendation_is_explained() -> None:
    row = {"code": "care", "name": "Care", "kind": "customer", "units_total": 600}
    themes = pd.DataFrame(
        [row | {"stance": "concern", "units": 39}, row | {"stance": "strength", "units": 189}]
    )
    told = said(themes=themes)
    assert "The concern raised most, care, brings no recommendation: 189 comments praise it and 39" in told
    gate = Discloser(REVIEW.disclosure, pd.DataFrame())
    people = for_leadership(gate, themes.assign(kind="interview"))
    assert people(3, 30) != "3"  # a small group is in a band
    assert for_leadership(gate, themes)(3, 30) == "3"  # customers are no group of staff
    thin = said(themes=themes.head(1))
    assert "too thinly raised to recommend anything for" in thin
