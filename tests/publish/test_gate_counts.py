"""Counts of people: too small, or to be worked out from several pages."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.publish.gate import Refused
from reviewkit.publish.gate_counts import check_counts

REGISTER = pd.DataFrame(
    [("IT", "front_line", 8), ("IT", "senior_leadership", 4), ("Sales", "front_line", 130),
     ("Sales", "team_lead", 10)],
    columns=["department", "level", "headcount"],
)  # fmt: skip
DEPARTMENTS = {"IT": 12, "Sales": 140}


def table(by: str, counts: dict[str, int], heading: str = "People") -> str:
    rows = "".join(f'<tr><th scope="row">{name}</th><td>{n}</td></tr>' for name, n in counts.items())
    return (
        f"<table><caption>c</caption><thead><tr><th>{by}</th><th>{heading}</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def check(*tables: str, edition: str = "leadership") -> None:
    pages = {f"{place}.html": made for place, made in enumerate(tables)}
    check_counts(edition, pages, REGISTER, people=5, answers=5)  # type: ignore[arg-type]


def test_a_count_left_out_that_follows_from_another_page_is_refused() -> None:
    with pytest.raises(Refused, match="level, senior leadership: can be worked out exactly") as caught:
        check(table("Department", DEPARTMENTS), table("Level", {"front line": 138, "team lead": 10}))
    assert caught.value.page == "leadership/1.html" and " 4" not in str(caught.value)


def test_two_counts_left_out_hide_each_other() -> None:
    check(table("Department", DEPARTMENTS), table("Level", {"front line": 138}))


def test_small_groups_may_be_counted_together() -> None:
    more = pd.DataFrame([("Sales", "department_head", 3)], columns=REGISTER.columns)
    register = pd.concat([REGISTER, more], ignore_index=True)
    levels = {"front line": 138, "team lead": 10, "other levels": 7}
    pages = {"a.html": table("Department", {"IT": 12, "Sales": 143}), "b.html": table("Level", levels)}
    check_counts("leadership", pages, register, people=5, answers=5)


def test_people_without_a_level_are_no_contradiction() -> None:
    register = REGISTER.assign(level=REGISTER["level"].where(REGISTER["headcount"].ne(130)))
    pages = {"a.html": table("Department", DEPARTMENTS), "b.html": table("Level", {"front line": 8})}
    check_counts("leadership", pages, register, people=5, answers=5)


@pytest.mark.parametrize("heading", ["People", "Answers", "Respondents"])
def test_a_group_too_small_is_refused(heading: str) -> None:
    with pytest.raises(Refused, match=r"counts \w+ of a group smaller than 5\. Put small groups together"):
        check(table("Site", {"North": 30, "South": 4}, heading))


def test_nobody_is_no_small_group() -> None:
    check(table("Site", {"North": 30, "South": 0}, "Answers"))


@pytest.mark.parametrize("edition", ["team", "managers"])
def test_the_team_and_managers_may_count_all(edition: str) -> None:
    check(table("Site", {"South": 4}), edition=edition)
