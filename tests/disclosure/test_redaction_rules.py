"""Redaction leaves nothing of the register, does nothing twice, and is right in any script."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.disclosure import Discloser, applied, proposals, redact, redact_registered
from reviewkit.disclosure.folded import Folded, fold
from reviewkit.disclosure.registered import registered
from reviewkit.model import Disclosure

NAMES = ("Priya Shah", "Catherine O'Neill", "José Ruiz-Ortega", "דנה כהן", "Elizabeth Ng")
WHOLE = [fold(name) for name in NAMES]
PIECES = [*NAMES, "Shah, Priya", "PRIYA SHAH", "Jose\u0301 Ruiz", "Liz", "p.shah@example.org", "Shah's"]
PIECES += ["+44 (0)20 7946 0018", "AB-12345", "born on 12 March 1974", "🙂", "👩🏽‍💻", "שלום", "مرحبا"]
PIECES += [
    "e\u0301",
    "\u200b",
    "\u200f",
    "\n",
    "[name]",
    "<b>",
    "We wait.",
    "the",
    "@priyashah",
    "Sir Humphrey",
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=12).map(" ".join)


@given(texts)
def test_applying_all_proposals_leaves_no_name_of_the_register(text: str) -> None:
    left = applied(text, proposals(text, NAMES))
    assert [why for *_, why in registered(Folded(left), NAMES)] == []
    assert [name for name in WHOLE if name in fold(left)] == []


@given(texts)
def test_redaction_done_twice_does_nothing_more(text: str) -> None:
    once = redact(text, NAMES, titles=["Managing director"])
    assert redact(once, NAMES, titles=["Managing director"]) == once
    sure = redact_registered(text, NAMES)
    assert redact_registered(sure, NAMES) == sure


@given(texts)
def test_proposals_stand_where_they_say_and_do_not_overlap(text: str) -> None:
    found = proposals(text, NAMES)
    assert all(text[one.start : one.end] == one.words and one.why for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("🙂🙂 Priya 🙂", "🙂🙂 [name] 🙂"),
        ("Ask Jose\u0301 today", "Ask [name] today"),
        ("שאלתי את דנה כהן אתמול", "שאלתי את [name] אתמול"),
        ("told Pri\u200bya Sh\u00adah", "told [name]"),
        ("Shah, Priya said so", "[name] said so"),
        ("see priyashah or PRIYA_SHAH", "see [name] or [name]"),
        ("I asked Liz and Lizzie", "I asked [name] and [name]"),
        ("born on 12 March 1974 in Leeds", "[date of birth] in [name]"),
        ("her birthday is 3/4/1988", "her [date of birth]"),
        ("on 3/4/2025 it broke", "on 3/4/2025 it broke"),
        ("we make a mark", "we make a mark"),
    ],
)
def test_redact_finds_names_in_any_script_and_shape(text: str, left: str) -> None:
    assert redact(text, [*NAMES, "Mark"]) == left


def test_redact_takes_out_a_place_with_few_people() -> None:
    import pandas as pd

    register = pd.DataFrame({"name": None, "site": ["North", "Kiln Row"], "headcount": [40, 3]})
    gate = Discloser(Disclosure(), register)
    assert gate.redact("We at Kiln Row share with North.") == "We at [place] share with North."


@pytest.mark.parametrize(
    "piece", ["We wait 🙂 no. ", "A1/", "a@", "1.", "Xq", "[", "é", "Mr ", "born ", "www."]
)
def test_a_remark_of_100_000_characters_is_read_to_its_end(piece: str) -> None:
    text = piece * (100_000 // len(piece)) + " Ask Priya Shah."
    assert any(one.end == len(text) - 1 for one in proposals(text, NAMES, places=["Kiln Row"]))
