"""Blocks of the interviews proposed, of what stands against the others, and of what is next."""

from __future__ import annotations

import pandas as pd

from reviewkit.present.blocks import Bullets, Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import plural
from reviewkit.voices import planning

from .timing import Timing

_RESERVED = {
    "off_record": "{group} has been heard, but only off the record: nothing of it can be quoted.",
    "did_not_attend": "{group} was invited, but nobody came: no interview with it took place.",
    "without_participants": "{interviews} without anybody noted as taking part: they count for no group.",
    "not_in_register": "{people} who took part are not in the register: they count for no group.",
}


def reserved(table: pd.DataFrame) -> Block | None:
    """Return which groups are heard less than it seems; nothing where none is."""
    lines = [
        _RESERVED[row["what"]].format(
            group=", ".join(filter(None, (row["department"], row["level"].replace("_", " "), row["site"]))),
            interviews=plural(row["interviews"], "interview"),
            people=plural(row["interviews"], "entry", "entries"),
        )
        for row in table.to_dict("records")
    ]  # fmt: skip
    return Bullets(lines) if lines else None


def rule(mixed: pd.DataFrame) -> Block:
    """Return the groups in which somebody sits with a manager of theirs, by role; for the team."""
    if mixed.empty:
        return Words("No group session brings anybody together with somebody they report to.")
    lines = [
        f"{row['interview_id']}: {row['manager']} sits with {row['report']}"
        + (
            ", who reports to them."
            if row["why"] == "reports_to"
            else ", of a lower level in the same department."
        )
        for row in mixed.to_dict("records")
    ]
    return Stack(
        Words("Nobody should be in a group with those who report to them. Split these:"), Bullets(lines)
    )


def proposal(timing: Timing) -> Block:
    """Return the interviews to be given a time, with one for each where there is room; for the team."""
    problem, placed = timing.problem, timing.placed
    if not problem.requests:
        return Words("Every group has an interview with a time: there is nothing to propose.")
    found = timing.table()
    days = sum(problem.settings.interviewers.values())
    best = "no choice of times holds more" if placed.best else "a better choice of times is possible"
    left_out = problem.availability.left_out
    lines = [
        f"{len(found)} of {plural(len(problem.requests), 'interview')} to be held found a time within "
        f"{plural(days, 'day')} of interviewers' time; {best}.",
        f"{plural(left_out, 'row')} of availability left out: naming nobody or several, or ending before "
        "beginning." if left_out else "",
    ]  # fmt: skip
    return Stack(Words(*lines), _proposed(found) if len(found) else None, _refused(timing))


def _proposed(found: pd.DataFrame) -> Table:
    shown = found.assign(
        day=found["begins"].dt.strftime("%a %d %b %Y"),
        time=found["begins"].dt.strftime("%H:%M") + "–" + found["ends"].dt.strftime("%H:%M"),
        kind=found["kind"].str.replace("_", "-"),
    )
    headings = {"day": "Day", "time": "Time", "label": "With", "people": "For example", "kind": "Kind"}
    headings |= {"site": "Site", "interviewer": "Interviewer", "weight": "Weight"}
    note = (
        "Weight is the people of the group times the relevance of its department for the contract (set in "
        "the parameters, 1 where left out). Nothing is agreed until people are invited."
    )
    return Table(shown, caption="Interviews proposed", headings=headings, note=note)


def _refused(timing: Timing) -> Block | None:
    lines = [
        f"{one.request.label or one.request.id}: {one.why}. {_either(one.would_fit)}"
        for one in timing.refused
    ]
    return Stack(Words("No time was found for:"), Bullets(lines)) if lines else None


def _either(steps: tuple[str, ...]) -> str:
    if not steps:
        return "No single step that was tried makes room for it."
    return f"It would fit if {', or if '.join(steps)}."


def next_steps(interviews: pd.DataFrame, timing: Timing) -> Block:
    """Return what is next for each interview that is not finished; for the team."""
    engagement = timing.review.engagement
    today = planning.as_of(interviews, engagement.data_as_of)
    table = planning.next_steps(interviews, today)
    if table.empty:
        return Words("Every interview is coded.")
    late = table["late"].map({True: "late", False: "in time"})
    shown = table.assign(status=table["status"].str.replace("_", " "), late=late)
    headings = {"interview_id": "Interview", "status": "Status", "days": "Days since", "next": "Next"}
    headings |= {"late": "In time"}
    note = f"As of {today:%d %b %Y}, the day of the data or of the last interview held."
    return Table(shown, caption="What is next for each interview", headings=headings, note=note, limit=40)
