"""Whose words a page speaks in: what people put in place of the analysis's own is told as theirs."""

from __future__ import annotations

from collections.abc import Iterable

from reviewkit.model import Finding
from reviewkit.present.words import listing, plural


def words_note(told: Iterable[Finding], headline: Finding | None = None) -> str:
    """Return whose words a page's statements are in, by role and when; "" where all are the analysis's.

    Parameters
    ----------
    told : the findings whose statements the page tells; one that is told twice counts once.
    headline : the one that leads the page, where it has one. What it is made of (its figures name the
        findings) is told with it, and not counted again.

    Examples
    --------
    >>> found = Finding.of("1.1", "opinion", "fcr", statement="It has fallen.")
    >>> words_note([found, found.model_copy(update={"worded_by": "the Head of IT (5 September 2025)"})])
    '1 statement on this page is in the words of the Head of IT (5 September 2025).'
    """
    lead = headline if headline is not None and headline.worded_by else None
    inside = {*lead.figures, lead.id} if lead else set()
    others = {one.id: one for one in told if one.worded_by and one.id not in inside}
    said = []
    if lead:
        # Edited, it is theirs as a whole; made of a statement they worded, it goes on in the analysis's own.
        verb = "is in" if lead.computed else "begins with"
        said.append(f"The headline {verb} the words of {lead.worded_by}.")
    if others:
        count = plural(len(others), "other statement" if lead else "statement")
        whose = listing(dict.fromkeys(one.worded_by for one in others.values()))
        said.append(f"{count} on this page {'is' if len(others) == 1 else 'are'} in the words of {whose}.")
    return " ".join(said)
