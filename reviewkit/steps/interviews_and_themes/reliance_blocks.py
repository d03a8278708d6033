"""Blocks on how far what people say can be relied on, and what still waits for an analyst."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviewkit.present.blocks import Bullets, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import listing


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
