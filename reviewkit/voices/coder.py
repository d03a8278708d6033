"""ThemeCoder: suggests the theme of a remark, from cue phrases or from codings it was shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.content import Codebook, load_codebook

from .cues import CueIndex, Hit, tokens

Label = str | Collection[str]
_COLUMNS = ["theme", "confidence", "accepted", "words", "stance"]
_RESEMBLANCE = 0.3


class ThemeCoder:
    """Suggests a theme for each text; an analyst decides.

    Untrained it reads the codebook's cue phrases, heeding simple negation. After ``fit`` it
    uses a linear model over words and parts of words, trained on the given labels only.

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

        self._model = LinearModel(list(texts), list(labels))
        return self

    def suggest(self, texts: Iterable[str]) -> pd.DataFrame:
        """Return one row a text: the best theme, how sure, whether accepted, and the words behind it.

        ``theme`` is always given; ``confidence`` lies between 0 and 1; ``accepted`` is False
        where the coder abstains; ``words`` are the cue phrases or words that told; ``stance`` is
        concern or strength where cue phrases tell, else empty.
        """
        said = ["" if pd.isna(text) else str(text) for text in texts]
        rows = [self._by_cues(text) for text in said] if self._model is None else self._by_model(said)
        frame = pd.DataFrame(rows, columns=_COLUMNS)
        return frame.astype(
            {"theme": "str", "confidence": "float64", "accepted": bool, "words": "str", "stance": "str"}
        )

    def predict(self, texts: Iterable[str]) -> list[Any]:
        """Return the label of each text; a set of labels where it was trained on sets."""
        if self._model is None:
            return self.suggest(texts)["theme"].tolist()
        predicted: list[Any] = self._model.predict(["" if pd.isna(text) else str(text) for text in texts])
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

    def _by_cues(self, text: str) -> tuple[str, float, bool, str, str]:
        hits = self.cues.find(text)
        if not hits:
            return self._by_resemblance(text)
        weights: dict[str, int] = {}
        for hit in hits:
            weights[hit.code] = weights.get(hit.code, 0) + hit.weight
        theme = max(weights, key=lambda code: weights[code])
        confidence = weights[theme] / (sum(weights.values()) + 0.5)
        words = ", ".join(dict.fromkeys(hit.words for hit in hits if hit.code == theme))
        return theme, confidence, confidence >= self.threshold, words, _stance(hits, theme)

    def _by_resemblance(self, text: str) -> tuple[str, float, bool, str, str]:
        """The code whose name and definition share most words with the text; never accepted."""
        said = set(tokens(text))
        theme = max(self._about, key=lambda name: len(self._about[name] & said))
        shared = sorted(self._about[theme] & said)
        return theme, min(_RESEMBLANCE, 0.1 * len(shared)), False, ", ".join(shared), ""

    def _by_model(self, texts: Sequence[str]) -> list[tuple[str, float, bool, str, str]]:
        themes, confidence, words = self._model.suggest(texts)
        sure = np.asarray(confidence) >= self.threshold
        return [
            (theme, float(value), bool(accepted), told, "")
            for theme, value, accepted, told in zip(themes, confidence, sure, words, strict=True)
        ]


def _stance(hits: list[Hit], theme: str) -> str:
    balance = sum(hit.weight * (1 if hit.stance == "strength" else -1) for hit in hits if hit.code == theme)
    return "strength" if balance > 0 else "concern"
