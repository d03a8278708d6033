"""Redaction: what in a remark could identify somebody, and the remark without it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .folded import Folded, Token, fold
from .proposal import Proposal, applied, without_overlap
from .registered import registered

__all__ = ["Proposal", "applied", "proposals", "redact", "redact_registered"]

_DATE = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\.?,?\s+(?:19|20)\d\d)"
)
_BORN = rf"(?:\bborn\b|\bbirth(?:day)?\b|\bd\.?o\.?b\b\.?)(?:\s+(?:on|is|was|of))?[\s:]{{0,3}}{_DATE}"
_LONG_AGO = r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19\d\d|200\d)|(?:19\d\d|200\d)-\d\d-\d\d)(?!\d)"
_NUMBER = r"\b(?=[A-Za-z0-9/_-]{0,40}\d)(?:[A-Za-z]{1,6}[-_/]?\d{3,}|\d{5,})\b"
_CERTAIN = tuple(
    (kind, why, re.compile(pattern))
    for kind, why, pattern in (
        ("e-mail", "an e-mail address", r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"),
        ("address", "an address on the web", r"(?i:\b(?:https?://|www\.)[^\s<>\"]{3,200})"),
        ("date of birth", "a date of birth", rf"(?i:{_BORN})"),
        ("date of birth", "a date long enough ago to be one of birth", _LONG_AGO),
        ("phone", "a telephone number", r"(?<![\w.])\+?\(?\d(?:[\s().-]{0,3}\d){8,14}(?!\w)"),
        ("id", "a number that may identify a person or case", _NUMBER),
        ("id", "a national insurance number", r"\b[A-Z]{2}\s?\d\d\s?\d\d\s?\d\d\s?[A-D]\b"),
    )
)
_HANDLE = re.compile(r"(?<![\w@.])@\w{3,30}")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame|Sister|Nurse)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?"
)
_ENDS_SENTENCE = re.compile(r"(?:^|[.!?:;]['\"”’)]*\s+|[\"“(\[]\s*|\n\s*[-*•]?\s*)$")
_BEFORE = 40
CAPITAL = "a capital within a sentence: it may be a name"
"""Why a word is proposed that is in no register: an analyst judges it."""


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


def proposals(
    text: str,
    names: Iterable[str] = (),
    *,
    titles: Iterable[str] = (),
    ordinary: Iterable[str] = (),
    places: Iterable[str] = (),
) -> list[Proposal]:
    """Return what should be redacted from a text, in the order it stands there.

    Parameters
    ----------
    text : a remark.
    names : names in the register; whole names, their parts, short forms and near spellings are found.
    titles : job titles that only one person holds.
    ordinary : capitalised words that name no person, such as sites and departments.
    places : places with one team, or so few people that the place points at them.

    Returns
    -------
    Proposals that do not overlap. Names nobody registered are found by their capitals where
    a sentence does not begin, so the list may hold a word too many: an analyst decides.

    >>> [p.words for p in proposals("Ask Priya Shah, or ring 020 7946 0018.", ["Priya Shah"])]
    ['Priya Shah', '020 7946 0018']
    >>> [(p.words, p.why) for p in proposals("We told Tomasz on Monday.")]
    [('Tomasz', 'a capital within a sentence: it may be a name')]
    """
    folded = Folded(text)
    allowed = _ORDINARY | {word for phrase in ordinary for word in fold(phrase).split()}
    found = [
        *_sure(folded, names, titles),
        *_phrases(folded, places, "place", "a place of few people"),
        *(_matches(_HANDLE, text, "name", "a name of somebody's account")),
        *(_matches(_TITLED, text, "name", "a name with a title")),
        *_unregistered(folded, allowed),
    ]
    return without_overlap(found, text)


def redact(
    text: str,
    names: Iterable[str] = (),
    *,
    titles: Iterable[str] = (),
    ordinary: Iterable[str] = (),
    places: Iterable[str] = (),
) -> str:
    """Return the text with every proposal replaced by its kind in brackets.

    >>> redact("Priya says write to p.shah@example.org about A10234.", ["Priya Shah"])
    '[name] says write to [e-mail] about [id].'
    """
    return applied(text, proposals(text, names, titles=titles, ordinary=ordinary, places=places))


def redact_registered(text: str, names: Iterable[str], *, titles: Iterable[str] = ()) -> str:
    """Return the text without what is certain: register names, titles of one holder, e-mails, phones, ids.

    For words an analyst has approved, in which capitals were already judged.

    >>> redact_registered("Priya met Tomasz.", ["Priya Shah"])
    '[name] met Tomasz.'
    """
    return applied(text, without_overlap(_sure(Folded(text), names, titles), text))


def _sure(folded: Folded, names: Iterable[str], titles: Iterable[str]) -> Iterator[Proposal]:
    text = folded.written
    for kind, why, pattern in _CERTAIN:
        yield from _matches(pattern, text, kind, why)
    known = tuple(name for name in names if isinstance(name, str) and name.strip())
    for start, end, why in registered(folded, known):
        yield Proposal(start, end, text[start:end], "name", why)
    yield from _phrases(folded, titles, "job title", "a job that one person holds")


def _matches(pattern: re.Pattern[str], text: str, kind: str, why: str) -> Iterator[Proposal]:
    for match in pattern.finditer(text):
        yield Proposal(match.start(), match.end(), match.group(), kind, why)


def _phrases(folded: Folded, phrases: Iterable[str], kind: str, why: str) -> Iterator[Proposal]:
    """Find whole phrases, in any case, however they are spaced."""
    for phrase in phrases:
        words = re.findall(r"\w+", fold(phrase)) if isinstance(phrase, str) else []
        if words:
            whole = r"[\W_]{1,4}".join(map(re.escape, words))
            for match in re.finditer(rf"(?<!\w){whole}s?(?!\w)", folded.plain):
                start, end = folded.span(match.start(), match.end())
                yield Proposal(start, end, folded.written[start:end], kind, why)


def _unregistered(folded: Folded, allowed: frozenset[str]) -> Iterator[Proposal]:
    """Find words with a capital, runs of them taken together, where no sentence begins."""
    text = folded.written
    run: list[Token] = []
    for token in [*folded.tokens, None]:
        if (
            token is not None
            and _is_capitalised(token, text)
            and (not run or _adjoining(run[-1], token, text))
        ):
            run.append(token)
            continue
        yield from _of_run(run, text, allowed)
        run = [token] if token is not None and _is_capitalised(token, text) else []


def _of_run(run: list[Token], text: str, allowed: frozenset[str]) -> Iterator[Proposal]:
    if not run:
        return
    starts_sentence = _opens(text, run[0].start)
    # A sentence's first word has its capital anyway; it counts only before another name.
    if starts_sentence and len(run) == 1:
        return
    kept = [token for token in run if token.word not in allowed]
    if starts_sentence and kept and kept[0] is run[0] and kept[0].word in _OPENERS:
        kept = kept[1:]
    if kept:
        begin, end = kept[0].start, kept[-1].end
        yield Proposal(begin, end, text[begin:end], "name", CAPITAL)


def _is_capitalised(token: Token, text: str) -> bool:
    """One capital and then small letters, in a script that has both; or the O of O'Brien."""
    written = text[token.start : token.end]
    rest = written[1:].islower() or text[token.end : token.end + 1] in ("'", "’")
    return written[0].isupper() and rest and token.word.isalpha()


def _adjoining(one: Token, other: Token, text: str) -> bool:
    between = text[one.end : other.start]
    return between.isspace() or between in ("'", "’", "-")


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - _BEFORE) : start]
    return bool(_ENDS_SENTENCE.search(before)) and (bool(before) or start == 0)
