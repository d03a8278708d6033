"""What the page on gaps says can and cannot be concluded when the input is thin or odd."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.content import load_causes
from reviewkit.findings import measured_gaps
from reviewkit.findings.gaps.measured import empty_gaps
from reviewkit.model import Engagement
from reviewkit.steps.gaps_and_causes.blocks import dearer
from reviewkit.steps.gaps_and_causes.conclusions import conclusions, counted_tests, table_of

NO_CAUSES = pd.DataFrame({"cause": [], "verdict": []}, dtype="str")
NO_THEMES = pd.DataFrame({"kind": pd.Series(dtype="str"), "units_total": pd.Series(dtype="int64")})
MANY = pd.DataFrame({"kind": ["interview"], "units_total": [40]})


def engagement(value: float | None = 1000) -> Engagement:
    measure = {"id": "fcr", "name": "Resolution", "unit": "percent", "direction": "increase"}
    measure |= {"table": "kpis", "numerator": "sum(numerator)", "denominator": "sum(denominator)"}
    base = {"id": "d", "name": "D", "client": "D", "purpose": "P", "data_as_of": "2025-06-30", "data": "."}
    return Engagement.model_validate(base | {"measures": [measure | {"value_per_unit": value}]})


def signals(mean: float = 62.0, target: float = 75.0) -> pd.DataFrame:
    row = {"measure": "fcr", "site": "", "contract": "", "n": 24, "mean": mean, "lower": mean - 3}
    row |= {"upper": mean + 3, "target": target, "variation": "common_cause", "promoted": False}
    return pd.DataFrame([row | {"effect": float("nan"), "since": pd.NaT}])


def told(
    shown: pd.DataFrame | None = None,
    themes: pd.DataFrame = MANY,
    value: float | None = 1000,
    **given: object,
) -> str:
    review, rows = engagement(value), signals() if shown is None else shown
    gaps = given.get("gaps", measured_gaps(rows, review) if len(rows) else empty_gaps())
    causes = given.get("causes", NO_CAUSES)
    return " ".join(conclusions(review, rows, gaps, causes, themes, load_causes(), {}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (signals(target=float("nan")), "No target is on file for resolution"),
        (signals(mean=80.0), "Already met over all together, so no gap is claimed: resolution (80.0%"),
        (signals(mean=74.9), "Short by no more than chance or than is worth acting on: resolution"),
        (signals().head(0), "There are no figures: no gap has a size"),
    ],
    ids=["no target", "target met", "within chance", "only voices"],
)
def test_conclusions_of_figures(shown: pd.DataFrame, words: str) -> None:
    assert words in told(shown)


def test_conclusions_negative_value_is_not_valued_and_said() -> None:
    gaps = measured_gaps(signals(), engagement(-500))
    assert gaps["cost_per_year"].isna().all()
    assert "put down as worth −£500 a year" in told(value=-500)


def test_conclusions_without_a_value_claims_no_cost() -> None:
    assert "What a unit is worth is not known for resolution" in told(value=None)


def test_conclusions_only_numbers_says_nobody_was_heard() -> None:
    assert "Nobody has been heard" in told(themes=NO_THEMES)


def test_conclusions_two_interviews_are_too_few_and_not_counted_out() -> None:
    few = told(themes=MANY.assign(units_total=2))
    assert "Fewer than 5 interviews were held" in few and "2 interviews" not in few


def test_conclusions_theme_without_a_measure() -> None:
    gaps = pd.DataFrame([{"kind": "described", "name": "Morale", "measure": "", "site": "", "contract": ""}])
    assert "1 topic (morale) is borne out by no measure" in told(gaps=gaps)


def test_conclusions_names_the_tables_an_untested_cause_needs() -> None:
    causes = pd.DataFrame({"cause": ["staffing"], "verdict": ["untested"]})
    assert "Nothing on file tests staffing. It would take resources, by month and site." in told(
        causes=causes
    )


def test_table_of_nothing_missing_says_so() -> None:
    assert table_of([]) == ["Every measure has a target and a value, and both sides were heard."]


def judged(**changed: object) -> dict[str, object]:
    row = {"measure": "fcr", "cause": "training", "name": "Training", "verdict": "supported", "p_value": 0.01}
    return row | {"statement": "Training goes with the gap."} | changed


def test_counted_tests_counts_a_test_once_and_no_condition() -> None:
    rows = [
        judged(),
        judged(),
        judged(cause="systems", statement="Systems do not."),
        judged(cause="leadership", name="Leadership", verdict="inconclusive", p_value=float("nan")),
        judged(cause="morale", verdict="untested", p_value=float("nan")),
    ]
    told = counted_tests(pd.DataFrame(rows), 2, 20)
    assert told[0].startswith("2 tests of a cause")
    assert "Of leadership the condition alone" in told[1]
    assert len(told) == 2
    assert "The 20 first of 22 measured gaps" in counted_tests(pd.DataFrame(rows), 22, 20)[-1]


def test_no_test_is_no_twenty_gaps_tested() -> None:
    rows = pd.DataFrame([judged(verdict="untested", p_value=float("nan"))])
    assert counted_tests(rows, 11, 20) == ["No test of a cause against a gap could be run."]


def test_a_part_that_costs_more_than_the_whole_is_explained() -> None:
    rows = pd.DataFrame(
        {
            "measure": "abandonment",
            "name": "Abandoned calls",
            "site": ["", "Brook House"],
            "contract": "",
            "cost_per_year": [11_000.0, 12_300.0],
            "overlaps": ["", "whole"],
        }
    )
    assert dearer(rows) == (
        " Abandoned calls at Brook House cost more than all together: that happens where other places do "
        "better than expected."
    )
    assert dearer(rows.assign(cost_per_year=[11_000.0, 9_000.0])) == ""


def test_a_gap_of_the_whole_without_a_cost_says_why_though_a_unit_has_a_value() -> None:
    gaps = measured_gaps(signals(), engagement())
    why = "No cost for resolution over all together, though a unit has a value"
    assert why not in told(gaps=gaps)
    assert why in told(gaps=gaps.assign(cost_per_year=float("nan")))
