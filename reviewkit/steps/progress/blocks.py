"""The tables of step 4.1: what each action's figures say, in words and levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit import plan
from reviewkit.model import Engagement
from reviewkit.present.blocks import Block, Bullets, Stack, Table, Words
from reviewkit.present.words import MISSING, date, missing, money, money_range, number

LEVELS = ("baseline", "before", "level", "target")
"""Columns with levels of an action's measure."""
TRAILING = ("late", "behind", "no_report")
"""Ways to trail one's dates."""


def first_sentence(what: object) -> str:
    """Return the first sentence of what is done, without its full stop."""
    return str(what).split(". ")[0].rstrip(".")


def named(row: Mapping[Any, Any]) -> str:
    """Return what an action does, in a few words; agreed ones are known by their id too."""
    return (
        f"{row['action_id']} {first_sentence(row['what'])}" if row["agreed"] else first_sentence(row["what"])
    )


class Levels:
    """Figures of an action as its measure is written everywhere else."""

    def __init__(self, engagement: Engagement) -> None:
        self.currency = engagement.currency
        self.decimals = {measure.id: measure.decimals for measure in engagement.measures}

    def __call__(self, row: Mapping[Any, Any], value: Any, *, short: bool = False) -> str:
        """Return a figure of the row's measure with its unit; a dash where it is missing."""
        unit = str(row["unit"]) or "count"
        places = self.decimals.get(str(row["measure"]), 0 if unit == "count" else 1)
        return MISSING if missing(value) else number(value, unit, places, currency=self.currency, short=short)


def camps(table: pd.DataFrame, levels: Levels) -> Block:
    """Return where each agreed action stands: levels, stage, work done, timing."""
    rows = table.to_dict("records")
    shown = table.assign(
        **{name: [levels(row, row[name]) for row in rows] for name in LEVELS},
        done=[done_words(row) for row in rows],
        stage=[row["stage_reached"] or "not yet known" for row in rows],
        verdict=[_stands(row) for row in rows],
        timing=[plan.TIMING_WORDS[row["timing"]] for row in rows],
        what=[named(row) for row in rows],
        name=[f"{row['name']}{' at ' + row['site'] if row['site'] else ''}" or MISSING for row in rows],
    )
    headings = {"what": "Action", "name": "Measure", "baseline": "Baseline", "before": "Mean before"}
    headings |= {
        "level": "Mean since the start",
        "target": "Target",
        "stage": "Stage reached",
        "done": "Done, of time gone",
    }
    return Table(
        shown,
        caption="Actions against their camps",
        headings=headings | {"timing": "Timing", "verdict": "Verdict", "note": "Last report"},
        note="A stage counts from three months or six weeks on. A signal shows change, not what caused it. "
        "Done is what the owner reported, beside the share of the action's time that had gone by then.",
    )


def done_words(row: Mapping[Any, Any]) -> str:
    """Return the share of the work done, beside the share of the time gone."""
    if missing(row["percent_done"]):
        return MISSING
    done, gone = (number(row[name], "percent", 0) for name in ("percent_done", "time_gone"))
    return f"{done}, of {gone}" if not missing(row["time_gone"]) else done


def _stands(row: Mapping[Any, Any]) -> str:
    lean = {"wrong_way": "; leans the wrong way", "right_way": "; leans the right way"}
    return f"{plan.VERDICT_WORDS[row['verdict']]}{lean.get(str(row['leans']), '')}"


def benefits(table: pd.DataFrame, currency: str) -> Block:
    """Return benefits reported and estimated beside what was promised, with what they rest on."""
    told = table["promise_high"].notna() | table["benefit"].notna() | table["estimate"].notna()
    promised = table[told & table["agreed"].astype(bool)]
    if promised.empty:
        return Words("No agreed action promised a benefit in money, and none is reported.")
    rows = promised.to_dict("records")
    shared = promised.duplicated(["measure", "site", "contract"], keep=False) & promised["estimate"].notna()
    found = Table(
        promised.assign(
            what=[named(row) for row in rows],
            promise=[money_range(row["promise_low"], row["promise_high"], currency) for row in rows],
            so_far=[MISSING if missing(row["benefit"]) else money(row["benefit"], currency) for row in rows],
            rate=[_worth(row, currency) for row in rows],
        ),
        caption="Benefit against promise",
        headings={
            "what": "Action",
            "promise": "Promised a year, once in full effect",
            "so_far": "Owner's own count so far",
            "rate": "What the change since the start is worth a year",
        },
        note="The last column is filled only where a signal follows the start: the change and its interval, "
        "times what a unit is said to be worth a year. It is all the change, whatever caused it. "
        "Nothing here is added up: actions may share a measure, and measures the same money.",
    )
    alike = Words("Actions that share a measure and a place share one change.") if shared.any() else None
    return Stack(found, alike)


def _worth(row: Mapping[Any, Any], currency: str) -> str:
    if not missing(row["estimate"]):
        return money_range(row["estimate_low"], row["estimate_high"], currency)
    return "no signal to value" if row["signal"] in ("none", "too_early") else MISSING


def late(table: pd.DataFrame) -> Block:
    """Return the actions that trail their dates."""
    table = table[table["timing"].isin(TRAILING)]
    if table.empty:
        return Words("No agreed action is late, behind or without a report.")
    rows = table.to_dict("records")
    return Table(
        table.assign(
            what=[named(row) for row in rows],
            done=[done_words(row) for row in rows],
            due=[date(day, "short") for day in table["due"]],
            timing=[plan.TIMING_WORDS[name] for name in table["timing"]],
        ),
        caption="Actions that trail their dates",
        headings={
            "what": "Action",
            "owner": "Owner",
            "done": "Done, of time gone",
            "due": "Due",
            "timing": "Timing",
        },
        note=f"Done is what the owner reported. Late: due, and less than {plan.DONE}% done. Behind: the work "
        f"trails the time gone by more than {plan.BEHIND} percentage points, as if work went on evenly.",
    )


def cannot_say(table: pd.DataFrame, left_out: list[str]) -> Block:
    """Return what the figures of each agreed action cannot say, and why."""
    if not table["agreed"].any() and not left_out:
        return Words("No action is agreed yet, so there is nothing to judge.")
    rows = [row for row in table[table["agreed"].astype(bool)].to_dict("records") if row["caveats"]]
    told = [f"{named(row)}: {row['caveats']}" for row in rows]
    later = table[table["agreed"].astype(bool) & table["judged_from"].notna()].sort_values("judged_from")
    dated = [
        f"{named(row)}: from {date(row['judged_from'])}, when there are figures enough."
        for row in later.to_dict("records")
    ]
    if not (told or dated or left_out):
        return Words("Nothing stands in the way of judging the agreed actions.")
    return Stack(
        Words("What can be judged later, and when:") if dated else None,
        Bullets(dated) if dated else None,
        Words("What stands in the way, action by action:") if told or left_out else None,
        Bullets([*left_out, *told]) if told or left_out else None,
    )


def comparison(table: pd.DataFrame, levels: Levels) -> Block:
    """Return each change beside that of sites where the action had not begun, with the check before."""
    judged = table[table["agreed"].astype(bool) & table["change"].notna()]
    known = judged[judged["more"].notna()]
    why = [
        f"{named(row)}: {row['not_compared']}"
        for row in judged[judged["more"].isna()].to_dict("records")
        if row["not_compared"]
    ]
    if known.empty:
        lead = "No action can be compared with sites where it had not begun"
        return Stack(Words(f"{lead}{':' if why else ' yet.'}"), Bullets(why))
    rows = known.to_dict("records")
    found = Table(
        known.assign(
            what=[named(row) for row in rows],
            here=[
                signed(row | {"own": row["more"] + row["change_elsewhere"]}, "own", levels) for row in rows
            ],
            elsewhere=[signed(row, "change_elsewhere", levels) for row in rows],
            extra=[change_words(row, "more", levels) for row in rows],
            apart=[_drift(row, levels) for row in rows],
        ),
        caption="Change since the start beside sites where the action had not begun",
        headings={
            "what": "Action",
            "here": "Change here, as counted",
            "elsewhere": "Change at the others",
            "extra": "More than there (plausible range)",
            "compared_with": "Compared with",
            "apart": "Were they going apart before?",
        },
        note="The time of year meets all sites alike, so it drops out. The comparison takes it that, "
        "without the action, this site would have moved as the others "
        "did. The last column checks that on the figures before the start, where nothing should be found: "
        "the same comparison, as if it had begun half-way. "
        "With so few sites it finds only large differences.",
    )
    return Stack(found, Bullets(why) if why else None)


def signed(row: Mapping[Any, Any], name: str, levels: Levels, *, unit: bool = True) -> str:
    """Return a change with its sign; percentages in points."""
    text = levels(row, abs(row[name])).replace("%", " points")
    text = text if unit else text.split(" ")[0]
    return f"{'−' if row[name] < 0 else '+'}{text}" if any(mark in text for mark in "123456789") else text


def change_words(row: Mapping[Any, Any], name: str, levels: Levels) -> str:
    """Return a change with its range."""
    low, high = (signed(row, f"{name}_{end}", levels, unit=False) for end in ("low", "high"))
    return f"{signed(row, name, levels)} ({low} to {high})"


def _drift(row: Mapping[Any, Any], levels: Levels) -> str:
    apart = not row["drift_low"] <= 0 <= row["drift_high"]
    wide = row["drift_high"] - row["drift_low"] > 1.5 * (row["more_high"] - row["more_low"])
    said = "yes" if apart else "too little to tell" if wide else "nothing says so"
    return f"{said}: {change_words(row, 'drift', levels)}"
