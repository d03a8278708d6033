"""Colours and shapes of charts, named for what they mean.

In a chart each colour becomes a variable of the page's style sheet, so that the dark theme
and print can change it; the figure after the comma is what shows where there is no sheet.
"""

from __future__ import annotations

from collections.abc import Mapping

IMPROVEMENT = "#00b0f0"
CONCERN = "#e46c0a"
COMMON = "#a6a6a6"
NEUTRAL = "#490092"
INK = "#1c2126"
MUTED = "#596168"
RULE = "#d9dde1"
FILL = "#eef1f4"
PAPER = "#fffffe"

VARIABLES: Mapping[str, str] = {
    IMPROVEMENT: "--improvement",
    CONCERN: "--concern",
    COMMON: "--common",
    NEUTRAL: "--neutral",
    INK: "--ink",
    MUTED: "--muted",
    RULE: "--rule",
    FILL: "--fill",
    PAPER: "--paper",
}
"""Colour in the drawing -> variable in the style sheet."""

TONES: Mapping[str, str] = {
    "improvement": IMPROVEMENT,
    "concern": CONCERN,
    "common_cause": COMMON,
    "neutral_high": NEUTRAL,
    "neutral_low": NEUTRAL,
    "neutral": NEUTRAL,
}
"""What a point means -> colour."""

MARKERS: Mapping[str, str] = {
    "improvement": "D",
    "concern": "^",
    "common_cause": "o",
    "neutral_high": "s",
    "neutral_low": "s",
    "neutral": "s",
}
"""What a point means -> matplotlib marker, so that no message rests on colour alone."""
