"""The paths that customers take: variants, and how long each case took."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..names import refuse_clash
from .cases import counted, journeys, named_cases
from .interval import Z, wilson

if TYPE_CHECKING:
    from .events import Events

__all__ = ["Z", "case_paths", "durations", "shares", "variants", "wilson"]


def variants(events: Events, *, case: str, activity: str, at: str, by: str | None = None) -> pd.DataFrame:
    """Return the different paths that cases take, most frequent first.

    Parameters
    ----------
    events : one row an event: a frame, or an Ibis table, whose events stay where they are and
        only counts are fetched. Events of one moment keep the order of the rows (in a database
        other than DuckDB, where rows have none, that of the activities' names).
    case, activity, at : columns with the case, what happened, and when.
    by : column with the unit, such as the site; a case belongs to the unit of its first event.

    Returns
    -------
    ``variant`` (a tuple of activities), ``cases``, ``share`` (of all cases, 0 to 1); with
    ``by``, that column first and shares within the unit. Paths equally frequent stand in
    the order of their activities. ``attrs["said"]`` tells how many events were left out for
    want of a case, an activity or a time.

    Raises
    ------
    InputError : a column is not there, or its times cannot be put in order.

    Examples
    --------
    >>> log = pd.DataFrame({"case": [1, 1, 2, 2], "what": ["in", "out", "in", "out"], "at": [1, 2, 1, 3]})
    >>> variants(log, case="case", activity="what", at="at").values.tolist()
    [[('in', 'out'), 2, 1.0]]
    """
    keys = [by] if by else []
    refuse_clash(keys, ["variant", "cases", "share"])
    found = counted(events, case=case, activity=activity, at=at, by=keys)
    result = shares(found.table, keys)
    result.insert(len(keys), "variant", found.paths.tuples()[result.pop("path")])
    result.attrs = {"said": found.said}
    return result


def shares(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return counts of paths (``by, path, cases``) unit by unit, most frequent first, with their ``share``.

    >>> shares(pd.DataFrame({"path": [0, 1], "cases": [1, 3]}), []).values.tolist()
    [[1.0, 3.0, 0.75], [0.0, 1.0, 0.25]]
    """
    ordered = table.sort_values([*by, "cases", "path"], ascending=[*(True for _ in by), False, True])
    total = ordered.groupby(by)["cases"].transform("sum") if by else ordered["cases"].sum()
    return ordered.assign(share=ordered["cases"] / total).reset_index(drop=True)


def case_paths(events: Events, *, case: str, activity: str, at: str, by: str | None = None) -> pd.DataFrame:
    """Return one row a case: ``case, variant`` (tuple), ``first, last, events``, with ``by`` its unit."""
    found = journeys(events, case=case, activity=activity, at=at, by=[by] if by else [])
    table = found.table
    result = pd.DataFrame({"case": table[case], "variant": found.paths.tuples()[table["path"]]})
    result[["first", "last", "events"]] = table[["first", "last", "events"]]
    if by:
        result["by"] = table[by]
    result.attrs = {"said": found.said}
    return result


def durations(events: Events, *, case: str, activity: str, at: str, by: str | None = None) -> pd.DataFrame:
    """Return how long each case took from its first to its last event.

    Returns
    -------
    One row a case: ``case``, with ``by`` that column, ``first, last`` and ``seconds``.

    Examples
    --------
    >>> times = pd.to_datetime(["2025-01-01", "2025-01-02"])
    >>> log = pd.DataFrame({"case": [1, 1], "what": ["in", "out"], "at": times})
    >>> durations(log, case="case", activity="what", at="at")["seconds"].tolist()
    [86400.0]
    """
    found = journeys(events, case=case, activity=activity, at=at, by=[by] if by else [])
    times = found.table[["first", "last"]]
    table = pd.concat([named_cases(found, case, by, ["seconds"]), times], axis=1)
    took = times["last"] - times["first"]
    took = pd.to_timedelta(took) if took.dtype == object else took
    table["seconds"] = took.dt.total_seconds() if took.dtype.kind == "m" else took.astype("float64")
    table.attrs = {"said": found.said}
    return table
