"""The words an edition may not see: names, turned round as well, and any six words nobody approved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewkit.disclosure.consent import AGREED, with_consent
from reviewkit.model import Edition

if TYPE_CHECKING:
    import pandas as pd

    from reviewkit.evidence import EvidenceSet

SHINGLE = 6
"""Words in a row that give a remark away: fewer are met in ordinary prose."""
_TELLING = 2
"""Words of a shingle, at least, that are neither a place's nor among the commonest."""
_COMMONEST = """
a an and are at be been but by do for from has have i in is it not of on or our so that the they this
to was we were what when with you
"""
COMMON = frozenset(_COMMONEST.split())
"""Words too common to tell anything."""


def forbidden_words(evidence: EvidenceSet, edition: Edition) -> set[str]:
    """Return the names and words that may not stand in anything made for an edition.

    Names of the register, surname first as well, are for the team and the managers. Of a remark, any
    :data:`SHINGLE` words in a row are for the team alone, unless they stand in a quote that was
    approved, said on the record and agreed to be quoted; a remark off the record is never free.
    """
    if edition == "team":
        return set()
    free = set(shingles(approved_words(evidence)))
    places = {word for name in _places(evidence) for word in _words(name)} | COMMON
    held = {
        shingle
        for shingle in shingles(said(evidence))
        if shingle not in free and len(set(shingle.split()) - places) >= _TELLING
    }
    if edition == "managers":
        return held
    return held | {form for name in evidence.frame("stakeholders")["name"].dropna() for form in forms(name)}


def forms(name: str) -> set[str]:
    """Return a name as it may be written: as it is, and surname first.

    >>> sorted(forms("Priya Shah"))
    ['Priya Shah', 'Shah Priya']
    """
    parts = name.split()
    if len(parts) < 2:
        return {name} if name.strip() else set()
    return {
        " ".join(parts),
        " ".join([parts[-1], *parts[:-1]]),
        f"{parts[0]} {parts[-1]}",
        f"{parts[-1]} {parts[0]}",
    }


def shingles(texts: Iterable[str], length: int = SHINGLE) -> Iterator[str]:
    """Give every run of ``length`` words of some texts, in lower case, single spaces between.

    >>> list(shingles(["We do it all twice, every day."]))
    ['we do it all twice every', 'do it all twice every day']
    """
    for text in texts:
        words = _words(text)
        for place in range(len(words) - length + 1):
            yield " ".join(words[place : place + length])


def approved_words(evidence: EvidenceSet) -> list[str]:
    """Return the words of quotes that may be shown: approved, on the record, and agreed to."""
    quotes = evidence.frame("quotes").drop_duplicates("remark_id", keep="last")
    quotes = quotes[quotes["status"].eq("approved")]
    remarks = evidence.frame("remarks")
    agreed = with_consent(remarks, evidence.frame("participants"))
    own = agreed["on_record"].astype(bool) & agreed["attribution"].isin(AGREED)
    others = set(evidence.frame("customer_feedback")["feedback_id"])
    free = set(remarks.loc[own.to_numpy(), "remark_id"]) | (others - set(remarks["remark_id"]))
    return list(quotes.loc[quotes["remark_id"].isin(free), "words"].astype("str"))


def said(evidence: EvidenceSet) -> list[str]:
    """Return every text of remarks, comments and observations."""
    seen = evidence.frame("observations")
    texts: list[pd.Series[str]] = [evidence.frame(name)["text"] for name in ("remarks", "customer_feedback")]
    return [str(text) for column in (*texts, seen["seen"], seen["inferred"]) for text in column.dropna()]


def _places(evidence: EvidenceSet) -> set[str]:
    register = evidence.frame("stakeholders")
    return {str(value) for name in ("site", "department") for value in register[name].dropna().unique()}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
