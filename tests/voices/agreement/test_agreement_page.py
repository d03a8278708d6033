"""What page 1.4 says of coders: how many coded twice, what holds, and nothing from too few."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.content import Codebook
from reviewkit.model import Edition
from reviewkit.steps.interviews_and_themes.agreement_blocks import agreement, to_review
from reviewkit.voices import ThemeCoder, all_remarks, code_remarks
from reviewkit.voices.agreement import agreed, disagreements, suggestions_judged
from reviewkit.voices.quality_findings import agreement_finding

NAMES = {"systems": "Systems", "morale": "Morale", "training": "Training"}
SAID = "The slow system, says somebody."


def remarks(count: int) -> pd.DataFrame:
    ids = [f"r{place}" for place in range(count)]
    return all_remarks(
        pd.DataFrame({"remark_id": ids, "source": "one_to_one", "interview_id": ids, "text": SAID})
    )


def codings(count: int, coders: str = "AB") -> pd.DataFrame:
    """Each remark is systems or morale in turn; the second coder says training of every fifth."""
    rows = [
        (f"r{n}", "training" if coder == "B" and n % 5 == 0 else ("systems", "morale")[n % 2], coder)
        for n in range(count)
        for coder in coders
    ]
    frame = pd.DataFrame(rows, columns=["remark_id", "code", "coder"])
    return frame.assign(stance="concern", prompting="", memo="")


def page(coded: pd.DataFrame, book: Codebook, edition: Edition) -> str:
    said = remarks(60)
    known = agreed(coded, said, book)
    judged = suggestions_judged(known.codings, said, ThemeCoder(book))
    return agreement(known, agreement_finding(known, NAMES), judged, NAMES, edition).html()


@pytest.mark.parametrize(
    ("count", "coders", "words"),
    [
        (0, "AB", "Nobody has coded yet"),
        (60, "A", "One person coded, and no remark was coded by two"),
        (12, "AB", "12 remarks were coded by more than one of 2 coders"),
        (12, "AB", "too few to say how far they agree: it takes 20"),
        (60, "AB", "60 remarks were coded by more than one of 2 coders, by choice of those who coded"),
    ],
)
def test_page_says_how_much_was_coded_twice(book: Codebook, count: int, coders: str, words: str) -> None:
    assert words in page(codings(count, coders), book, "team")


def test_page_says_what_is_left_of_a_sample_that_is_drawn(book: Codebook) -> None:
    said = remarks(60)
    sample = pd.DataFrame({"remark_id": [f"r{n}" for n in range(24, 60)]})
    known = agreed(codings(36), said, book, sample)
    judged = suggestions_judged(known.codings, said, ThemeCoder(book))
    html = agreement(known, agreement_finding(known, NAMES), judged, NAMES, "team").html()
    assert "36 remarks were coded by more than one of 2 coders, by choice" in html and "95% interval" in html
    assert "A blind sample of 36 remarks is drawn; 12 of them are coded by two people." in html


def test_page_tells_no_figure_from_too_few(book: Codebook) -> None:
    html = page(codings(12), book, "team")
    assert "alpha" not in html.lower() and "Cohen" not in html


def test_team_reads_figures_with_intervals_and_the_prevalence_note(book: Codebook) -> None:
    html = page(codings(60), book, "team")
    for words in (
        "95% interval",
        "Landis and Koch",
        "Prevalence-adjusted",
        "judged as a coder of their own",
    ):
        assert words in html


def test_leadership_reads_statements_alone(book: Codebook) -> None:
    html = page(codings(60), book, "leadership")
    assert "Krippendorff" in html and "<table" not in html and "analyst" not in html


def test_team_sees_what_was_coded_differently_side_by_side(book: Codebook) -> None:
    said, coded = remarks(60), codings(60)
    apart = disagreements(coded, said, NAMES)
    html = to_review(code_remarks(said, coded, book), apart, NAMES).html()
    assert "Coded differently" in html and "Training (concern)" in html and SAID in html
