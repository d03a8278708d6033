"""The customer's journey from its event log: variants, consistency, conformance, duration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import InputError

Z = 1.959963984540054


def variants(
    events: pd.DataFrame, *, case: str, activity: str, at: str, by: str | None = None
) -> pd.DataFrame:
    """Return the different paths that cases take, most frequent first.

    Parameters
    ----------
    events : one row an event; events of one moment keep the order of the rows.
    case, activity, at : columns with the case, what happened, and when.
    by : column with the unit, such as the site; a case belongs to the unit of its first event.

    Returns
    -------
    ``variant`` (a tuple of activities), ``cases``, ``share`` (of all cases, 0 to 1); with
    ``by``, that column first and shares within the unit. Paths equally frequent stand in
    the order of their activities.

    Examples
    --------
    >>> log = pd.DataFrame({"case": [1, 1, 2, 2], "what": ["in", "out", "in", "out"], "at": [1, 2, 1, 3]})
    >>> variants(log, case="case", activity="what", at="at").values.tolist()
    [[('in', 'out'), 2, 1.0]]
    """
    paths = case_paths(events, case=case, activity=activity, at=at, by=by)
    keys = ["by"] if by else []
    counted = paths.groupby([*keys, "variant"], as_index=False).size().rename(columns={"size": "cases"})
    counted = counted.sort_values(
        [*keys, "cases", "variant"], ascending=[*([True] if by else []), False, True]
    )
    total = counted.groupby("by")["cases"].transform("sum") if by else counted["cases"].sum()
    counted["share"] = counted["cases"] / total
    return counted.rename(columns={"by": by or "by"}).reset_index(drop=True)


def case_paths(
    events: pd.DataFrame, *, case: str, activity: str, at: str, by: str | None = None
) -> pd.DataFrame:
    """Return one row a case: ``case, variant`` (tuple), ``first, last, events``, with ``by`` its unit."""
    for name in (case, activity, at, *([by] if by else [])):
        if name not in events:
            raise InputError(
                f"there is no such column among {', '.join(map(str, events.columns))}", column=name
            )
    if events.empty:
        return pd.DataFrame(
            {name: [] for name in ("case", "variant", "first", "last", "events", *(["by"] if by else []))}
        )
    ordered = events.dropna(subset=[case, activity, at]).sort_values([case, at], kind="stable")
    codes = ordered[case].to_numpy()
    starts = np.flatnonzero(np.append(True, codes[1:] != codes[:-1]))
    ends = np.append(starts[1:], len(codes))
    names = ordered[activity].to_numpy(dtype=object)
    paths = pd.DataFrame({"case": codes[starts]})
    paths["variant"] = [tuple(names[start:end]) for start, end in zip(starts, ends, strict=True)]
    times = ordered[at].to_numpy()
    paths["first"], paths["last"], paths["events"] = times[starts], times[ends - 1], ends - starts
    if by:
        paths["by"] = ordered[by].fillna("").to_numpy()[starts]
    return paths


def consistency(events: pd.DataFrame, *, case: str, activity: str, at: str, by: str) -> pd.DataFrame:
    """Return how alike the journeys of each unit are.

    The index is the chance that two cases of the unit, picked at random, took exactly the
    same path (Simpson, 1949, without replacement): 1 where all are alike, 0 where no two are.
    It does not depend on the number of cases. The 95 % interval is Wilson's, with the number
    of cases that the index' own sampling variance amounts to.

    Returns
    -------
    One row a unit: the column ``by``, ``cases, index, lower, upper`` (0 to 1), and
    ``variants`` (how many paths). A unit of fewer than two cases has no index.

    Examples
    --------
    >>> log = pd.DataFrame({"case": [1, 1, 2, 2, 3], "what": ["in", "out", "in", "out", "in"],
    ...                     "at": [1, 2, 1, 2, 1], "site": "A"})
    >>> found = consistency(log, case="case", activity="what", at="at", by="site")
    >>> found.round(2)[["cases", "index"]].values.tolist()
    [[3.0, 0.33]]
    """
    counted = variants(events, case=case, activity=activity, at=at, by=by)
    groups = counted.groupby(by)
    cases = groups["cases"].sum()
    alike = (counted["cases"] * (counted["cases"] - 1)).groupby(counted[by]).sum()
    index = (alike / (cases * (cases - 1)).where(cases > 1)).astype("float64")
    # Each case's own chance of meeting one like it; their spread gives the index' variance.
    own = (counted["cases"] - 1) / (counted[by].map(cases) - 1).where(lambda left: left > 0)
    square = (counted["cases"] * own**2).groupby(counted[by]).sum() / cases - index**2
    variance = 4 * square.clip(lower=0) / cases
    known = (index * (1 - index) / variance.where(variance > 0)).clip(upper=cases).fillna(cases)
    lower, upper = wilson(index, known)
    result = pd.DataFrame(
        {"cases": cases, "index": index, "lower": lower, "upper": upper, "variants": groups.size()}
    )
    return result.rename_axis(by).reset_index()


def wilson(share: Any, number: Any) -> tuple[Any, Any]:
    """Return Wilson's 95 % interval of a share seen in ``number`` cases.

    >>> low, high = wilson(0.5, 100)
    >>> round(float(low), 3), round(float(high), 3)
    (0.404, 0.596)
    """
    middle = (share + Z**2 / (2 * number)) / (1 + Z**2 / number)
    half = Z / (1 + Z**2 / number) * np.sqrt(share * (1 - share) / number + Z**2 / (4 * number**2))
    return middle - half, middle + half


def conformance(
    events: pd.DataFrame, steps: Sequence[str], *, case: str, activity: str, at: str, by: str | None = None
) -> pd.DataFrame:
    """Compare each case with the journey that the contract asks for.

    A case may still be under way: a step counts as missing only where a later one was
    reached. Activities that the contract does not name are counted and held against nobody.

    Parameters
    ----------
    steps : the journey, in order.

    Returns
    -------
    One row a case: ``case``, with ``by`` that column, ``missing`` (steps skipped, joined with
    ``"; "``), ``out_of_order`` (steps that came after a later one), ``repeated`` (further
    times a step was done), ``other`` (activities not in the journey), ``reached`` (the
    furthest step, ``""`` if none) and ``conforms``.

    Examples
    --------
    >>> log = pd.DataFrame({"case": [1, 1, 2, 2, 2], "what": list("acbaa"), "at": [1, 2, 1, 2, 3]})
    >>> conformance(log, ["a", "b", "c"], case="case", activity="what", at="at")[
    ...     ["missing", "out_of_order", "repeated", "conforms"]].values.tolist()
    [['b', 0, 0, False], ['', 1, 1, False]]
    """
    paths = case_paths(events, case=case, activity=activity, at=at, by=by)
    ranks = {step: place for place, step in enumerate(steps)}
    # Cases that took the same path are compared once.
    judged = {path: _judged(path, steps, ranks) for path in paths["variant"].unique()}
    table = pd.DataFrame(
        [judged[path] for path in paths["variant"]], columns=list(_JUDGED), index=paths.index
    )
    lead = {"case": paths["case"], **({by: paths["by"]} if by else {})}
    return pd.concat([pd.DataFrame(lead), table], axis=1)


_JUDGED = ("missing", "out_of_order", "repeated", "other", "reached", "conforms")


def _judged(path: tuple[str, ...], steps: Sequence[str], ranks: dict[str, int]) -> tuple[Any, ...]:
    known = [ranks[name] for name in path if name in ranks]
    first = list(dict.fromkeys(known))
    furthest = max(known, default=-1)
    missing = [steps[place] for place in range(furthest) if place not in first]
    late = sum(place < max(first[:position], default=-1) for position, place in enumerate(first))
    again = len(known) - len(first)
    reached = steps[furthest] if furthest >= 0 else ""
    conforms = bool(known) and not (missing or late or again)
    return "; ".join(missing), late, again, len(path) - len(known), reached, conforms


def durations(
    events: pd.DataFrame, *, case: str, activity: str, at: str, by: str | None = None
) -> pd.DataFrame:
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
    paths = case_paths(events, case=case, activity=activity, at=at, by=by)
    paths["seconds"] = (paths["last"] - paths["first"]).dt.total_seconds()
    return paths[["case", *(["by"] if by else []), "first", "last", "seconds"]].rename(
        columns={"by": by or "by"}
    )
