from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.evidence.notes import Passage, Register
from reviewkit.evidence.notes.labels import spoken

REGISTER = Register.of(
    [
        {"stakeholder_id": "P001", "name": "Priya Shah"},
        {"stakeholder_id": "P002", "name": "Tomasz Nowak"},
        {"stakeholder_id": "P004", "name": "Anna Berg"},
        {"stakeholder_id": "P005", "name": "Anna Berger"},
        {"stakeholder_id": "P006", "name": ""},
    ],
    [
        {"interview_id": "I002", "stakeholder_id": "P001", "on_record": "True"},
        {"interview_id": "I002", "stakeholder_id": "P002", "on_record": ""},
    ],
)


@pytest.mark.parametrize(
    ("label", "interview", "person"),
    [
        ("Priya Shah", "", "P001"),
        ("SHAH, Priya (Operations)", "", "P001"),
        ("Ms Pryia Shah", "", "P001"),
        ("p001", "", "P001"),
        ("Priya", "", None),
        ("Priya", "I002", "P001"),
        ("Nowak", "I002", "P002"),
        ("TN", "I002", "P002"),
        ("TN", "", None),
        ("Anna Berg", "", "P004"),
        ("Anna Bergr", "", None),  # Anna Berg or Anna Berger
        ("Anna", "I002", None),
        ("Dana Reviewer", "I002", None),
        ("Speaker 1", "I002", None),
        ("", "I002", None),
    ],
)
def test_a_label_means_somebody_only_where_that_is_sure(
    label: str, interview: str, person: str | None
) -> None:
    found = REGISTER.find(label, interview)
    assert (found.id if found else None) == person


def told(*lines: str, known: Callable[[str], bool] = lambda name: False) -> list[tuple[str, str]]:
    passages = [Passage(line, f"line {number}") for number, line in enumerate(lines, start=1)]
    return [(one.speaker, one.text) for one in spoken(passages, known)]


def test_labels_of_a_dialogue_hold_until_the_next() -> None:
    found = told("Q: What works well?", "A: The rota.", "And the team.", "Q: What else?", "A: No.")
    assert found == [
        ("Q", "What works well?"),
        ("A", "The rota."),
        ("A", "And the team."),
        ("Q", "What else?"),
        ("A", "No."),
    ]


def test_after_a_lone_interviewer_come_answers_of_somebody_unnamed() -> None:
    assert told("Interviewer: What works well?", "The rota.")[1] == ("", "The rota.")


def test_a_name_in_a_line_of_its_own_holds() -> None:
    assert told("Jane Doe:", "The rota.", "Jane Doe:", "The team.") == [
        ("Jane Doe", "The rota."),
        ("Jane Doe", "The team."),
    ]


def test_words_before_a_colon_stay_where_they_are_no_name() -> None:
    lines = (
        "One idea: stop the calls.",
        "Training: too short.",
        "The thing is: we wait.",
        "12:30: the queue.",
    )
    assert [speaker for speaker, _ in told(*lines)] == ["", "", "", ""]
    assert [text for _, text in told(*lines)] == list(lines)


def test_a_single_first_name_counts_where_the_register_knows_it() -> None:
    assert told("Priya: We wait.") == [("", "Priya: We wait.")]
    assert told("Priya: We wait.", known=lambda name: name == "Priya") == [("Priya", "We wait.")]


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe   0:15\nWe wait.",
        "[Jane Doe] 10:03:12\nWe wait.",
        "[00:01:02] Jane Doe: We wait.",
        "**Jane Doe:** We wait.",
        "Jane Doe : We wait.",
    ],
)
def test_the_ways_programs_write_a_turn_are_known(line: str) -> None:
    assert told(line) == [("Jane Doe", "We wait.")]


def test_a_heading_ends_a_turn() -> None:
    passages = [
        Passage("Jane Doe: We wait.", "1"),
        Passage("Jane Doe: A lot.", "2"),
        Passage("Summary", "3", kind="heading"),
        Passage("They wait.", "4"),
    ]
    assert [one.speaker for one in spoken(passages, lambda name: False)] == ["Jane Doe", "Jane Doe", "", ""]


def test_an_interview_is_known_by_its_id_in_the_name_of_a_file(tmp_path: Path) -> None:
    assert REGISTER.interview_in("2026-03-04 i002 (notes)") == "I002"
    assert REGISTER.interview_in("I0022") == ""
