"""Themes count interviews, not remarks, and never infer from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from reviewkit.content import Codebook
from reviewkit.disclosure import Discloser
from reviewkit.model import Disclosure, Measure
from reviewkit.voices import leading, priority_issues, standing_out, theme_findings, themes, together

Build = Callable[[list[tuple[str, ...]]], tuple[pd.DataFrame, pd.DataFrame]]
GATE = Discloser(Disclosure(), pd.DataFrame())


def said(
    interview: str, department: str, code: str, stance: str = "concern", how: str = "spontaneous"
) -> tuple[str, ...]:
    return interview, department, code, stance, how, "2025-03-03"


def test_themes_counts_a_session_once_however_much_is_said(coded_from: Build, book: Codebook) -> None:
    coded, remarks = coded_from([said("g1", "service", "morale")] * 3 + [said("i2", "sales", "")])
    row = themes(coded, remarks, book).iloc[0]
    assert (row["remarks"], row["units"], row["units_total"]) == (3, 1, 2)


def test_themes_counts_departments_reached_of_those_heard(coded_from: Build, book: Codebook) -> None:
    coded, remarks = coded_from(
        [said("i1", "a", "morale"), said("i2", "b", "morale"), said("i3", "c", "systems")]
    )
    row = themes(coded, remarks, book).set_index("code").loc["morale"]
    assert (row["departments"], row["departments_total"]) == (2, 3)


def test_themes_ranks_unprompted_mentions_first(coded_from: Build, book: Codebook) -> None:
    asked = [said(f"i{n}", "a", "systems", how="asked") for n in range(5)]
    coded, remarks = coded_from([*asked, said("i1", "a", "morale")])
    assert themes(coded, remarks, book)["code"].tolist() == ["morale", "systems"]


def test_themes_keeps_stances_apart(coded_from: Build, book: Codebook) -> None:
    coded, remarks = coded_from([said("i1", "a", "morale"), said("i2", "a", "morale", "strength")])
    assert set(themes(coded, remarks, book)["stance"]) == {"concern", "strength"}


def test_themes_of_nothing_said_are_none(coded_from: Build, book: Codebook) -> None:
    coded, remarks = coded_from([said("i1", "a", "")])
    assert themes(coded, remarks, book).empty


def test_leading_leaves_out_what_one_interview_raised(coded_from: Build, book: Codebook) -> None:
    coded, remarks = coded_from(
        [said("i1", "a", "morale"), said("i2", "a", "systems"), said("i3", "a", "systems")]
    )
    assert leading(themes(coded, remarks, book), "concern")["code"].tolist() == ["systems"]


def test_standing_out_names_the_department_above_the_rest(coded_from: Build) -> None:
    sales = [said(f"s{n}", "sales", "training") for n in range(3)]
    others = [said(f"o{n}", "service", "systems") for n in range(4)]
    found = standing_out(*coded_from(sales + others))
    assert set(zip(found["code"], found["group"], strict=True)) == {
        ("training", "sales"),
        ("systems", "service"),
    }


def test_standing_out_is_silent_where_all_say_the_same(coded_from: Build) -> None:
    everyone = [said(f"{name}{n}", name, "morale") for name in ("a", "b") for n in range(3)]
    assert standing_out(*coded_from(everyone)).empty


def test_together_counts_interviews_with_both(coded_from: Build) -> None:
    both = [said(f"i{n}", "a", code) for n in range(3) for code in ("morale", "systems")]
    found = together(coded_from(both)[0])
    assert found[["code_a", "code_b", "units"]].values.tolist() == [["morale", "systems", 3]]


def test_theme_findings_follow_back_to_their_remarks(coded_from: Build, book: Codebook) -> None:
    coded, remarks = coded_from([said(f"i{n}", "a", "morale") for n in range(3)])
    finding = theme_findings(themes(coded, remarks, book), coded, GATE)[0]
    assert (finding.id, finding.evidence[0].remarks) == ("1.4/theme/morale", ("r0", "r1", "r2"))


def test_theme_findings_tell_no_small_number(coded_from: Build, book: Codebook) -> None:
    coded, remarks = coded_from([said(f"i{n}", "a", "morale" if n < 3 else "") for n in range(14)])
    finding = theme_findings(themes(coded, remarks, book), coded, GATE)[0]
    assert finding.statement == "Morale is a concern in a few interviews."


def test_priority_issues_score_is_the_stated_formula(coded_from: Build, book: Codebook) -> None:
    rows = [said("i1", "a", "morale"), said("i1", "a", "morale"), said("i2", "a", "morale", how="asked")]
    coded, remarks = coded_from([*rows, said("i3", "a", ""), said("i4", "a", "")])
    issue = priority_issues(themes(coded, remarks, book), book).iloc[0]
    reach, intensity = (1 + 0.5 * 1) / 4, (3 / 2) / 3
    assert issue["score"] == pytest.approx(100 * reach * intensity * 0.5)


def test_priority_issues_puts_what_a_contract_measure_speaks_to_first(
    coded_from: Build, book: Codebook
) -> None:
    pairs = [said(f"i{n}", "a", code) for n in range(3) for code in ("systems", "morale")]
    coded, remarks = coded_from(pairs)
    fields: dict[str, Any] = {
        "unit": "score",
        "direction": "increase",
        "table": "contacts",
        "numerator": "mean(csat)",
    }
    csat = Measure(id="csat", name="CSAT", contract_kpi=True, **fields)
    issues = priority_issues(themes(coded, remarks, book), book, [csat])
    assert issues["code"].tolist() == ["morale", "systems"] and issues["contract_relevance"].tolist() == [
        1.0,
        0.5,
    ]


def test_priority_issues_a_measure_that_names_its_codes_speaks_to_no_others(
    coded_from: Build, book: Codebook
) -> None:
    coded, remarks = coded_from([said(f"i{n}", "a", "morale") for n in range(3)])
    csat = Measure(
        id="csat",
        name="CSAT",
        contract_kpi=True,
        unit="score",
        direction="increase",
        table="contacts",
        numerator="mean(csat)",
        codes=("systems",),
    )
    assert priority_issues(themes(coded, remarks, book), book, [csat])["contract_relevance"].tolist() == [0.5]
