"""Feedback's own words: whether they name an act and what came of it."""

from __future__ import annotations

import re

_ACT = re.compile(
    r"\b(?:when|how|that|because|for|the\s+way)\s+you\s+\w+|\byou\s+(?!are\b|were\b|need\b|should\b|must\b|could\b|have\s+to\b)"
    r"(?:\w+ly\s+)?\w+|\byour\s+(?:call|letter|report|note|file|case|meeting|question|answer|work\s+on|handling\s+of)",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"\b(?:so\s+that|so\s+(?:the|she|he|they|we|it|no|nobody|there)|which\s+(?:meant|led|let|saved|made|cost|left|kept)"
    r"|as\s+a\s+result|because\s+of\s+(?:it|that|this)|led\s+to|this\s+(?:meant|saved|let|made|cost|left)"
    r"|that\s+(?:meant|saved|let|made|cost|left)|therefore|the\s+customer\s+(?:had|has|was|did|could|will|felt|called"
    r"|rang|thanked|came)|it\s+(?:saved|cost|meant|left|led))\b",
    re.IGNORECASE,
)


def names_act_and_effect(text: str) -> bool:
    """Return whether feedback says what the person did and what came of it.

    A list of turns of phrase, not an understanding of the text: an act is something "you" did,
    an effect what it "meant", "saved", "led to" or what the customer then did.

    Examples
    --------
    >>> names_act_and_effect("You read the bill back to her, so she did not have to call again.")
    True
    >>> names_act_and_effect("Great work this week!"), names_act_and_effect("You are a star.")
    (False, False)
    """
    return bool(_ACT.search(text)) and bool(_EFFECT.search(text))
