"""We/they gaps: how far two sides, or a part and the rest, differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.content import Statement

from .compare import benjamini_hochberg, superiority, welch
from .scales import GROUPS, heard_sides, kinds, oriented, scale_scores, texts

_SIDES = ("mean_a", "mean_b", "difference", "lower", "upper", "p_value", "n_a", "n_b")
_ORDER = ("adjusted", "delta", "delta_lower", "delta_upper")
COLUMNS = ("statement", "text", "kind", "group_a", "group_b", *_SIDES, "we_they", *_ORDER)
PART_COLUMNS = ("part", "against", "kind", *_SIDES, *_ORDER, "clear")
SMALLEST = 0.5
"""Points of the five by which two sides must differ before it is called a gap."""


def partner_gaps(
    perceptions: pd.DataFrame,
    statements: Mapping[str, Statement],
    *,
    minimum: int = 5,
    smallest: float = SMALLEST,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how far two sides differ on each statement: means, and which side answers higher.

    ``difference`` is that of the means with Welch's interval; ``delta`` is Cliff's, which asks
    only whose answers are higher and not by how many points. A gap is called ``we_they``
    where it is at least ``smallest`` points and ``adjusted``, the p-value that allows for every
    pair of every statement looked at (Benjamini-Hochberg), is under 1 - ``level``. See
    :func:`welch`, :func:`superiority`, :func:`benjamini_hochberg` for sources.

    Parameters
    ----------
    perceptions : ``respondent_id, group, statement, answer`` (1 to 5).
    statements : the survey's statements, for their text, kind and direction.
    minimum : respondents a side needs; pairs with fewer are left out.

    Returns
    -------
    ``COLUMNS``: mean scores (1 bad to 5 good), ``difference`` = a minus b with its interval,
    largest first.
    """
    scored = oriented(perceptions, statements).dropna(subset=["score"])
    rows = [
        {"statement": statement, "group_a": a, "group_b": b} | _compared(sides[a], sides[b], level)
        for statement, part in scored.groupby("statement", sort=False)
        for sides in [_enough(part.groupby("group"), minimum)]
        for a, b in combinations([group for group in GROUPS if group in sides], 2)
    ]
    if not rows:
        return pd.DataFrame(columns=list(COLUMNS))
    frame = _adjusted(pd.DataFrame(rows))
    frame["text"] = frame["statement"].map(texts(statements))
    frame["kind"] = frame["statement"].map(kinds(statements))
    frame["we_they"] = (frame["adjusted"] < 1 - level) & (frame["difference"].abs() >= smallest)
    return _largest_first(frame, COLUMNS)


def parts_against_rest(
    perceptions: pd.DataFrame,
    statements: Mapping[str, Statement],
    *,
    by: str,
    parts: Iterable[str],
    minimum: int = 5,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how each of the ``parts`` (departments, sites) differs from everybody else.

    Each respondent counts once, by their mean over the statements of a kind. Intervals,
    ``delta`` and ``adjusted`` as in :func:`partner_gaps`; ``clear`` where the difference is at
    least a third of a point (means over several statements vary less than one) and stays
    after all looks are allowed for.

    Parameters
    ----------
    perceptions : with a column ``by``; rows without it are left out.
    parts : values of ``by`` that may be shown.

    Returns
    -------
    ``PART_COLUMNS``: ``part`` (a), ``against`` ("the rest"), difference = part less rest.
    """
    means = scale_scores(perceptions, statements, by=by)
    wanted, rows = list(parts), []
    for kind, frame in means.groupby("kind", sort=False):
        for part in wanted:
            here = frame[by].eq(part)
            a, b = frame.loc[here, "score"].to_numpy(), frame.loc[~here, "score"].to_numpy()
            if min(len(a), len(b)) >= max(minimum, 2):
                rows.append({"part": part, "against": "the rest", "kind": kind} | _compared(a, b, level))
    if not rows:
        return pd.DataFrame(columns=list(PART_COLUMNS))
    table = _adjusted(pd.DataFrame(rows))
    table["clear"] = (table["adjusted"] < 1 - level) & (table["difference"].abs() >= SMALLEST * 2 / 3)
    return _largest_first(table, PART_COLUMNS)


def staff(perceptions: pd.DataFrame, minimum: int = 5) -> pd.DataFrame:
    """Return the answers that departments and sites are compared by: all but management's.

    Management stands as a side of its own. Within a department or site it is one or two people,
    whose answers could be told from the difference of two tables. Sides under ``minimum``
    are left out, too.
    """
    heard = heard_sides(perceptions, minimum)
    return heard[heard["group"].ne("management")]


def _enough(groups: Any, minimum: int) -> dict[str, np.ndarray]:
    return {str(name): part["score"].to_numpy() for name, part in groups if len(part) >= max(minimum, 2)}


def _compared(a: np.ndarray, b: np.ndarray, level: float) -> dict[str, Any]:
    mean_a, mean_b, n_a, n_b = float(a.mean()), float(b.mean()), len(a), len(b)
    lower, upper, p_value = welch(mean_a, a.var(ddof=1), n_a, mean_b, b.var(ddof=1), n_b, level)
    delta, below, above = superiority(a, b, level).delta
    numbers = (mean_a, mean_b, mean_a - mean_b, float(lower), float(upper), p_value, n_a, n_b)
    found: dict[str, Any] = dict(zip(_SIDES, numbers, strict=True))
    return found | {"delta": delta, "delta_lower": below, "delta_upper": above}


def _adjusted(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(adjusted=benjamini_hochberg(frame["p_value"]))


def _largest_first(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    order = frame["difference"].abs().sort_values(ascending=False, kind="stable").index
    return frame.loc[order, list(columns)].reset_index(drop=True)
