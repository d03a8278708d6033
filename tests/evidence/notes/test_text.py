from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.evidence.notes import read_notes
from reviewkit.evidence.notes.passages import clean
from reviewkit.model import InputError

Write = Callable[[str, bytes | str], Path]
WORDS = "Café notes: it’s “slow” – naïve, £5.\n"


def texts(path: Path) -> list[str]:
    return [one.text for one in read_notes(path).passages]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_a_text_is_read_in_the_encoding_it_has(write: Write, encoding: str) -> None:
    assert texts(write("a.txt", (WORDS * 3).encode(encoding)))[0].startswith(
        "Café notes: it’s “slow” – naïve, £5."
    )


def test_a_guessed_encoding_is_said(write: Write) -> None:
    assert "cp1252" in read_notes(write("a.txt", WORDS.encode("cp1252"))).told[0]
    assert read_notes(write("a.txt", WORDS)).told == ()


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(400),
        b"%PDF-1.7\n" + bytes(range(128, 256)) * 9,
        bytes(100),
    ],
    ids=["all bytes", "picture", "pdf", "noughts"],
)
def test_rubbish_with_the_name_of_a_text_is_a_fault_of_one_line(write: Write, content: bytes) -> None:
    with pytest.raises(InputError, match="not text") as caught:
        read_notes(write("a.txt", content))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["", " \n\t\n", "\ufeff"])
def test_an_empty_text_is_a_fault_of_one_line(write: Write, content: str) -> None:
    with pytest.raises(InputError, match=r"empty|no words"):
        read_notes(write("a.txt", content))


def test_control_characters_and_hidden_marks_are_stripped() -> None:
    assert clean("W\x07e w\u202eai\u200bt\x1b[0m") == "We wait[0m"


def test_a_wrapped_paragraph_is_one_and_bullets_are_several(write: Write) -> None:
    text = (
        "We wait for the other department to send the papers, and they wait\n"
        "for us to ask them for the papers.\n\n* First thing.\n* Second thing,\n  which goes on.\n1. Third?\n"
    )
    assert texts(write("a.md", text)) == [
        "We wait for the other department to send the papers, and they wait "
        "for us to ask them for the papers.",
        "First thing.",
        "Second thing, which goes on.",
        "Third?",
    ]


def test_markdown_marks_are_no_words(write: Write) -> None:
    quoted = "> We **always** wait, _really_; see [this](http://x.example/y)."
    text = f"# Notes\n{quoted}\n---\n**What should we stop doing?**\n"
    notes = read_notes(write("a.md", text))
    assert [(one.kind, one.text) for one in notes.passages] == [
        ("heading", "Notes"),
        ("words", "We always wait, really; see this."),
        ("item", "What should we stop doing?"),
    ]


def test_snake_case_and_multiplication_are_left_alone(write: Write) -> None:
    assert texts(write("a.md", "Set max_wait_time to 3 * 4 * 5 here.\n")) == [
        "Set max_wait_time to 3 * 4 * 5 here."
    ]


@pytest.mark.parametrize("fence", ["---\n", ""])
def test_what_the_notes_say_at_their_top_is_taken(write: Write, fence: str) -> None:
    facts = "Interview: I001\n**Date:** 4th March 2026\nSite: North\nInterviewer: Dana Reviewer\n"
    text = f"{fence}{facts}{fence}\nThe rota.\n"
    notes = read_notes(write("a.md", text))
    assert notes.facts == {
        "interview": "I001",
        "said_on": "2026-03-04",
        "site": "North",
        "interviewer": "Dana Reviewer",
    }
    assert [one.text for one in notes.passages] == ["The rota."]


def test_facts_further_down_are_words(write: Write) -> None:
    notes = read_notes(write("a.txt", "The roof leaks.\nSite: the North one is worst.\n"))
    assert notes.facts == {}
    assert "Site: the North one is worst." in [one.text for one in notes.passages]


def test_a_date_nobody_can_read_is_said(write: Write) -> None:
    notes = read_notes(write("a.txt", "Date: 03/04/2026\n\nThe rota.\n"))
    assert "said_on" not in notes.facts
    assert "2026-03-04" in notes.told[0]


def test_one_huge_line_is_read(write: Write) -> None:
    found = texts(write("a.txt", "We wait a lot. " * 100_000))
    assert len(found) == 1


@pytest.mark.parametrize(
    ("name", "fix"), [("a.doc", ".docx"), ("a.xls", ".xlsx"), ("a.pdf", ".docx"), ("a.exe", "Kinds read")]
)
def test_other_kinds_are_refused_with_what_to_do(write: Write, name: str, fix: str) -> None:
    with pytest.raises(InputError, match="not read") as caught:
        read_notes(write(name, "x"))
    assert fix in str(caught.value)


@pytest.mark.parametrize("unit", ["<v ", "[", "[a](", "(", ":", "*a ", "_", '."', "> ", "Ab Cd: x\n"])
@pytest.mark.parametrize("kind", ["txt", "md", "vtt", "csv"])
def test_one_mark_over_and_over_stops_no_reader(write: Write, kind: str, unit: str) -> None:
    # A pattern that tries every beginning against every end would take hours here.
    before = {"vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nwords ", "csv": "comment\n"}.get(kind, "words ")
    with contextlib.suppress(InputError):
        read_notes(write(f"a.{kind}", before + unit * 60_000))
