"""Quotes wait in turns: of each theme the remark that tells it best, the most raised theme first."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.content import load_codebook
from reviewkit.model import TABLES
from reviewkit.widgets.review.order import Order

LONG = "We never had any training on the new system and so we have to guess what to do."
SAID = [
    ("R1", "training_gap", "2025-06-01", "Training."),
    ("R2", "training_gap", "2025-06-02", LONG),
    ("R3", "training_gap", "2025-06-03", "Nobody had training here for a year, not even the new people."),
    ("R4", "morale", "2025-06-04", "People are tired, and the mood on the floor is as low as it ever was."),
    ("R5", "", "2025-06-05", "Nothing else."),
    ("R6", "", "2025-06-06", "Nothing more."),
]


def frames(rows: list[tuple[str, str, str, str]]) -> dict[str, pd.DataFrame]:
    empty = {
        name: pd.DataFrame(columns=[column.name for column in TABLES[name].columns])
        for name in ("customer_feedback", "observations", "participants", "resolutions")
    }
    remarks = pd.DataFrame(rows, columns=["remark_id", "code", "said_on", "text"])
    remarks["interview_id"] = [f"I{place}" for place in range(len(rows))]
    remarks["said_on"] = pd.to_datetime(remarks["said_on"])
    about = {"source": "one_to_one", "department": "Service", "level": "front_line", "site": "North"}
    remarks = remarks.assign(**about, stakeholder_id="", on_record=True, question="", about="", contract="")
    codings = remarks.loc[remarks["code"].ne(""), ["remark_id", "code"]]
    codings = codings.assign(coder="A", stance="concern", prompting="spontaneous", memo="")
    return empty | {"remarks": remarks.drop(columns="code"), "codings": codings}


def test_themes_take_turns_and_what_nobody_coded_comes_last_the_latest_first() -> None:
    names = [row[0] for row in SAID]
    order = Order(frames(SAID), load_codebook(), names)
    found = order.sorted(names)
    assert found[:2] == ["R3", "R4"]  # the best of the theme most raised, then of the next
    assert set(found[2:4]) == {"R1", "R2"} and found[4:] == ["R6", "R5"]
    assert order.standing["R3"].told == "tells “Training gap” (concern) best of 3"
    assert "R5" not in order.standing


@settings(max_examples=20)
@given(st.lists(st.sampled_from(SAID), unique=True))
def test_nothing_is_left_out_and_the_order_given_does_not_matter(
    rows: list[tuple[str, str, str, str]],
) -> None:
    names = [row[0] for row in rows]
    order = Order(frames(rows), load_codebook(), names)
    found = order.sorted(names)
    assert sorted(found) == sorted(names) and found == order.sorted(found[::-1])
