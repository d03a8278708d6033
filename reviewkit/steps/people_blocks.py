"""What step 2.5 says and shows: individuals only where the edition may see them."""

from __future__ import annotations

import pandas as pd

from reviewkit.findings import goals_and_feedback as development
from reviewkit.model import Edition, Finding
from reviewkit.present.blocks import Stack, Statements, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import number, percent, plural

from .people_findings import ASPECTS, PERSONAL, one_each, unit_of
from .review import Review

_STANDINGS = {
    "recognise": "to recognise",
    "support": "to offer support",
    "": "not told apart from colleagues",
}


def agents_table(people: pd.DataFrame, measure: str) -> Block:
    """Return every agent's figures in one measure, best first; marked personal."""
    aspect = ASPECTS[measure]
    unit = unit_of(aspect)
    rows = people[people["measure"] == measure].sort_values("rank")
    headings = {
        "agent": "Agent",
        "team": "Team",
        "n": "Contacts",
        "rate": "As counted",
        "shrunk": "Fair figure",
    }
    headings |= {"lower": "From", "upper": "To", "rank": "Rank", "reason": "Stands out"}
    formats = {
        name: (lambda value: number(value, unit, short=True)) for name in ("rate", "shrunk", "lower", "upper")
    }
    caption = f"Personal: {aspect.name.lower()} by agent, case mix and small numbers allowed for"
    return Table(rows, caption=caption, headings=headings, formats=formats, limit=100)


def standing_table(people: pd.DataFrame, review: Review, edition: Edition) -> Block:
    """Return how many agents have each standing: exactly for those who may see individuals, else in bands."""
    each = one_each(people)
    counts = [(words, int((each["standing"] == key).sum())) for key, words in _STANDINGS.items()]
    frame = pd.DataFrame(counts, columns=["standing", "agents"])
    if edition not in PERSONAL:
        shown = [review.discloser.count(count, len(each), edition) for count in frame["agents"]]
        # The last row would give a banded one away.
        frame["agents"] = [
            *shown[:-1],
            "the rest" if any(" of " not in text for text in shown[:-1]) else shown[-1],
        ]
    headings = {"standing": "Standing", "agents": f"Of {len(each)} agents"}
    note = "Who they are is for their managers alone." if edition not in PERSONAL else ""
    return Table(frame, caption="Agents by standing, judged on like cases", headings=headings, note=note)


def teams_shown(teams: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Return the teams large enough to be shown; none where fewer than two are."""
    if teams.empty:
        return teams
    large = teams[teams["agents"] >= minimum]
    return large if large["team"].nunique() > 1 else large.iloc[:0]


def goals_table(quality: pd.DataFrame) -> Block:
    """Return how many goals meet each letter."""
    if quality.empty:
        return Words("No goals are on file: collect those of a sample of people at each level.")
    headings = {
        "letter": "Letter",
        "met": "Goals that meet it",
        "goals": "Goals",
        "share": "Share",
        "lower": "From",
        "upper": "To",
    }
    shares = dict.fromkeys(("share", "lower", "upper"), percent)
    note = "Whether a goal is achievable takes the record of its measure and is judged in the plan."
    return Table(
        development.goal_summary(quality),
        caption="Goals on file by letter of SMART",
        headings=headings,
        formats=shares,
        note=note,
    )


def weak_goals(quality: pd.DataFrame) -> Block:
    """Return the goals that lack a letter."""
    rows = quality[~quality["smart"].astype(bool)] if len(quality) else quality
    if rows.empty:
        return Words("Every goal on file meets the letters that can be read from it.")
    lacks = [
        ", ".join(title.lower() for key, title in development.LETTERS.items() if not row[key])
        for row in rows.to_dict("records")
    ]
    headings = {"department": "Department", "text": "Goal", "lacks": "Lacks"}
    return Table(rows.assign(lacks=lacks), caption="Goals to be written anew", headings=headings, limit=30)


def feedback_table(given: pd.DataFrame) -> Block:
    """Return the figures on feedback."""
    made = development.feedback_summary(given)
    rows = [
        ("Cadence: pieces a month for each person on file", f"{made['per_receiver_month']:.1f}"),
        ("Balance: share that is praise", percent(made["praise"])),
        ("Specificity: names an act and its effect", percent(made["specific"])),
        (f"Timeliness: within {development.LATE_DAYS} days", percent(made["timely"])),
        ("Median days after the act", number(made["days"], "count", 0)),
    ]
    caption = (
        f"Feedback on file: {plural(len(given), 'piece')}, over {plural(round(made['months']), 'month')}"
    )
    return Table(
        pd.DataFrame(rows, columns=["what", "figure"]),
        caption=caption,
        headings={"what": "Quality", "figure": "Figure"},
    )


def named(found: list[Finding], standing: str, edition: Edition) -> Block:
    """Return the personal findings of one standing."""
    mine = [finding for finding in found if finding.figures["standing"] == standing]
    if not mine:
        return Words("Nobody can be told apart from colleagues in this way.")
    lead = "Personal. Figures open the conversation; they do not close it."
    return Stack(Words(lead), Statements(mine, edition=edition))
