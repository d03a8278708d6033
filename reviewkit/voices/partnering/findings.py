"""Findings on what sides see differently, and on what the front line sees alone."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from reviewkit.content import load_statements
from reviewkit.model import Evidence, Finding

from .compare import delta_words
from .scales import GROUP_WORDS

Row = Mapping[Hashable, Any]
GAP_RULE = "Welch interval; Benjamini-Hochberg over all statements and pairs; at least half a point"
SIGN_RULE = (
    "mean of 2.5 or less, below the middle of the scale (t test, Benjamini-Hochberg over all statements)"
)
ALONE_RULE = (
    "the front line's mean 2.5 or less, its interval below the middle; the mean of all not clearly there"
)


def partner_findings(gaps: pd.DataFrame) -> list[Finding]:
    """Return a finding a we/they gap (kind ``partner_gap``), largest first."""
    stand = gaps[gaps["we_they"].astype(bool)] if len(gaps) else gaps
    return [_gap(row) for row in stand.to_dict("records")]


def _gap(row: Row) -> Finding:
    evidence = Evidence(
        source="perceptions",
        rule=GAP_RULE,
        rows=int(row["n_a"]) + int(row["n_b"]),
        query=f"statement {row['statement']}, {row['group_a']} against {row['group_b']}",
    )
    # Not the sides' own means: with everybody's, a third side too small to show could be worked out.
    names = ("difference", "lower", "upper", "p_value", "adjusted", "delta", "delta_lower", "delta_upper")
    figures: dict[str, Any] = {name: float(row[name]) for name in names}
    return Finding.of(
        "2.3",
        "partner_gap",
        str(row["statement"]),
        f"{row['group_a']} and {row['group_b']}",
        statement=gap_words(row),
        figures=figures,
        evidence=(evidence,),
    )


def sign_findings(table: pd.DataFrame) -> list[Finding]:
    """Return a finding a statement clearly on the bad side (kind ``partner_sign``), worst first."""
    worst = table[table["present"].astype(bool)] if len(table) else table
    return [_sign(row) for row in worst.to_dict("records")]


def _sign(row: Row) -> Finding:
    evidence = Evidence(
        source="perceptions",
        rule=SIGN_RULE,
        rows=int(row["n"]),
        query=f"statement {row['statement']}, sides with enough respondents",
    )
    figures: dict[str, Any] = {name: float(row[name]) for name in ("mean", "lower", "upper", "p_value")}
    return Finding.of(
        "2.3",
        "partner_sign",
        str(row["statement"]),
        statement=f"{_agreed(row, 'People')}: a sign to look into.",
        figures=figures | {"n": int(row["n"])},
        evidence=(evidence,),
    )


def front_line_findings(alone: pd.DataFrame) -> list[Finding]:
    """Return a finding a statement the front line sees on the bad side and the mean hides.

    Kind ``front_line_view``, worst first; ``alone`` as made by :func:`front_line_alone`.
    """
    return [_alone(row) for row in alone.to_dict("records")]


def _alone(row: Row) -> Finding:
    evidence = Evidence(
        source="perceptions",
        rule=ALONE_RULE,
        rows=int(row["n"]),
        query=f"statement {row['statement']}, the front line",
    )
    return Finding.of(
        "2.3",
        "front_line_view",
        str(row["statement"]),
        statement=f"{_agreed(row, 'The front line')}; the mean of all sides hides it.",
        figures={name: float(row[name]) for name in ("mean", "lower", "upper")} | {"n": int(row["n"])},
        evidence=(evidence,),
    )


def gap_words(row: Row) -> str:
    """Return the sentence for one difference between two sides: who agrees more.

    The ``difference`` is of scores that are 5 where all is well; of a statement on which agreeing is a
    bad sign the side with the lower score agrees more.

    >>> sides = {"group_a": "front_line", "group_b": "management"}
    >>> gap_words({"statement": "key_3", "text": "We are asked.", "difference": -1.24} | sides)
    'Management agrees more than the front line that “We are asked”: by 1.2 points on a scale from 1 to 5.'
    >>> gap_words({"statement": "sign_5", "text": "It goes no further.", "difference": -1.24} | sides)[:52]
    'The front line agrees more than management that “It '
    """
    more, less = ("group_a", "group_b") if row["difference"] > 0 else ("group_b", "group_a")
    if _is_bad(row):
        more, less = less, more
    agrees = "agree" if row[more] == "support" else "agrees"
    who = GROUP_WORDS[row[more]]
    return (
        f"{who[:1].upper()}{who[1:]} {agrees} more than {GROUP_WORDS[row[less]]} that {_said(row)}: by "
        f"{abs(float(row['difference'])):.1f} points on a scale from 1 to 5."
    )


def _agreed(row: Row, who: str) -> str:
    """Return how far a side agrees with a statement as it is worded."""
    agreement = 6 - float(row["mean"]) if _is_bad(row) else float(row["mean"])
    agrees = ("agree" if who == "People" else "agrees") if agreement >= 3 else (
        "do not agree" if who == "People" else "does not agree"
    )  # fmt: skip
    return f"{who} {agrees} that {_said(row)} ({agreement:.1f} on a scale from 1, not at all, to 5, wholly)"


def _is_bad(row: Row) -> bool:
    """Whether agreeing with the statement is a bad sign."""
    found = load_statements().get(str(row.get("statement")))
    return found is not None and found.reverse


def effect_words(delta: float, lower: float, upper: float) -> str:
    """Return an ordinal effect with its interval and its size in words.

    >>> effect_words(-0.62, -0.8, -0.41)
    '−0.62 (−0.80 to −0.41), large'
    """
    return f"{interval_words(delta, lower, upper, 2)}, {delta_words(delta)}"


def interval_words(value: float, lower: float, upper: float, decimals: int = 1) -> str:
    """Return a figure with its interval.

    >>> interval_words(-0.04, -1.26, 0.5)
    '0.0 (−1.3 to 0.5)'
    """
    # Adding nought takes the sign off a rounded minus nought.
    told = [
        f"{round(float(one), decimals) + 0.0:.{decimals}f}".replace("-", "−") for one in (value, lower, upper)
    ]
    return f"{told[0]} ({told[1]} to {told[2]})"


def _said(row: Row) -> str:
    return f"\u201c{str(row['text']).rstrip('.')}\u201d"
