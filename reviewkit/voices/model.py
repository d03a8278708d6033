"""The linear model behind a trained ThemeCoder."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np


class LinearModel:
    """Words and parts of words, weighted by rarity, and a logistic regression over them.

    Parameters
    ----------
    texts, labels : training data; a label is a text, or a collection of labels a text.

    Raises
    ------
    ValueError : the numbers of texts and labels differ, or fewer than two labels occur.
    """

    def __init__(self, texts: Sequence[str], labels: Sequence[str | Collection[str]]) -> None:
        if len(texts) != len(labels):
            raise ValueError(f"{len(texts)} texts have {len(labels)} labels: give one label a text")
        self.many = any(not isinstance(label, str) for label in labels)
        sets = [{label} if isinstance(label, str) else set(label) for label in labels]
        self.labels = sorted({str(label) for own in sets for label in own})
        if len(self.labels) < 2:
            raise ValueError("at least two different labels are needed to learn from")
        self._features = _features()
        self._classifier = _classifier(self.many)
        matrix = self._features.fit_transform(texts)
        self._classifier.fit(matrix, self._target(sets))

    def suggest(self, texts: Sequence[str]) -> tuple[list[str], np.ndarray, list[str]]:
        """Return for each text the best label, how sure, and the words that told most."""
        if not texts:
            return [], np.zeros(0), []
        matrix = self._features.transform(texts)
        chances = self._classifier.predict_proba(matrix)
        best = chances.argmax(axis=1)
        return [self.labels[i] for i in best], chances.max(axis=1), self._words(matrix, best)

    def predict(self, texts: Sequence[str]) -> list[Any]:
        """Return the best label of each text; where trained on sets, the set of likely labels."""
        if not texts:
            return []
        chances = self._classifier.predict_proba(self._features.transform(texts))
        if not self.many:
            return [self.labels[i] for i in chances.argmax(axis=1)]
        return [{self.labels[i] for i in np.flatnonzero(row >= min(0.5, row.max()))} for row in chances]

    def _target(self, sets: list[set[str]]) -> np.ndarray:
        place = {label: i for i, label in enumerate(self.labels)}
        if not self.many:
            return np.array([place[next(iter(own))] for own in sets])
        target = np.zeros((len(sets), len(self.labels)), dtype=int)
        for row, own in enumerate(sets):
            target[row, [place[str(label)] for label in own]] = 1
        return target

    def _words(self, matrix: Any, best: np.ndarray) -> list[str]:
        """The three words of each text that speak most for its label."""
        vectoriser = self._features.transformer_list[0][1]
        names = vectoriser.get_feature_names_out()
        weights = self._weights()[:, : len(names)]
        part = matrix[:, : len(names)].tocsr()
        told = []
        for row, label in enumerate(best):
            own = part[row]
            strength = own.data * weights[label, own.indices]
            top = own.indices[np.argsort(-strength)[:3]][np.sort(-strength)[:3] < 0]
            told.append(", ".join(str(names[i]) for i in top))
        return told

    def _weights(self) -> np.ndarray:
        if self.many:
            return np.vstack([_coefficients(one) for one in self._classifier.estimators_])
        coefficients = np.asarray(self._classifier.coef_)
        return (
            coefficients
            if len(coefficients) == len(self.labels)
            else np.vstack([-coefficients, coefficients])
        )


def _coefficients(estimator: Any) -> np.ndarray:
    return np.asarray(estimator.coef_)


def _features() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import FeatureUnion

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, strip_accents="unicode")
    parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
    return FeatureUnion([("words", words), ("parts", parts)])


def _classifier(many: bool) -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    one = LogisticRegression(C=8.0, class_weight="balanced", max_iter=300)
    return OneVsRestClassifier(one) if many else one
