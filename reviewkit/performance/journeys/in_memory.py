"""Events of a frame put in order: two sorts of numbers, and no loop over rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .events import Ordered
from .moments import moments


def of_frame(events: pd.DataFrame, case: Sequence[str], activity: str, at: str, by: Sequence[str]) -> Ordered:
    """Return the events of a frame in order; those of one moment keep the order of the rows."""
    frame, left_out = _known(events, [*case, activity, at])
    codes, names = _coded(frame[activity])
    place, rows = _in_time(moments(frame[at], at))
    # One number an event, its case first and its place in time second: sorted, they are the paths.
    size = max(len(frame), 1)
    keys = np.sort(_case_codes(frame, case) * size + place)
    order = rows[keys % size] if len(keys) else rows
    begins = np.flatnonzero(np.append(True, np.diff(keys // size) != 0)[: len(keys)])
    ends = np.append(begins[1:], len(keys))[: len(begins)]
    first, last = order[begins], order[ends - 1] if len(keys) else order
    columns: dict[str, Any] = {name: _taken(frame[name], first) for name in case}
    columns |= {name: _taken(_filled(frame[name]), first) for name in by}
    columns |= {"first": _taken(frame[at], first), "last": _taken(frame[at], last)}
    cases = np.ones(len(begins), dtype="int64")
    return Ordered(codes[order], ends - begins, names, columns, cases, len(events), left_out)


def _known(events: pd.DataFrame, needed: Sequence[str]) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the events that have all that is needed, and how many miss what, each counted once."""
    kept, left_out = np.ones(len(events), dtype=bool), {}
    for name in needed:
        there = events[name].notna().to_numpy()
        left_out[name] = int((kept & ~there).sum())
        kept &= there
    return (events if kept.all() else events[kept]), left_out


def _in_time(times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each event's place in time, and the rows in the order of time."""
    rows = np.argsort(times)
    ordered = times[rows]
    if (ordered[1:] == ordered[:-1]).any():  # only then must rows be kept in order, which takes longer
        rows = np.argsort(times, kind="stable")
    place = np.empty(len(rows), dtype="int64")
    place[rows] = np.arange(len(rows))
    return place, rows


def _case_codes(frame: pd.DataFrame, case: Sequence[str]) -> np.ndarray:
    """Return a number for each case, in the order in which cases come first."""
    code = np.zeros(len(frame), dtype="int64")
    for name in case:
        codes, uniques = pd.factorize(frame[name])
        code = code * max(len(uniques), 1) + codes
        if len(case) > 1:  # so that numbers stay small
            code = pd.factorize(code)[0].astype("int64")
    return code


def _coded(values: pd.Series[Any]) -> tuple[np.ndarray, list[Any]]:
    """Return codes in the order of the names, so that sorted codes are sorted paths, and the names."""
    codes, uniques = pd.factorize(values)
    names = list(uniques)
    order = _in_order(names)
    places = np.empty(len(names), dtype="int64")
    places[order] = np.arange(len(names))
    return (places[codes] if len(names) else codes.astype("int64")), [names[place] for place in order]


def _in_order(names: Sequence[Any]) -> list[int]:
    """Return the places of names from first to last; texts and numbers together stand as texts.

    >>> _in_order(["b", "a"]), _in_order(["b", 1])
    ([1, 0], [1, 0])
    """
    try:
        return sorted(range(len(names)), key=names.__getitem__)
    except TypeError:
        return sorted(range(len(names)), key=lambda place: str(names[place]))


def _filled(unit: pd.Series[Any]) -> pd.Series[Any]:
    """Return units, ``""`` where an event has none."""
    if not unit.isna().any():
        return unit
    return unit.astype("object").where(unit.notna(), "").infer_objects()


def _taken(column: pd.Series[Any], rows: np.ndarray) -> pd.Series[Any]:
    taken: pd.Series[Any] = column.take(rows).reset_index(drop=True)
    return taken
