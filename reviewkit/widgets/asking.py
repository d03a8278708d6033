"""What is asked of those who take part, in the order of the printed guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewkit.content import load_questions
from reviewkit.voices.planning import guide, put_plainly
from reviewkit.voices.planning.guide import ASK, LAST_TOPIC

from .desk import Row


@dataclass(frozen=True)
class Asked:
    """A question, or an opinion that is tested: what a note keeps of it, its words, whether it is first."""

    id: str
    text: str
    first: bool

    @property
    def label(self) -> str:
        """How it stands in a list."""
        return self.text if self.first else f"if time: {self.text}"


def asked_of(people: Sequence[Row], opinions: Mapping[str, str], minutes: float) -> list[Asked]:
    """Return what is asked of people by level and department, what to ask before what is "if time".

    Opinions from the data come last of what is asked, so that they lead nobody.

    Parameters
    ----------
    people : with ``level`` and ``department``; where there are none, everything may be asked.
    opinions : id to statement. minutes : length of the interview.
    """
    bank = load_questions()
    pairs = dict.fromkeys((one.get("level", ""), one.get("department", "")) for one in people)
    by_text = {put_plainly(words): name for name, words in opinions.items()}
    if not pairs:
        found = [Asked(one.id, one.text, True) for one in bank.values()]
        return found + [Asked(name, _tested(words), True) for words, name in by_text.items()]
    found, first = [], set[str]()
    for level, department in pairs:
        made = guide(bank, level, department=department, opinions=opinions.values(), minutes=minutes)
        for name, text, part in made[["question", "text", "part"]].itertuples(index=False):
            if name:
                found.append(Asked(name, text, part == ASK))
                first |= {name} if part == ASK else set()
    # "The data suggest the following" stands for the opinions where there are any.
    whole = [Asked(one.id, one.text, one.id in first) for one in dict.fromkeys(found)]
    whole = [one for one in dict.fromkeys(whole) if not (by_text and one.id == "test_opinion")]
    tested = [Asked(name, _tested(words), True) for words, name in by_text.items()]
    closing = [one for one in whole if one.first and bank[one.id].topic == LAST_TOPIC]
    ask = [one for one in whole if one.first and one not in closing]
    return [*ask, *tested, *closing, *(one for one in whole if not one.first)]


def _tested(words: str) -> str:
    return f"Opinion: {words}"
