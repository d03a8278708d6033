"""Comments that a file of the engagement's own holds already are not imported beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.evidence.notes.sourced import Sourced
from reviewkit.model import read_engagement

from .conftest import PARAMS, Desk

SURVEY = """\
Response ID,Submitted,Branch,Comment
1,05/01/2026,North,"Slow,  and cold."
2,14/01/2026,South,Kind people
3,20/01/2026,North,Kind people
"""
SOURCE = """\
  customer_feedback:
    file: survey Q1.csv
    dates: "%d/%m/%Y"
    columns: {feedback_id: Response ID, at: Submitted, site: Branch, text: Comment}
"""


@pytest.fixture
def sourced(desk: Desk) -> Desk:
    """A desk whose survey is a source already."""
    (desk.folder / "data/survey Q1.csv").write_text(SURVEY, encoding="utf-8")
    desk.params.write_text(PARAMS + SOURCE, encoding="utf-8")
    desk.engagement = read_engagement(desk.params)
    return desk


def test_the_copy_that_is_a_source_adds_nothing(sourced: Desk) -> None:
    path = sourced.notes / "survey Q1.csv"
    shutil.copy(sourced.folder / "data/survey Q1.csv", path)
    done = sourced.take(path, source="customer_feedback")
    plan = done.files[0].plan
    assert plan is not None
    assert (plan.new, plan.sourced, plan.put) == (0, 3, [])
    assert plan.source == str(sourced.folder / "data/survey Q1.csv")
    assert sourced.rows("customer_feedback") == []


def test_a_source_among_the_notes_needs_nobody_to_say_whose_it_is(sourced: Desk) -> None:
    shutil.copy(sourced.folder / "data/survey Q1.csv", sourced.notes / "other name.csv")
    sourced.write("talk.txt", "Q: What should we stop doing?\nA: Typing everything twice.\n")
    done = sourced.take(sourced.notes)
    assert [file.fault for file in done.files] == [None, None]
    assert len(sourced.rows()) == 1
    assert sourced.rows("customer_feedback") == []


def test_of_a_longer_export_only_what_the_source_lacks_comes_in(sourced: Desk) -> None:
    longer = SURVEY + "4,02/02/2026,South,Kind people\n"
    sourced.take(sourced.write("survey to February.csv", longer), source="customer_feedback")
    assert [row["at"] for row in sourced.rows("customer_feedback")] == ["2026-02-02"]


def test_the_same_words_of_another_day_or_site_are_other_words(sourced: Desk) -> None:
    other = "Submitted,Branch,Comment\n15/01/2026,South,Kind people\n20/01/2026,South,Kind people\n"
    plan = sourced.take(sourced.write("b.csv", other), source="customer_feedback").files[0].plan
    assert plan is not None
    assert (plan.new, plan.sourced) == (2, 0)


def test_staff_remarks_that_are_a_source_are_not_imported_either(desk: Desk) -> None:
    rows = "remark_id,source,text,said_on,site\nR1,one_to_one,We wait for the form.,2026-01-05,North\n"
    (desk.folder / "data/remarks.csv").write_text(rows, encoding="utf-8")
    desk.params.write_text(f"{PARAMS}  remarks: remarks.csv\n", encoding="utf-8")
    desk.engagement = read_engagement(desk.params)
    plan = desk.take(desk.write("talk.txt", "Date: 2026-01-05\n\n- We wait for the form\n")).files[0].plan
    assert plan is not None
    assert (plan.new, plan.sourced) == (0, 1)


def test_a_source_that_cannot_be_read_keeps_the_comments_out(sourced: Desk) -> None:
    (sourced.folder / "data/survey Q1.csv").unlink()
    path = sourced.write("b.csv", SURVEY)
    assert "there is no such data file" in str(sourced.take(path, source="customer_feedback").files[0].fault)


@given(st.lists(st.sampled_from(["Slow", "Kind", "Cold"]), max_size=6), st.integers(0, 6))
def test_no_row_of_a_source_stands_for_two(texts: list[str], held: int) -> None:
    words: dict[str, list[tuple[str, str]]] = {}
    for text in texts[:held]:
        words.setdefault(text.lower(), []).append(("", ""))
    found = Sourced("remarks", "a.csv", words).among({at: {"text": text} for at, text in enumerate(texts)})
    assert len(found) == len(set(found)) == min(held, len(texts))


def test_a_table_without_a_file_of_its_own_holds_nothing(desk: Desk) -> None:
    empty = Sourced.of("remarks", desk.engagement, desk.params)
    assert empty.among({0: {"text": "We wait"}}) == []
    assert not Path(empty.label).name
