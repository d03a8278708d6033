"""The words of a recommendation: heading, what is done, why, and whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.content import Intervention, load_causes
from reviewkit.findings.wording import filled
from reviewkit.model.words import inline, listing

from .choice import SETTLE


def title(entry: Intervention, gap: dict[str, Any], trial: bool) -> str:
    """Return the heading of a recommendation; a trial says so."""
    if entry.id == SETTLE:
        return f"Settle what lies behind the gap in {inline(gap['name'])}"
    return f"{entry.title} (trial)" if trial else entry.title


def what(entry: Intervention, part: pd.DataFrame, best: pd.Series) -> str:
    """Return what is done, and where it begins."""
    if entry.id == SETTLE:
        causes = load_causes()
        rows = part.drop_duplicates("cause").head(3)
        asked = [
            f"{causes[c].name}: {s or causes[c].settle}"
            for c, s in zip(rows["cause"], rows["settle"], strict=True)
        ]
        return f"{entry.what} {' '.join(asked)}"
    sites = [site for site in part.drop_duplicates("site")["site"] if filled(site)]
    where = f" Begin at {listing(sites[:3])}." if sites else ""
    trial = (
        " Try it at one place with a like one for comparison, and judge by the chart."
        if part["trial"].all()
        else ""
    )
    return entry.what + where + trial


def why(entry: Intervention, part: pd.DataFrame, by_gap: Mapping[str, dict[str, Any]]) -> str:
    """Return why: the gap, what the evidence says of its causes, and the idea behind the intervention."""
    causes = load_causes()
    said: list[str] = []
    behind = [by_gap[name] for name in dict.fromkeys(part["gap_id"])]
    said += [gap["statement"] for gap in behind if gap["kind"] == "measured"][:2]
    described = [inline(gap["name"]) for gap in behind if gap["kind"] == "described"]
    said += [f"People describe what no measure shows: {listing(described)}."] if described else []
    for verdict, rows in part.drop_duplicates(["cause", "verdict"]).groupby("verdict", sort=False):
        names = listing([inline(causes[cause].name) for cause in rows["cause"]])
        tested = rows[rows["p_value"].notna() & rows["statement"].ne("")]
        if verdict == "supported" and len(tested):
            said += tested["statement"].head(2).tolist()
        elif verdict == "supported":
            one = len(rows) == 1
            said.append(
                f"{names[:1].upper()}{names[1:]} {'goes' if one else 'go'} with this gap by "
                f"{'its test' if one else 'their tests'}."
            )
        elif verdict == "described":
            said.append(f"It points at {names}; no test supports or contradicts that.")
        else:
            many = len(rows) > 1
            said.append(f"Possible causes: {names}, {'each ' if many else ''}{verdict} so far.")
    return " ".join([*said, entry.why])


def department(part: pd.DataFrame, by_gap: Mapping[str, dict[str, Any]]) -> str:
    """Return whom it concerns: the departments the evidence names, or ``common``.

    A cause says where it begins and where it shows; a gap that people describe, who raised it.
    To settle a cause, and what more than one department raised, concerns everybody.
    """
    if part["intervention"].iloc[0] == SETTLE:
        return "common"
    named = list(dict.fromkeys(str(name) for name in part["department"] if name))
    if named:
        return named[0]
    behind = [by_gap[name] for name in dict.fromkeys(part["gap_id"])]
    raised = {str(gap.get("raised_by")) for gap in behind if gap["kind"] == "described"}
    only = raised.pop() if len(raised) == 1 and len(behind) == 1 else "nan"
    return "common" if only in ("nan", "", "None") or " and " in only or "smaller" in only else only
