"""Redaction: what in a remark could identify somebody, and the remark without it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s().-]?\d){8,14}(?!\w)")
_ID = re.compile(r"\b(?=[A-Za-z0-9/_-]*\d)(?:[A-Za-z]{1,6}[-_/]?\d{3,}|\d{5,})\b")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame|Sister|Nurse)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?"
)
_NAME_WORD = r"[A-Z][a-zà-ÿ]+(?:['’-][A-Z]?[a-zà-ÿ]+)*"
_CAPITALISED = re.compile(rf"\b{_NAME_WORD}(?:\s+{_NAME_WORD})*")
_ENDS_SENTENCE = re.compile(r"(?:^|[.!?:;]['\"”’)]*\s+|[\"“(\[]\s*|\n\s*[-*•]?\s*)$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that often open a sentence right before a name.
_OPENERS = _words(
    """
    the a an and but so if when then our my we i it he she they this that these those ask tell
    because since after before both even only also then there here what where who why how not no yes
    in on at for from with as to of by thanks thank dear please
    """
)

# Words that open with a capital without naming anybody.
_ORDINARY = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december christmas easter english british welsh scottish
    irish excel outlook teams word windows google microsoft internet email i
    """
)


@dataclass(frozen=True)
class Proposal:
    """A stretch of text that should go: where, which words, of which kind, and what replaces it."""

    start: int
    end: int
    words: str
    kind: str

    @property
    def replacement(self) -> str:
        """What stands in its place, such as ``[name]``."""
        return f"[{self.kind}]"


def proposals(
    text: str, names: Iterable[str] = (), *, titles: Iterable[str] = (), ordinary: Iterable[str] = ()
) -> list[Proposal]:
    """Return what should be redacted from a text, in the order it stands there.

    Parameters
    ----------
    text : a remark.
    names : names in the register; whole names, their parts, and near spellings are found.
    titles : job titles that only one person holds.
    ordinary : capitalised words that name no person, such as sites and departments.

    Returns
    -------
    Proposals that do not overlap. Names nobody registered are found by their capitals where
    a sentence does not begin, so the list may hold a word too many: an analyst decides.

    >>> [p.words for p in proposals("Ask Priya Shah, or ring 020 7946 0018.", ["Priya Shah"])]
    ['Priya Shah', '020 7946 0018']
    >>> [p.words for p in proposals("We told Tomasz on Monday.")]
    ['Tomasz']
    """
    allowed = _ORDINARY | {word.lower() for phrase in ordinary for word in phrase.split()}
    found = [
        *_matches(_EMAIL, text, "e-mail"),
        *_matches(_PHONE, text, "phone"),
        *_matches(_ID, text, "id"),
        *_registered(text, names),
        *_titles(text, titles),
        *_matches(_TITLED, text, "name"),
        *_unregistered(text, allowed),
    ]
    return _without_overlap(found)


def redact(
    text: str, names: Iterable[str] = (), *, titles: Iterable[str] = (), ordinary: Iterable[str] = ()
) -> str:
    """Return the text with every proposal replaced by its kind in brackets.

    >>> redact("Priya says write to p.shah@example.org about A10234.", ["Priya Shah"])
    '[name] says write to [e-mail] about [id].'
    """
    for proposal in reversed(proposals(text, names, titles=titles, ordinary=ordinary)):
        text = text[: proposal.start] + proposal.replacement + text[proposal.end :]
    return text


def redact_registered(text: str, names: Iterable[str], *, titles: Iterable[str] = ()) -> str:
    """Return the text without what is certain: register names, titles of one holder, e-mails, phones, ids.

    For words an analyst has approved, in which capitals were already judged.

    >>> redact_registered("Priya met Tomasz.", ["Priya Shah"])
    '[name] met Tomasz.'
    """
    found = [
        *_matches(_EMAIL, text, "e-mail"),
        *_matches(_PHONE, text, "phone"),
        *_matches(_ID, text, "id"),
        *_registered(text, names),
        *_titles(text, titles),
    ]
    for proposal in reversed(_without_overlap(found)):
        text = text[: proposal.start] + proposal.replacement + text[proposal.end :]
    return text


def _matches(pattern: re.Pattern[str], text: str, kind: str) -> list[Proposal]:
    return [Proposal(m.start(), m.end(), m.group(), kind) for m in pattern.finditer(text)]


def _registered(text: str, names: Iterable[str]) -> list[Proposal]:
    whole, parts, near = _known(tuple(name for name in names if isinstance(name, str) and name.strip()))
    found = _matches(whole, text, "name") if whole else []
    for match in re.finditer(r"[^\W\d_][\w'’]*", text):
        word = re.sub(r"['’]s$", "", match.group())
        if word[0].isupper() and _is_name(word.lower(), parts, near):
            found.append(Proposal(match.start(), match.start() + len(word), word, "name"))
    return found


@lru_cache(maxsize=8)
def _known(names: tuple[str, ...]) -> tuple[re.Pattern[str] | None, frozenset[str], tuple[str, ...]]:
    """A pattern of the whole names, their parts, and the parts long enough for near spellings."""
    if not names:
        return None, frozenset(), ()
    longest_first = sorted({name.strip() for name in names}, key=len, reverse=True)
    whole = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    parts = frozenset(part.lower() for name in names for part in re.split(r"[\s-]+", name) if len(part) > 1)
    return whole, parts, tuple(sorted(part for part in parts if len(part) >= 5))


def _is_name(word: str, parts: frozenset[str], near: tuple[str, ...]) -> bool:
    """A part of a register name, or a near spelling of a longer one."""
    if word in parts:
        return True
    return len(word) >= 5 and bool(process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=86))


def _titles(text: str, titles: Iterable[str]) -> list[Proposal]:
    found: list[Proposal] = []
    for title in titles:
        if isinstance(title, str) and title.strip():
            pattern = re.compile(rf"(?<!\w){re.escape(title.strip())}(?!\w)", re.IGNORECASE)
            found += _matches(pattern, text, "job title")
    return found


def _unregistered(text: str, allowed: frozenset[str]) -> list[Proposal]:
    found: list[Proposal] = []
    for match in _CAPITALISED.finditer(text):
        words = list(re.finditer(r"\S+", match.group()))
        starts_sentence = bool(_ENDS_SENTENCE.search(text[: match.start()]))
        # A sentence's first word has its capital anyway; it counts only before another name.
        if starts_sentence and len(words) == 1:
            continue
        kept = [word for word in words if word.group().lower() not in allowed]
        if starts_sentence and kept and kept[0].start() == 0 and kept[0].group().lower() in _OPENERS:
            kept = kept[1:]
        if kept:
            begin, end = match.start() + kept[0].start(), match.start() + kept[-1].end()
            found.append(Proposal(begin, end, text[begin:end], "name"))
    return found


def _without_overlap(found: list[Proposal]) -> list[Proposal]:
    """Longest first where two begin together; later ones that overlap an earlier one go."""
    kept: list[Proposal] = []
    for proposal in sorted(found, key=lambda item: (item.start, -item.end)):
        if kept and proposal.start < kept[-1].end:
            if proposal.end <= kept[-1].end:
                continue
            last = kept.pop()
            words = last.words + proposal.words[last.end - proposal.start :]
            proposal = Proposal(last.start, proposal.end, words, last.kind)
        kept.append(proposal)
    return kept
