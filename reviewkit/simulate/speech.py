"""How people talk: sentences of the corpus put together as somebody would say them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from reviewkit.model import read_yaml

FOLDER = Path(__file__).parent / "corpus"
_FILES = ("resources", "leadership", "customers", "targets")
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_KEEP = re.compile(r"I\b|IT\b|[A-Z][a-z]+ (and )?[A-Z][a-z]|(Finance|Marketing|Sales) |(Mon|Sun|Fri)day")
"""Words a sentence may begin with that keep their capital after an opening."""


@dataclass(frozen=True)
class Speaker:
    """Who speaks: what decides which sentences suit them."""

    world: str
    department: str
    level: str
    other_departments: tuple[str, ...]
    colleagues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Saying:
    """One sentence of the corpus and whom it suits."""

    text: str
    world: str
    levels: tuple[str, ...]
    departments: tuple[str, ...]


@cache
def corpus() -> dict[tuple[str, str], tuple[Saying, ...]]:
    """Return the sentences by code and stance."""
    sayings: dict[tuple[str, str], tuple[Saying, ...]] = {}
    for name in _FILES:
        for code, stances in read_yaml(FOLDER / f"{name}.yaml")[0].items():
            for stance, items in stances.items():
                sayings[code, stance] = tuple(_saying(item) for item in items)
    return sayings


def _saying(item: dict[str, Any]) -> Saying:
    return Saying(item["t"], item.get("w", ""), tuple(item.get("l", ())), tuple(item.get("d", ())))


@cache
def frame() -> dict[str, list[str]]:
    """Return openings, links and what else surrounds a point."""
    data = read_yaml(FOLDER / "frame.yaml")[0]
    for kind in ("openers", "links", "elaborations"):
        for stance, items in data.pop(kind).items():
            data[f"{kind}_{stance}"] = items
    for name, items in data.pop("fillers").items():
        data[f"filler_{name}"] = items
    for world, slots in data.pop("worlds").items():
        for slot, items in slots.items():
            data[f"{world}_{slot}"] = items
    return data


def pick(rng: np.random.Generator, items: list[str] | tuple[str, ...]) -> str:
    """Return one of the items."""
    return items[int(rng.integers(len(items)))]


def suits(saying: Saying, speaker: Speaker) -> bool:
    """Tell whether a speaker could say it; what leaders say of a department its own leaders may say too."""
    if saying.world not in ("", speaker.world) or (saying.levels and speaker.level not in saying.levels):
        return False
    leads_all = speaker.level == "senior_leadership" and "senior_leadership" in saying.levels
    return leads_all or not saying.departments or speaker.department in saying.departments


def sentence(rng: np.random.Generator, code: str, stance: str, speaker: Speaker) -> str:
    """Return a sentence about ``code`` in the mouth of ``speaker``, of those that suit them."""
    found = [saying for saying in corpus().get((code, stance), ()) if suits(saying, speaker)]
    own = [saying for saying in found if saying.world or saying.levels or saying.departments]
    if own and rng.random() < 0.6:  # what only they could say comes first
        found = own
    return spoken(rng, found[int(rng.integers(len(found)))].text, speaker)


def spoken(rng: np.random.Generator, text: str, speaker: Speaker) -> str:
    """Return ``text`` with its choices made and its slots filled.

    >>> someone = Speaker("contact_centre", "Sales", "front_line", ("Marketing",))
    >>> spoken(np.random.default_rng(1), "We [never|seldom] hear from {other}.", someone)
    'We never hear from Marketing.'
    """
    while _CHOICE.search(text):
        text = _CHOICE.sub(lambda found: pick(rng, found[1].split("|")), text, count=1)
    text = _SLOT.sub(lambda found: _fill(rng, found[1], speaker), text)
    return text[:1].upper() + text[1:]


def _fill(rng: np.random.Generator, slot: str, speaker: Speaker) -> str:
    if slot == "other":
        return pick(rng, speaker.other_departments)
    if slot == "name":
        name = pick(rng, speaker.colleagues)
        return name if rng.random() < 0.4 else name.split()[0]
    if slot == "customers_cap":
        return pick(rng, frame()[f"{speaker.world}_customers"]).capitalize()
    key = f"filler_{slot}" if f"filler_{slot}" in frame() else f"{speaker.world}_{slot}"
    return pick(rng, frame()[key])


def can_say(code: str, stance: str, speaker: Speaker) -> bool:
    """Tell whether the corpus has words about ``code`` for ``speaker``."""
    return any(suits(saying, speaker) for saying in corpus().get((code, stance), ()))


def after(opening: str, text: str) -> str:
    """Return ``text`` put after an opening, its first letter small unless it must not be.

    >>> after("Honestly, ", "Nobody asks us.")
    'Honestly, nobody asks us.'
    >>> after("Honestly, ", "I gave up.")
    'Honestly, I gave up.'
    """
    if opening.endswith(". ") or _KEEP.match(text):
        return opening + text
    return opening + text[:1].lower() + text[1:]


def remark(rng: np.random.Generator, points: list[tuple[str, str]], speaker: Speaker) -> str:
    """Return a remark that makes each point (code, stance), one after the other."""
    parts: list[str] = []
    for i, (code, stance) in enumerate(points):
        text = sentence(rng, code, stance, speaker)
        if i == 0 and rng.random() < 0.3:
            text = after(_opening(rng, "openers", stance), text)
        elif i > 0 and rng.random() < 0.7:
            turn = stance == "strength" and points[0][1] != "strength"
            text = after(pick(rng, frame()["contrast"]) if turn else _opening(rng, "links", stance), text)
        parts.append(text)
        if rng.random() < 0.22:
            parts.append(pick(rng, frame()[f"elaborations_{stance}"]))
    if speaker.colleagues and rng.random() < 0.07:
        parts.append(spoken(rng, pick(rng, frame()["with_name"]), speaker))
    return " ".join(parts)


def _opening(rng: np.random.Generator, kind: str, stance: str) -> str:
    return pick(rng, frame()[f"{kind}_any"] + frame()[f"{kind}_{stance}"])


def aside(rng: np.random.Generator, speaker: Speaker) -> str:
    """Return something off the topic."""
    return spoken(rng, pick(rng, frame()["off_topic"]), speaker)
