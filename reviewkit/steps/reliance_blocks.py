"""Blocks on how far what people say can be relied on, and what still waits for an analyst."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from reviewkit.disclosure import LEVEL_WORDS, Discloser
from reviewkit.model import Edition, Finding
from reviewkit.present.blocks import Bullets, Stack, Statements, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import listing
from reviewkit.voices import FORMULA


def saturation(table: pd.DataFrame, findings: Sequence[Finding], edition: Edition) -> Block:
    """Return what is known about saturation; the team reads it stratum by stratum."""
    if table.empty:
        return Words("No interviews were held, so there is nothing to judge saturation by.")
    statements = Statements(findings, edition=edition)
    if edition != "team":
        return statements
    shown = table.assign(stratum=table["stratum"].replace(LEVEL_WORDS))
    headings = {"stratum": "Stratum", "interviews": "Interviews", "saturated": "Saturated", "detail": "Why"}
    note = "Base of 4 interviews, run of 2, at most 5 % new codes: Guest, Namey and Chen (2020)."
    return Stack(
        statements, Table(shown, caption="Saturation by level and department", headings=headings, note=note)
    )


def agreement(
    kappas: pd.DataFrame, findings: Sequence[Finding], names: Mapping[str, str], edition: Edition
) -> Block:
    """Return how far coders agree; the team reads it by pair and theme."""
    if not findings:
        return Words(
            "No remark was coded by two people. Have a fifth coded twice to see how far coders agree."
        )
    statements = Statements(findings, edition=edition)
    if edition != "team":
        return statements
    table = kappas.assign(code=kappas["code"].map({"": "all themes"} | dict(names)))
    headings = {"code": "Theme", "coder_a": "Coder", "coder_b": "and coder", "remarks": "Remarks both coded"}
    headings |= {"observed": "Agreement", "kappa": "Cohen's kappa"}
    formats = {"observed": ".2f", "kappa": ".2f"}
    shown = Table(table, caption="Agreement by pair of coders and theme", headings=headings, formats=formats)
    return Stack(statements, shown)


def priorities(issues: pd.DataFrame, gate: Discloser, edition: Edition, *, most: int = 8) -> Block:
    """Return the ranked issues with the formula; the team reads the parts of the score."""
    if issues.empty:
        return Words("No concern was raised often enough to rank.")
    first = issues.head(most)
    pairs = zip(first["units"], first["units_total"], strict=True)
    shown = first.assign(raised=[gate.count(int(n), int(total), edition) for n, total in pairs])
    headings = {
        "rank": "Rank",
        "name": "Issue",
        "raised": "Raised in",
        "contract_relevance": "Contract relevance",
    }
    if edition == "team":
        headings |= {"reach": "Reach", "intensity": "Intensity", "score": "Score"}
    formats = {"reach": ".2f", "intensity": ".2f", "contract_relevance": ".2f", "score": ".1f"}
    return Table(
        shown, caption="Priority issues", headings=headings, formats=formats, note=FORMULA, row_header=False
    )


def silent_topics(asked: set[str], raised: set[str], names: Mapping[str, str]) -> Block:
    """Return the topics asked about and not raised, and those nobody asked about."""
    silent = sorted(names[code] for code in asked - raised if code in names)
    never = sorted(names[code] for code in set(names) - asked - raised)
    return Bullets(
        [
            f"Asked about and not raised: {listing(silent) or 'none'}.",
            f"Neither asked about nor raised: {listing(never) or 'none'}. Their silence says nothing.",
        ]
    )


def suggestions(coded: pd.DataFrame, names: Mapping[str, str]) -> Block:
    """Return the remarks whose code is only suggested; for the team."""
    waiting = coded[coded["suggested"].astype(bool)]
    if waiting.empty:
        return Words("Every coded remark was coded by an analyst.")
    shown = waiting.assign(theme=waiting["code"].map(dict(names)))
    headings = {
        "remark_id": "Remark",
        "text": "Words",
        "theme": "Suggested theme",
        "stance": "Suggested stance",
    }
    return Table(shown, caption="Suggestions to confirm or change", headings=headings, limit=15)


def about(coded: pd.DataFrame) -> Block:
    """Return numbers of remarks about purpose, outcome and result, by stance."""
    known = coded[coded["about"] != ""]
    if known.empty:
        return Words(
            "Remarks do not say whether they are about purpose, outcome or result. Note it when coding."
        )
    counted = known.groupby(["about", "stance"])["remark_id"].nunique().unstack(fill_value=0)
    counted = counted.reindex(["purpose", "outcome", "result"], fill_value=0)
    counted = counted.rename_axis(columns=None).reset_index()
    headings = {"about": "About", "concern": "Concerns", "strength": "Strengths", "suggestion": "Suggestions"}
    return Table(
        counted,
        caption="Remarks about purpose, outcome and result",
        headings=headings,
        note="Numbers of remarks.",
    )
