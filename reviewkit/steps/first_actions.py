"""What can be done in the first week, and the first interventions, as findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.model import Evidence, Finding
from reviewkit.present.words import plural, sentence

from .handed import handed
from .review import Review

MOST = 6


def immediate_actions(review: Review, interventions: pd.DataFrame) -> list[tuple[str, str]]:
    """Return what can be done this week: (action, the table it rests on), at most six.

    ``interventions`` has ``title`` and ``effort``: those of little effort can begin now.
    """
    convergence = handed(review, "1.5", "convergence")
    leading = convergence[convergence["leading"]] if len(convergence) else convergence
    made = [(text, "convergence") for text in leading["next_step"] if text.startswith("Look here first")]
    made += [(text, "convergence") for text in leading["next_step"] if text.startswith("Ask this")][:2]
    holes = handed(review, "1.3", "coverage")
    unheard = int(holes["hole"].astype(bool).sum())
    if unheard:
        groups = plural(unheard, "group")
        made.append((f"Hear the {groups} of people nobody has spoken to yet.", "coverage"))
    scope = review.evidence.frame("scope")
    wanted = scope[scope["kind"].eq("data_request") & scope["status"].eq("open")]
    made += [(f"Chase the data request: {text}", "scope") for text in wanted["text"].head(3)]
    quick = interventions[interventions["effort"].le(2)]
    made += [(f"Begin now, it takes little: {title}", "interventions") for title in quick["title"].head(2)]
    return [(sentence(text), source) for text, source in dict(made).items()][:MOST]


def action_finding(text: str, source: str, place: int) -> Finding:
    """Return an immediate action as a finding."""
    evidence = Evidence(source=source, rule="Next steps that need no further analysis")
    return Finding.of(
        "1.6",
        "immediate_action",
        f"{source} {text[:60]}",
        statement=text,
        figures={"place": place},
        evidence=(evidence,),
    )


def intervention_finding(row: Mapping[Any, Any]) -> Finding:
    """Return a first intervention of a department as a finding."""
    rule = "The intervention with the most impact for its effort for the likely cause of the gaps named"
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
