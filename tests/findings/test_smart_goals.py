"""SMART quality of goals on file: what is on file counts, and unknown is never met."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from reviewkit.findings.goals.smart import LETTERS, Held, goal_summary, read_goals, summary_by_level
from reviewkit.model import Measure

AS_OF = dt.date(2025, 8, 31)
FCR = Measure(
    id="fcr",
    name="First-contact resolution",
    unit="percent",
    direction="increase",
    table="contacts",
    numerator="sum(resolved)",
)
HELD = {"fcr": Held(76.0, "North has held it for half a year")}


def one(text: str, held: dict[str, Held] | None = None, **filed: Any) -> dict[str, Any]:
    row = {"goal_id": "g", "owner": "p", "department": "d", "level": "team_lead", "text": text}
    row |= {"measure": None, "target": None, "due": pd.NaT} | filed
    read = read_goals(pd.DataFrame([row]), [FCR], AS_OF, held=HELD if held is None else held)
    found: dict[str, Any] = read.to_dict("records")[0]
    return found


def test_a_full_goal_meets_all_letters_by_its_own_words() -> None:
    text = "Raise first-contact resolution of my team from 68 % to 74 % by 31 December 2025."
    read = one(text)
    assert read["smart"]
    assert read["achievable_words"] == "74 %"
    for letter in LETTERS:
        assert all(piece in text for piece in read[f"{letter}_words"].split(" … "))


def test_what_is_on_file_carries_letters_the_words_do_not() -> None:
    read = one("Settle more at the first attempt", measure="fcr", target=74.0, due=pd.Timestamp("2025-12-31"))
    assert read["measurable_words"] == "on file: First-contact resolution, 74.0%"
    assert read["time_bound_words"] == "on file: 31 December 2025"
    assert read["relevant_words"] == "on file: First-contact resolution"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Raise first-contact resolution by June", None),
        ("Raise first-contact resolution to 74 %", {}),
        ("Hold 12 meetings by June", None),
    ],
)
def test_unknown_is_never_achievable_by_default(text: str, held: dict[str, Held] | None) -> None:
    read = one(text, held)
    assert pd.isna(read["achievable"])
    assert read["achievable_lacks"]
    assert not read["smart"]


def test_more_than_anybody_has_held_is_not_achievable() -> None:
    read = one("Raise first-contact resolution to 80 % by June")
    assert read["achievable"] is False
    assert read["achievable_lacks"] == "nobody has sustained more than 76.0% for half a year"


def test_a_measure_of_no_engagement_is_not_relevant() -> None:
    assert "none of the engagement's" in one("Answer letters", measure="other")["relevant_lacks"]


def test_a_date_on_file_that_is_long_past_does_not_bind() -> None:
    assert not one("Answer letters", due=pd.Timestamp("2023-01-31"))["time_bound"]


def test_goals_without_text_or_rows_are_read_without_fault() -> None:
    assert not one("")["specific"]
    empty = pd.DataFrame(
        columns=["goal_id", "owner", "department", "level", "text", "measure", "target", "due"]
    )
    assert read_goals(empty, [FCR], AS_OF).empty
    assert goal_summary(read_goals(empty, [FCR], AS_OF))["goals"].eq(0).all()


def test_summaries_count_each_goal_once() -> None:
    said = [("team_lead", "Improve"), ("team_lead", "Answer 9 letters"), (None, "Raise FCR to 70 %")]
    rows = pd.DataFrame(said, columns=["level", "text"]).assign(owner="p", department="d", measure=None)
    rows = rows.assign(goal_id=rows.index.astype(str), target=None, due=pd.NaT)
    read = read_goals(rows, [FCR], AS_OF, held=HELD)
    table = goal_summary(read).set_index("key")
    assert (table[["met", "not_met", "unknown"]].sum(axis=1) == 3).all()
    assert summary_by_level(read)["goals"].sum() == 3
