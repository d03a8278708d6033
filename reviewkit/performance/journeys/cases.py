"""One row a case: the path it took, from its first event to its last, worked out where the events lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..names import refuse_clash
from .events import Ordered, ordered

if TYPE_CHECKING:
    from .events import Events


@dataclass(frozen=True)
class Paths:
    """The different paths that cases took, each once, in the order of their activities.

    ``codes`` holds the steps of all paths one after the other, ``starts`` where each begins
    (and, last, where all end), ``names`` the activity that each code stands for.
    """

    codes: np.ndarray
    starts: np.ndarray
    names: Sequence[Any]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> np.ndarray:
        """How many events each path has."""
        return np.diff(self.starts)

    @property
    def owner(self) -> np.ndarray:
        """To which path each of the steps belongs."""
        return np.repeat(np.arange(len(self)), self.lengths)

    def tuples(self) -> np.ndarray:
        """Return each path as a tuple of activities."""
        names, found = np.array([*self.names, None], dtype=object), np.empty(len(self), dtype=object)
        steps, ends = names[self.codes].tolist(), self.starts.tolist()
        found[:] = [tuple(steps[start:end]) for start, end in pairwise(ends)]
        return found


@dataclass(frozen=True)
class Journeys:
    """Cases and the paths they took.

    ``table`` has one row a case: the columns that name the case and its units, ``path`` (its
    place in ``paths``), ``first, last`` (times) and ``events``; ``said`` tells what was left out.
    """

    table: pd.DataFrame
    paths: Paths
    said: Sequence[str] = ()


def journeys(
    events: Events, *, case: str | Sequence[str], activity: str, at: str, by: str | Sequence[str] = ()
) -> Journeys:
    """Return the path of every case, found once for all that is asked of paths.

    Parameters
    ----------
    events : one row an event, a frame or an Ibis table; of a table, one row a case is fetched.
        Events of one moment keep the order of the rows, in a database other than DuckDB (whose
        rows have no order) that of the activities' names.
    case : column, or columns that name a case together.
    activity, at : columns with what happened, and when.
    by : column or columns with the unit; a case belongs to the unit of its first event.

    Raises
    ------
    InputError : a column is not there, has a name of the result's, or its times cannot be put in order.

    Examples
    --------
    >>> log = pd.DataFrame({"case": [1, 2, 1], "what": ["in", "in", "out"], "at": [1, 2, 3]})
    >>> found = journeys(log, case="case", activity="what", at="at")
    >>> found.table[["case", "path"]].values.tolist(), found.paths.tuples().tolist()
    ([[1, 1], [2, 0]], [('in',), ('in', 'out')])
    """
    keys, units = _names(case), _names(by)
    refuse_clash([*keys, *units], ["path", "first", "last", "events"])
    found = ordered(events, keys, activity, at, units)
    paths, place = _distinct(found)
    columns = {name: found.columns[name] for name in (*keys, *units)}
    times = {name: found.columns[name] for name in ("first", "last")}
    table = pd.DataFrame({**columns, "path": place, **times, "events": found.lengths})
    return Journeys(_by_case(table, keys), paths, found.said())


def named_cases(found: Journeys, case: str, by: str | None, made: Sequence[str]) -> pd.DataFrame:
    """Return ``case`` and, with ``by``, that column; ``made`` are the columns that will stand beside them."""
    refuse_clash([by] if by else [], [*made, *(["case"] if case != "case" else [])])
    return pd.DataFrame({"case": found.table[case], **({by: found.table[by]} if by else {})})


def counted(events: Events, *, case: str, activity: str, at: str, by: Sequence[str]) -> Journeys:
    """Return how many cases of each unit took each path: ``by, path, cases``; cases themselves stay."""
    refuse_clash(by, ["path", "cases", "first", "last"])
    found = ordered(events, [case], activity, at, by, count=True)
    paths, place = _distinct(found)
    columns = {name: found.columns[name] for name in by}
    table = pd.DataFrame({**columns, "path": place, "cases": found.cases})
    sums = table.groupby([*by, "path"], sort=False)["cases"].sum().reset_index()
    return Journeys(sums, paths, found.said())


def _names(one_or_more: str | Sequence[str]) -> list[str]:
    return [one_or_more] if isinstance(one_or_more, str) else list(one_or_more)


def _distinct(found: Ordered) -> tuple[Paths, np.ndarray]:
    """Return the different paths in order, and for each row its place among them."""
    # Big-endian, so that the order of the bytes is that of the codes.
    kind = ">u1" if len(found.names) < 256 else ">u4"
    width = np.dtype(kind).itemsize
    steps = found.steps.astype(kind).tobytes()
    ends = np.append(0, np.cumsum(found.lengths) * width).astype("int64").tolist()
    texts = np.empty(len(found.lengths), dtype=object)
    texts[:] = [steps[start:end] for start, end in pairwise(ends)]
    codes, uniques = pd.factorize(texts)
    order = sorted(range(len(uniques)), key=uniques.__getitem__)
    place = np.empty(len(uniques), dtype="int64")
    place[order] = np.arange(len(uniques))
    parts = [uniques[each] for each in order]
    starts = np.append(0, np.cumsum([len(part) // width for part in parts])).astype("int64")
    flat = np.frombuffer(b"".join(parts), dtype=kind).astype("int64")
    return Paths(flat, starts, found.names), place[codes] if len(parts) else codes.astype("int64")


def _by_case(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    try:
        return table.sort_values(keys, kind="stable", ignore_index=True)
    except TypeError:  # texts and numbers together have no order of their own
        return table.sort_values(keys, kind="stable", ignore_index=True, key=lambda part: part.astype("str"))
