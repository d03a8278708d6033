"""Tables made safe for readers outside the team, at the borders of what may be told."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.disclosure import Discloser
from reviewkit.model import Disclosure
from reviewkit.publish.exports import guarded
from reviewkit.publish.exports.editions import RULES

NOBODY = pd.DataFrame(columns=["stakeholder_id", "name", "department", "level", "site", "headcount"])


@pytest.fixture(scope="module")
def gate() -> Discloser:
    return Discloser(Disclosure(), NOBODY)


def journeys(*rows: tuple[str, str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["site", "contract", "cases"])
    return frame.assign(variant="a > b", share=0.5, conformance=0.5, index=0.5, lower=0.4, upper=0.6,
                        outcome_rate=0.5, attainment=0.5)  # fmt: skip


def compared(**cells: float | None) -> pd.DataFrame:
    """Sites with so many cases."""
    frame = pd.DataFrame({"site": list(cells), "denominator": list(cells.values())}).assign(measure="csat")
    figures = dict.fromkeys(("rate", "lower", "upper", "lower95", "upper95", "observed", "centre"), 4.0)
    return frame.assign(**figures, outlier=True, plain_outlier=True, direction="worse")


def sides(*pairs: tuple[str, str, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(pairs, columns=["group_a", "group_b", "n_a", "n_b"])
    return frame.assign(statement="sign_1", mean_a=2.0, mean_b=4.0, difference=-2.0)


def test_a_site_of_few_cases_hides_another_and_tells_nothing(gate: Discloser) -> None:
    shown = guarded.sites(compared(a=4.0, b=60.0, c=90.0), gate, "leadership")
    assert shown["suppressed"].tolist() == [True, True, False]
    hidden = shown[shown["suppressed"]]
    assert hidden[["denominator", "rate", "lower", "observed", "outlier"]].isna().all(axis=None)
    assert hidden["direction"].eq("").all() and shown["direction"].iloc[2] == "worse"


def test_sites_of_a_measure_without_cases_are_shown(gate: Discloser) -> None:
    shown = guarded.sites(compared(a=None, b=None), gate, "leadership")
    assert not shown["suppressed"].any() and shown["rate"].eq(4.0).all()


def test_a_path_of_few_customers_cannot_be_worked_out_from_sites(gate: Discloser) -> None:
    frame = journeys(("", "", 20), ("", "", 4), ("", "", 30), ("north", "", 4), ("north", "", 20))
    shown = guarded.variants(frame, gate, "leadership")
    assert shown["site"].eq("").all()
    assert shown["cases"].isna().tolist() == [True, True, False]


def test_several_contracts_are_told_one_by_one_and_not_together(gate: Discloser) -> None:
    frame = journeys(("", "", 9), ("", "a", 5), ("", "b", 4), ("north", "", 9), ("north", "a", 5))
    assert guarded.variants(frame, gate, "leadership")["contract"].tolist() == ["a", "b"]
    assert guarded.consistency(frame, gate, "leadership")["contract"].tolist() == ["a"]


def test_means_are_withheld_where_a_third_side_could_be_worked_out(gate: Discloser) -> None:
    two = guarded.partners(sides(("front_line", "management", 60, 12)), gate, "leadership")
    assert two[["mean_a", "mean_b", "n_a", "n_b"]].isna().all(axis=None) and two["difference"].eq(-2.0).all()
    small = sides(("front_line", "management", 60, 4))
    assert guarded.partners(small, gate, "leadership").empty
    names = ("front_line", "support", "management")
    three = sides(*((a, b, 60, 12) for a in names for b in names if a < b))
    assert guarded.partners(three, gate, "leadership")["mean_a"].eq(2.0).all()


def test_managers_see_what_there_is_to_close_and_enough_contacts(gate: Discloser) -> None:
    leaders = pd.DataFrame({"route": ["", "training"], "gap": [0.1, 2.0]})
    assert guarded.gaps_to_close(leaders, gate, "managers")["gap"].tolist() == [2.0]
    agents = pd.DataFrame({"n": [4, 5]})
    assert guarded.enough_contacts(agents, gate, "managers")["n"].tolist() == [5]


@given(units=st.integers(1, 60), more=st.integers(0, 60))
def test_few_interviews_are_never_counted_out(units: int, more: int) -> None:
    gate, total = Discloser(Disclosure(), NOBODY), units + more
    row = {
        "code": "c", "heading": "h", "name": "N", "stance": "concern", "kind": "interview", "note": "",
        "remarks": units, "units": units, "units_total": total, "departments": 3, "departments_total": 5,
        "levels": "x", "sites": "y", "spontaneous": pd.NA, "share": units / total, "suggested": 0,
    }  # fmt: skip
    frame = pd.DataFrame([row]).astype({"spontaneous": "Int64"})
    shown = RULES["leadership"]["1.4_themes"].apply(frame, gate, "leadership")
    if units < 2:
        assert shown.empty
        return
    told = shown.iloc[0]
    exact = units >= 5 and total >= 10
    assert (told["raised_in"] == f"{units} of {total}") == exact
    assert told["in_departments"] == ("3 of 5" if exact else "more than one") and told["unprompted"] == ""


def test_a_table_nobody_decided_on_has_no_rule() -> None:
    assert "1.1_new" not in RULES["leadership"] and RULES["participants"] == {}
