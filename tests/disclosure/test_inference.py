"""What a reader could infer narrows with every clue, and the proposal is the least that is enough."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.disclosure import ANYONE, could_infer

REGISTER = pd.DataFrame(
    [
        ("a", "Service", "front_line", "North", "Adviser", 30, 2.0),
        ("b", "Service", "front_line", "South", "Adviser", 3, 10.0),
        ("c", "Service", "team_lead", "North", "Team leader", 6, 5.0),
        ("d", "IT", "front_line", "South", "Analyst", 4, 3.0),
        ("e", "IT", "department_head", "South", "Head of IT", 1, 9.0),
    ],
    columns=["stakeholder_id", "department", "level", "site", "role", "headcount", "tenure_years"],
)


@pytest.mark.parametrize(
    ("quote", "attribution", "pool", "advice", "broader"),
    [
        ("We wait.", "front line, Service", 33, "show", ""),
        ("We at South wait.", "front line, Service", 3, "broader attribution", "front line"),
        ("As head of IT I wait.", "front line", 37, "show", ""),
        ("As head of IT I wait.", "a member of staff", 1, "paraphrase", ""),
        ("We wait.", "front line, IT", 4, "broader attribution", "front line"),
        ("South have two printers.", "front line, Service", 30, "show", ""),
        ("We fix it in a day.", "front line, Service", 33, "show", ""),
        ("Ten years I've been here.", "front line, Service", 3, "paraphrase", ""),
    ],
)
def test_could_infer_counts_who_is_left(
    quote: str, attribution: str, pool: int, advice: str, broader: str
) -> None:
    found = could_infer(quote, attribution, REGISTER)
    assert (found.pool, found.advice, found.broader) == (pool, advice, broader)


def test_two_quotes_of_one_voice_narrow_further_than_each() -> None:
    one, other = "We at South wait.", "As an analyst I wait."
    alone = [could_infer(text, ANYONE, REGISTER).pool for text in (one, other)]
    assert alone == [8, 4]
    linked = could_infer("We at South wait.", ANYONE, REGISTER, beside=["Ten years I've been here."])
    assert linked.pool == 4 and linked.linked == 1 and "beside 1" in linked.words


def test_could_infer_tells_how_many_of_the_pool_were_heard() -> None:
    assert could_infer("We wait.", "front line, Service", REGISTER, heard=["b", "e"]).heard == 1


WORDS = st.lists(
    st.sampled_from(["We at South wait.", "Ten years I've been here.", "As an adviser I ask.", "Well."])
)


@given(WORDS, st.sampled_from(["Service", "IT"]), WORDS)
def test_more_that_is_known_never_leaves_more_people(
    said: list[str], department: str, beside: list[str]
) -> None:
    quote, attribution = " ".join(said), f"front line, {department}"
    known = could_infer(quote, attribution, REGISTER, beside=beside).pool
    assert known <= could_infer("", attribution, REGISTER).pool
