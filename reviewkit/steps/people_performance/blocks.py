"""How step 2.5 shows people and teams: individuals only where the edition may see them."""

from __future__ import annotations

import pandas as pd

from reviewkit.disclosure import suppress
from reviewkit.model import Edition, Finding
from reviewkit.model.words import inline
from reviewkit.present.blocks import Folded, Stack, Statements, Table, Words
from reviewkit.present.charts import dot_chart
from reviewkit.present.view import Block
from reviewkit.present.words import listing, number, plural

from ..review import Review
from .findings import ASPECTS, OBJECTIVE, PERSONAL, one_each, unit_of

_STANDINGS = {
    "recognise": "to recognise",
    "support": "to offer support",
    "unjudged": "not judged: too few contacts, or nobody to compare with",
    "": "not told apart from colleagues",
}


def agents_table(judged: pd.DataFrame, measure: str) -> Block:
    """Return every agent's figures in one measure, best first; marked personal."""
    aspect = ASPECTS[measure]
    unit = unit_of(aspect)
    rows = judged[judged["measure"] == measure].sort_values("rank", kind="stable")
    rows = rows.assign(ranks=rows["rank_lower"].astype(str) + " to " + rows["rank_upper"].astype(str))
    headings = {
        "agent": "Agent",
        "team": "Team",
        "n": "Contacts",
        "rate": "As counted",
        "shrunk": "Fair figure",
    }
    headings |= {"lower": "From", "upper": "To", "rank": "Rank", "ranks": "Rank, 95%", "reason": "Stands out"}
    formats = {
        name: (lambda value: number(value, unit, short=True)) for name in ("rate", "shrunk", "lower", "upper")
    }
    caption = f"Personal: {aspect.name.lower()} by agent, case mix and small numbers allowed for"
    table = Table(rows, caption=caption, headings=headings, formats=formats, limit=100)
    return Folded(f"{aspect.name}: {plural(len(rows), 'agent')}", table)


def unjudged_table(unjudged: pd.DataFrame) -> Block:
    """Return who is not judged in which measure, and why; marked personal."""
    if unjudged.empty:
        return Words("Every agent has enough contacts, and colleagues, to be judged in every measure.")
    rows = unjudged.assign(name=[ASPECTS[str(measure)].name for measure in unjudged["measure"]])
    headings = {"agent": "Agent", "team": "Team", "name": "Measure", "n": "Contacts compared"}
    table = Table(
        rows.sort_values(["measure", "agent"]),
        caption="Personal: not judged, and why",
        headings=headings | {"why": "Why not"},
        limit=100,
    )
    return Folded(f"Not judged in a measure: {plural(rows['agent'].nunique(), 'agent')}", table)


def standing_table(judged: pd.DataFrame, unjudged: pd.DataFrame, review: Review, edition: Edition) -> Block:
    """Return how many agents have each standing: exactly for those who may see individuals, else in bands."""
    mine = one_each(judged[judged["measure"].isin(OBJECTIVE)])
    if mine.empty:
        return Words("What agents achieve is not on file, contact by contact, so nobody is judged.")
    gone = unjudged.loc[unjudged["measure"].isin(OBJECTIVE), "agent"]
    standings = [*mine["standing"], *["unjudged"] * gone[~gone.isin(mine["agent"])].nunique()]
    counts = [(words, standings.count(key)) for key, words in _STANDINGS.items()]
    frame = pd.DataFrame(counts, columns=["standing", "agents"])
    if edition not in PERSONAL:
        shown = [review.discloser.count(count, len(standings), edition) for count in frame["agents"]]
        # The last row would give a banded one away.
        frame["agents"] = [
            *shown[:-1],
            "the rest" if any(" of " not in text for text in shown[:-1]) else shown[-1],
        ]
    headings = {"standing": "Standing", "agents": f"Of {len(standings)} agents"}
    note = "Who they are is for their managers alone." if edition not in PERSONAL else ""
    return Table(frame, caption="Agents by standing, judged on like cases", headings=headings, note=note)


def teams_shown(teams: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Return the teams large enough to be shown; none where fewer than two are.

    Figures of sites are shown too: where a site's only hidden team could be worked out from them,
    the next smallest is hidden as well.
    """
    if teams.empty:
        return teams
    large = teams[~suppress(teams, "agents", minimum=minimum, by=["measure", "site"])["suppressed"]]
    return large if large["team"].nunique() > 1 else large.iloc[:0]


def team_charts(shown: pd.DataFrame, period: str) -> Block:
    """Return the teams in every measure: those by which people are judged first, the others folded.

    ``period`` says in words of which time contacts are counted: "12 months to 31 August 2025".
    """
    measures = [str(name) for name in shown["measure"].unique()]
    first = [name for name in measures if name in OBJECTIVE] or measures[:1]
    rest = [name for name in measures if name not in first]
    drawn = {name: team_chart(shown[shown["measure"] == name], period) for name in measures}
    names = listing([inline(ASPECTS[name].name) for name in rest])
    more = Folded(f"More by team: {names}", Stack(*(drawn[name] for name in rest)))
    return Stack(*(drawn[name] for name in first), more)


def team_chart(part: pd.DataFrame, period: str) -> Block:
    """Return the teams in one measure; the title counts those that differ beyond doubt, or says none does."""
    aspect = ASPECTS[str(part["measure"].iloc[0])]
    centre, teams = float(part["centre"].iloc[0]), len(part)
    high, low = int((part["lower"] > centre).sum()), int((part["upper"] < centre).sum())
    good, poor = (high, low) if aspect.direction == "increase" else (low, high)
    ends = ("shorter", "longer") if aspect.role == "shown" else ("better", "worse")
    said = "no team can be told apart from all together"
    if good or poor:
        said = f"{good} of {teams} teams {ends[0]} than all together, {poor} {ends[1]}"
    return dot_chart(
        part.sort_values("rank", kind="stable"),
        "team",
        "shrunk",
        reference=centre,
        title=f"{aspect.name}, case mix allowed for: {said}",
        subtitle=f"{period}; {part['adjusted_for'].iloc[0]}; not for the site; 95% intervals.",
        source="contacts",
        unit=unit_of(aspect),
        key=f"teams-{aspect.id}",
    )


def named(found: list[Finding], standing: str, edition: Edition) -> Block:
    """Return the personal findings of one standing."""
    mine = [finding for finding in found if finding.figures["standing"] == standing]
    if not mine:
        return Words("Nobody can be told apart from colleagues in this way.")
    lead = "Personal. Figures open the conversation; they do not close it."
    return Stack(Words(lead), Statements(mine, edition=edition))
