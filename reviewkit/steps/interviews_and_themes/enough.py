"""Blocks on whether enough was heard, and which issues come first."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reviewkit.disclosure import LEVEL_WORDS, Discloser
from reviewkit.model import Edition, Finding
from reviewkit.model.words import inline
from reviewkit.present.blocks import Stack, Statements, Table, Words
from reviewkit.present.view import Block
from reviewkit.voices import FORMULA, expectation

_HALF = 0.5  # a topic: fewer are none
_RULE = (
    "Base of 4 interviews, runs of 2, at most 5% new topics in the last run: Guest, Namey and Chen (2020). "
    "Unheard: the least number of topics nobody raised yet, judged by how many came up once or twice only "
    "(Chao 1984, 1987), and never more than the codebook holds. It takes further interviews to be like "
    "those held, with the same questions; another question or another group can bring more."
)


def saturation(table: pd.DataFrame, findings: Sequence[Finding], edition: Edition) -> Block:
    """Return what is known about saturation; the team reads it stratum by stratum."""
    if table.empty:
        return Words("No interviews were held, so there is nothing to judge saturation by.")
    statements = Statements(findings, edition=edition)
    if edition != "team":
        return statements
    everyone = table[table["by"] == ""].iloc[0]
    waiting = int(everyone["waiting"])
    told = f"{waiting} interviews wait for a coder and are left out." if waiting else ""
    undated = int(everyone["undated"])
    dates = f"{undated} interviews carry no date and come last." if undated else ""
    share = table["share_last"].map(lambda value: "–" if pd.isna(value) else f"{value:.0%}")
    enough = [_verdict(*pair) for pair in zip(table["saturated"], table["unheard"], strict=True)]
    shown = table.assign(stratum=table["stratum"].replace(LEVEL_WORDS), share=share, enough=enough)
    for name in ("unheard", "needed"):
        shown[name] = _rounded(table[name])
    headings = {
        "stratum": "Stratum",
        "interviews": "Interviews",
        "topics": "Topics",
        "share": "New in the last run",
        "enough": "Enough?",
        "unheard": "Unheard, at least",
        "needed": "More interviews for 95% of them",
        "detail": "Why",
    }
    caption = "Saturation by level, department and site"
    return Stack(
        statements,
        Words(expectation(everyone), told, dates),
        Table(shown, caption=caption, headings=headings, note=_RULE),
    )


def _verdict(saturated: str, unheard: float) -> str:
    """Return both signs in one word of advice: what the last interviews added, and what is unheard.

    >>> _verdict("yes", 0.2), _verdict("yes", 4.3), _verdict("no", 0.2), _verdict("no", 5.0)
    ('yes', 'almost: little new, some unheard', 'almost: still new, little unheard', 'no')
    """
    if saturated not in ("yes", "no"):
        return "too few to tell"
    little = unheard < _HALF
    if saturated == "yes":
        return "yes" if little else "almost: little new, some unheard"
    return "almost: still new, little unheard" if little else "no"


def _rounded(values: pd.Series) -> pd.Series:
    """Whole numbers in words; "none" below a half, a dash where there are too few interviews to tell."""
    numbers = pd.to_numeric(values).astype("float64")
    return numbers.map(
        lambda value: "–" if pd.isna(value) else "none" if value < 0.5 else f"{int(value + 0.5)}"
    )


def priorities(issues: pd.DataFrame, gate: Discloser, edition: Edition, *, most: int = 8) -> Block:
    """Return the ranked issues, which ranks hold, and the formula; the team reads the parts of the score."""
    if issues.empty:
        return Words("No concern was raised often enough to rank.")
    first = issues.head(most)
    pairs = zip(first["units"], first["units_total"], strict=True)
    ranks = zip(first["rank_best"], first["rank_worst"], strict=True)
    shown = first.assign(
        raised=[gate.count(int(n), int(total), edition) for n, total in pairs],
        holds=[f"{best}" if best == worst else f"{best} to {worst}" for best, worst in ranks],
    )
    headings = {
        "rank": "Rank",
        "name": "Issue",
        "raised": "Raised in",
        "contract_relevance": "Contract relevance",
    }
    if edition == "team":
        headings |= {"reach": "Reach", "intensity": "Intensity", "score": "Score"}
    headings |= {"holds": "Rank if weights change by half"}
    formats = {"reach": ".2f", "intensity": ".2f", "contract_relevance": ".2f", "score": ".1f"}
    table = Table(
        shown, caption="Priority issues", headings=headings, formats=formats, note=FORMULA, row_header=False
    )
    return Stack(Words(firmness(issues.head(most))), table)


def firmness(issues: pd.DataFrame) -> str:
    """Return which ranks hold when the weights change by half.

    >>> ranked = pd.DataFrame({"name": ["Morale", "Pay"], "rank": [1, 2], "rank_worst": [1, 4],
    ...                        "firm": [True, False]})
    >>> firmness(ranked)
    'Morale comes first whatever the weights. The order of the others depends on them: read them as a group.'
    """
    first = issues.iloc[0]
    if len(issues) == 1:
        return "One concern alone was raised often enough to be ranked."
    if int(first["rank_worst"]) == 1:
        lead = f"{first['name']} comes first whatever the weights."
    else:
        lead = f"Whether {inline(str(first['name']))} comes first depends on the weights."
    loose = int((~issues["firm"].astype(bool)).sum())
    if not loose:
        return f"{lead} The order holds when the weights change by half."
    rest = "the others" if loose >= len(issues) - 1 else f"{loose} of them"
    return f"{lead} The order of {rest} depends on them: read them as a group."
