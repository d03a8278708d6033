"""How alike remarks are, by the words they share: TF-IDF and cosine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
_LONGEST = 5000
# On the customary list of stop words, and yet what people in a service talk about.
_TELLING = {"amount", "bill", "call", "detail", "empty", "find", "fire", "full", "interest"}
_TELLING |= {"move", "show", "system"}


def vectors(texts: Sequence[str], *, pairs: bool = True) -> tuple[csr_matrix | None, list[str]]:
    """Return TF-IDF rows of unit length and their terms; none where no text holds a telling word.

    Common English words are left out, ``pairs`` of words taken in. Of a very long remark the
    beginning is read.

    >>> rows, terms = vectors(["The lift is broken.", "A broken lift again."], pairs=False)
    >>> terms
    ['broken', 'lift']
    """
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

    maker = TfidfVectorizer(
        stop_words=sorted(ENGLISH_STOP_WORDS - _TELLING),
        ngram_range=(1, 2 if pairs else 1),
        sublinear_tf=True,
        token_pattern=r"(?u)\b[^\W\d_]{3,}\b",
    )
    try:
        rows = maker.fit_transform([text[:_LONGEST] for text in texts])
    except ValueError:  # no word is left
        return None, []
    return rows, list(maker.get_feature_names_out())


def centrality(texts: pd.Series, groups: pd.Series) -> pd.Series:
    """Return how close each text is to the middle of the others in its group, 0 to 1.

    The cosine between a text's TF-IDF row and the sum of those of its group without itself; 0 for
    a text alone in its group.

    >>> texts = pd.Series(["the lift is broken", "broken lift", "kind staff", "the lift again"])
    >>> centrality(texts, pd.Series(["x"] * 4)).round(2).tolist()[2]
    0.0
    """
    rows, _ = vectors(texts.tolist(), pairs=False) if len(texts) else (None, [])
    if rows is None:
        return pd.Series(0.0, index=texts.index)
    codes, _ = pd.factorize(groups)
    return pd.Series(_to_rest(rows, codes), index=texts.index)


def _to_rest(rows: Any, codes: np.ndarray) -> np.ndarray:
    from scipy.sparse import csr_matrix

    n = len(codes)
    member = csr_matrix((np.ones(n), (codes, np.arange(n))))
    rest = member.T.tocsr() @ (member @ rows) - rows
    dots = np.asarray(rest.multiply(rows).sum(axis=1)).ravel()
    length = np.sqrt(np.asarray(rest.multiply(rest).sum(axis=1)).ravel())
    cosine: np.ndarray = np.divide(dots, length, out=np.zeros(n), where=length > 1e-12)
    return cosine.clip(0.0, 1.0)
