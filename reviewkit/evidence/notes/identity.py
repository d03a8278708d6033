"""Ids by which a remark is known again when its file is imported again."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from .passages import plain_words

KEYS = {"remarks": "remark_id", "customer_feedback": "feedback_id"}
_MADE = re.compile(r"(N[0-9a-f]{8})-[0-9a-f]{12}")


def group_of_file(engagement: str, interview: str, stem: str) -> str:
    """Return what a file is known by: its interview and its name without folder and ending.

    >>> group_of_file("acme", "I001", "My notes") == group_of_file("acme", "I001", "my  NOTES")
    True
    """
    identity = "\n".join((engagement, plain_words(interview), plain_words(stem)))
    return f"N{hashlib.sha256(identity.encode()).hexdigest()[:8]}"


def is_group(text: str) -> bool:
    """Whether a text is what :func:`group_of_file` returns.

    >>> is_group("N0123abcd"), is_group("I001")
    (True, False)
    """
    return re.fullmatch(r"N[0-9a-f]{8}", text) is not None


def group_in(identifier: str) -> str:
    """Return the file that an id is of; empty for rows that no import made.

    >>> group_in("N0123abcd-0123456789ab"), group_in("R0001")
    ('N0123abcd', '')
    """
    made = _MADE.fullmatch(identifier)
    return made[1] if made else ""


def name_of(*parts: str) -> str:
    """Return what a remark is known by in its file: question, speaker and words, in any spacing or case."""
    return "\n".join(plain_words(part) for part in parts)


def numbered(names: Iterable[str]) -> list[str]:
    """Return the names, those that are alike told apart by a number.

    >>> numbered(["a", "b", "a"])
    ['a\\n1', 'b\\n1', 'a\\n2']
    """
    times: Counter[str] = Counter()
    result = []
    for name in names:
        times[name] += 1
        result.append(f"{name}\n{times[name]}")
    return result


def has_words(name: str) -> bool:
    """Whether a name has the words of its remark in it, and not only an id that others may have too.

    >>> has_words(name_of("works_well", "", "The rota.") + "\\n1"), has_words(name_of("17", "", "") + "\\n1")
    (True, False)
    """
    return bool(name.split("\n")[2])


def identifier(group: str, name: str) -> str:
    """Return the id of the remark of a name in a file."""
    digest = hashlib.sha256(f"{group}\n{name}".encode()).hexdigest()
    return f"{group}-{digest[:12]}"
