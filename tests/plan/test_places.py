"""Where an action acts and where it is measured, told alike by all pages that speak of it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from reviewkit.content import load_interventions
from reviewkit.model import Finding
from reviewkit.plan import (
    action_findings,
    action_plan,
    recommendation_findings,
    recommendations,
    with_decisions,
)
from reviewkit.plan.places import acts_at, acts_words, where_words, with_places

from .planned import FCR, REVIEW, cause, gap, series

SITES = ["Castle Quay", "Dale Mill", "Elm Court", "Elm"]


def action(what: str, site: str = "", **more: Any) -> dict[str, Any]:
    return {"what": what, "title": what, "measure": FCR, "site": site, "contract": ""} | more


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ("Give Castle Quay and Dale Mill back one hour", ["Castle Quay", "Dale Mill"]),
        ("Train. As decided: At Elm Court only.", ["Elm Court"]),
        ("Cut the form everywhere but not at Dale Mill", []),
        ("Train at elm height, in Elmhurst", []),
        ("Carry Elm's journey to Dale Mill", ["Dale Mill"]),
    ],
)
def test_acts_at_reads_the_sites_that_the_words_name(what: str, named: list[str]) -> None:
    assert acts_at(what, SITES) == named


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            action("Give Castle Quay and Dale Mill an hour", "Castle Quay"),
            "It acts at Castle Quay and Dale Mill and is measured at Castle Quay alone: its figures do not "
            "show Dale Mill.",
        ),
        (
            action("Train. As decided: At Castle Quay and Dale Mill first."),
            "It begins at Castle Quay and Dale Mill and is measured over all sites together, which move only "
            "by what those move.",
        ),
        (
            action("Score leads. Begin at Elm.", "Elm", title="Score leads"),
            "It begins at Elm, where it is measured.",
        ),
        (action("Move two advisers at Elm", "Elm"), ""),
        (action("Move two advisers", "Elm"), ""),
        (action("Rota at Elm, Elm Court, Dale Mill and Castle Quay"), ""),
        (
            action("Train at Elm", "Dale Mill"),
            "It acts at Elm but is measured at Dale Mill, which its words do not name: settle which is "
            "meant.",
        ),
        (action("Train. Begin at Elm.", measure="theme:care"), "It begins at Elm."),
    ],
)
def test_where_words_set_the_places_of_work_beside_the_place_of_the_measure(
    row: dict[str, Any], said: str
) -> None:
    assert where_words(row, SITES) == said


def test_the_draft_acts_where_the_decision_on_its_recommendation_says() -> None:
    """3.1 says where it begins, in our words or in those decided: the action of 3.2 says the same places."""
    gaps = pd.DataFrame([gap()])
    table = recommendations(
        pd.DataFrame([cause("training", "supported")]), gaps, pd.DataFrame(), load_interventions(), REVIEW
    )
    row = {"finding_id": "3.1/recommendation/train_on_top_reasons", "decision": "amended", "role": "Head"}
    row |= {"reason": "At Castle Quay and Dale Mill first.", "words": "", "dissent": ""}
    decided = with_decisions(
        table, pd.DataFrame([row | {"decided_on": pd.Timestamp("2025-06-20")}]), load_interventions()
    )
    nothing = pd.DataFrame(columns=["action_id", "recommendation"])
    plan = action_plan(decided, nothing, gaps, series([60.0] * 12).iloc[:0], pd.DataFrame(), REVIEW)
    mine = plan["recommendation_id"].eq(row["finding_id"])
    recommended = {
        one.id: one for one in recommendation_findings(decided, gaps, gaps.iloc[:0], REVIEW, SITES)
    }
    first = recommended[row["finding_id"]].statement
    assert "a year. It begins at Castle Quay and Dale Mill." in first
    (told,) = action_findings(plan[mine], REVIEW, SITES)
    assert "It begins at Castle Quay and Dale Mill and is measured over all sites" in told.statement


def test_a_trial_begins_at_one_place_where_it_is_measured() -> None:
    gaps = pd.DataFrame(
        [
            gap(gap_id=f"2.1/gap/fcr/{site}", site=site, gap=size)
            for site, size in (("Elm", 9.0), ("Dale", 8.0))
        ]
    )
    tested = [cause("training", "inconclusive", gap_id=name) for name in gaps["gap_id"]]
    found = recommendations(pd.DataFrame(tested), gaps, pd.DataFrame(), load_interventions(), REVIEW)
    trial = found[found["title"].str.endswith("(trial)")].iloc[0]
    assert "Begin at Elm. Try it at one place" in trial["what"]
    told = recommendation_findings(found, gaps, pd.DataFrame(columns=["gap_id"]), REVIEW)
    said = next(one.statement for one in told if one.id == trial["recommendation_id"])
    assert "at Elm and Dale" in said and said.endswith("It begins at Elm.")


def test_with_places_tells_the_finding_of_its_own_action_before_the_next_check() -> None:
    plan = pd.DataFrame([action("Train") | {"action_id": name} for name in ("A1", "A2")])
    words = "No signal. Next check 3 May 2025."
    findings = [Finding.of("4.1", "progress", name, statement=words) for name in ("A1", "A2", "A3")]
    told = with_places(findings, plan, ["It acts at Elm.", ""])
    first = "No signal. It acts at Elm. Next check 3 May 2025."
    assert [one.statement for one in told] == [first, words, words]


def test_first_contact_and_a_wish_are_no_places_to_begin_or_leave_out() -> None:
    sites = ["Elm", "Oak"]
    assert acts_words("Raise first-contact resolution at Elm", sites) == "It acts at Elm"
    assert acts_at("We would like to begin at Elm", sites) == ["Elm"]
    assert acts_at("Never at Elm; as at Oak", sites) == []
