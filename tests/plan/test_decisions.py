"""Decisions lie over what is proposed, and nothing agreed is overturned in silence."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from reviewkit.content import load_interventions
from reviewkit.plan import recommendation_findings, recommendations, with_decisions

from .planned import REVIEW, cause, gap

LIBRARY = load_interventions()
GAPS, CAUSES = pd.DataFrame([gap()]), pd.DataFrame([cause("training", "supported")])
PROPOSED = recommendations(CAUSES, GAPS, pd.DataFrame(), LIBRARY, REVIEW)
ONE = "3.1/recommendation/train_on_top_reasons"


def decided(*decisions: dict[str, Any]) -> pd.DataFrame:
    blank = {
        "reason": "",
        "words": "",
        "dissent": "",
        "role": "sponsor",
        "decided_on": pd.Timestamp("2025-06-20"),
    }
    return with_decisions(PROPOSED, pd.DataFrame([blank | one for one in decisions]), LIBRARY)


def test_with_decisions_without_any_all_are_proposed() -> None:
    none = pd.DataFrame(
        columns=["finding_id", "decision", "role", "reason", "words", "dissent", "decided_on"], dtype="str"
    )
    assert set(with_decisions(PROPOSED, none, LIBRARY)["status"]) == {"proposed"}


def test_with_decisions_latest_counts_with_role_date_and_dissent() -> None:
    later = {
        "finding_id": ONE,
        "decision": "agreed",
        "dissent": "Finance would wait.",
        "decided_on": pd.Timestamp("2025-06-25"),
    }
    row = decided({"finding_id": ONE, "decision": "amended"}, later).set_index("recommendation_id").loc[ONE]
    assert (row["status"], row["role"], row["dissent"]) == ("agreed", "sponsor", "Finance would wait.")
    assert row["decided_on"] == pd.Timestamp("2025-06-25")


def test_with_decisions_amended_words_replace_what_is_done() -> None:
    row = (
        decided({"finding_id": ONE, "decision": "amended", "words": "Train on two."})
        .set_index("recommendation_id")
        .loc[ONE]
    )
    assert row["what"] == "Train on two."


def test_with_decisions_overruled_no_longer_comes_first() -> None:
    row = decided({"finding_id": ONE, "decision": "overruled"}).set_index("recommendation_id").loc[ONE]
    assert not row["first"]


def test_with_decisions_agreed_but_no_longer_found_stays_and_is_flagged() -> None:
    table = decided({"finding_id": "3.1/recommendation/weekly_specific_thanks", "decision": "agreed"})
    row = table.iloc[-1]
    assert (row["title"], row["status"]) == ("Make specific thanks a weekly habit", "agreed")
    assert "no longer lead to it" in row["flag"]


def test_recommendation_findings_keep_their_ids_and_carry_evidence() -> None:
    found = recommendation_findings(PROPOSED, GAPS, CAUSES, REVIEW)
    assert [finding.id for finding in found] == PROPOSED["recommendation_id"].tolist()
    assert all({entry.source for entry in finding.evidence} == {"gaps", "causes"} for finding in found)


def test_recommendation_findings_fingerprint_follows_the_figures() -> None:
    other = recommendations(CAUSES, GAPS.assign(cost_per_year=50_000.0), pd.DataFrame(), LIBRARY, REVIEW)
    first, second = (recommendation_findings(table, GAPS, CAUSES, REVIEW)[0] for table in (PROPOSED, other))
    assert first.id == second.id
    assert first.fingerprint != second.fingerprint


def test_recommendation_findings_title_alone_then_association_never_cause() -> None:
    said = recommendation_findings(PROPOSED, GAPS, CAUSES, REVIEW)[0].statement
    title, _, rest = said.partition(". ")
    assert title == PROPOSED["title"][0]
    assert "training goes with this gap by its test" in rest and "cause" not in rest


@pytest.mark.parametrize(
    ("reason", "where"),
    [("For three months.", "Begin at Elm."), ("At Dale first.", ""), ("Not at Dale.", "Begin at Elm.")],
)
def test_with_decisions_our_proposal_of_where_to_begin_goes_only_where_people_said_where(
    reason: str, where: str
) -> None:
    proposed = PROPOSED.assign(what="Train. Begin at Elm.")
    said = {"finding_id": ONE, "decision": "amended", "reason": reason, "words": "", "dissent": ""}
    rows = pd.DataFrame([said | {"role": "sponsor", "decided_on": pd.Timestamp("2025-06-20")}])
    table = with_decisions(proposed, rows, LIBRARY, sites=["Dale", "Elm"]).set_index("recommendation_id")
    assert table.loc[ONE, "what"] == " ".join(("Train.", where, f"As decided: {reason}")).replace("  ", " ")
