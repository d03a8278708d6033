"""Candidate codes come from several interviews, in their own words, without names."""

from __future__ import annotations

import pandas as pd

from reviewkit.disclosure import redact
from reviewkit.voices import candidate_codes

NONE = pd.DataFrame(columns=["remark_id", "code"])
PARKING = [
    "Nowhere to park the car after eight.",
    "The car park is full, Priya Shah says so too.",
    "I circle the car park every morning.",
    "Parking the car takes half an hour.",
]


def said(texts: list[str], units: list[str] | None = None) -> pd.DataFrame:
    ids = [f"r{n}" for n in range(len(texts))]
    return pd.DataFrame({"remark_id": ids, "unit_id": units or ids, "department": "", "text": texts})


def test_remarks_that_fit_no_code_are_put_together_and_labelled_by_their_words() -> None:
    found = candidate_codes(said([*PARKING, "A kind word.", "Budget is gone."]), NONE)
    assert found["units"].tolist()[0] >= 3 and "car" in found["label"].iloc[0]


def test_a_group_of_fewer_than_three_interviews_is_none() -> None:
    assert candidate_codes(said(PARKING, ["i1", "i1", "i2", "i2"]), NONE).empty


def test_the_same_answer_word_for_word_is_no_group() -> None:
    assert candidate_codes(said(["Nothing comes to mind here."] * 40), NONE).empty


def test_names_are_in_neither_label_nor_examples() -> None:
    texts = [f"Ask Priya Shah about the car park, number {word}." for word in ("one", "two", "six", "ten")]
    found = candidate_codes(said(texts), NONE, redact=lambda text: redact(text, ["Priya Shah"]))
    shown = found["label"].iloc[0] + " ".join(found["examples"].iloc[0])
    assert len(found) == 1 and "priya" not in shown.lower() and "shah" not in shown.lower()


def test_what_is_coded_and_fits_is_left_out() -> None:
    remarks = said(PARKING)
    coded = remarks.assign(code="premises", stance="concern", kind="interview")
    assert candidate_codes(remarks, coded).empty


def test_the_order_of_rows_does_not_matter() -> None:
    remarks = said([*PARKING, "Heating is broken again", "The heating broke", "Broken heating, cold rooms"])
    again = candidate_codes(remarks.iloc[::-1], NONE)
    pd.testing.assert_frame_equal(candidate_codes(remarks, NONE), again)
