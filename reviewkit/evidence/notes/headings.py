"""Headings of a table of comments, recognised by their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .passages import plain_words

_WORDS = {
    "text": """
        text, comment, comments, remark, remarks, feedback, response, verbatim, answer, words,
        free text, free text comment, free text comments, your comment, your comments, customer
        comment, customer comments, customer feedback, comment text, other comments, any other
        comments, additional comments, review, message, quote, what they said
    """,
    "date": """
        date, at, when, submitted, submitted at, submitted on, submission date, timestamp,
        completion time, end time, response date, survey date, said on, date submitted, comment
        date, feedback date, received, received on, created, created at, start time
    """,
    "site": """
        site, location, branch, office, organisation, organization, store, place, site name,
        centre, center
    """,
    "question": "question, question text, prompt, question asked",
    "id": """
        id, response id, respondent id, feedback id, remark id, comment id, ref, reference, case
        id, submission id, response number, uid, responseid, respondentid
    """,
    "score": "score, rating, csat, nps, stars, satisfaction",
    "contract": "contract",
    "contact": "contact id, contact, call id, call ref",
    "interview": "interview, interview id",
    "department": "department, directorate, function",
    "level": "level, grade",
    "speaker": """
        stakeholder id, stakeholder, name, employee, employee id, staff id, speaker, respondent,
        full name
    """,
}
_COLUMNS = {" ".join(name.split()): column for column, names in _WORDS.items() for name in names.split(",")}


def column_of(heading: str) -> str:
    """Return which of our columns a heading means; empty where none is recognised.

    >>> column_of("Customer comments"), column_of("Response_ID"), column_of("Favourite colour")
    ('text', 'id', '')
    """
    return _COLUMNS.get(plain_words(heading.replace("_", " ")), "")


def recognised(heading: Sequence[str], is_question: Callable[[str], bool]) -> dict[str, list[int]]:
    """Return the places of each column that is recognised; ``asked`` are headings that ask a question.

    A heading counts as a question where it ends with a question mark or ``is_question`` knows it.
    Columns of questions that only hold scores are for the caller to leave alone.

    >>> recognised(["ID", "Date", "What could be better?"], lambda text: False)
    {'id': [0], 'date': [1], 'asked': [2]}
    """
    places: dict[str, list[int]] = {}
    for at, name in enumerate(heading):
        column = column_of(name) or ("asked" if name.endswith("?") or (name and is_question(name)) else "")
        if column:
            places.setdefault(column, []).append(at)
    return places


def heading_row(rows: Sequence[Sequence[str]], is_question: Callable[[str], bool]) -> int | None:
    """Return which row is the heading: the first with a column of words; None where none is.

    >>> heading_row([["Survey of March"], ["Site", "Comment"]], lambda text: False)
    1
    """
    for number, row in enumerate(rows):
        found = recognised(row, is_question)
        if "text" in found or "asked" in found:
            return number
    return None
