"""How widely a topic is raised within one department or site."""

from __future__ import annotations

import pandas as pd


def local_shares(coded: pd.DataFrame, fewest: int = 5) -> dict[tuple[str, str], float]:
    """Return for each code and stance the largest share of a department's or site's interviews that raise it.

    Departments and sites with fewer than ``fewest`` interviews are left out.

    >>> said = pd.DataFrame({"code": list("aaaab"), "stance": "concern", "kind": "interview",
    ...                      "unit_id": list("12345"), "department": "Sales", "site": ""})
    >>> local_shares(said)["a", "concern"]
    0.8
    """
    heard = coded[coded["kind"].eq("interview")]
    heard = heard.assign(stance=heard["stance"].replace("suggestion", "concern"))
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


def site_counts(coded: pd.DataFrame) -> dict[tuple[str, str], tuple[tuple[str, int, int], ...]]:
    """Return for each code and stance, site by site: interviews that raise it, and interviews."""
    heard = coded[coded["kind"].eq("interview") & coded["site"].fillna("").ne("")]
    heard = heard.assign(stance=heard["stance"].replace("suggestion", "concern"))
    totals = heard.groupby("site")["unit_id"].nunique()
    raised = heard.groupby(["code", "stance", "site"])["unit_id"].nunique()
    return {
        (str(code), str(stance)): tuple(
            (str(site), int(raised.get((code, stance, site), 0)), int(total))
            for site, total in totals.items()
        )
        for code, stance in dict.fromkeys((code, stance) for code, stance, _ in raised.index)
    }
