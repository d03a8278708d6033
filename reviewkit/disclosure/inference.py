"""What a reader could infer from a quote: how many could have said it, and what narrows that down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from .folded import fold
from .pool import ANYONE, LEVEL_WORDS

Advice = Literal["show", "broader attribution", "paraphrase", "leave out"]
if TYPE_CHECKING:
    Fit = tuple[str, str, "pd.Series[bool]"]
    """A kind of clue, its words, and whom in the register it fits."""


@dataclass(frozen=True)
class Clue:
    """One thing that tells who spoke: of which kind, in which words, how many people it leaves."""

    kind: str
    words: str
    leaves: int


@dataclass(frozen=True)
class Inference:
    """What a reader who knows the register could infer.

    ``pool`` is how many people could have said it; ``heard`` how many of them took part in an
    interview, where that is known. ``broader`` is the attribution that would do, where one would.
    """

    pool: int
    heard: int | None
    clues: tuple[Clue, ...]
    advice: Advice
    broader: str = ""
    linked: int = 0

    @property
    def words(self) -> str:
        """The inference in sentences, for the analyst who decides.

        >>> Inference(2, 1, (Clue("site", "Elm Court", 2),), "paraphrase").words
        'A reader would know it was one of 2 people (site: Elm Court leaves 2); 1 of them was heard. \
Proposed: paraphrase.'
        """
        narrowed = "; ".join(f"{clue.kind}: {clue.words} leaves {clue.leaves}" for clue in self.clues)
        who = "nobody in the register" if not self.pool else (
            "which person it was" if self.pool == 1 else f"it was one of {self.pool} people"
        )  # fmt: skip
        known = f"A reader would know {who}" if self.pool else f"It fits {who}"
        heard = (
            ""
            if self.heard is None
            else f"; {self.heard} of them {'was' if self.heard == 1 else 'were'} heard"
        )
        quotes = f"{self.linked} quote{'' if self.linked == 1 else 's'}"
        beside = f", read beside {quotes} of the same voice" if self.linked else ""
        broader = f" ({self.broader})" if self.broader else ""
        advice = "" if self.advice == "show" else f" Proposed: {self.advice}{broader}."
        return f"{known}{f' ({narrowed})' if narrowed else ''}{beside}{heard}.{advice}"


def could_infer(
    quote: str,
    attribution: str,
    register: pd.DataFrame,
    *,
    minimum: int = 5,
    beside: Sequence[str] = (),
    heard: Iterable[str] | None = None,
) -> Inference:
    """Return what a reader who knows the register could infer about who said a quote.

    The reader is taken to be somebody of the organisation: they know who works in which
    department, at which level and site, in which team and job, for how long, and nothing of the
    interviews. The pool is everybody in the register who fits the attribution and every clue in
    the words; clues of quotes shown beside it as the same voice narrow it further
    (the linkage attack of Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001).

    Parameters
    ----------
    quote : the words as they would appear. attribution : such as "front line, service".
    register : ``stakeholder_id, department, level, site, team, role, headcount, tenure_years``.
    minimum : the pool from which a quote may be shown.
    beside : quotes already approved that a reader can tell to be of the same voice.
    heard : ids of those who took part in interviews.

    Returns
    -------
    The pool, the clues that narrow it, and a proposal: a broader attribution where that alone is
    enough, a paraphrase where the words themselves give the speaker away, else to leave it out.

    Examples
    --------
    >>> register = pd.DataFrame({"stakeholder_id": ["a", "b", "c"], "department": ["service"] * 3,
    ...     "level": ["front_line"] * 3, "site": ["North", "North", "South"], "headcount": [4, 3, 2]})
    >>> could_infer("We at South wait for weeks.", "front line, service", register).words
    'A reader would know it was one of 2 people (site: South leaves 2). Proposed: paraphrase.'
    """
    told = clues(" ".join([quote, *beside]), register)
    named = _attributed(attribution, register)
    everyone = pd.Series(True, index=register.index)
    fits, kept = everyone, []
    for kind, words, mask in [*named, *told]:
        # A clue that fits nobody who is left is not about the speaker.
        if 0 < int(_heads(register[fits & mask])) < int(_heads(register[fits])):
            fits = fits & mask
            kept.append(Clue(kind, words, int(_heads(register[fits]))))
    pool, took_part = int(_heads(register[fits])), None if heard is None else _heard(register[fits], heard)
    advice, broader = _advice(pool, minimum, register, named, told)
    return Inference(pool, took_part, tuple(kept), advice, broader, len(beside))


def clues(text: str, register: pd.DataFrame) -> list[Fit]:
    """Return what a text says of its speaker: kind, words, and whom in the register it fits.

    A place, department, team or job that is named counts where the speaker says it of themselves
    ("we at", "as a", "our"); where it is said of others, it counts against them ("they at South
    have two" was not said at South).
    """
    found: list[Fit] = []
    for column in ("department", "site", "team", "role"):
        if column not in register:
            continue
        for value in register[column].dropna().astype("str").unique():
            own = _own(text, value, column)
            if own is not None:
                mask = register[column].astype("str").eq(value)
                found.append((column if own else f"not {column}", value, mask if own else ~mask))
    years = _years(fold(text))
    if years is not None and "tenure_years" in register:
        tenure = pd.to_numeric(register["tenure_years"], errors="coerce")
        near = (tenure.sub(years).abs() <= max(1.0, 0.1 * years)) | tenure.isna()
        found.append(("years in post", f"{years:g} years", near))
    return found


def _own(text: str, value: str, column: str) -> bool | None:
    """Whether a text speaks of a value as the speaker's own, as somebody else's, or not at all."""
    words = r"[\W_]{1,4}".join(map(re.escape, re.findall(r"\w+", value)))
    # "it" is no department; IT is.
    phrase = rf"(?<!\w)(?-i:{words})(?!\w)" if len(value) <= _ACRONYM else rf"(?<!\w){words}s?(?!\w)"
    if not words or not re.search(phrase, text, re.I):
        return None
    lead = _AS if column == "role" else _AT
    if re.search(rf"{lead}{phrase}", text, re.I):
        return True
    return False if re.search(rf"{phrase}\W+{_THEIRS}", text, re.I) else None


_ACRONYM = 3
_AS = r"\b(?:as|being|i am|i['’]m|we are|we['’]re)\s+(?:only\s+|just\s+)?(?:an?\s+|the\s+)?"
_AT = r"\b(?:we|us|here|i|i['’]m|me)\s+(?:\w+\s+){0,2}?(?:at|in|of|from)\s+(?:the\s+)?"
_THEIRS = r"(?:have|has|had|get|gets|got|do|does|did|are|is|were|was)\b"
_COUNTED = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty
"""
_NUMBERS = {word: number for number, word in enumerate(_COUNTED.split(), start=1)}


def _years(plain: str) -> float | None:
    number = rf"(\d{{1,2}}|{'|'.join(_NUMBERS)})"
    patterns = (
        rf"\b{number} years (?:i've|i’ve|i have|we've|we’ve) been\b",
        rf"\bi(?:'ve|’ve| have)? (?:been|worked)\b[^.]{{0,30}}? {number} years\b",
        rf"\b(?:my|in) {number} years\b",
    )
    for pattern in patterns:
        match = re.search(pattern, plain)
        if match:
            return float(_NUMBERS.get(match[1], 0) or match[1])
    return None


def _attributed(attribution: str, register: pd.DataFrame) -> list[Fit]:
    """Return whom an attribution fits; each part of "front line, service, North" by itself."""
    levels = {fold(words): level for level, words in LEVEL_WORDS.items()}
    found: list[Fit] = []
    for part in (part.strip() for part in attribution.split(",")):
        if fold(part) in levels:
            found.append(("level", part, register["level"].eq(levels[fold(part)])))
            continue
        for column in ("department", "site", "team", "role"):
            if column in register:
                mask = register[column].fillna("").astype("str").map(fold).eq(fold(part))
                if mask.any():
                    found.append((column, part, mask))
                    break
    return found


def _advice(
    pool: int, minimum: int, register: pd.DataFrame, named: list[Fit], told: list[Fit]
) -> tuple[Advice, str]:
    """Choose the least that is enough: as it is, attributed by level alone, to anyone, in other words."""
    if pool >= minimum:
        return "show", ""
    levels = [fit for fit in named if fit[0] == "level"]
    for kept, words in ((levels, levels[0][1] if levels else ""), ([], ANYONE)):
        if words and _heads(register[_all([*kept, *told], register)]) >= minimum:
            return "broader attribution", words
    return ("paraphrase", "") if told else ("leave out", "")


def _all(fits: list[Fit], register: pd.DataFrame) -> pd.Series[bool]:
    mask = pd.Series(True, index=register.index)
    for *_, one in fits:
        mask = mask & one
    return mask


def _heads(rows: pd.DataFrame) -> float:
    return float(pd.to_numeric(rows["headcount"]).astype("float64").fillna(1).sum())


def _heard(rows: pd.DataFrame, heard: Iterable[str]) -> int:
    return int(rows["stakeholder_id"].isin(set(heard)).sum())


def same_voice(row: Mapping[str, Any], others: pd.DataFrame) -> pd.DataFrame:
    """Return the approved quotes a reader can tell to be of the speaker of ``row``.

    They carry the same pseudonym: speaker where one is known, else interview.
    """
    speaker, interview = str(row.get("stakeholder_id") or ""), str(row.get("interview_id") or "")
    mine = (
        others["stakeholder_id"].astype("str").eq(speaker)
        if speaker
        else pd.Series(False, index=others.index)
    )
    if not speaker and interview:
        mine = others["interview_id"].astype("str").eq(interview)
    return others[mine & others["remark_id"].ne(str(row.get("remark_id")))]
