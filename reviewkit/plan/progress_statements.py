"""Progress as findings: one sentence or a few an action, its figures and its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from reviewkit.findings.wording import amount, difference, filled, place
from reviewkit.model import Engagement, Evidence, Finding
from reviewkit.model.words import listing

from .rows import records
from .timing import TIMING_WORDS
from .verdicts import VERDICT_WORDS

RULE = (
    "XmR limits frozen at the steady points before the start; a signal takes a flagged point since, a change "
    "whose 95% interval leaves out nought, and one that holds; chances adjusted for the actions judged."
)
VERSUS_RULE = (
    "Difference in differences of each site's mean before and since, sites not begun as comparison, "
    "sites less two degrees of freedom; it assumes that without the action the sites had moved alike."
)
_FIGURES = (
    "baseline before level target change change_low change_high percent_done benefit more more_low more_high"
)


def progress_findings(
    table: pd.DataFrame, engagement: Engagement, unknown: Sequence[str] = ()
) -> list[Finding]:
    """Return one finding an action: what its measure says since the start; then reports left out.

    ``unknown`` are the actions that reports name and the plan does not hold.
    """
    found = [
        Finding.of(
            "4.1",
            "progress",
            row["action_id"],
            statement=_come_on(row, engagement),
            figures={name: row[name] for name in _FIGURES.split()}
            | {"verdict": row["verdict"], "timing": row["timing"], "leans": row["leans"]},
            evidence=_evidence(row),
        )
        for row in records(table)
    ]
    if unknown:
        found.append(_left_out(unknown))
    return found


def _left_out(unknown: Sequence[str]) -> Finding:
    rule = "A report counts for an action of the plan"
    plural = "" if len(unknown) == 1 else "s"
    return Finding.of(
        "4.1",
        "reports_left_out",
        "unknown_actions",
        statement=f"Reports on {listing(unknown)} are left out: the plan holds no such action{plural}. "
        "Correct the id, or agree the action first.",
        figures={"actions": len(unknown)},
        evidence=(Evidence(source="progress", rule=rule, rows=len(unknown), query=", ".join(unknown)),),
    )


def _evidence(row: Mapping[str, Any]) -> tuple[Evidence, ...]:
    plan = Evidence(source="action_plan", rule="Actions and their baselines", rows=1, query=row["action_id"])
    count = int(row["points_before"]) + int(row["points_after"])
    source = f"series of {row['measure']}" if row["measure"] else "progress"
    first = row["limits_from"]
    dates = f"limits from {first:%Y-%m-%d}" if pd.notna(first) else "points since the start"
    if filled(row["limits_reason"]):
        dates += f", as {row['limits_reason']}"
    found = (plan, Evidence(source=source, rule=RULE, rows=count, query=dates))
    if not filled(row["compared_with"]):
        return found
    return (*found, Evidence(source=source, rule=VERSUS_RULE, rows=count, query=row["compared_with"]))


def _come_on(row: Mapping[str, Any], engagement: Engagement) -> str:
    first = f"{_first_sentence(row['what'])}: {VERDICT_WORDS[row['verdict']]}"
    if row["timing"] in ("late", "behind", "no_report") and row["verdict"] != "late":
        first += f"; {TIMING_WORDS[row['timing']]}"
    parts = [first]
    if row["verdict"] != "draft":
        parts += [work_done(row), changed(row, engagement), lean_words(row), versus(row, engagement)]
        if filled(row["stage_reached"]) and row["verdict"] == "working":
            parts.append(f"Stage reached: {row['stage_reached']}")
        parts.append(next_words(row))
    else:
        parts.append(f"As drafted, its first check would be on {_day(row['next_check'])}")
    return " ".join(f"{part}." for part in parts if part)


def work_done(row: Mapping[str, Any]) -> str:
    """Return how much of the work is reported done beside the time gone; "" where nobody reported."""
    if pd.isna(row["percent_done"]):
        return ""
    gone = f" with {row['time_gone']:.0f}% of its time gone" if pd.notna(row["time_gone"]) else ""
    return f"{row['percent_done']:.0f}% of the work was done at the last report{gone}"


def lean_words(row: Mapping[str, Any]) -> str:
    """Return which way a change without a signal leans, and how far that may be chance; "" where none.

    Where the interval leaves out nought, chance alone hardly explains it: then what a signal lacks is said.

    >>> lean_words({"leans": "wrong_way", "change_low": -1.0, "change_high": 3.0})
    'So far it leans the wrong way, but by no more than routine variation may do'
    >>> lean_words({"leans": "wrong_way", "change_low": 1.0, "change_high": 42.0}).partition(": ")[0]
    'So far it leans the wrong way, by more than chance alone would often bring'
    """
    if not filled(row["leans"]):
        return ""
    way = "the wrong way" if row["leans"] == "wrong_way" else "the right way"
    if not (row["change_low"] > 0 or row["change_high"] < 0):
        return f"So far it leans {way}, but by no more than routine variation may do"
    apart = ", the time of year taken out," if row.get("seasonal") else ""
    return (
        f"So far it leans {way}, by more than chance alone would often bring: it is no signal until its "
        f"points{apart} leave their limits and stay away"
    )


def next_words(row: Mapping[str, Any]) -> str:
    """Return when to look again and at what: the work alone, until its measure can be judged.

    >>> days = {"next_check": pd.Timestamp("2025-09-03"), "judged_from": pd.Timestamp("2025-11-01")}
    >>> next_words(days)
    'Next check 3 September 2025, of the work alone: its measure can be judged from 1 November 2025'
    >>> next_words(days | {"judged_from": pd.NaT})
    'Next check 3 September 2025'
    """
    text, judged = f"Next check {_day(row['next_check'])}", row["judged_from"]
    if pd.isna(judged):
        return text
    if judged <= row["next_check"]:
        return f"{text}; its measure can be judged from {_day(judged)}"
    return f"{text}, of the work alone: its measure can be judged from {_day(judged)}"


def changed(row: Mapping[str, Any], engagement: Engagement) -> str:
    """Return the change since the start with its interval; ``""`` where there is none to tell."""
    if pd.isna(row["change"]):
        return ""
    level, before = (_level(row[name], row, engagement) for name in ("level", "before"))
    low, high = (_signed(row[name], row, engagement) for name in ("change_low", "change_high"))
    where = place(row["site"], engagement.contract_name(row["contract"]))
    size = _signed(row["change"], row, engagement, unit=True)
    allowed = ", with the time of year allowed for," if row["seasonal"] else ""
    text = f"{row['name']}{where}: {level} since the start, {before} before"
    return f"{text}; change{allowed} {size} (plausibly {low} to {high})"


def versus(row: Mapping[str, Any], engagement: Engagement) -> str:
    """Return how much more the measure changed than at sites not begun; ``""`` where that is not known."""
    if pd.isna(row["more"]):
        return ""
    sites = str(row["compared_with"]).split(", ")
    size = difference(row["more"], row["unit"], _decimals(row, engagement), engagement.currency)
    word = "more" if row["more"] >= 0 else "less"
    low, high = (_signed(row[name], row, engagement) for name in ("more_low", "more_high"))
    text = f"As counted, that is {size} {word} than at the {len(sites)} sites where it had not begun "
    text += f"(plausibly {low} to {high})"
    if row["more_low"] <= 0 <= row["more_high"]:
        text += ", so it may be no difference at all"
    if not row["drift_low"] <= 0 <= row["drift_high"]:
        text += "; but they were going apart before the start already, so do not rely on this comparison"
    return text


def _signed(value: float, row: Mapping[str, Any], engagement: Engagement, *, unit: bool = False) -> str:
    text = difference(value, row["unit"], _decimals(row, engagement), engagement.currency)
    text = text.replace(" percentage points", " points")
    # The unit stands once, with the first of several figures.
    text = text if unit else text.split(" ")[0]
    if not any(digit in text for digit in "123456789"):
        return text
    return f"{'−' if value < 0 else '+'}{text}"


def _level(value: float, row: Mapping[str, Any], engagement: Engagement) -> str:
    return amount(value, row["unit"], _decimals(row, engagement), engagement.currency)


def _decimals(row: Mapping[str, Any], engagement: Engagement) -> int:
    return {measure.id: measure.decimals for measure in engagement.measures}.get(row["measure"], 1)


def _first_sentence(text: str) -> str:
    return text.split(". ")[0].rstrip(".")


def _day(at: pd.Timestamp) -> str:
    return f"{at.day} {at:%B %Y}"
