"""Blocks of the interview plan: coverage, guides and printable forms."""

from __future__ import annotations

import pandas as pd

from reviewkit.content import Form
from reviewkit.disclosure import LEVEL_WORDS, Discloser, protected
from reviewkit.model import LEVELS
from reviewkit.present import charts
from reviewkit.present.blocks import Bullets, Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import listing, plural, sentence

BLANK = "\u00a0"
LAST = 60
"""Interviews that the timetable shows: those still to come, and the latest before them."""


def coverage_grid(coverage: pd.DataFrame) -> Block:
    """Return departments and sites by level: interviews held of planned, and people; for the team."""
    frame = coverage.assign(
        group=[
            f"{department}, {site}" if site else department
            for department, site in zip(coverage["department"], coverage["site"], strict=True)
        ],
        words=[
            f"nobody of {people}"
            if hole
            else f"{held} of {planned} held, {plural(people, 'person', 'people')}"
            for hole, held, planned, people in coverage[["hole", "held", "planned", "headcount"]].itertuples(
                index=False
            )
        ],
        column=coverage["level"].map(LEVEL_WORDS),
        size=coverage["planned"].astype("float64"),
    )
    order = [LEVEL_WORDS[level] for level in LEVELS]
    caption = "Interviews by department, site and level"
    note = "Interviews held of those planned, and people in the group. A session of several counts in each."
    return charts.matrix(
        frame,
        "group",
        "column",
        "size",
        words="words",
        caption=caption,
        corner="Group",
        order=order,
        note=note,
    )


def coverage_summaries(coverage: pd.DataFrame, gate: Discloser, by: tuple[str, ...]) -> list[Block]:
    """Return people, and interviews planned and held, by department and by level; small groups put together.

    The tables cut the same people differently: what one leaves out must not follow from another.
    """
    minimum = gate.disclosure.minimum_pool
    shown = [_summary(table, name, minimum) for name, table in _shown(coverage, gate, by) if len(table)]
    return shown or [Words(f"No group has {minimum} people or more who may be counted here.")]


def unheard_departments(coverage: pd.DataFrame, gate: Discloser, by: tuple[str, ...]) -> str:
    """Return which departments of the table have no interview at all, in a sentence; empty where none.

    None of their groups may be large enough to be named as a hole, while together they are.
    """
    table = dict(_shown(coverage, gate, by))["department"]
    none = table[table["planned"].eq(0) & table["held"].eq(0) & table["group"].isin(coverage["department"])]
    named = [
        f"{group} ({plural(int(people), 'person', 'people')})"
        for group, people in none[["group", "headcount"]].itertuples(index=False)
    ]
    return f"No interview is planned or held with anybody in {listing(named)}." if named else ""


def _shown(coverage: pd.DataFrame, gate: Discloser, by: tuple[str, ...]) -> list[tuple[str, pd.DataFrame]]:
    grouped = [(name, _grouped(coverage, gate, name)) for name in by]
    left_out = protected(grouped, "headcount", "group", minimum=gate.disclosure.minimum_pool)
    return [(name, table[~gone]) for (name, table), gone in zip(grouped, left_out, strict=True)]


def _grouped(coverage: pd.DataFrame, gate: Discloser, by: str) -> pd.DataFrame:
    minimum = gate.disclosure.minimum_pool
    sizes = coverage.groupby(by)["headcount"].transform("sum")
    name = coverage[by].replace(LEVEL_WORDS) if by == "level" else coverage[by]
    grouped = coverage.assign(group=name.mask(sizes < minimum, f"other {by}s"))
    return grouped.groupby("group", sort=False)[["headcount", "planned", "held"]].sum().reset_index()


def _summary(table: pd.DataFrame, by: str, minimum: int) -> Block:
    headings = {"group": by.capitalize(), "headcount": "People", "planned": "Planned", "held": "Held"}
    note = (
        f"Groups of fewer than {minimum} people are put together or left out, as is what would let "
        "them be worked out. A session with several groups counts in each."
    )
    return Table(table, caption=f"Interviews planned and held by {by}", headings=headings, note=note)


def tracker(table: pd.DataFrame) -> Block:
    """Return how far interviews have come."""
    shown = table.assign(status=table["status"].str.replace("_", " ").str.capitalize())
    headings = {"status": "Status", "one_to_one": "One-to-one", "group": "Group", "interviews": "Together"}
    return Table(shown, caption="Interviews by status", headings=headings)


def timetable(table: pd.DataFrame, clashes: pd.DataFrame) -> Block:
    """Return the timetable and what clashes in it; for the team."""
    if table.empty:
        return Words("No interview has a date yet. Enter planned_at and minutes in the interviews table.")
    shown = table.assign(
        day=table["begins"].dt.strftime("%a %d %b %Y"),
        time=table["begins"].dt.strftime("%H:%M") + "–" + table["ends"].dt.strftime("%H:%M"),
        kind=table["kind"].str.replace("_", "-"),
        status=table["status"].str.replace("_", " "),
    )
    headings = {"day": "Day", "time": "Time", "interview_id": "Interview", "kind": "Kind", "site": "Site"}
    headings |= {"interviewer": "Interviewer", "status": "Status"}
    lines = [
        f"{row['first']} and {row['second']} clash on {row['begins']:%d %b %Y, %H:%M}: same {row['reason']}."
        for row in clashes.to_dict("records")
    ]
    checked = Bullets(lines) if lines else Words("Nobody is expected in two places at once.")
    earlier = max(0, len(shown) - LAST)
    note = f"{plural(earlier, 'earlier interview')} not shown." if earlier else ""
    return Stack(checked, Table(shown.tail(LAST), caption="Timetable", headings=headings, note=note))


def guide(questions: pd.DataFrame, level: str, department: str = "") -> Block:
    """Return an interview guide: open questions first, opinions from the data last."""
    shown = questions.assign(kind=questions["kind"].str.replace("_", " "))
    shown["text"] = (shown["text"] + " " + shown["probes"]).str.strip()
    headings = {"order": "No.", "text": "Question", "part": "Ask", "minutes": "Minutes", "kind": "Kind"}
    caption = f"Interview guide: {LEVEL_WORDS.get(level, level)}" + (f", {department}" if department else "")
    asked = questions.loc[questions["part"] == "ask", "minutes"].sum()
    note = f"Those to ask take about {asked:.0f} minutes besides the opening; the others if there is time."
    return Table(shown, caption=caption, headings=headings, row_header=False, note=note)


def form(printable: Form) -> Block:
    """Return a form to print and fill in by hand."""
    headings = {
        field.id: field.label + (f" ({', '.join(field.choices)})" if field.choices else "")
        for field in printable.fields
    }
    rows = pd.DataFrame([dict.fromkeys(headings, BLANK)] * printable.rows)
    hints = " ".join(f"{field.label}: {sentence(field.hint)}" for field in printable.fields if field.hint)
    table = Table(rows, caption=printable.title, headings=headings, note=hints, row_header=False)
    return Stack(Words(printable.purpose), Bullets(list(printable.instructions), ordered=True), table)
