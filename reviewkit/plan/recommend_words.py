"""The words of a recommendation: heading, what is done, why, and whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.content import Intervention, load_causes
from reviewkit.findings.wording import amount, filled, place
from reviewkit.model import Engagement
from reviewkit.model.words import inline, listing

from .choice import SETTLE
from .joint_return import plausible_levels, reach_of
from .returns import WEEKS_A_YEAR


def title(entry: Intervention, gap: dict[str, Any], trial: bool) -> str:
    """Return the heading of a recommendation; a trial says so."""
    if entry.id == SETTLE:
        return f"Settle what lies behind the gap in {inline(gap['name'])}"
    return f"{entry.title} (trial)" if trial else entry.title


def what(entry: Intervention, part: pd.DataFrame, best: pd.Series) -> str:
    """Return what is done, and where it begins: a trial at one place, where most is to be gained."""
    if entry.id == SETTLE:
        causes = load_causes()
        rows = part.drop_duplicates("cause").head(3)
        asked = [
            f"{causes[c].name}: {s or causes[c].settle}"
            for c, s in zip(rows["cause"], rows["settle"], strict=True)
        ]
        return f"{entry.what} {' '.join(asked)}"
    sites = [site for site in part.drop_duplicates("site")["site"] if filled(site)]
    tried = bool(part["trial"].all())
    where = f" Begin at {listing(sites[: 1 if tried else 3])}." if sites else ""
    trial = " Try it at one place with a like one for comparison, and judge by the chart." if tried else ""
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


def expected(
    gap: Mapping[str, Any], impact: int, verdict: str, engagement: Engagement, levels: pd.DataFrame | None
) -> str:
    """Return where a gap's measure may come to if it is done: the same shares as the return, in its own unit.

    "" where no measure shows the gap.
    """
    if gap["kind"] != "measured" or pd.isna(gap["actual"]):
        return ""
    measure = engagement.measure(gap["measure"])
    ends = plausible_levels(gap, impact, verdict, engagement, levels)
    now, least, most, *ordered = (
        amount(level, measure.unit, measure.decimals, engagement.currency)
        for level in (float(gap["actual"]), *ends, *sorted(ends))
    )
    name = f"{gap['name']}{place(gap['site'], engagement.contract_name(gap['contract']))}"
    if now == most:
        if reach_of(gap, engagement, levels) <= 0:
            return f"{name}: nothing better than today's {now} is counted, for nobody has kept it up."
        return f"{name}: stays at {now} as written; what it may bring is too small to show."
    to = f"to {most} at best" if now == least else f"to between {' and '.join(ordered)}"
    return f"{name}: from {now} {to}."


def months(value: float, shows: int) -> str:
    """Return how much of the first year counts; "" where there is no return.

    >>> months(1000.0, 13), months(float("nan"), 13)
    ('The measure can show it from about week 13, so about 9 months of the first year count.', '')
    """
    if pd.isna(value):
        return ""
    left = round(12 * max(0, WEEKS_A_YEAR - shows) / WEEKS_A_YEAR)
    count = f"about {left} month{'' if left == 1 else 's'} of the first year count{'s' if left == 1 else ''}"
    if not left:
        count = "none of it falls in the first year"
    return f"The measure can show it from about week {shows}, so {count}."


def watch(entry: Intervention, engagement: Engagement) -> str:
    """Return what may go wrong, and which of the engagement's measures it may take the wrong way."""
    wrong = [
        f"{inline(measure.name)} may {'fall' if entry.moves[measure.id] == 'down' else 'rise'}"
        for measure in engagement.measures
        if measure.id in entry.moves
        and (measure.direction, entry.moves[measure.id]) in (("increase", "down"), ("decrease", "up"))
    ]
    said = f" {listing(wrong)[:1].upper()}{listing(wrong)[1:]} meanwhile." if wrong else ""
    return f"{entry.watch}{said}"
