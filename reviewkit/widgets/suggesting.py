"""What a ThemeCoder suggests for each remark, worked out once a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from reviewkit.content import Codebook
from reviewkit.voices import ThemeCoder

ENOUGH = 40
"""Coded remarks from which there is something to learn from."""


@dataclass(frozen=True)
class Suggestion:
    """A code that may fit: how sure the coder is, whether it would say so, and which words told."""

    code: str
    confidence: float
    accepted: bool
    words: str
    stance: str


class Suggester:
    """Suggests codes: from cue phrases at first, from the analysts' codes once it learned."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.learned_from = 0
        self._coder = ThemeCoder(codebook)
        self._known: dict[str, Suggestion] = {}

    def frame(self, texts: Sequence[str]) -> pd.DataFrame:
        """Return ``theme, confidence`` for each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            made = self._coder.suggest(new)
            columns = (made[name] for name in ("theme", "confidence", "accepted", "words", "stance"))
            for text, theme, sure, accepted, words, stance in zip(new, *columns, strict=True):
                code = theme if isinstance(theme, str) else next(iter(sorted(theme)), "")
                self._known[text] = Suggestion(code, float(sure), bool(accepted), str(words), str(stance))
        found = [self._known[text] for text in texts]
        return pd.DataFrame(
            {"theme": [one.code for one in found], "confidence": [one.confidence for one in found]}
        )

    def of(self, text: str) -> Suggestion | None:
        """Return what is suggested for a text; nothing where no word told and no code is known."""
        self.frame([text])
        found = self._known[text]
        return found if found.code in self.codebook.codes and found.confidence > 0 else None

    def learned(self, texts: Iterable[str], labels: Iterable[set[str]]) -> Suggester:
        """Return a suggester that learned from texts and their codes; slow, and changes nothing here."""
        said, given = list(texts), list(labels)
        other = Suggester(self.codebook)
        other._coder.fit(said, given)
        other.learned_from = len(said)
        return other
