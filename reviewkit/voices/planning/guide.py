"""Interview guides from the question bank, and what the questions asked cover."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from reviewkit.content import Question, functions_of

LAST_TOPIC = "opinions"
OPENING_MINUTES = 5.0
OPINION_MINUTES = 3.0
TEST = 'Our reading of the data: "{}" How does that fit with what you see?'
ASK, IF_TIME = "ask", "if time"
_JARGON = re.compile(r", \d[\d.,]* times the smallest change worth acting on")
COLUMNS = ("question", "topic", "kind", "text", "probes", "open", "minutes", "part")


def guide(
    questions: Mapping[str, Question],
    level: str,
    *,
    department: str = "",
    opinions: Iterable[str] = (),
    minutes: float = 45,
) -> pd.DataFrame:
    """Return the questions for one level and department, open ones first and opinions from the data last.

    Parameters
    ----------
    questions : the question bank.
    level : such as ``front_line``; ``department`` adds questions about what the department does.
    opinions : statements of step 1.1 to test at the end.
    minutes : length of the interview. Five of them go to the opening and what the opinions take to
        these; ``part`` is ``ask`` for what fits into the others: essential questions, then those for the
        department, then one for each topic that has none yet; ``if time`` for what is left.

    Returns
    -------
    ``order, question, topic, kind, text, probes, open, minutes, part``.

    Examples
    --------
    >>> from reviewkit.content import load_questions
    >>> made = guide(load_questions(), "front_line", opinions=["Handle time rose."])
    >>> made["text"].iloc[-2]
    'Our reading of the data: "Handle time rose." How does that fit with what you see?'
    >>> bool(made.loc[made["part"] == "ask", "minutes"].sum() <= 40)
    True
    """
    mine = [one for one in questions.values() if _is_for(one, level, department)]
    first = sorted(
        (one for one in mine if one.topic != LAST_TOPIC), key=lambda one: (not one.open, one.order)
    )
    last = sorted((one for one in mine if one.topic == LAST_TOPIC), key=lambda one: (one.open, one.order))
    tested = [
        ("", LAST_TOPIC, "performance", TEST.format(put_plainly(words)), "", False, OPINION_MINUTES)
        for words in opinions
    ]
    closing = [one for one in last if one.essential]
    left = minutes - OPENING_MINUTES - OPINION_MINUTES * len(tested) - sum(one.minutes for one in closing)
    asked = {one.id for one in closing} | _fitting(first, left)
    rows = [_row(one) for one in first + [one for one in last if not one.open]]
    rows += tested + [_row(one) for one in last if one.open]
    frame = pd.DataFrame(
        [(*row, ASK if not row[0] or row[0] in asked else IF_TIME) for row in rows], columns=list(COLUMNS)
    )
    frame.insert(0, "order", range(1, len(frame) + 1))
    return frame


def put_plainly(opinion: str) -> str:
    """Return an opinion as it is put to somebody who is interviewed: without the team's own terms.

    >>> put_plainly("Sales fell by 7.4 points, 2.5 times the smallest change worth acting on.")
    'Sales fell by 7.4 points.'
    """
    return _JARGON.sub("", opinion)


def _is_for(question: Question, level: str, department: str) -> bool:
    at_level = not question.levels or level in question.levels
    return at_level and (
        not question.departments or bool(set(question.departments) & functions_of(department))
    )


def _fitting(questions: Sequence[Question], minutes: float) -> set[str]:
    """Return the questions that fit into so many minutes, the most telling first."""
    chosen: set[str] = set()
    topics: set[str] = set()
    ranked = sorted(questions, key=lambda one: (not one.essential, not one.departments))
    for fresh_only in (True, False):
        for one in ranked:
            known = one.topic in topics and not one.departments and not one.essential
            if one.id not in chosen and one.minutes <= minutes and not (fresh_only and known):
                chosen.add(one.id)
                topics.add(one.topic)
                minutes -= one.minutes
    return chosen


def _row(question: Question) -> tuple[str, str, str, str, str, bool, float]:
    probes = " ".join(question.probes)
    words = (question.id, question.topic, question.kind, question.text, probes)
    return (*words, question.open, question.minutes)


def asked_codes(remarks: pd.DataFrame, questions: Mapping[str, Question]) -> set[str]:
    """Return the codes that the questions put so far ask about.

    A code outside this set that nobody raised was not asked: its silence says nothing.

    >>> from reviewkit.content import load_questions
    >>> bank = load_questions()
    >>> put = next(question.id for question in bank.values() if question.topic == "journey")
    >>> asked_codes(pd.DataFrame({"question": [put]}), bank)
    {'customer_journey'}
    """
    put = remarks["question"].dropna().unique()
    return {code for name in put if name in questions for code in questions[name].codes}
