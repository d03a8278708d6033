"""Errors a user can cause are one line that names the place and the next step."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.model import InputError, ReviewError, StepError

words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


def test_input_error_names_file_row_and_column() -> None:
    error = InputError("'x' is no number", file="kpis.csv", row=7, column="value", fix="Write 3.5.")
    assert str(error) == "kpis.csv, row 7, column value: 'x' is no number. Write 3.5."


def test_input_error_without_a_place_is_the_problem_alone() -> None:
    assert str(InputError("nothing to run")) == "nothing to run."


def test_input_error_keeps_the_question_mark_of_a_problem() -> None:
    assert str(InputError("is this the right folder?", file="data")) == "data: is this the right folder?"


@given(problem=words, file=words, line=st.integers(1, 9999), fix=words)
def test_input_error_survives_a_process_border(problem: str, file: str, line: int, fix: str) -> None:
    error = InputError(problem, file=file, line=line, key="a.b", fix=fix)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.__dict__) == (str(error), error.__dict__)


@given(st.text(max_size=60))
def test_input_error_is_always_one_line(fix: str) -> None:
    assert len(str(InputError("wrong", file="a.csv", fix=fix)).splitlines()) == 1


def test_step_error_survives_a_process_border() -> None:
    error = StepError("1.1", None, "time limit")
    assert str(pickle.loads(pickle.dumps(error))) == str(error) == "step 1.1: time limit"


def test_errors_share_one_base() -> None:
    assert issubclass(InputError, ReviewError) and issubclass(StepError, ReviewError)
