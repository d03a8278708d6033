"""What the page says around its figures; every figure is put in where the page is made."""

from __future__ import annotations

import re
from pathlib import Path

NAMES = {
    "opinion": "Opinions (1.1)",
    "theme": "Themes (1.4)",
    "relationship": "Relationships (1.5)",
    "cause": "Causes (2.1)",
    "gap": "Gaps (2.1)",
    "journey": "Journey (2.2)",
    "partner": "Partner gaps (2.3)",
    "leader": "Leadership gaps (2.4)",
    "person": "People (2.5)",
}
"""Kinds of findings with the step that promotes them."""

_SERIES = "the common-cause deviation of the series of that measure and place"
DEFINED: dict[str, tuple[str, str, str]] = {
    "opinion": (
        _SERIES,
        "a change is told of the same measure and place, the same way, its date within 92 days",
        "any change is told, of the whole, a site or a contract",
    ),
    "theme": (
        "raised as often again as a background theme: at strength 2 three times as often",
        "among the leading six themes",
        "among the leading six, and nobody was given it to talk about",
    ),
    "relationship": (
        "the change in deviations, and the voices that raise it as for themes (twice that at single sites)",
        "the planted relation of code and measure: agreement in full or part, dissonance, silence in the "
        "voices, silence in the data",
        "agreement, part agreement, dissonance or silence in the voices on a measure that neither changed, "
        "nor always misses or meets its target, nor truly differs at the site",
    ),
    "cause": (
        "the condition moves at the same sites on the same day by two of its own deviations",
        "supported, against a gap of one of the sites or of the whole",
        "any cause is supported",
    ),
    "gap": (
        _SERIES + "; only where the new level is short by more than the margin",
        "a gap of the same measure and place",
        "a gap where the level, over all the time there is, meets the target",
    ),
    "journey": (
        "success is less likely, for those who leave out a step, by the deviation of a site's monthly share",
        "those who had the step are said to do better, beyond the 95 % interval",
        "those who had it are said to do better or worse",
    ),
    "partner": (
        "front line and management are apart by the deviation of one answer (0.87 of 5)",
        "a we/they gap of the two on the same statement",
        "any we/they gap",
    ),
    "leader": (
        "team leads are short of what is needed by half a point of 5, the smallest gap worth acting on",
        "team leads are named as short of this competency",
        "any level is named as short of any",
    ),
    "person": (
        "the deviation of one agent's monthly share of contacts settled (0.10)",
        "the agent is named, on the right side",
        "anybody is named",
    ),
}
"""For each kind: one unit of strength, what counts as found, what as a false alarm."""


def _frames() -> dict[str, str]:
    """The parts of the page by name, each behind a comment with its name."""
    text = Path(__file__).with_name("page.md").read_text(encoding="utf-8")
    parts = re.split(r"<!-- (\w+) -->\n", text)[1:]
    return {name: part.strip() + "\n" for name, part in zip(parts[::2], parts[1::2], strict=True)}


FRAME = _frames()
"""The page's parts in plain words."""
