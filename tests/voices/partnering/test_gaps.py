"""Sides are compared only where enough answered, and gaps called only where they are clear."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reviewkit.content import load_causes, load_codebook, load_statements
from reviewkit.model import InputError
from reviewkit.voices import partner_findings, partner_gaps, present_signs, traced


def answers(statement: str = "key_1", **groups: list[int]) -> pd.DataFrame:
    rows = [
        (f"{group}{n}", group, statement, value)
        for group, given in groups.items()
        for n, value in enumerate(given)
    ]
    return pd.DataFrame(rows, columns=["respondent_id", "group", "statement", "answer"])


def test_partner_gaps_leaves_out_sides_with_fewer_than_five() -> None:
    assert partner_gaps(answers(front_line=[1] * 9, management=[5] * 4), load_statements()).empty


def test_partner_gaps_calls_a_clear_difference() -> None:
    gaps = partner_gaps(answers(front_line=[1, 2] * 6, management=[4, 5] * 6), load_statements())
    assert gaps["we_they"].tolist() == [True] and gaps["difference"].iloc[0] == pytest.approx(-3)


def test_partner_gaps_turns_bad_signs_round() -> None:
    gaps = partner_gaps(answers("sign_1", front_line=[5, 4] * 5, management=[1, 2] * 5), load_statements())
    assert gaps["difference"].iloc[0] < 0


def test_partner_gaps_agrees_with_scipy() -> None:
    from scipy.stats import ttest_ind

    a, b = [1, 2, 2, 3, 5, 4, 2], [3, 4, 5, 5, 4]
    gap = partner_gaps(answers(front_line=a, support=b), load_statements()).iloc[0]
    result = ttest_ind(a, b, equal_var=False)
    limits = result.confidence_interval(0.95)
    assert (gap["p_value"], gap["lower"], gap["upper"]) == pytest.approx(
        (result.pvalue, limits.low, limits.high)
    )


def test_partner_gaps_raises_few_false_alarms() -> None:
    random, alarms, bank = np.random.default_rng(5), 0, load_statements()
    for _ in range(60):
        drawn = [
            {side: random.integers(1, 6, 20).tolist() for side in ("front_line", "support")} for _ in bank
        ]
        said = pd.concat([answers(name, **sides) for name, sides in zip(bank, drawn, strict=True)])
        alarms += bool(partner_gaps(said, bank)["we_they"].any())
    assert alarms <= 6


def test_partner_findings_say_which_side_sees_it_better() -> None:
    gaps = partner_gaps(answers(front_line=[1, 2] * 6, management=[4, 5] * 6), load_statements())
    told = partner_findings(gaps)[0].statement
    assert "Management agrees more than the front line that" in told and "by 3.0 points" in told


def test_a_small_third_side_cannot_be_worked_out_from_the_findings_of_the_others() -> None:
    """Three sides' answers are known by everybody's mean and two of theirs; those two stay unsaid."""
    said = answers(front_line=[1, 2] * 6, management=[4, 5] * 6, support=[1, 1])
    finding = partner_findings(partner_gaps(said, load_statements()))[0]
    assert not {name for name in finding.figures if name.startswith(("mean", "n_"))}


def test_present_signs_marks_what_stands_on_the_bad_side() -> None:
    said = pd.concat([answers("sign_1", front_line=[5, 4] * 10), answers("sign_2", front_line=[3, 2] * 10)])
    assert present_signs(said, load_statements()).set_index("statement")["present"].to_dict() == {
        "sign_1": True,
        "sign_2": False,
    }


def test_a_second_answer_to_a_statement_is_refused() -> None:
    said = pd.concat([answers(support=[1]), answers(support=[2])])
    with pytest.raises(InputError, match="1 second answers of a respondent"):
        partner_gaps(said, load_statements())


def test_an_answer_off_the_scale_is_refused() -> None:
    with pytest.raises(InputError, match="not from 1 to 5"):
        partner_gaps(answers(support=[6]), load_statements())


def test_traced_links_customers_concerns_to_what_interviews_raise() -> None:
    row = {"stance": "concern", "units_total": 100, "name": "Training gap", "code": "training_gap"}
    themes = pd.DataFrame([row | {"kind": "customer", "units": 9}, row | {"kind": "interview", "units": 4}])
    themes["spontaneous"] = pd.array([None, 2], dtype="Int64")
    found = traced(themes, load_codebook(), load_causes()).iloc[0]
    assert (found["units"], found["inside"], found["causes"]) == (
        9,
        4,
        load_causes()["training"].name.lower(),
    )
