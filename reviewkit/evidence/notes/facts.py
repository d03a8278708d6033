"""What notes say of themselves at their top: interview, date, place, who asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reviewkit.model import SOURCES

from .dates import as_date
from .passages import Passage

_KEYS = {
    "interview": ("interview", "interview id", "interview number", "id"),
    "said_on": ("date", "said on", "held on", "interview date", "when", "day"),
    "site": ("site", "location", "place", "office"),
    "contract": ("contract",),
    "source": ("source", "kind"),
    "interviewer": ("interviewer", "interviewers", "interviewed by", "interview by", "note taker", "analyst"),
    "on_record": ("on record", "on the record"),
    "": ("participants", "participant", "attendees", "present", "interviewee", "title", "time", "duration"),
}
_NAMES = {name: key for key, names in _KEYS.items() for name in names}
_FACT = re.compile(r"^[*_]*([A-Za-z][A-Za-z ]{0,24}?)[*_]*\s*[:\t][*_]*\s*(.*)$", re.DOTALL)
_FENCE = re.compile(r"^-{3,}$")


def fact(text: str) -> tuple[str, str] | None:
    """Return key and value of a line such as ``Date: 4 March 2026``; None where it is none.

    >>> fact("**Date:** 4 March 2026"), fact("One thing: stop the meetings")
    (('said_on', '4 March 2026'), None)
    """
    match = _FACT.match(text)
    key = _NAMES.get(match[1].strip().lower()) if match else None
    return (key, match[2].strip().strip("*_").strip()) if match and key is not None else None


def split_facts(passages: Sequence[Passage]) -> tuple[dict[str, str], list[Passage]]:
    """Return the facts at the top, and the passages without them.

    Only lines before the first that is neither fact nor heading are looked at: further down
    ``Site: the roof leaks`` is somebody's words.
    """
    passages = _titled(passages)
    facts: dict[str, str] = {}
    kept: list[Passage] = []
    for position, passage in enumerate(passages):
        if _FENCE.match(passage.text):
            continue
        found = fact(passage.text) if passage.kind != "comment" and not passage.speaker else None
        if found is None and passage.kind != "heading":
            return facts, kept + list(passages[position:])
        if found is None:
            kept.append(passage)
        elif found[0] and found[1]:
            facts.setdefault(found[0], found[1])
    return facts, kept


def _titled(passages: Sequence[Passage]) -> Sequence[Passage]:
    """Take a first line for the title where it ends like none of a text and facts follow it."""
    first, *rest = passages or [Passage("", "")]
    ends = first.text.endswith((".", "!", "?", "…", ";", ","))
    if not rest or ends or first.speaker or fact(first.text) or not fact(rest[0].text):
        return passages
    return [replace(first, kind="heading"), *rest]


def tidied(facts: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return facts in our terms, and which could not be understood.

    >>> tidied({"said_on": "4 March 2026", "source": "Group work", "on_record": "yes"})
    ({'said_on': '2026-03-04', 'source': 'group_work'}, [])
    """
    ours, told = dict(facts), []
    if "said_on" in ours and not (ours["said_on"] and as_date(ours["said_on"])):
        told.append("the date at its top is not understood (write it as 2026-03-04)")
        del ours["said_on"]
    elif "said_on" in ours:
        ours["said_on"] = as_date(ours["said_on"])
    if "source" in ours:
        source = re.sub(r"\W+", "_", ours.pop("source").lower())
        source = "group_work" if source == "group" else source
        if source in SOURCES:
            ours["source"] = source
    # A note that all was on the record is no consent: that is kept person by person in participants.
    if ours.get("on_record", "").lower() not in ("no", "false", "off"):
        ours.pop("on_record", None)
    return ours, told
