"""Each case against the journey that its contract asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reviewkit.model import InputError

from .cases import Paths, journeys, named_cases

if TYPE_CHECKING:
    from .events import Events


def conformance(
    events: Events, steps: Sequence[str], *, case: str, activity: str, at: str, by: str | None = None
) -> pd.DataFrame:
    """Compare each case with the journey that the contract asks for.

    A case may still be under way: a step counts as missing only where a later one was
    reached. Activities that the contract does not name are counted and held against nobody.

    Parameters
    ----------
    events, case, activity, at, by : as for :func:`variants`; ``events`` may be an Ibis table.
    steps : the journey, in order.

    Returns
    -------
    One row a case: ``case``, with ``by`` that column, and the columns of :func:`judged`.

    Raises
    ------
    InputError : a step stands twice in the journey, so that it cannot be told which was done.

    Examples
    --------
    >>> log = pd.DataFrame({"case": [1, 1, 2, 2, 2], "what": list("acbaa"), "at": [1, 2, 1, 2, 3]})
    >>> conformance(log, ["a", "b", "c"], case="case", activity="what", at="at")[
    ...     ["missing", "out_of_order", "repeated", "conforms"]].values.tolist()
    [['b', 0, 0, False], ['', 1, 1, False]]
    """
    found = journeys(events, case=case, activity=activity, at=at, by=[by] if by else [])
    table: pd.DataFrame = judged(found.paths, steps).iloc[found.table["path"]].reset_index(drop=True)
    result: pd.DataFrame = pd.concat([named_cases(found, case, by, table.columns.tolist()), table], axis=1)
    result.attrs = {"said": found.said}
    return result


def judged(paths: Paths, steps: Sequence[str]) -> pd.DataFrame:
    """Compare each path with a journey, each once, however many cases took it.

    Returns
    -------
    One row a path: ``missing`` (steps skipped, joined with ``"; "``), ``out_of_order`` (steps
    that came after a later one), ``repeated`` (further times a step was done), ``other``
    (activities not in the journey), ``reached`` (the furthest step, ``""`` if none),
    ``conforms``, ``furthest`` (the place of that step, from 0; -1 if none) and ``similarity``
    (see :func:`similarity`).
    """
    n, ranks = len(paths), {step: place for place, step in enumerate(steps)}
    if len(ranks) < len(steps):
        twice = next(step for place, step in enumerate(steps) if step in steps[:place])
        raise InputError(f"the journey asks for '{twice}' twice", key="journey",
                         fix="Give the two steps names of their own.")  # fmt: skip
    rank_of = np.array([ranks.get(name, -1) for name in paths.names], dtype="int64")
    rank, owner = rank_of[paths.codes] if len(paths.codes) else paths.codes, paths.owner
    known = rank >= 0
    # The first time that each path comes to each step; later times are repeats.
    pair = owner[known] * max(len(steps), 1) + rank[known]
    firsts = np.unique(pair, return_index=True)[1]
    firsts.sort()
    first_owner, first_rank = owner[known][firsts], rank[known][firsts]
    done = np.zeros((n, len(steps)), dtype=bool)
    done[first_owner, first_rank] = True
    # One more than the place of the last step done; 0 where none was.
    height_of = np.where(done, np.arange(1, len(steps) + 1), 0)
    furthest = height_of.max(axis=1, initial=0) - 1
    skipped = ~done & (np.arange(len(steps)) < furthest[:, None])
    # A running maximum that starts anew with every path, since each lies above the one before.
    height = first_owner * (len(steps) + 1) + first_rank
    late = height < np.maximum.accumulate(height) if len(height) else height.astype(bool)
    table = pd.DataFrame(
        {
            "missing": _joined(skipped, steps),
            "out_of_order": np.bincount(first_owner[late], minlength=n),
            "repeated": np.bincount(owner[known], minlength=n) - done.sum(axis=1),
            "other": np.bincount(owner[~known], minlength=n),
            "reached": pd.Series([*steps, ""], dtype="str").to_numpy()[furthest],
        }
    )
    clean = ~(skipped.any(axis=1) | (table["out_of_order"] > 0) | (table["repeated"] > 0)).to_numpy()
    return table.assign(
        conforms=clean & (furthest >= 0),
        furthest=furthest,
        similarity=similarity(rank[known], owner[known], furthest),
    ).astype({"missing": "str", "reached": "str"})


def _joined(skipped: np.ndarray, steps: Sequence[str]) -> list[str]:
    """Return the names of the steps skipped; paths that skip the same ones share one text."""
    kinds, place = np.unique(skipped, axis=0, return_inverse=True)
    texts = ["; ".join(np.array(steps, dtype=object)[kind]) for kind in kinds] if len(steps) else [""]
    return [texts[each] for each in place.ravel()] if len(skipped) else []


def similarity(rank: np.ndarray, owner: np.ndarray, furthest: np.ndarray) -> np.ndarray:
    """Return how close each path is to the journey as far as it went, 0 to 1.

    One less the number of edits over the longer of the two: an edit is a step left out, put
    in, replaced, or swapped with its neighbour (optimal string alignment, the restricted
    distance of Damerau and Levenshtein; Boytsov, "Indexing methods for approximate
    dictionary searching", 2011), as counted by rapidfuzz. It was chosen over the distances
    without swaps, by which two steps in the wrong order would count like two steps skipped.
    Who stopped early is compared with the journey up to the furthest step reached, and
    activities that the journey does not name do not count. Without any step there is none.

    Parameters
    ----------
    rank, owner : the places of the steps done in the journey, and of which path each is.
    furthest : the furthest step of each path, -1 if none.

    Examples
    --------
    >>> similarity(np.array([0, 2, 1]), np.array([0, 0, 0]), np.array([2])).round(2).tolist()
    [0.67]
    """
    from rapidfuzz.distance import OSA

    ends = np.searchsorted(owner, np.arange(len(furthest) + 1)).tolist()
    places = rank.tolist()
    asked = [range(reached + 1) for reached in furthest.tolist()]
    close = [
        OSA.normalized_similarity(places[start:end], list(whole)) if end > start else np.nan
        for start, end, whole in zip(ends[:-1], ends[1:], asked, strict=True)
    ]
    return np.array(close, dtype="float64")
