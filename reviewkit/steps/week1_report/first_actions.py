"""What can be done in the first week, and the first interventions, as findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from reviewkit.model import Evidence, Finding
from reviewkit.model.words import inline
from reviewkit.present.words import date, missing, plural, sentence

from ..handed import handed
from ..review import Review

MOST = 6


class Action(NamedTuple):
    """What can be done this week, the table it rests on, and which of its rows."""

    text: str
    source: str
    which: str


def immediate_actions(review: Review, interventions: pd.DataFrame) -> list[Action]:
    """Return what can be done this week, at most six: one thing of each kind before a second of any.

    ``interventions`` has ``title, department`` and ``effort``: those of little effort can begin now.
    """
    kinds = [
        _put_again(handed(review, "1.2", "reviewed_opinions")),
        _look(handed(review, "1.5", "convergence"), "Look here first"),
        _requests(review.evidence.frame("scope")),
        _hear(handed(review, "1.3", "coverage")),
        _begin(interventions),
        _look(handed(review, "1.5", "convergence"), "Ask this"),
        _look(handed(review, "1.5", "convergence"), "Measure this")[:1],
    ]
    turns = [actions[place] for place in range(MOST) for actions in kinds if place < len(actions)]
    chosen = set(list(dict.fromkeys(turns))[:MOST])
    return list(dict.fromkeys(action for actions in kinds for action in actions if action in chosen))


def _put_again(reviewed: pd.DataFrame) -> list[Action]:
    """Decisions that the figures no longer bear out, and opinions that nobody has answered."""
    again = reviewed[reviewed["flag"].fillna("").ne("") & reviewed["status"].ne("open")]
    made = [
        Action(_again(row), "reviewed_opinions", str(row["opinion_id"])) for row in again.to_dict("records")
    ]
    still = reviewed[reviewed["status"].eq("open")]
    if len(still):
        text = f"Share {plural(len(still), 'opinion')} that nobody has confirmed, revised or withdrawn yet."
        made.append(Action(text, "reviewed_opinions", ", ".join(still["opinion_id"].astype("str"))))
    return made


def _again(row: Mapping[Any, Any]) -> str:
    where = f" at {row['site']}" if row["site"] else ""
    about = f"the opinion on {inline(str(row['name']))}{where}" if row["name"] else "an opinion not found now"
    return f"Put {about}, {row['status']}, to the {row['role']} again. {row['flag']}"


def _look(convergence: pd.DataFrame, lead: str) -> list[Action]:
    rows = convergence[convergence["leading"].astype(bool)] if len(convergence) else convergence
    mine = rows[rows["next_step"].str.startswith(lead)]
    return [
        Action(sentence(str(row["next_step"])), "convergence", _topic(row))
        for row in mine.drop_duplicates("next_step").to_dict("records")
    ]


def _topic(row: Mapping[Any, Any]) -> str:
    return " and ".join(str(row[name]) for name in ("name", "measure_name") if row[name])


def _requests(scope: pd.DataFrame) -> list[Action]:
    wanted = scope[scope["kind"].eq("data_request") & scope["status"].eq("open").fillna(False)]
    return [
        Action(
            sentence(f"Chase the data request: {row['text'].rstrip('.')}{_asked_of(row)}"),
            "scope",
            str(row["item_id"]),
        )
        for row in wanted.to_dict("records")
    ]


def _asked_of(row: Mapping[Any, Any]) -> str:
    who = str(row["role"]) if not missing(row["role"]) and row["role"] else ""
    day = f"by {date(row['due'])}" if pd.notna(row["due"]) else ""
    told = ", ".join(part for part in (who, day) if part)
    return f" ({told})" if told else ""


def _hear(coverage: pd.DataFrame) -> list[Action]:
    holes = coverage[coverage["hole"].astype(bool)]
    if holes.empty:
        return []
    # Which groups, 1.3 says as far as an edition may read it: how many there are tells of the small ones.
    text = "Hear the groups of people nobody has spoken to yet; the interview plan (1.3) says which."
    return [Action(text, "coverage", "rows with a hole")]


def _begin(interventions: pd.DataFrame) -> list[Action]:
    # What rests on people's words alone, however few, is a proposal and nothing to begin with.
    measured = interventions["gap_ids"].str.contains("/gap/")
    quick = interventions[interventions["effort"].le(2) & measured]
    return [
        Action(sentence(f"Begin now, it takes little ({row.department}): {row.title}"), "interventions",
               str(row.intervention))
        for row in quick.itertuples()
    ]  # fmt: skip


def action_finding(action: Action, place: int) -> Finding:
    """Return an immediate action as a finding."""
    rule = "Next steps that need no further analysis"
    return Finding.of(
        "1.6",
        "immediate_action",
        f"{action.source} {action.text[:60]}",
        statement=action.text,
        figures={"place": place},
        evidence=(Evidence(source=action.source, rule=rule, query=action.which),),
    )


def intervention_finding(row: Mapping[Any, Any]) -> Finding:
    """Return a first intervention of a department as a finding."""
    rule = "For the likely cause of the gaps named: meant for most of them, then most impact for its effort"
    rows, query = int(str(row["gaps"])), str(row["gap_ids"])
    return Finding.of(
        "1.6",
        "intervention",
        str(row["intervention"]),
        str(row["department"]),
        statement=f"{row['department']}: {row['title']}. {row['why']}",
        figures={"impact": int(str(row["impact"])), "effort": int(str(row["effort"]))},
        evidence=(Evidence(source="first_gaps", rule=rule, rows=rows, query=query),),
    )
