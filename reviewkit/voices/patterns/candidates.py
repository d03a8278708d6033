"""Candidate codes: remarks that fit no code, put together by the words they share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from .likeness import centrality, vectors
from .readable import same_words

COLUMNS = ("label", "units", "remarks", "departments", "examples", "remark_ids")
_APART = 0.8
_MOST = 2000
_POOR_FIT = 0.02
_SEED = 20


def candidate_codes(
    remarks: pd.DataFrame,
    coded: pd.DataFrame,
    *,
    redact: Callable[[str], str] = str,
    fewest: int = 3,
    most: int = 8,
) -> pd.DataFrame:
    """Return groups of remarks that fit no code, each labelled by its own words. For the team alone.

    Remarks without a code, and remarks that share hardly a word with the others of their code, are
    put together by average linkage of the cosine distances of their TF-IDF rows. Answers given word
    for word the same count as one text with several units.

    Parameters
    ----------
    remarks, coded : as for :func:`themes`.
    redact : takes names, e-mails, phones and ids out before words are read.
    fewest : interviews or comments a group must come from.
    most : groups returned.

    Returns
    -------
    ``COLUMNS``, the widest group first: ``label`` its three most telling words, ``examples`` the two
    remarks in its middle, redacted, ``remark_ids`` all of them. Of more than 2,000 different texts a
    seeded sample is grouped; ``attrs["texts"]`` and ``attrs["read"]`` say how many there are and were read.

    Examples
    --------
    >>> said = pd.DataFrame({"remark_id": list("abcd"), "unit_id": list("wxyz"), "department": "IT",
    ...                      "text": ["Parking is full", "No parking", "Where is the parking?", "Hm."]})
    >>> none = pd.DataFrame(columns=["remark_id", "code"])
    >>> candidate_codes(said, none)[["label", "units"]].values.tolist()
    [['parking, full', 3]]
    """
    open_ones = _unexplained(remarks, coded)
    texts = open_ones.drop_duplicates("_same")
    read = texts if len(texts) <= _MOST else texts.sample(_MOST, random_state=_SEED).sort_index()
    found = _grouped(read, open_ones, redact, fewest)
    table = pd.DataFrame(found, columns=list(COLUMNS))
    table = table.sort_values(["units", "remarks", "label"], ascending=[False, False, True])
    table = table.head(most).reset_index(drop=True)
    table.attrs |= {"texts": len(texts), "read": len(read)}
    return table


def _unexplained(remarks: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Remarks without a code, and those that fit theirs badly."""
    fits = coded.drop_duplicates(["remark_id", "code"])
    stray: set[str] = set()
    if len(fits) and "text" in fits:
        close = centrality(fits["text"].astype("str"), fits["code"])
        best = close.groupby(fits["remark_id"]).max()
        stray = set(best.index[best <= _POOR_FIT])
    keep = ~remarks["remark_id"].isin(coded["remark_id"]) | remarks["remark_id"].isin(stray)
    mine = remarks[keep]
    return mine.assign(_same=same_words(mine["text"].astype("str"))).sort_values("remark_id")


def _grouped(
    read: pd.DataFrame, open_ones: pd.DataFrame, redact: Callable[[str], str], fewest: int
) -> list[dict[str, Any]]:
    if len(read) < 2:
        return []
    clean = read["text"].astype("str").map(redact)
    rows, terms = vectors([text.replace("[", " ").replace("]", " ") for text in clean])
    if rows is None:
        return []
    labels = pd.Series(_clusters(rows), index=read["_same"].to_numpy())
    found = []
    for number in range(int(labels.max()) + 1):
        places = np.flatnonzero(labels.to_numpy() == number)
        mine = open_ones[open_ones["_same"].isin(labels.index[places])]
        if mine["unit_id"].nunique() >= fewest and len(places) > 1:
            found.append(_described(mine, clean.iloc[places], rows[places], terms))
    return found


def _clusters(rows: Any) -> np.ndarray:
    """Number the groups; texts without a telling word stand alone as -1."""
    from sklearn.cluster import AgglomerativeClustering

    telling = np.asarray(rows.getnnz(axis=1)).ravel() > 0
    labels = np.full(rows.shape[0], -1)
    if telling.sum() > 1:
        distance = 1.0 - (rows[telling] @ rows[telling].T).toarray()
        maker = AgglomerativeClustering(
            n_clusters=None, metric="precomputed", linkage="average", distance_threshold=_APART
        )
        labels[telling] = maker.fit_predict(distance.clip(0.0, 1.0))
    return labels


def _described(mine: pd.DataFrame, clean: pd.Series, rows: Any, terms: list[str]) -> dict[str, Any]:
    weight = np.asarray(rows.sum(axis=0)).ravel()
    order = sorted(np.flatnonzero(weight), key=lambda place: (-weight[place], terms[place]))
    label: list[str] = []
    for place in order:
        if len(label) < 3 and not any(set(terms[place].split()) & set(word.split()) for word in label):
            label.append(terms[place])
    middle = np.asarray(rows @ weight).ravel()
    best = sorted(range(len(clean)), key=lambda place: (-middle[place], clean.iloc[place]))[:2]
    return {
        "label": ", ".join(label),
        "units": int(mine["unit_id"].nunique()),
        "remarks": len(mine),
        "departments": int(mine.loc[mine["department"] != "", "department"].nunique()),
        "examples": tuple(clean.iloc[place] for place in best),
        "remark_ids": tuple(mine["remark_id"]),
    }
