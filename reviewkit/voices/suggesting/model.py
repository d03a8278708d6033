"""The linear model behind a trained ThemeCoder."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from .confidence import Confidence, Matrix
from .features import features, shown

_FOLDS, _COST, _TOLD = 3, 0.6, 3
_LETTERS = re.compile(r"[^\w]+")


class LinearModel:
    """Features weighted by rarity, and a linear support vector machine over them.

    Rare labels weigh as much as frequent ones. Confidence and, for sets of labels, the score
    from which a label is given are learnt from remarks held out in turn, duplicates together.

    Parameters
    ----------
    texts, labels : training data; a label is a text, or a collection of labels a text.

    Raises
    ------
    ValueError : the numbers of texts and labels differ, or fewer than two labels occur.
    """

    def __init__(self, texts: Sequence[str], labels: Sequence[str | Collection[str]]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        if len(texts) != len(labels):
            raise ValueError(f"{len(texts)} texts have {len(labels)} labels: give one label a text")
        self.many = any(not isinstance(label, str) for label in labels)
        sets = [{label} if isinstance(label, str) else {str(one) for one in label} for label in labels]
        self.labels = sorted({label for own in sets for label in own})
        if len(self.labels) < 2:
            raise ValueError("at least two different labels are needed to learn from")
        place = {label: i for i, label in enumerate(self.labels)}
        target = np.zeros((len(sets), len(self.labels)), dtype=np.int64)
        for row, own in enumerate(sets):
            target[row, [place[label] for label in own]] = 1
        self.examples = dict(zip(self.labels, target.sum(axis=0).tolist(), strict=True))
        self._vectoriser = TfidfVectorizer(analyzer=features, sublinear_tf=True)
        matrix = self._vectoriser.fit_transform(texts)
        self._weights = _learnt(matrix, target, self.many)
        self._confidence, self._least = Confidence(), 0.0
        self._learn_confidence(matrix, target, [_LETTERS.sub(" ", text.lower()) for text in texts])
        self._names = [shown(str(name)) for name in self._vectoriser.get_feature_names_out()]

    def suggest(self, texts: Sequence[str]) -> tuple[list[str], Matrix, list[str]]:
        """Return for each text the best label, how sure, and the words that told most."""
        if not texts:
            return [], np.zeros(0), []
        matrix = self._vectoriser.transform(texts)
        scores = _scores(matrix, self._weights)
        best = scores.argmax(axis=1)
        return [self.labels[i] for i in best], self._confidence.of(scores), self._words(matrix, best)

    def predict(self, texts: Sequence[str]) -> list[Any]:
        """Return the best label of each text; where trained on sets, the set of likely labels."""
        if not texts:
            return []
        scores = _scores(self._vectoriser.transform(texts), self._weights)
        best = scores.argmax(axis=1)
        if not self.many:
            return [self.labels[i] for i in best]
        chosen = scores >= self._least
        chosen[np.arange(len(best)), best] = True
        return [{self.labels[i] for i in np.flatnonzero(row)} for row in chosen]

    def _learn_confidence(self, matrix: Any, target: Any, same: list[str]) -> None:
        """Score every remark by a model that has not seen it or its like, and learn from that."""
        from sklearn.model_selection import GroupKFold

        groups = np.unique(same, return_inverse=True)[1]
        if len(np.unique(groups)) < 2 * _FOLDS:
            return
        scores = np.zeros(target.shape)
        for known, held in GroupKFold(_FOLDS).split(matrix, groups=groups):
            learnt = _learnt(matrix[known], target[known], self.many)
            scores[held] = _scores(_as_unseen(matrix, known, held), learnt)
        right = target[np.arange(len(scores)), scores.argmax(axis=1)] == 1
        self._confidence.learn(scores, right, 1 / np.bincount(groups)[groups])
        if self.many:
            tries = np.linspace(-0.9, 0.9, 19)
            self._least = float(max(tries, key=lambda least: _agreement(scores >= least, target == 1)))

    def _words(self, matrix: Any, best: Any) -> list[str]:
        """The three words of each text that speak most for its label."""
        entries = matrix.tocoo()
        given = entries.data * self._weights[0][best[entries.row], entries.col]
        kept = np.flatnonzero(given > 0)
        told: list[dict[str, float]] = [{} for _ in range(len(best))]
        names = self._names
        for row, column, weight in zip(
            entries.row[kept].tolist(), entries.col[kept].tolist(), given[kept].tolist(), strict=True
        ):
            if name := names[column]:
                told[row][name] = told[row].get(name, 0.0) + weight
        return [", ".join(sorted(own, key=own.__getitem__, reverse=True)[:_TOLD]) for own in told]


def _as_unseen(matrix: Any, known: Any, held: Any) -> Any:
    """Held rows as they would look to a model that knew the other rows alone: unknown features gone."""
    from scipy.sparse import diags_array
    from sklearn.preprocessing import normalize

    seen = np.zeros(matrix.shape[1])
    seen[np.unique(matrix[known].indices)] = 1.0
    return normalize(matrix[held] @ diags_array(seen))


def _learnt(matrix: Any, target: Any, many: bool) -> tuple[Matrix, Matrix]:
    """Coefficients, one row a label, and intercepts; a label that all or none have tells nothing apart."""
    from sklearn.svm import LinearSVC

    weights, base = np.zeros((target.shape[1], matrix.shape[1])), np.full(target.shape[1], -1.0)
    varied = np.flatnonzero((target.min(axis=0) == 0) & (target.max(axis=0) == 1))
    base[target.min(axis=0) == 1] = 1.0
    if not len(varied):
        return weights, base
    machine = LinearSVC(C=_COST, class_weight="balanced", random_state=0, max_iter=5000)
    if many or len(varied) < 3:
        for label in varied:
            machine.fit(matrix, target[:, label])
            weights[label], base[label] = machine.coef_[0], machine.intercept_[0]
        return weights, base
    machine.fit(matrix, target.argmax(axis=1))
    weights[machine.classes_], base[machine.classes_] = machine.coef_, machine.intercept_
    return weights, base


def _scores(matrix: Any, weights: tuple[Matrix, Matrix]) -> Matrix:
    return np.asarray(matrix @ weights[0].T) + weights[1]


def _agreement(found: Any, true: Any) -> float:
    """F1 over all labels and remarks together."""
    both = float((found & true).sum())
    return 2 * both / max(float(found.sum() + true.sum()), 1.0)
