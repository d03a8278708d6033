"""Saturation is judged on the last interviews against the first."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from reviewkit.voices import curve, expectation, saturation, saturation_finding

Build = Callable[[list[tuple[str, ...]]], tuple[pd.DataFrame, pd.DataFrame]]


def said(codes: list[str], department: str = "a") -> list[tuple[str, ...]]:
    return [(f"i{n}", department, code, "concern", "", f"2025-03-{n + 1:02}") for n, code in enumerate(codes)]


@pytest.mark.parametrize(
    ("codes", "verdict"),
    [
        (["morale", "systems", "morale", "morale", "systems", "morale"], "yes"),
        (["morale", "morale", "morale", "morale", "morale", "systems"], "no"),
        (["morale", "systems", "morale", "morale", "systems"], "too few"),
    ],
)
def test_saturation_weighs_the_last_two_against_the_first_four(
    coded_from: Build, codes: list[str], verdict: str
) -> None:
    assert saturation(*coded_from(said(codes)))["saturated"].tolist() == [verdict]


def test_saturation_follows_the_order_in_which_interviews_were_held(coded_from: Build) -> None:
    rows = said(["morale"] * 5 + ["systems"])
    early = [(*row[:5], "2025-01-01") if row[2] == "systems" else row for row in rows]
    assert saturation(*coded_from(early))["saturated"].tolist() == ["yes"]


def test_saturation_counts_a_group_session_once(coded_from: Build) -> None:
    assert saturation(*coded_from(said(["morale"] * 2) * 4))["interviews"].tolist() == [2]


def test_saturation_judges_each_stratum(coded_from: Build) -> None:
    rows = [*said(["morale"] * 6, "a"), ("x", "b", "morale", "concern", "", "2025-03-09")]
    table = saturation(*coded_from(rows), by="department").set_index("stratum")["saturated"]
    assert table.to_dict() == {"a": "yes", "b": "too few"}


def test_saturation_without_interviews_has_nothing_to_judge(coded_from: Build) -> None:
    assert saturation(*coded_from([])).empty


def test_curve_adds_up_to_all_codes(coded_from: Build) -> None:
    assert curve(*coded_from(said(["morale", "morale", "systems"])))["known"].tolist() == [1, 1, 2]


# Worked by hand: the base (interviews 1 to 4) holds 5 + 3 + 1 + 1 = 10 topics. New topics in the runs of two:
# 5-6: 2 of 10; 6-7: 1 of 10; 7-8: 1 of 10; 8-9: 0, at or under 5 % for the first time; 9-10: 0.
NEW = ["abcde", "fgh", "ai", "bj", "kl", "a", "m", "be", "ck", "a"]


def heard(topics: list[str], first: int = 1) -> pd.DataFrame:
    rows = [
        (f"i{n:02}", code, pd.Timestamp(2025, 3, first + n))
        for n, codes in enumerate(topics)
        for code in codes
    ]
    frame = pd.DataFrame(rows, columns=["unit_id", "code", "said_on"])
    return frame.assign(kind="interview", department="a")


@pytest.mark.parametrize(
    ("held", "share", "verdict", "reached"),
    [(6, 0.2, "no", None), (8, 0.1, "no", None), (9, 0.0, "yes", 9), (10, 0.0, "yes", 9)],
)
def test_saturation_of_the_worked_example(held: int, share: float, verdict: str, reached: int | None) -> None:
    row = saturation(heard(NEW[:held]), heard(NEW[:held])).iloc[0]
    assert (row["base_topics"], row["share_last"], row["saturated"]) == (10, pytest.approx(share), verdict)
    assert (None if pd.isna(row["reached_at"]) else row["reached_at"]) == reached


def test_saturation_with_a_run_of_three_takes_longer() -> None:
    row = saturation(heard(NEW), heard(NEW), run=3).iloc[0]
    assert row["reached_at"] == 10


def test_saturation_once_reached_can_be_lost() -> None:
    said = heard([*NEW, "xyz"])
    row = saturation(said, said).iloc[0]
    assert (row["saturated"], row["reached_at"]) == ("no", 9)


def test_saturation_does_not_take_interviews_nobody_coded_for_silent_ones() -> None:
    remarks = heard([*NEW[:6], "?", "?", "?"])
    row = saturation(remarks[remarks["code"] != "?"], remarks).iloc[0]
    assert (row["interviews"], row["waiting"], row["saturated"]) == (6, 3, "no")


def test_saturation_tells_interviews_without_a_date() -> None:
    said = heard(NEW)
    said.loc[said["unit_id"] == "i00", "said_on"] = pd.NaT
    assert saturation(said, said)["undated"].tolist() == [1]


def test_saturation_expects_no_more_topics_than_the_codebook_holds() -> None:
    said = heard(["abcdefgh", "ij", "kl", "mn", "op", "qr"])
    row = saturation(said, said, topics=20).iloc[0]
    assert (row["topics"], row["unheard"]) == (18, 2.0) and pd.isna(row["needed"])


def test_expectation_is_a_floor_and_too_few_expect_nothing() -> None:
    said = heard(NEW)
    assert expectation(saturation(said, said).iloc[0]).startswith("At least")
    few = heard(NEW[:5])
    assert expectation(saturation(few, few).iloc[0]) == ""


def test_finding_tells_how_many_groups_have_too_few_interviews() -> None:
    said = heard(NEW)
    table = pd.concat([saturation(said, said), saturation(said.head(9), said.head(9), by="department")])
    words = saturation_finding(table)[0].statement
    assert words.endswith(
        "Taken apart by level, department and site, 1 group has too few interviews to tell."
    )
