"""Analysts' codings win; cue phrases only suggest."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.content import Codebook
from reviewkit.voices import ThemeCoder, all_remarks, code_remarks, counted

NO_CODINGS = pd.DataFrame(columns=["remark_id", "code", "coder", "stance", "prompting"])


def remarks(*texts: str) -> pd.DataFrame:
    ids = [f"r{place}" for place in range(len(texts))]
    return all_remarks(
        pd.DataFrame({"remark_id": ids, "source": "one_to_one", "interview_id": ids, "text": texts})
    )


@pytest.mark.parametrize(
    ("text", "theme", "stance"),
    [
        ("The slow system again.", "systems", "concern"),
        ("It is not a slow system.", "systems", "strength"),
        ("We never get a good system.", "systems", "concern"),
        ("No, the slow system is back.", "systems", "concern"),
        ("There is no training.", "training", "concern"),
        ("A great team!", "morale", "strength"),
    ],
)
def test_suggest_heeds_praise_and_negation(book: Codebook, text: str, theme: str, stance: str) -> None:
    made = ThemeCoder(book).suggest([text]).iloc[0]
    assert (made["theme"], made["stance"], bool(made["accepted"])) == (theme, stance, True)


def test_suggest_always_gives_a_theme_and_abstains_without_a_cue(book: Codebook) -> None:
    made = ThemeCoder(book).suggest(["Lunch was late.", "", None])  # type: ignore[list-item]
    assert made["theme"].isin(book.codes).all() and not made["accepted"].any()


def test_suggest_abstains_between_two_themes(book: Codebook) -> None:
    assert not ThemeCoder(book, threshold=0.6).suggest(["Fed up, slow system."])["accepted"].iloc[0]


def test_code_remarks_lets_analysts_win(book: Codebook) -> None:
    codings = pd.DataFrame(
        [{"remark_id": "r0", "code": "morale", "coder": "a", "stance": "concern", "prompting": "asked"}]
    )
    coded = code_remarks(remarks("The slow system again.", "A slow system."), codings, book)
    assert coded[["remark_id", "code", "suggested"]].values.tolist() == [
        ["r0", "morale", False],
        ["r1", "systems", True],
    ]


def test_code_remarks_follows_the_coder_who_coded_most(book: Codebook) -> None:
    rows = [("r0", "morale", "a"), ("r1", "morale", "a"), ("r0", "systems", "b")]
    codings = pd.DataFrame(rows, columns=["remark_id", "code", "coder"]).assign(
        stance="concern", prompting=""
    )
    coded = code_remarks(remarks("x", "y"), codings, book)
    assert coded[["remark_id", "code"]].values.tolist() == [["r0", "morale"], ["r1", "morale"]]


def test_counted_leaves_suggestions_out_where_analysts_coded(book: Codebook) -> None:
    codings = pd.DataFrame(
        [{"remark_id": "r0", "code": "morale", "coder": "a", "stance": "concern", "prompting": ""}]
    )
    said = remarks("x", "A slow system.")
    coded = code_remarks(said, codings, book)
    assert counted(coded, said)["remark_id"].tolist() == ["r0"] and len(coded) == 2


def test_counted_keeps_suggestions_where_nobody_coded(book: Codebook) -> None:
    said = remarks("A slow system.")
    coded = code_remarks(said, NO_CODINGS, book)
    assert counted(coded, said)["suggested"].tolist() == [True]


def test_fit_learns_the_labels_it_is_given() -> None:
    texts = ["slow screen", "screen crash", "slow login", "kind nurse", "kind doctor", "nurse was caring"] * 5
    coder = ThemeCoder().fit(texts, (["it"] * 3 + ["care"] * 3) * 5)
    assert coder.predict(["the screen is slow", "a caring nurse"]) == ["it", "care"]


def test_fit_on_sets_predicts_sets() -> None:
    texts = ["slow screen", "kind nurse", "kind nurse, slow screen"] * 8
    coder = ThemeCoder().fit(texts, [{"it"}, {"care"}, {"it", "care"}] * 8)
    assert coder.predict(["kind nurse but slow screen"]) == [{"it", "care"}]


def test_suggest_after_fit_says_how_sure_and_why() -> None:
    texts, labels = ["slow screen", "kind nurse"] * 8, ["it", "care"] * 8
    made = ThemeCoder().fit(texts, labels).suggest(["such a slow screen"]).iloc[0]
    assert made["theme"] == "it" and made["confidence"] > 0.5 and "slow" in made["words"]


@pytest.mark.parametrize("labels", [["a"], ["a", "a"]])
def test_fit_refuses_what_it_cannot_learn_from(labels: list[str]) -> None:
    with pytest.raises(ValueError, match="label"):
        ThemeCoder().fit(["x", "y"], labels)
