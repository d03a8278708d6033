"""Remarks that are hard to read are told, never dropped, and never break a pattern."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.voices import (
    all_remarks,
    candidate_codes,
    checked,
    closeness,
    readability_words,
    representative,
)

LEAD = "17% of remarks say the same as another one"
AWKWARD = {
    "long": "We wait for answers. " * 5000,
    "emoji": "🙂🙃🙂",
    "right to left": "انتظرنا وقتا طويلا ولم يرد أحد",
    "html": "<script>alert('x')</script><b>slow</b> system",
    "mathematics": "$x^$ and \\frac{1}{0",
    "no letters": "--- 10/10 !!",
    "nul": "a\x00b and the rest of it",
    "blank": "   ",
}


@pytest.fixture
def said() -> pd.DataFrame:
    rows = pd.DataFrame(
        {"feedback_id": [f"f{n}" for n in range(len(AWKWARD))], "text": list(AWKWARD.values())}
    )
    return all_remarks(None, rows)


def test_checked_tells_of_every_remark(said: pd.DataFrame) -> None:
    noticed = checked(said).set_index(pd.Index(AWKWARD))
    assert len(noticed) == len(AWKWARD)
    assert noticed.loc["long", "very_long"] and noticed.loc["html", "markup"]
    assert noticed.loc[["emoji", "no letters", "blank"], "no_letters"].all()
    assert noticed.loc["right to left", "language"] == "ar"


def test_words_tell_how_many_and_what_to_do(said: pd.DataFrame) -> None:
    told = " ".join(readability_words(checked(said), said))
    assert "1 remark is in another language (Arabic 1)" in told and "3 remarks hold no letters" in told
    assert "5,000 characters" in told and "1 remark holds HTML" in told


def test_repeats_are_told_with_the_answer_for_the_team_alone() -> None:
    rows = pd.DataFrame({"feedback_id": [f"f{n}" for n in range(100)]})
    rows["text"] = [
        "Nothing" if n < 17 else f"Remark number {'abcdefghij'[n % 10] * (n + 1)}" for n in range(100)
    ]
    said = all_remarks(None, rows)
    assert readability_words(checked(said), said) == [f"{LEAD}; each is counted."]
    team = readability_words(checked(said), said, quoted=True)
    assert team == [f"{LEAD}, most often “Nothing” (17 times); each is counted."]


def test_plain_remarks_need_no_word() -> None:
    rows = pd.DataFrame({"feedback_id": ["f1", "f2"], "text": ["The lift broke.", "They were kind."]})
    said = all_remarks(None, rows)
    assert readability_words(checked(said), said) == []


def test_patterns_bear_awkward_remarks(said: pd.DataFrame) -> None:
    coded = said.assign(code="systems", stance="concern", prompting="", suggested=False)
    assert closeness(coded).between(0, 1).all()
    assert len(representative(coded, set(said["remark_id"]), {"concern": {"systems": "Systems"}}, most=9)) > 0
    assert candidate_codes(said, coded.head(0)).empty
