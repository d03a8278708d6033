"""A verdict may be overruled; the rule's stays beside it, and a change of figures is told."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from reviewkit.findings import overruling, triangulate, with_verdicts
from reviewkit.findings.convergence.alignment import alignment_findings
from reviewkit.findings.convergence.overruled import without_effect
from reviewkit.model.tables import TABLES

BOOK = SimpleNamespace(
    codes={"systems": SimpleNamespace(name="Systems", heading="resources", measures=("aht",))}
)
CODED = pd.DataFrame({"code": ["systems"], "remark_id": ["R1"]})
DAY = dt.date(2025, 9, 3)


def table(units: int = 9) -> pd.DataFrame:
    said = {"code": "systems", "stance": "concern", "kind": "interview", "units": units, "units_total": 20}
    signal = {"measure": "aht", "name": "Handle time", "site": "", "contract": "", "effect": 40.0}
    signal |= {"variation": "concern", "assurance": "", "promoted": True, "reason": ""}
    return triangulate(pd.DataFrame([said]), pd.DataFrame([signal]), BOOK)


def decided(verdict: str = "partial", units: int = 9, **other: object) -> dict[str, object]:
    row = {str(name): value for name, value in table(units).iloc[0].items()}
    made = overruling(row, verdict, role="Lead analyst", reason="The queue changed.", on=DAY)
    return {**made, **other, "decided_on": pd.Timestamp(str(other.get("decided_on", DAY)))}


def test_with_verdicts_keeps_the_rule_s_beside_it() -> None:
    row = with_verdicts(table(), pd.DataFrame([decided()])).iloc[0]
    assert (row["relationship"], row["computed"], row["overruled_by"]) == (
        "partial",
        "agreement",
        "Lead analyst",
    )
    assert row["overruled_why"] == "The queue changed." and row["overruled_on"] == pd.Timestamp(DAY)
    assert row["overruled_note"] == ""
    assert row["meaning"] == (
        "Systems: partial agreement, as the Lead analyst decided on 3 September 2025; "
        "the rule gives agreement."
    )


def test_with_verdicts_tells_that_figures_changed() -> None:
    row = with_verdicts(table(), pd.DataFrame([decided(units=8)])).iloc[0]
    assert row["relationship"] == "partial" and "changed since" in row["overruled_note"]


def test_with_verdicts_latest_counts_and_the_rule_s_own_takes_it_back() -> None:
    rows = [decided("agreement", decided_on="2025-09-10"), decided("dissonance")]
    row = with_verdicts(table(), pd.DataFrame(rows)).iloc[0]
    assert (row["relationship"], row["overruled_by"]) == ("agreement", "")


@pytest.mark.parametrize("missing", ["verdict", "reason", "decided_on"])
def test_with_verdicts_needs_verdict_reason_and_date(missing: str) -> None:
    rows = pd.DataFrame([decided() | {missing: None}])
    assert with_verdicts(table(), rows)["overruled_by"].tolist() == [""]
    assert "does not count yet" in without_effect(table(), rows)[0]


def test_without_effect_keeps_a_decision_on_a_row_that_is_gone() -> None:
    rows = pd.DataFrame([decided(finding_id="1.5/verdict/morale/absence")])
    assert "the decision is kept" in without_effect(table(), rows)[0]


@pytest.mark.parametrize(("verdict", "reason"), [("perhaps", "Why."), ("partial", " ")])
def test_overruling_refuses_what_says_too_little(verdict: str, reason: str) -> None:
    row = {str(name): value for name, value in table().iloc[0].items()}
    with pytest.raises(ValueError, match=r"verdict"):
        overruling(row, verdict, role="Analyst", reason=reason, on=DAY)


def test_finding_keeps_its_id_and_fingerprint_when_overruled() -> None:
    before = alignment_findings(with_verdicts(table(), pd.DataFrame()), CODED)[0]
    after = alignment_findings(with_verdicts(table(), pd.DataFrame([decided()])), CODED)[0]
    assert (before.id, before.fingerprint) == (after.id, after.fingerprint)
    assert (before.kind, after.kind) == ("agreement", "partial")


def test_overruling_fits_the_table_of_decisions() -> None:
    assert set(decided()) <= {column.name for column in TABLES["decisions"].columns}
