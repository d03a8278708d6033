"""Rework: what is done again, at once or after something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .cases import Paths, journeys, named_cases

if TYPE_CHECKING:
    from .events import Events


def rework(events: Events, *, case: str, activity: str, at: str, by: str | None = None) -> pd.DataFrame:
    """Return how much of each case was done again.

    Parameters
    ----------
    events, case, activity, at, by : as for :func:`variants`.

    Returns
    -------
    One row a case: ``case``, with ``by`` that column, ``events``, ``repeats`` (events whose
    activity was in the case before), split into ``self_loops`` (the very next event) and
    ``returns`` (after something else was done in between).

    Examples
    --------
    >>> log = pd.DataFrame({"case": 1, "what": list("aabca"), "at": range(5)})
    >>> rework(log, case="case", activity="what", at="at").values.tolist()
    [[1, 5, 2, 1, 1]]
    """
    found = journeys(events, case=case, activity=activity, at=at, by=[by] if by else [])
    counts: pd.DataFrame = repeats(found.paths).iloc[found.table["path"]].reset_index(drop=True)
    result: pd.DataFrame = pd.concat([named_cases(found, case, by, counts.columns.tolist()), counts], axis=1)
    result.attrs = {"said": found.said}
    return result


def repeats(paths: Paths) -> pd.DataFrame:
    """Return one row a path: ``events, repeats, self_loops, returns``."""
    again, loops = _again(paths)
    n, owner = len(paths), paths.owner
    table = pd.DataFrame({"events": paths.lengths, "repeats": np.bincount(owner[again], minlength=n)})
    table["self_loops"] = np.bincount(owner[loops], minlength=n)
    return table.assign(returns=table["repeats"] - table["self_loops"])


def reworked(events: Events, *, case: str, activity: str, at: str) -> pd.DataFrame:
    """Return what is done again: ``activity, cases`` (with it), ``again`` (cases in which it was repeated).

    Further ``share`` (``again`` of ``cases``, 0 to 1), ``self_loops`` and ``returns`` (times);
    most cases first.

    Examples
    --------
    >>> log = pd.DataFrame({"case": 1, "what": list("aab"), "at": range(3)})
    >>> reworked(log, case="case", activity="what", at="at").values.tolist()
    [['a', 1, 1, 1.0, 1, 0], ['b', 1, 0, 0.0, 0, 0]]
    """
    found = journeys(events, case=case, activity=activity, at=at)
    result = reworked_steps(found.paths, found.table["path"].to_numpy())
    result.attrs = {"said": found.said}
    return result


def reworked_steps(paths: Paths, taken: np.ndarray) -> pd.DataFrame:
    """Return :func:`reworked` from paths and the path that each case took."""
    times = np.bincount(taken, minlength=len(paths))
    again, loops = _again(paths)
    steps = pd.DataFrame({"code": paths.codes, "path": paths.owner, "again": again, "loops": loops})
    each = steps.groupby(["code", "path"], as_index=False).sum()
    weight = times[each["path"]]
    sums = pd.DataFrame(
        {
            "cases": weight,
            "again": weight * (each["again"] > 0),
            "self_loops": weight * each["loops"],
            "returns": weight * (each["again"] - each["loops"]),
        }
    )
    table = sums.groupby(each["code"]).sum().reset_index()
    table = table[table["cases"] > 0]
    table.insert(3, "share", table["again"] / table["cases"])
    names = np.array([*paths.names, None], dtype=object)
    table.insert(0, "activity", names[table.pop("code")])
    return table.sort_values("again", ascending=False, kind="stable", ignore_index=True)


def _again(paths: Paths) -> tuple[np.ndarray, np.ndarray]:
    """Return which steps were in the path before, and which follow upon themselves."""
    owner, codes = paths.owner, paths.codes
    pair = owner * (len(paths.names) + 1) + codes
    again = np.ones(len(pair), dtype=bool)
    again[np.unique(pair, return_index=True)[1]] = False
    loops = np.append(False, pair[1:] == pair[:-1])[: len(pair)]
    return again, loops
