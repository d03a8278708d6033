"""ThemeCoder: suggests the theme of a remark, from cue phrases or from codings it was shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from reviewkit.content import Codebook, load_codebook

from .cues import CueIndex, Hit, tokens

Label = str | Collection[str]
_COLUMNS = ["theme", "confidence", "accepted", "words", "stance"]
_RESEMBLANCE = 0.3
_FEW = 20
"""Codings of a code at which cue phrases weigh as much as what has been learnt."""
Row = tuple[str, float, str, str]


class ThemeCoder:
    """Suggests a theme for each text; an analyst decides.

    Untrained it reads the codebook's cue phrases, heeding simple negation. After ``fit`` it
    uses a linear model over words and where they stand, trained on the given labels only;
    where these are codes of the codebook, cue phrases go on speaking for codes of which few
    examples have been seen.

    Parameters
    ----------
    codebook : the codes to suggest from while untrained; the package's where left out.
    threshold : confidence from which a suggestion is accepted; below it the coder abstains.

    Examples
    --------
    >>> made = ThemeCoder().suggest(["We have no training at all.", "Hm."])
    >>> made.loc[0, ["theme", "words"]].tolist()
    ['training_gap', 'no training']
    """

    def __init__(self, codebook: Codebook | None = None, *, threshold: float = 0.5) -> None:
        self._given, self.threshold = codebook, threshold
        self._model: Any = None

    def fit(self, texts: Iterable[str], labels: Iterable[Label]) -> ThemeCoder:
        """Train on texts and their labels: one label, or a set of labels, a text.

        Raises
        ------
        ValueError : the numbers of texts and labels differ, or fewer than two labels occur.
        """
        from .model import LinearModel

        self._model = LinearModel(_read(texts), list(labels))
        return self

    def suggest(self, texts: Iterable[str]) -> pd.DataFrame:
        """Return one row a text: the best theme, how sure, whether accepted, and the words behind it.

        ``theme`` is always given; ``confidence`` lies between 0 and 1 and is the share of
        suggestions as clear as this that are right; ``accepted`` is False where the coder
        abstains; ``words`` are the cue phrases or words that told; ``stance`` is concern or
        strength where cue phrases tell, else empty.
        """
        said = _read(texts)
        rows = [self._by_cues(text) for text in said] if self._model is None else self._by_model(said)
        frame = pd.DataFrame(rows, columns=["theme", "confidence", "words", "stance"])
        frame = frame.astype({"theme": "str", "confidence": "float64", "words": "str", "stance": "str"})
        # What only resembles a code's definition is never accepted.
        frame["accepted"] = (frame["confidence"] >= self.threshold) & (frame["confidence"] > _RESEMBLANCE)
        return frame[_COLUMNS]

    def predict(self, texts: Iterable[str]) -> list[Any]:
        """Return the label of each text; a set of labels where it was trained on sets."""
        if self._model is None or not self._model.many:
            themes: list[Any] = self.suggest(texts)["theme"].tolist()
            return themes
        predicted: list[Any] = self._model.predict(_read(texts))
        return predicted

    @cached_property
    def codebook(self) -> Codebook:
        """The codes suggested while untrained."""
        return self._given if self._given is not None else load_codebook()

    @cached_property
    def cues(self) -> CueIndex:
        """The codebook's cue phrases."""
        return CueIndex(self.codebook.codes)

    @cached_property
    def _about(self) -> dict[str, set[str]]:
        """Telling words of each code's own name and definition, for texts without any cue."""
        words = {
            name: {word for word in tokens(f"{code.name} {code.definition}") if len(word) > 4}
            for name, code in self.codebook.codes.items()
        }
        shared = pd.Series([word for own in words.values() for word in own], dtype="str").value_counts()
        common = set(shared.index[shared > 2])
        return {name: own - common for name, own in words.items()}

    def _by_cues(self, text: str) -> Row:
        hits = self.cues.find(text)
        if not hits:
            return self._by_resemblance(text)
        theme, confidence = _strongest(hits)
        words = ", ".join(dict.fromkeys(hit.words for hit in hits if hit.code == theme))
        return theme, confidence, words, _stance(hits, theme)

    def _by_resemblance(self, text: str) -> Row:
        """The code whose name and definition share most words with the text; never accepted."""
        said = set(tokens(text))
        theme = max(self._about, key=lambda name: len(self._about[name] & said))
        shared = sorted(self._about[theme] & said)
        return theme, min(_RESEMBLANCE, 0.1 * len(shared)), ", ".join(shared), ""

    def _by_model(self, texts: Sequence[str]) -> list[Row]:
        themes, confidence, words = self._model.suggest(texts)
        rows: list[Row] = list(zip(themes, confidence.tolist(), words, [""] * len(themes), strict=True))
        if not set(self._model.labels) <= set(self.codebook.codes):
            return rows
        return [self._with_cues(text, row) for text, row in zip(texts, rows, strict=True)]

    def _with_cues(self, text: str, row: Row) -> Row:
        """The learnt suggestion, or that of the cues where their code has hardly been seen."""
        hits = self.cues.find(text)
        if not hits:
            return row
        theme, confidence = _strongest(hits)
        unseen = _FEW / (_FEW + self._model.examples.get(theme, 0))
        if theme != row[0] and confidence * unseen > row[1]:
            words = ", ".join(dict.fromkeys(hit.words for hit in hits if hit.code == theme))
            return theme, confidence * unseen, words, _stance(hits, theme)
        return (*row[:3], _stance(hits, row[0]) if any(hit.code == row[0] for hit in hits) else "")


def _read(texts: Iterable[str]) -> list[str]:
    return ["" if pd.isna(text) else str(text) for text in texts]


def _strongest(hits: list[Hit]) -> tuple[str, float]:
    """The code that the weightiest cues speak for, and their share of all."""
    weights: dict[str, int] = {}
    for hit in hits:
        weights[hit.code] = weights.get(hit.code, 0) + hit.weight
    theme = max(weights, key=lambda code: weights[code])
    return theme, weights[theme] / (sum(weights.values()) + 0.5)


def _stance(hits: list[Hit], theme: str) -> str:
    balance = sum(hit.weight * (1 if hit.stance == "strength" else -1) for hit in hits if hit.code == theme)
    return "strength" if balance > 0 else "concern"
