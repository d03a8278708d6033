"""What coders coded differently, what was settled, which themes hold, and suggestions as a coder."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.content import Codebook
from reviewkit.voices import ThemeCoder, all_remarks, code_remarks
from reviewkit.voices.agreement import agreed, disagreements, suggestions_judged, with_care
from reviewkit.voices.agreement.disagreements import NOTHING
from reviewkit.voices.quality_findings import agreement_finding

NAMES = {"systems": "Systems", "morale": "Morale", "training": "Training"}
RESOLUTION = ["remark_id", "code", "holds", "stance", "memo", "role"]


def codings(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["remark_id", "code", "coder"])
    return frame.assign(stance="concern", prompting="", memo="")


def remarks(count: int, text: str = "The slow system again.") -> pd.DataFrame:
    ids = [f"r{place}" for place in range(count)]
    return all_remarks(
        pd.DataFrame({"remark_id": ids, "source": "one_to_one", "interview_id": ids, "text": text})
    )


def settled(*rows: tuple[str, str, bool]) -> pd.DataFrame:
    full = [(remark, code, holds, "", "why", "lead analyst") for remark, code, holds in rows]
    return pd.DataFrame(full, columns=RESOLUTION)


def twice(count: int, other: str = "systems") -> pd.DataFrame:
    """So many remarks that both code as systems or morale in turn; every third the second codes as other."""
    rows = []
    for place in range(count):
        code = ("systems", "morale")[place % 2]
        rows += [(f"r{place}", code, "A"), (f"r{place}", other if place % 3 == 0 else code, "B")]
    return codings(*rows)


def test_disagreements_stand_side_by_side_furthest_first() -> None:
    coded = codings(
        ("r0", "systems", "A"), ("r0", "systems", "B"),
        ("r1", "systems", "A"), ("r1", "systems", "B"), ("r1", "morale", "B"),
        ("r2", "systems", "A"), ("r2", "no_code", "B"),
        ("r3", "systems", "A"),
    )  # fmt: skip
    found = disagreements(coded, remarks(4), NAMES)
    assert found[["remark_id", "apart"]].values.tolist() == [["r2", "systems"], ["r1", "morale"]]
    assert found.loc[0, "B"] == f"{NOTHING} (concern)"
    assert found.loc[1, "B"] == "Systems (concern); Morale (concern)"


def test_disagreements_that_were_settled_are_gone() -> None:
    coded = codings(("r0", "systems", "A"), ("r0", "morale", "B"))
    assert len(disagreements(coded, remarks(1), NAMES, settled(("r0", "systems", True)))) == 1
    both = settled(("r0", "systems", True), ("r0", "morale", False))
    assert disagreements(coded, remarks(1), NAMES, both).empty


def test_code_remarks_lets_what_was_settled_stand(book: Codebook) -> None:
    coded = codings(("r0", "systems", "A"), ("r1", "systems", "A"), ("r0", "morale", "B"))
    what = settled(("r0", "systems", False), ("r0", "morale", True))
    made = code_remarks(remarks(2), coded, book, resolutions=what)
    assert sorted(made[["remark_id", "code", "coder"]].values.tolist()) == [
        ["r0", "morale", "lead analyst"],
        ["r1", "systems", "A"],
    ]


def test_code_remarks_leaves_out_what_nobody_found_a_code_for(book: Codebook) -> None:
    assert code_remarks(remarks(1), codings(("r0", "no_code", "A")), book).empty


@pytest.mark.parametrize("count", [0, 1, 12])
def test_agreement_from_too_few_remarks_is_no_finding(book: Codebook, count: int) -> None:
    assert agreement_finding(agreed(twice(count), remarks(30), book), NAMES) == []


def test_agreement_of_one_coder_has_no_pairs(book: Codebook) -> None:
    known = agreed(codings(*((f"r{n}", "systems", "A") for n in range(30))), remarks(30), book)
    assert known.coders == ("A",) and known.twice == 0 and known.pairs.empty and not known.enough


def test_agreement_names_the_themes_that_do_not_hold(book: Codebook) -> None:
    known = agreed(twice(60, other="training"), remarks(60), book)
    standing = known.themes.set_index("code")["standing"]
    assert standing["training"] == "does not hold"
    told = agreement_finding(known, NAMES)
    assert [finding.id for finding in told] == ["1.4/agreement/coders", "1.4/agreement/themes"]
    assert "Training" in told[1].statement and "60 remarks coded twice" in told[0].statement
    themes = pd.DataFrame({"code": ["training", "systems"], "note": ["", "Noted."]})
    assert with_care(themes, known.themes)["note"].str.contains("with care").tolist() == [
        True,
        standing["systems"] == "does not hold",
    ]


@pytest.mark.parametrize(("inside", "compared", "waiting"), [(19, 40, (39, 19)), (20, 20, (0, 0))])
def test_drawing_a_sample_takes_no_figure_away_until_enough_of_it_is_coded_twice(
    book: Codebook, inside: int, compared: int, waiting: tuple[int, int]
) -> None:
    sample = pd.DataFrame({"remark_id": [f"r{place}" for place in range(40 - inside, 60)]})
    known = agreed(twice(40), remarks(60), book, sample)
    assert (known.twice, known.waiting) == (compared, waiting)
    if inside < 20:
        assert known.overall == agreed(twice(40), remarks(60), book).overall


def test_agreement_compares_the_blind_sample_alone_where_one_was_drawn(book: Codebook) -> None:
    sample = pd.DataFrame({"remark_id": [f"r{n}" for n in range(25)]})
    known = agreed(twice(60), remarks(60), book, sample)
    assert (known.twice, known.drawn) == (25, 25)


def test_agreement_counts_codings_of_remarks_and_codes_that_are_gone(book: Codebook) -> None:
    coded = codings(
        ("r0", "systems", "A"), ("gone", "systems", "A"), ("r0", "strange", "A"), ("r0", "morale", " ")
    )
    known = agreed(coded, remarks(1), book)
    assert (known.left.remarks_gone, known.left.codes_unknown, known.left.by_nobody) == (1, 1, 1)
    assert len(known.left.told()) == 3 and known.coders == ("A",)


def test_suggestions_are_judged_against_each_person_and_count_what_they_abstain_from(book: Codebook) -> None:
    said = pd.concat([remarks(4), remarks(2, "Lunch was late.").assign(remark_id=["x0", "x1"])])
    coded = codings(
        *((f"r{n}", "systems", "A") for n in range(4)), ("x0", "morale", "A"), ("x1", "morale", "A")
    )
    row = suggestions_judged(coded, said, ThemeCoder(book)).iloc[0]
    assert (row["coder"], row["remarks"], row["hit"]) == ("A", 4, 1.0)
    assert row["abstained"] == pytest.approx(2 / 6)


def test_suggestions_without_codings_are_not_judged(book: Codebook) -> None:
    assert suggestions_judged(codings(), remarks(2), ThemeCoder(book)).empty
