"""How sure a suggestion is: the share of suggestions as clear as this one that were right."""

from __future__ import annotations

from typing import Any

import numpy as np

Matrix = np.ndarray[Any, np.dtype[np.float64]]
ENOUGH = 60
"""Codings from which confidence is learnt."""
_UNLEARNT = np.array([-0.8, 0.4, 1.6])


class Confidence:
    """Chance that the best label is right, by its score and its lead over the second.

    Learnt by logistic regression from scores of remarks that the model had not seen (Platt,
    1999, *Probabilistic outputs for support vector machines*); with fewer than sixty codings
    a cautious rule stands in.

    >>> Confidence().of(np.array([[1.0, -1.0], [0.1, 0.0]])).round(2).tolist()
    [0.94, 0.35]
    """

    def __init__(self) -> None:
        self._weights = _UNLEARNT

    def learn(
        self, scores: Matrix, right: np.ndarray[Any, np.dtype[np.bool_]], weight: Matrix | None = None
    ) -> None:
        """Learn from scores of unseen remarks and whether the best label was right.

        ``weight`` counts remarks that were made again and again once, since a new one is seldom like them.
        """
        from sklearn.linear_model import LogisticRegression

        if len(right) < ENOUGH or right.all() or not right.any():
            return
        model = LogisticRegression(C=10.0).fit(_clearness(scores), right, sample_weight=weight)
        self._weights = np.concatenate([model.intercept_, model.coef_[0]])

    def of(self, scores: Matrix) -> Matrix:
        """Return the chance, 0 to 1, for every row of scores."""
        straight = self._weights[0] + _clearness(scores) @ self._weights[1:]
        chance: Matrix = 1 / (1 + np.exp(-straight))
        return chance


def _clearness(scores: Matrix) -> Matrix:
    """Best score, and its lead over the second."""
    top = np.partition(scores, -2, axis=1)[:, -2:]
    return np.column_stack([top[:, 1], top[:, 1] - top[:, 0]])
