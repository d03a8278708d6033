"""Interview guides from the question bank, and what the questions asked cover."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from reviewkit.content import Question

LAST_TOPIC = "opinions"

# Which codes a question of each topic asks about, so that "not raised" is told from "not asked".
_ASKS: dict[str, tuple[str, ...]] = {
    "bottlenecks": ("operational_inefficiency", "handoffs_and_coordination"),
    "efforts_and_goals": ("misaligned_goals", "management_information"),
    "satisfaction_changes": ("waiting_and_access", "staff_attitude_and_care"),
    "resources_needed": (
        "resource_constraint",
        "staffing_and_workload",
        "training_gap",
        "management_information",
    ),
    "team_alignment": ("misaligned_goals", "culture"),
    "hindering_processes": ("process_and_tools", "bureaucracy_and_rules"),
    "do_your_best": ("management_support", "resource_constraint", "training_gap", "morale"),
    "processes_to_improve": ("operational_inefficiency", "process_and_tools"),
    "technology": ("systems_and_it",),
    "communication": ("communication_between_teams", "handoffs_and_coordination"),
    "feedback_trends": ("waiting_and_access", "staff_attitude_and_care", "information_to_customers"),
    "customers_value": ("staff_attitude_and_care", "waiting_and_access", "dignity_and_respect"),
    "unmet_needs": ("waiting_and_access", "information_to_customers", "environment_and_facilities"),
    "strategy_fit": ("strategy",),
    "direction": ("strategy",),
    "partnering": ("communication_between_teams", "culture", "bureaucracy_and_rules"),
    "journey": ("customer_journey",),
    "leadership": ("management_support", "culture"),
    "expectations": ("misaligned_goals",),
    "support": ("management_support", "feedback_to_staff", "recognition"),
    "contract": ("knowledge_of_the_landscape",),
}


def guide(
    questions: Mapping[str, Question], level: str, *, department: str = "", opinions: Iterable[str] = ()
) -> pd.DataFrame:
    """Return the questions for one level, open ones first and opinions from the data last.

    Parameters
    ----------
    questions : the question bank.
    level : such as ``front_line``; ``department`` adds questions meant for that department only.
    opinions : statements of step 1.1 to test at the end.

    Returns
    -------
    ``order, question, topic, kind, text, open``.

    Examples
    --------
    >>> from reviewkit.content import load_questions
    >>> guide(load_questions(), "front_line", opinions=["Handle time rose."])["text"].iloc[-2]
    'Our reading of the data: "Handle time rose." How does that fit with what you see?'
    """
    mine = [
        question
        for question in questions.values()
        if (not question.levels or level in question.levels)
        and (not question.departments or department in question.departments)
    ]
    first = sorted(
        (one for one in mine if one.topic != LAST_TOPIC), key=lambda one: (not one.open, one.order)
    )
    last = sorted((one for one in mine if one.topic == LAST_TOPIC), key=lambda one: (one.open, one.order))
    rows = [_row(question) for question in first + [one for one in last if not one.open]]
    rows += [
        (
            "",
            LAST_TOPIC,
            "performance",
            f'Our reading of the data: "{words}" How does that fit with what you see?',
            False,
        )
        for words in opinions
    ]
    rows += [_row(question) for question in last if question.open]
    frame = pd.DataFrame(rows, columns=["question", "topic", "kind", "text", "open"])
    frame.insert(0, "order", range(1, len(frame) + 1))
    return frame


def _row(question: Question) -> tuple[str, str, str, str, bool]:
    return question.id, question.topic, question.kind, question.text, question.open


def asked_codes(remarks: pd.DataFrame, questions: Mapping[str, Question]) -> set[str]:
    """Return the codes that the questions put so far ask about.

    A code outside this set that nobody raised was not asked: its silence says nothing.

    >>> from reviewkit.content import load_questions
    >>> bank = load_questions()
    >>> put = next(question.id for question in bank.values() if question.topic == "journey")
    >>> asked_codes(pd.DataFrame({"question": [put]}), bank)
    {'customer_journey'}
    """
    topics = {questions[name].topic for name in remarks["question"].dropna().unique() if name in questions}
    return {code for topic in topics for code in _ASKS.get(topic, ())}
