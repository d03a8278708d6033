from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.evidence.checking import typed
from reviewkit.evidence.notes import Notes, Passage, Register, remarks
from reviewkit.evidence.notes.rows import About, Remarks
from reviewkit.evidence.notes.sentences import LONG, sentences, split
from reviewkit.model import TABLES, InputError

from .conftest import Desk

REGISTER = Register.of(
    [
        {
            "stakeholder_id": "P001",
            "name": "Priya Shah",
            "department": "Operations",
            "level": "team_lead",
            "site": "North",
        },
        {
            "stakeholder_id": "P002",
            "name": "Tomasz Nowak",
            "department": "Operations",
            "level": "front_line",
            "site": "North",
        },
    ],
    [
        {"interview_id": "I001", "stakeholder_id": "P001", "on_record": "True"},
        {"interview_id": "I002", "stakeholder_id": "P001", "on_record": "True"},
        {"interview_id": "I002", "stakeholder_id": "P002", "on_record": "False"},
    ],
    [
        {"interview_id": "I001", "kind": "one_to_one", "site": "North"},
        {"interview_id": "I002", "kind": "group"},
    ],
)


def of(
    *passages: tuple[str, str] | Passage,
    stem: str = "talk",
    facts: dict[str, str] | None = None,
    **about: Any,
) -> Remarks:
    made = [
        one if isinstance(one, Passage) else Passage(one[1], f"line {at}", one[0])
        for at, one in enumerate(passages, start=1)
    ]
    return remarks(Notes(stem, tuple(made), facts or {}), About("acme", **about), REGISTER)


def column(made: Remarks, name: str) -> list[str]:
    return [row.get(name, "") for row in made.rows]


def test_what_is_asked_is_no_remark_and_stands_beside_the_answers() -> None:
    made = of(
        ("Q", "Thanks. What works well here, that you wouldn't want to lose?"),
        ("A", "The rota."),
        ("Q", "Why is that?"),
        ("A", "It is fair."),
        ("Q", "How do you get to work on a rainy day in winter?"),
        ("A", "I walk."),
    )
    assert column(made, "text") == ["The rota.", "It is fair.", "I walk."]
    assert column(made, "question") == ["works_well", "works_well", ""]
    assert (made.asked, made.unknown) == (1, 1)


def test_who_spoke_is_a_column_and_never_in_the_words() -> None:
    made = of(
        ("Shah, Priya", "We wait."),
        ("Tomasz Nowak", "They do not."),
        ("Somebody Else", "So it is."),
        interview="I002",
    )
    assert column(made, "stakeholder_id") == ["P001", "P002", ""]
    assert column(made, "on_record") == ["true", "false", ""]
    assert column(made, "department") == ["Operations", "Operations", ""]
    assert column(made, "source") == ["group_work"] * 3
    assert made.strangers == ("line 3",)
    assert made.no_consent == 1


def test_the_one_invited_is_who_answers() -> None:
    assert column(of(("Q", "What works?"), ("A", "The rota."), interview="I001"), "stakeholder_id") == [
        "P001"
    ]
    assert column(of(("", "The rota."), interview="I001"), "stakeholder_id") == ["P001"]
    assert column(of(("Q", "What works?"), ("A", "The rota."), interview="I002"), "stakeholder_id") == [""]
    assert column(of(("Jane Roe", "The rota."), interview="I001"), "stakeholder_id") == [""]


def test_consent_that_is_not_known_is_left_empty() -> None:
    assert column(of(("Priya Shah", "We wait.")), "on_record") == [""]
    assert column(of(("", "We wait."), facts={"on_record": "no"}), "on_record") == ["false"]


def test_interview_and_date_come_from_outside_then_the_notes_then_the_name() -> None:
    facts = {"interview": "I002", "said_on": "2026-03-05"}
    stem = "2026-03-06 I001"
    assert column(of(("", "x y"), stem=stem), "interview_id") == ["I001"]
    assert column(of(("", "x y"), stem=stem), "said_on") == ["2026-03-06"]
    assert column(of(("", "x y"), stem=stem, facts=facts), "interview_id") == ["I002"]
    assert column(of(("", "x y"), stem=stem, facts=facts), "said_on") == ["2026-03-05"]
    made = of(("", "x y"), stem=stem, facts=facts, interview="I009", said_on="2026-03-07")
    assert (column(made, "interview_id"), column(made, "said_on")) == (["I009"], ["2026-03-07"])
    assert "neither interviews nor participants" in made.told[0]


def test_the_interviewer_is_told_by_name_or_by_asking() -> None:
    turns = [
        ("Dana Reviewer", "What should we stop doing?"),
        ("Tomasz Nowak", "Typing twice. Why do we?"),
        ("Dana Reviewer", "And where does work pile up or wait?"),
        ("Tomasz Nowak", "At the refunds desk."),
        ("Dana Reviewer", "Thank you for that."),
    ]
    guessed = of(*turns)
    assert column(guessed, "text") == ["Typing twice. Why do we?", "At the refunds desk."]
    assert guessed.guessed == "line 1"
    named = of(*turns[:2], ("Dana Reviewer", "I see it so too."), interviewers=("dana reviewer",))
    assert (column(named, "text"), named.guessed) == (["Typing twice. Why do we?"], "")
    assert len(of(*turns, facts={"interviewer": "Dana Reviewer and Jo Roe"}).rows) == 2


def test_nobody_is_taken_for_the_interviewer_without_good_reason() -> None:
    assert len(of(("Jane Roe", "Why do we wait? Nobody knows."), ("Ann Poe", "Indeed we wait.")).rows) == 2
    assert len(of(("Priya Shah", "Why so?"), ("Priya Shah", "Why wait?"), ("Ann Poe", "We wait.")).rows) == 3


def test_headings_and_questions_in_plain_notes_are_recognised() -> None:
    made = of(
        Passage("What should we stop doing?", "1"),
        Passage("Typing twice.", "2"),
        Passage("How is good work noticed here? It is not.", "3"),
        Passage("Why do we do it, then?", "4"),
        Passage("Customers", "5", kind="heading"),
        Passage("They wait.", "6"),
        Passage("What works well here that you would not want to lose", "7", kind="item"),
        Passage("The rota.", "8"),
    )
    assert list(zip(column(made, "question"), column(made, "text"), strict=True)) == [
        ("stop_doing", "Typing twice."),
        ("support_thanks", "It is not."),
        ("support_thanks", "Why do we do it, then?"),
        ("", "They wait."),
        ("works_well", "The rota."),
    ]


def test_nods_are_passed_over_and_counted() -> None:
    made = of(("A", "Yes, yes."), ("A", "OK."), ("A", "No way."))
    assert (column(made, "text"), made.passed) == (["No way."], 2)


def test_the_same_words_twice_are_two_remarks() -> None:
    made = of(("A", "We wait."), ("A", "We  WAIT!"))
    assert len({row["remark_id"] for row in made.rows}) == 2


def test_ids_hold_where_spacing_case_or_place_change() -> None:
    one, other = of(("A", "We wait - a lot.")), of(Passage("WE   wait a lot", "line 99", "A"))
    assert column(one, "remark_id") == column(other, "remark_id")
    assert column(one, "remark_id") != column(of(("A", "We wait a lot."), stem="other"), "remark_id")


def test_comments_of_customers_keep_nothing_of_who_wrote_them() -> None:
    details = {
        "id": "7",
        "date": "2026-01-13",
        "site": "North",
        "score": "4",
        "question": "What could be better?",
    }
    notes = Notes("s", (Passage("The queue.", "row 2", "Jane Roe", "comment", details),), survey=True)
    made = remarks(notes, About("acme", source="customer_feedback"), REGISTER)
    assert made.table == "customer_feedback"
    assert {name: text for name, text in made.rows[0].items() if name != "feedback_id"} == {
        "at": "2026-01-13",
        "site": "North",
        "score": "4",
        "question": "What could be better?",
        "text": "The queue.",
    }


def test_comments_of_staff_become_remarks() -> None:
    details = {"date": "2026-01-13", "question": "What should we stop doing?", "department": "Sales"}
    notes = Notes(
        "s",
        (
            Passage("Typing.", "row 2", "Priya Shah", "comment", details),
            Passage("Calls.", "row 3", "", "comment", details),
            Passage("-", "row 4", "", "comment", details),
        ),
        survey=True,
    )
    made = remarks(notes, About("acme", source="one_to_one"), REGISTER)
    assert column(made, "question") == ["stop_doing"] * 2
    assert column(made, "stakeholder_id") == ["P001", ""]
    assert column(made, "department") == ["Operations", "Sales"]
    assert made.passed == 1


def test_whose_comments_they_are_has_to_be_said() -> None:
    notes = Notes("s", (Passage("The queue.", "row 2", kind="comment"),), survey=True)
    with pytest.raises(InputError, match="--source customer_feedback"):
        remarks(notes, About("acme"), REGISTER)


def test_a_long_turn_becomes_remarks_of_a_few_sentences() -> None:
    turn = " ".join(f"This is sentence number {n} of a long turn." for n in range(20))
    parts = split(turn)
    assert [len(sentences(part)) for part in parts] == [3, 3, 3, 3, 3, 3, 2]
    assert " ".join(parts) == turn


def test_a_word_corrected_in_a_long_turn_moves_no_other_remark() -> None:
    turn = " ".join(f"This is sentence number {n} of a long turn." for n in range(20))
    one, other = split(turn), split(turn.replace("number 4 of", "number four and of the very"))
    assert sum(a != b for a, b in zip(one, other, strict=True)) == 1


WORDS = st.text(st.sampled_from("abc AZ.?!…'\"()é,0"), max_size=800)


@settings(max_examples=80, deadline=None)
@given(WORDS)
def test_splitting_loses_no_word_and_leaves_none_too_long(text: str) -> None:
    parts = split(text)
    assert " ".join(" ".join(parts).split()) == " ".join(text.split())
    assert (
        all(len(sentence.split()) <= 90 for part in parts for sentence in sentences(part)) or len(parts) == 1
    )
    assert len(text.split()) > LONG or parts == [text]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "Q", "A", "Priya Shah", "Dana Reviewer"]), WORDS.filter(str.strip)),
        min_size=1,
        max_size=12,
    )
)
def test_rows_fit_their_table_and_have_ids_of_their_own(turns: list[tuple[str, str]]) -> None:
    made = of(*turns, interview="I002")
    assert made.rows == of(*turns, interview="I002").rows
    if made.rows:
        frame = pd.DataFrame(made.rows, dtype="str").fillna("")
        assert typed(frame, TABLES["remarks"], Path("x"))[1] == []


NOTES = """\
Interview with a team lead, North
Date: 4 March 2026

What hinders the night shift in January?
- The rota comes out on the day before.
- Why is nobody told?

Where does the time go on Mondays?
It goes into the queue. Why do we still print it?
"""


def test_a_title_and_questions_of_no_bank_are_no_remarks(desk: Desk) -> None:
    desk.take(desk.write("a.txt", NOTES))
    rows = desk.rows()
    assert [row["text"] for row in rows] == [
        "The rota comes out on the day before.",
        "Why is nobody told?",
        "It goes into the queue. Why do we still print it?",
    ]
    assert {row["said_on"] for row in rows} == {"2026-03-04"}
