"""How broadly a quote must be attributed for its words, too, to leave enough who could have said it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from .inference import could_infer, same_voice
from .pool import ANYONE, LEVEL_WORDS, WITHHELD

_VOICE = ("stakeholder_id", "interview_id")


class Tracing:
    """What a reader who knows the organisation could trace, worked out once a quote.

    Parameters
    ----------
    register : ``stakeholder_id, department, level, site, team, role, headcount, tenure_years``.
    minimum : people who must be left.
    """

    def __init__(self, register: pd.DataFrame, minimum: int) -> None:
        self.register, self.minimum = register, minimum
        self._enough: dict[tuple[str, str, tuple[str, ...]], bool] = {}

    def attribution(
        self, words: str, chosen: str, level: str, *, beside: Sequence[str] = (), reason: str = ""
    ) -> str:
        """Return the attribution under which words may appear; empty where they must be withheld.

        It is the one chosen, where as many people as the rule asks for fit it, the words, and the quotes
        beside it of the same voice; else the first broader one of which that is true. Where none is, the
        words themselves give the speaker away: they appear only where somebody wrote down why.

        Parameters
        ----------
        words : as they would appear. chosen : attribution by the pool rule, or broader.
        level : of the speaker, such as ``front_line``.
        beside : other approved quotes of the same voice. reason : why it may appear, as written down.

        Examples
        --------
        >>> register = pd.DataFrame({"stakeholder_id": list("abc"), "department": ["care", "care", "it"],
        ...     "level": "front_line", "site": ["North", "South", "South"], "headcount": [6, 4, 3]})
        >>> tracing = Tracing(register, 5)
        >>> tracing.attribution("We at South wait for weeks.", "front line, care", "front_line")
        'front line'
        >>> Tracing(register, 9).attribution("We at South wait for weeks.", "front line", "front_line")
        ''
        """
        if reason.strip() or self._is_enough(words, chosen, beside):
            return chosen
        for broader in (LEVEL_WORDS.get(level, ANYONE), ANYONE):
            if broader != chosen and self._is_enough(words, broader, beside):
                return broader
        return WITHHELD

    def _is_enough(self, words: str, attribution: str, beside: Sequence[str]) -> bool:
        key = (words, attribution, tuple(beside))
        if key not in self._enough:
            found = could_infer(words, attribution, self.register, minimum=self.minimum, beside=beside)
            self._enough[key] = found.advice == "show"
        return self._enough[key]


def beside_of(row: Mapping[str, Any], approved: pd.DataFrame) -> tuple[str, ...]:
    """Return the other approved quotes of the voice of ``row``; see :func:`same_voice`."""
    mine = {name: _text(row.get(name)) for name in ("remark_id", *_VOICE)}
    return tuple(str(words) for words in same_voice(mine, approved)["words"])


def approved_of(decided: pd.DataFrame, voices: pd.DataFrame) -> pd.DataFrame:
    """Return approved quotes with whose they are: ``remark_id, words, stakeholder_id, interview_id``.

    Parameters
    ----------
    decided : ``remark_id, words, status``. voices : remarks with ``stakeholder_id`` and ``interview_id``.
    """
    known = voices.reindex(columns=["remark_id", *_VOICE]).drop_duplicates("remark_id")
    approved = decided.loc[decided["status"] == "approved", ["remark_id", "words"]]
    found = approved.merge(known, on="remark_id", how="inner")
    return found.astype("object").where(found.notna(), "").astype("str")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
