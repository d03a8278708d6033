"""How widely a topic is raised as a concern, and within one department or site."""

from __future__ import annotations

import pandas as pd

FEWEST = 5
"""Interviews in a department or site from which its share is told."""
Counts = tuple[tuple[str, int, int], ...]


def joined_counts(coded: pd.DataFrame) -> dict[tuple[str, str], tuple[int, int | None]]:
    """Return for each code and kind of source how many raise it as concern or suggestion, each once.

    With it, how many do so unprompted; None where that was not recorded.

    >>> said = pd.DataFrame({"code": "a", "stance": ["concern", "suggestion", "suggestion"],
    ...                      "kind": "interview", "unit_id": ["1", "1", "2"],
    ...                      "prompting": ["asked", "spontaneous", "asked"]})
    >>> joined_counts(said)
    {('a', 'interview'): (2, 1)}
    """
    raised = coded[coded["stance"].isin(["concern", "suggestion"])]
    units = raised.groupby(["code", "kind"])["unit_id"].nunique()
    free = None
    if "prompting" in raised:
        open_ = raised[raised["prompting"].eq("spontaneous")]
        free = open_.groupby(["code", "kind"])["unit_id"].nunique()
    return {
        (str(code), str(kind)): (int(n), None if free is None else int(free.get((code, kind), 0)))
        for (code, kind), n in zip(units.index.tolist(), units.tolist(), strict=True)
    }


def local_shares(coded: pd.DataFrame, fewest: int = FEWEST) -> dict[tuple[str, str], float]:
    """Return for each code and stance the largest share of a department's or site's interviews that raise it.

    Departments and sites with fewer than ``fewest`` interviews are left out; suggestions count as concerns.

    >>> said = pd.DataFrame({"code": list("aaaab"), "stance": "concern", "kind": "interview",
    ...                      "unit_id": list("12345"), "department": "Sales", "site": ""})
    >>> local_shares(said)["a", "concern"]
    0.8
    """
    heard = _as_concerns(coded[coded["kind"].eq("interview")])
    best: dict[tuple[str, str], float] = {}
    for by in ("department", "site"):
        named = heard[heard[by].fillna("").ne("")]
        totals = named.groupby(by)["unit_id"].nunique()
        raised = named.groupby(["code", "stance", by])["unit_id"].nunique()
        for (code, stance, group), units in zip(raised.index.tolist(), raised.tolist(), strict=True):
            if totals[group] >= fewest:
                key = (str(code), str(stance))
                best[key] = max(best.get(key, 0.0), float(units / totals[group]))
    return best


def site_counts(coded: pd.DataFrame) -> dict[tuple[str, str, str], Counts]:
    """Return for each code, kind of source and stance, site by site: how many raise it, of how many.

    >>> said = pd.DataFrame({"code": list("aab"), "stance": "concern", "kind": "interview",
    ...                      "unit_id": list("123"), "site": ["N", "S", "S"]})
    >>> site_counts(said)["a", "interview", "concern"]
    (('N', 1, 1), ('S', 1, 2))
    """
    heard = _as_concerns(coded[coded["site"].fillna("").ne("")])
    found: dict[tuple[str, str, str], Counts] = {}
    for kind, rows in heard.groupby("kind", sort=False):
        totals = rows.groupby("site")["unit_id"].nunique()
        raised = rows.groupby(["code", "stance", "site"])["unit_id"].nunique()
        for code, stance in dict.fromkeys((code, stance) for code, stance, _ in raised.index):
            found[str(code), str(kind), str(stance)] = tuple(
                (str(site), int(raised.get((code, stance, site), 0)), int(total))
                for site, total in totals.items()
            )
    return found


def _as_concerns(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(stance=rows["stance"].replace("suggestion", "concern"))
