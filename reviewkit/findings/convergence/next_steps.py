"""What to do next about a topic: take it up, look here first, ask this, measure this."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from reviewkit.content import Question, load_causes, load_counts, load_questions
from reviewkit.model.words import inline, listing

from ..wording import place
from .topics import DataState
from .verdicts import Raised

CLOSEST = {"front_line": "the front line", "team_lead": "team leads"}
"""Those closest to the work, who are asked first."""


@dataclass(frozen=True)
class ToMeasure:
    """What to count for a concern without a number, where it comes from, how, and what tests its cause."""

    what: str
    source: str
    how: str
    test: str = ""


@dataclass(frozen=True)
class ToAsk:
    """A question for a signal without a voice, and to whom it is put."""

    question: str
    whom: str


def to_measure(code: str, name: str, causes: Sequence[str] = ()) -> ToMeasure:
    """Return what to count for a topic, from the package's list; else what would test its first cause.

    >>> to_measure("recognition", "Recognition").source
    'the log of feedback given or a pulse survey'
    >>> to_measure("own_code", "Parking").what
    'how often parking comes up'
    """
    count, test = load_counts().get(code), settle(causes)
    if count is not None:
        return ToMeasure(count.what, count.source, count.how, test)
    how = "keep it for two weeks in two teams and then one week a month"
    return ToMeasure(f"how often {inline(name)} comes up", "a tally sheet", how, test)


def settle(causes: Sequence[str]) -> str:
    """Return what would settle the first of these causes, as the list of causes has it; else nothing.

    >>> settle(["staffing"])
    'Staff in post and hours planned against contacts by half-hour for eight weeks.'
    """
    known = load_causes()
    return next((known[cause].settle for cause in causes if cause in known), "")


def settled_by(causes: Sequence[str]) -> str:
    """Return as a sentence what would settle the first of these causes; nothing where none is known.

    >>> settled_by(["staffing"])
    'What would settle it: staff in post and hours planned against contacts by half-hour for eight weeks.'
    """
    told = settle(causes)
    return f"What would settle it: {told[0].lower()}{told[1:]}" if told else ""


def to_ask(data: DataState, codes: Collection[str], raised: Raised) -> ToAsk:
    """Return which question of the bank to put, and to whom.

    Nobody asked: the open question that is about what the measure speaks to and little else, the
    essential first. Asked, and not or hardly raised: the question that puts a signal to people, last.

    >>> signal = DataState("abandonment", "Abandoned calls", "Brook House")
    >>> to_ask(signal, ["staffing_and_workload"], "not_raised").question
    'The data suggest the following to us. Does that match what you see?'
    >>> to_ask(signal, ["systems_and_it"], "not_asked")
    ToAsk(question='Which system costs you time?', whom='the front line and team leads at Brook House')
    """
    bank = load_questions()
    fitting = [question for question in bank.values() if set(question.codes) & set(codes)]
    open_ones = [one for one in fitting if one.open and not one.departments and _reaches(one)]
    if raised in ("not_asked", "not_known") and open_ones:
        question = min(open_ones, key=lambda one: (-_fit(one, codes), not one.essential, one.order))
        return ToAsk(question.text, f"{_levels(question)}{place(data.site, data.contract)}")
    question = bank["test_opinion"]
    return ToAsk(question.text, f"{listing(list(CLOSEST.values()))}{place(data.site, data.contract)}")


def _fit(question: Question, codes: Collection[str]) -> float:
    """Return how far a question is about these codes: the part of its own that is among them."""
    return len(set(question.codes) & set(codes)) / len(question.codes)


def _reaches(question: Question) -> bool:
    return not question.levels or bool(set(question.levels) & set(CLOSEST))


def _levels(question: Question) -> str:
    return listing([w for level, w in CLOSEST.items() if not question.levels or level in question.levels])


def next_step(
    verdict: str, code: str, entry: Any, data: DataState, stance: str, raised: Raised, linked: Collection[str]
) -> str:
    """Return the next step as one or two sentences.

    ``entry`` is the code's entry in the codebook (None where it has none), ``linked`` the codes that the
    measure speaks to.
    """
    name = str(entry.name) if entry is not None else code
    topic, measure = inline(name) or "the topic", inline(data.name)
    causes = tuple(getattr(entry, "causes", ()) or ())
    where = place(data.site, data.contract)
    if verdict == "agreement" and stance == "strength":
        return f"Keep this: find out what makes {measure}{where} go well and share it."
    if verdict == "agreement":
        return f"Take this up: look for the cause of {measure}{where} in step 2.1."
    if verdict == "partial":
        return f"Look closer: break {measure} down by site and team before acting on {topic}."
    if verdict == "dissonance":
        find = "speak well of" if stance == "strength" else "find fault with"
        look = f"Look here first: ask where and when people {find} {topic}, "
        look += f"and look at {measure} there and then."
        return f"{look} {settled_by(causes)}".strip()
    if verdict == "silence_in_voices":
        ask = to_ask(data, linked, raised)
        return f"Ask this: put {measure} to {ask.whom}. “{ask.question}”"
    count = to_measure(code, name, causes)
    if data.measure and count.test:
        return f"Measure this: {measure} may be too coarse. {count.test}"
    return f"Measure this: {count.what}. Source: {count.source}. How: {count.how}."
