from __future__ import annotations

import csv
from pathlib import Path

import pytest

from reviewkit.content import load_questions
from reviewkit.evidence.notes.questions import question_of

HERE = Path(__file__).parent
SAMPLES = HERE.parents[2] / "data" / "sample"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measured(name: str) -> tuple[float, int, int]:
    """Share of the bank's questions recognised, those taken for another, and others taken for one."""
    rows = read(HERE / name)
    asked = [row for row in rows if row["question"]]
    found = [question_of(row["heard"]) for row in asked]
    right = sum(one == row["question"] for one, row in zip(found, asked, strict=True))
    wrong = sum(one not in ("", row["question"]) for one, row in zip(found, asked, strict=True))
    others = sum(bool(question_of(row["heard"])) for row in rows if not row["question"])
    return right / len(asked), wrong, others


def test_questions_in_other_words_are_recognised_and_others_are_not() -> None:
    share, wrong, others = measured("asked.csv")
    assert share >= 0.95
    assert (wrong, others) == (0, 0)


def test_questions_nobody_tuned_the_threshold_on_are_recognised() -> None:
    share, wrong, others = measured("asked_later.csv")
    assert share >= 0.75
    assert (wrong, others) == (0, 0)


def test_what_people_say_is_hardly_ever_taken_for_a_question() -> None:
    said = [
        row["text"]
        for each in ("contact_centre", "employment_services")
        for row in read(SAMPLES / each / "remarks.csv")
    ]
    assert len(said) > 1000
    assert sum(bool(question_of(text)) for text in said) / len(said) < 0.005


def test_every_question_of_the_bank_is_recognised_as_itself() -> None:
    for name, question in load_questions().items():
        assert question_of(question.text) == name
        assert question_of(f"Thank you. So, my next one: {question.text}") == name


@pytest.mark.parametrize("heard", ["", "?", "What?", "what works", "a" * 5000, "what " * 5000])
def test_hardly_a_word_is_no_question(heard: str) -> None:
    assert question_of(heard) == ""


def test_an_id_of_the_bank_will_do() -> None:
    assert question_of("[stop_doing]") == "stop_doing"
