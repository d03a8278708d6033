"""Recommendations follow causes and verdicts, and each says why."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.content import load_interventions
from reviewkit.plan import recommendations, sustained_levels

from .planned import FCR, REVIEW, cause, described, gap, series

LIBRARY = load_interventions()


def made(gaps: list[dict[str, Any]], causes: list[dict[str, Any]], **more: Any) -> pd.DataFrame:
    return recommendations(pd.DataFrame(causes), pd.DataFrame(gaps), pd.DataFrame(), LIBRARY, REVIEW, **more)


def test_recommendations_supported_cause_brings_what_acts_on_it_and_moves_the_measure() -> None:
    table = made([gap()], [cause("training", "supported")])
    chosen = [LIBRARY[name] for name in table["intervention"]]
    assert len(chosen) == 3
    assert all("training" in entry.causes and FCR in entry.measures for entry in chosen)


def test_recommendations_contradicted_cause_brings_nothing() -> None:
    table = made([gap()], [cause("training", "contradicted"), cause("systems", "supported")])
    assert set(table["cause"]) == {"systems"}


def test_recommendations_only_contradicted_causes_bring_an_empty_table() -> None:
    table = made([gap()], [cause("training", "contradicted")])
    assert table.empty
    assert "recommendation_id" in table


def test_recommendations_untested_cause_is_settled_first_and_tried_small() -> None:
    table = made([gap()], [cause("training", "untested", p_value=None)])
    settle = table[table["intervention"].eq("settle_the_cause")].iloc[0]
    assert settle["recommendation_id"] == "3.1/recommendation/settle_the_cause/first_contact_resolution"
    assert "Training: Count for a month." in settle["what"]
    assert table["title"].str.endswith("(trial)").sum() == len(table) - 1 > 0


def test_recommendations_described_gap_brings_what_answers_its_code() -> None:
    table = made([described()], [])
    assert len(table) >= 2
    assert all("information_to_customers" in LIBRARY[name].codes for name in table["intervention"])
    assert set(table["verdict"]) == {"described"}


def test_recommendations_without_gaps_follow_the_concerns() -> None:
    theme = {
        "code": "waiting_and_access",
        "name": "Waiting",
        "stance": "concern",
        "units": 9,
        "kind": "customer",
    }
    none = pd.DataFrame(columns=list(gap()))
    table = recommendations(pd.DataFrame(), none, pd.DataFrame([theme]), LIBRARY, REVIEW)
    assert all("waiting_and_access" in LIBRARY[name].codes for name in table["intervention"])
    assert len(table) >= 2


def test_recommendations_same_gap_at_sites_is_one_recommendation_that_begins_there() -> None:
    site = gap(gap_id="2.1/gap/first_contact_resolution/north", site="North", overlaps=gap()["gap_id"])
    table = made([gap(), site], [cause("training", "supported", gap_id=site["gap_id"])])
    assert table["intervention"].is_unique
    assert "Begin at North." in table["what"].iloc[0]


def test_recommendations_overlapping_gaps_are_counted_once() -> None:
    other = gap(gap_id="2.1/gap/csat", measure="csat", name="Satisfaction", overlaps=gap()["gap_id"])
    causes = [cause("recognition", "supported"), cause("recognition", "supported", gap_id="2.1/gap/csat")]
    both = made([gap(), other], causes).set_index("intervention")["return_high"]
    alone = made([gap()], causes[:1]).set_index("intervention")["return_high"]
    shared = both.index.intersection(alone.index)
    assert len(shared) > 0
    assert both[shared].equals(alone[shared])


def test_recommendations_return_is_capped_by_what_anybody_has_held() -> None:
    levels = sustained_levels(series([66.0] * 12), REVIEW.measures)
    free = made([gap()], [cause("training", "supported")])
    capped = made([gap()], [cause("training", "supported")], levels=levels)
    assert capped["return_high"].max() == 12_000
    assert free["return_high"].max() > 12_000


def test_recommendations_first_are_few_and_one_a_cause() -> None:
    causes = [
        cause(name, "supported")
        for name in ("training", "systems", "process", "communication", "recognition")
    ]
    first = made([gap()], causes).query("first")
    assert len(first) == 4
    assert first["cause"].is_unique
    assert not first["stop"].any()


def test_recommendations_impact_is_lower_without_a_supported_cause() -> None:
    table = made([described()], []).set_index("intervention")
    assert all(table.loc[name, "impact"] == max(1, LIBRARY[name].impact - 1) for name in table.index)


def test_recommendations_departments_are_named_where_the_cause_names_them() -> None:
    ends = {"department_from": "Marketing", "department_to": "Sales"}
    table = made([gap()], [cause("training", "supported", **ends)])
    assert set(table["department"]) == {"Marketing with Sales"}
    assert set(made([gap()], [cause("training", "supported")])["department"]) == {"common"}


def test_recommendations_reason_holds_gap_cause_and_idea() -> None:
    row = made([gap()], [cause("training", "supported")]).iloc[0]
    assert row["why"].startswith("Resolution is 10 points short. The test says supported. ")
    assert row["why"].endswith(LIBRARY[row["intervention"]].why)


def test_recommendations_inputs_are_not_changed() -> None:
    gaps, causes = pd.DataFrame([gap()]), pd.DataFrame([cause("training", "supported")])
    before = gaps.copy(), causes.copy()
    recommendations(causes, gaps, pd.DataFrame(), LIBRARY, REVIEW)
    pd.testing.assert_frame_equal(gaps, before[0])
    pd.testing.assert_frame_equal(causes, before[1])


def test_recommendations_why_speaks_of_association_alone() -> None:
    supported = cause("training", "supported") | {"statement": ""}
    why = made([gap()], [supported])["why"][0]
    assert "Training goes with this gap by its test." in why and "as a cause" not in why
