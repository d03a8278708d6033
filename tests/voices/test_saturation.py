"""Saturation is judged on the last interviews against the first."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from reviewkit.voices import curve, saturation

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
