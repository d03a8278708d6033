"""Loaders of the question bank: topics, questions, and what is said before the first of them."""

from __future__ import annotations

import re
from functools import lru_cache

from .load import _data, _entries, _problem
from .models import Question, Topic


@lru_cache
def load_questions() -> dict[str, Question]:
    """Return the question bank by id, in the order in which questions are asked.

    >>> next(iter(load_questions().values())).open
    True
    """
    topics = _entries(Topic, _data("questions"), "topics", "questions.yaml")
    bank = _entries(Question, _data("questions"), "questions", "questions.yaml")
    for position, question in enumerate(bank.values()):
        if question.topic not in topics:
            place = ("questions", position, "topic")
            raise _problem("questions.yaml", place, f"'{question.topic}' is no topic", "Add it to 'topics'.")
    whole = {name: _asking(question, topics[question.topic]) for name, question in bank.items()}
    return dict(sorted(whole.items(), key=lambda item: (item[1].order, item[0])))


@lru_cache
def load_topics() -> dict[str, str]:
    """Return the topics the bank must cover: id to words.

    >>> load_topics()["what_works_well"]
    'What works well'
    """
    topics = _entries(Topic, _data("questions"), "topics", "questions.yaml")
    return {name: topic.name for name, topic in topics.items()}


@lru_cache
def opening_script() -> list[str]:
    """Return the paragraphs read out at the start of every interview.

    >>> len(opening_script()) >= 5
    True
    """
    return [str(paragraph) for paragraph in _data("questions")["opening_script"]]


@lru_cache
def functions_of(department: str) -> frozenset[str]:
    """Return the functions a department has, told by the words in its name.

    >>> sorted(functions_of("Sales and Marketing")), sorted(functions_of("Catering"))
    (['marketing', 'sales'], [])
    """
    words = f" {' '.join(re.findall(r'[a-z]+', department.lower()))} "
    known = _data("questions")["departments"]
    return frozenset(name for name, signs in known.items() if any(f" {sign} " in words for sign in signs))


def _asking(question: Question, topic: Topic) -> Question:
    """Return the question with the codes of its topic before its own."""
    return question.model_copy(update={"codes": tuple(dict.fromkeys((*topic.codes, *question.codes)))})
