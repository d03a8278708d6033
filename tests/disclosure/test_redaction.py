"""Redaction finds what could identify somebody."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.disclosure import Discloser, proposals, pseudonym, redact, redact_registered
from reviewkit.model import Disclosure

NAMES = ["Priya Shah", "Catherine O'Neill"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I told Priya Shah twice.", "I told [name] twice."),
        ("Shah's team waits.", "[name]'s team waits."),
        ("priya shah agreed", "[name] agreed"),
        ("Ask Catharine about it.", "Ask [name] about it."),
        ("We rang Tomasz on Monday.", "We rang [name] on Monday."),
        ("Then Sarah Jones came.", "Then [name] came."),
        ("Mr Okafor decides.", "[name] decides."),
        ("Write to a.b@example.org.", "Write to [e-mail]."),
        ("Ring 020 7946 0018 or +44 7700 900123.", "Ring [phone] or [phone]."),
        ("Case AB-12345 is lost.", "Case [id] is lost."),
        ("The system is slow. Nobody cares.", "The system is slow. Nobody cares."),
    ],
)
def test_redact_takes_out_what_identifies(text: str, left: str) -> None:
    assert redact(text, NAMES) == left


def test_redact_keeps_places_it_is_told_are_ordinary() -> None:
    assert (
        redact("The desk at Castle Quay is full.", ordinary=["Castle Quay"])
        == "The desk at Castle Quay is full."
    )


def test_redact_takes_out_titles_of_one_holder() -> None:
    register = pd.DataFrame({"name": [None, None], "role": ["head of sales", "adviser"], "headcount": [1, 9]})
    assert (
        Discloser(Disclosure(), register).redact("Our head of sales, an adviser.")
        == "Our [job title], an adviser."
    )


def test_redact_registered_keeps_capitals_an_analyst_has_judged() -> None:
    assert redact_registered("Priya met Oyster.", NAMES) == "[name] met Oyster."


def test_proposals_say_where_and_of_which_kind() -> None:
    found = proposals("Ask Priya.", NAMES)[0]
    assert (found.start, found.end, found.kind) == (4, 9, "name")


def test_pseudonym_depends_on_the_key() -> None:
    assert pseudonym("s1", "a") == pseudonym("s1", "a") != pseudonym("s1", "b")


def test_pseudonym_without_a_key_is_refused() -> None:
    with pytest.raises(ValueError, match="key"):
        pseudonym("s1", "")
