"""Findings on who is not heard, and on what different sides see differently."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from reviewkit.disclosure import LEVEL_WORDS
from reviewkit.model import Edition, Evidence, Finding

from .partnering import GROUP_WORDS

Row = Mapping[Hashable, Any]


def hole_findings(coverage: pd.DataFrame, minimum: int) -> list[Finding]:
    """Return a finding a hole in coverage (kind ``coverage_hole``), the largest group first.

    Holes of fewer than ``minimum`` people are for the team only: they point at persons.
    """
    holes = coverage[coverage["hole"].astype(bool)] if len(coverage) else coverage
    holes = holes.sort_values("headcount", ascending=False, kind="stable") if len(holes) else holes
    return [_hole(row, minimum) for row in holes.to_dict("records")]


def _hole(row: Row, minimum: int) -> Finding:
    department, site = str(row["department"]), str(row["site"])
    level, people = LEVEL_WORDS.get(str(row["level"]), str(row["level"])), int(row["headcount"])
    audience: tuple[Edition, ...] = ("team", "leadership") if people >= minimum else ("team",)
    at = f" at {site}" if site else ""
    evidence = Evidence(
        source="stakeholders",
        rule="a group of the register without an interview planned or held",
        rows=people,
        query=f"{department}, {level}{at}",
    )
    return Finding.of(
        "1.3",
        "coverage_hole",
        department,
        str(row["level"]),
        site,
        statement=f"Nobody is to be heard from {level}, {department}{at}: plan {row['who']}.",
        figures={"headcount": people, "planned": int(row["planned"]), "held": int(row["held"])},
        evidence=(evidence,),
        audience=audience,
    )


def partner_findings(gaps: pd.DataFrame) -> list[Finding]:
    """Return a finding a we/they gap (kind ``partner_gap``), largest first."""
    stand = gaps[gaps["we_they"].astype(bool)] if len(gaps) else gaps
    return [_gap(row) for row in stand.to_dict("records")]


def _gap(row: Row) -> Finding:
    evidence = Evidence(
        source="perceptions",
        rule="Welch interval; Holm over all statements and pairs; at least half a point",
        rows=int(row["n_a"]) + int(row["n_b"]),
        query=f"statement {row['statement']}, {row['group_a']} against {row['group_b']}",
    )
    # Not the sides' own means: with everybody's, a third side too small to show could be worked out.
    figures: dict[str, Any] = {n: float(row[n]) for n in ("difference", "lower", "upper", "p_value")}
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
        rule="mean of 2.5 or less, below the middle of the scale (t test, Holm over all statements)",
        rows=int(row["n"]),
        query=f"statement {row['statement']}, all respondents",
    )
    figures: dict[str, Any] = {name: float(row[name]) for name in ("mean", "lower", "upper", "p_value")}
    said = f"\u201c{str(row['text']).rstrip('.')}\u201d"
    return Finding.of(
        "2.3",
        "partner_sign",
        str(row["statement"]),
        statement=f"{said} scores {float(row['mean']):.1f} on a scale from 1 (bad) to 5 (good).",
        figures=figures | {"n": int(row["n"])},
        evidence=(evidence,),
    )


def gap_words(row: Row) -> str:
    """Return the sentence for one difference between two sides.

    >>> sides = {"group_a": "front_line", "group_b": "management"}
    >>> gap_words({"text": "We are asked.", "difference": -1.24} | sides)
    'On “We are asked”, management sees it 1.2 points better than the front line (scale 1 to 5).'
    """
    better, worse = ("group_a", "group_b") if row["difference"] > 0 else ("group_b", "group_a")
    sees = "see" if row[better] == "support" else "sees"
    return (
        f"On \u201c{str(row['text']).rstrip('.')}\u201d, {GROUP_WORDS[row[better]]} {sees} it "
        f"{abs(float(row['difference'])):.1f} points better than {GROUP_WORDS[row[worse]]} (scale 1 to 5)."
    )
