"""What stands out: counted for interviews, tested for customers, as others compute it."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.proportion import confint_proportions_2indep

from reviewkit.voices import comments_standing_out, standing_out


def frame(groups: dict[str, tuple[int, int]], kind: str, by: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Units by group: so many that raise pay, of so many."""
    rows = [
        (f"{group}{n}", group, "pay" if n < raised else "")
        for group, (raised, total) in groups.items()
        for n in range(total)
    ]
    said = pd.DataFrame(rows, columns=["unit_id", by, "code"]).assign(kind=kind, stance="concern")
    return said[said["code"] != ""], said


def test_comments_standing_out_is_fishers_test_and_newcombes_interval() -> None:
    said = frame({"N": (12, 60), "S": (6, 140), "E": (4, 120)}, "customer", "site")
    found = comments_standing_out(*said).iloc[0]
    p_value = fisher_exact([[12, 48], [10, 250]], alternative="greater").pvalue
    lower, upper = confint_proportions_2indep(12, 60, 10, 260, method="newcomb", compare="diff")
    assert (found["group"], found["looks"]) == ("N", 3)
    assert found["p_value"] == pytest.approx(min(1.0, 3 * p_value))
    assert (found["lower"], found["upper"]) == (pytest.approx(lower), pytest.approx(upper))


def test_comments_standing_out_is_silent_on_a_small_difference() -> None:
    assert comments_standing_out(*frame({"N": (120, 1500), "S": (60, 1500)}, "customer", "site")).empty


def test_comments_standing_out_is_silent_on_chance() -> None:
    assert comments_standing_out(*frame({"N": (5, 20), "S": (5, 40)}, "customer", "site")).empty


def test_standing_out_claims_no_test_for_interviews() -> None:
    found = standing_out(*frame({"a": (3, 3), "b": (0, 4)}, "interview", "department"))
    assert not {"p_value", "lower", "upper"} & set(found.columns)


def test_standing_out_counts_who_raises_it_here_and_elsewhere() -> None:
    found = standing_out(*frame({"a": (3, 4), "b": (1, 5), "c": (0, 3)}, "interview", "department")).iloc[0]
    assert found[["units", "units_total", "rest", "rest_total"]].tolist() == [3, 4, 1, 8]


def test_standing_out_is_not_firm_where_one_interview_decides() -> None:
    found = standing_out(*frame({"a": (2, 4), "b": (0, 6)}, "interview", "department")).iloc[0]
    assert not found["firm"]


def test_standing_out_counts_a_mixed_session_here_and_elsewhere_once_each() -> None:
    said = pd.DataFrame(
        {"unit_id": ["g1", "g1", "i1", "i2", "i3"], "department": ["a", "b", "a", "b", "b"], "code": "pay"}
    ).assign(kind="interview", stance="concern")
    found = standing_out(said.head(3), said, margin=0.1)
    assert found[["group", "units", "units_total", "rest", "rest_total"]].values.tolist() == [
        ["a", 2, 2, 1, 3]
    ]


@pytest.mark.parametrize("by", ["site", "contract"])
def test_comments_of_one_site_alone_have_nothing_to_stand_out_from(by: str) -> None:
    assert comments_standing_out(*frame({"N": (9, 10)}, "customer", by), by=by).empty
