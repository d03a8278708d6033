"""Feedback on file: cadence, balance, specificity, timeliness, and whether it goes with results."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.findings.people.feedback import (
    cadence,
    gaps_of_receivers,
    heard_by_standing,
    quality,
    quality_by,
    with_reading,
)
from reviewkit.findings.people.feedback_words import names_act_and_effect

AS_OF = dt.date(2025, 8, 31)


def pieces(*rows: tuple[str, str, str, str, bool | None, int | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["at", "giver", "receiver", "kind", "specific", "days_after"])
    return frame.assign(at=pd.to_datetime(frame["at"]))


FILE = pieces(
    ("2025-05-01", "m", "a", "praise", True, 1),
    ("2025-06-01", "m", "a", "correction", False, 9),
    ("2025-08-01", "m", "b", "correction", None, None),
    ("2025-08-20", "n", "b", "praise", True, 7),
)


def test_quality_counts_only_what_says() -> None:
    made = quality(FILE)
    assert made["ratio"] == 1.0
    assert made["specific"] == pytest.approx(2 / 3)
    assert made["timely"] == pytest.approx(2 / 3)
    assert made["days"] == 7


def test_a_giver_without_corrections_has_no_ratio() -> None:
    table = quality_by(FILE, "giver").set_index("giver")
    assert np.isnan(table.loc["n", "ratio"])
    assert table.loc["m", "ratio"] == 0.5


def test_cadence_counts_people_who_heard_nothing() -> None:
    made = cadence(FILE, ["a", "b", "c"], AS_OF)
    assert (made["quiet_60"], made["quiet_90"], made["never"]) == (2, 2, 1)
    assert made["gap"] == 25  # a: 31 days, b: 19
    assert made["reach"] == 122


def test_feedback_dated_after_the_data_end_is_not_counted() -> None:
    later = pieces(("2025-09-30", "m", "c", "praise", True, 1))
    assert cadence(pd.concat([FILE, later]), ["c"], AS_OF)["never"] == 1


def test_chance_gives_an_unevenness_of_about_one_and_a_clock_none() -> None:
    rng = np.random.default_rng(7)
    days = np.cumsum(rng.exponential(10, 4000)).round()
    start = pd.Timestamp("1990-01-01")
    random = pd.DataFrame({"receiver": "r", "at": start + pd.to_timedelta(days, unit="D")})
    clock = pd.DataFrame({"receiver": "c", "at": pd.date_range(start, periods=20, freq="7D")})
    table = gaps_of_receivers(pd.concat([random, clock]), AS_OF).set_index("receiver")
    assert table.loc["r", "unevenness"] == pytest.approx(1, abs=0.08)
    assert table.loc["c", "unevenness"] == 0


@given(st.lists(st.sampled_from(["praise", "correction"]), min_size=1, max_size=30))
@settings(max_examples=40)
def test_balance_is_a_share_that_the_ratio_follows(kinds: list[str]) -> None:
    rows = [("2025-08-01", "m", "a", kind, True, 1) for kind in kinds]
    made = quality(pieces(*rows))
    assert made["praise"] + made["corrections"] == len(kinds)
    if made["corrections"]:
        assert made["ratio"] == pytest.approx(made["praise_share"] / (1 - made["praise_share"]))


def test_standings_count_people_and_not_pieces() -> None:
    standings = pd.DataFrame({"agent": ["a", "b", "c"], "standing": ["recognise", "support", "support"]})
    table = heard_by_standing(FILE, standings).set_index("standing")
    assert table.loc["recognise", ["people", "praised"]].tolist() == [1, 1]
    assert table.loc["support", ["people", "any", "specific"]].tolist() == [2, 1, 1]


@pytest.mark.parametrize(
    ("text", "specific"),
    [
        ("You read the meter number back, so she did not have to ring again.", True),
        ("When you rang the landlord yourself, it saved the customer a week.", True),
        ("Your note left out the address, which meant the van went twice.", True),
        ("Well done!", False),
        ("You need to try harder.", False),
        ("You closed the case before noon.", False),
        ("Customers like you.", False),
    ],
)
def test_feedback_is_specific_where_it_names_an_act_and_its_effect(text: str, specific: bool) -> None:
    assert names_act_and_effect(text) is specific


def test_text_is_read_where_there_is_one_and_the_mark_believed_where_there_is_none() -> None:
    read = with_reading(FILE.assign(text=["Well done!", None, None, None]))
    assert read["specific"].fillna(False).tolist() == [False, False, False, True]
