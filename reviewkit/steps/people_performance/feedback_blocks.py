"""What step 2.5 shows about feedback on file: for leadership by level alone, small groups left out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.findings.people import feedback as heard
from reviewkit.model import Edition
from reviewkit.model.words import plural
from reviewkit.present.blocks import Folded, Stack, Words
from reviewkit.present.tables import Table
from reviewkit.present.view import Block
from reviewkit.present.words import number, percent

from .development_blocks import HIDDEN, by_level
from .development_findings import PERSONAL
from .development_inputs import DevelopmentInputs


def feedback_tables(inputs: DevelopmentInputs, gate: Discloser, edition: Edition) -> Block:
    """Return cadence, and balance, specificity and timeliness by the giver's level."""
    levels = heard.quality_by(inputs.given, "giver_level").rename(columns={"giver_level": "level"})
    levels, hidden = by_level(levels, gate, edition, ["pieces", "receivers", *heard.BALANCE], "givers")
    blocks: list[Block] = [_cadence_table(inputs, gate, edition)]
    if len(levels):
        note = "Praise for each correction: pieces of praise on file divided by corrections."
        note += f" {HIDDEN}" if hidden else ""
        blocks.append(_quality_table(levels, {"level": "Given by", "givers": "Givers"}, note))
    return Stack(*blocks)


def givers_table(given: pd.DataFrame) -> Block:
    """Return balance, specificity and timeliness by giver; for team and managers."""
    table = heard.quality_by(given, "giver")
    if table.empty:
        return Words("Feedback on file does not say who gave it.")
    shown = _quality_table(
        table, {"giver": "Giver", "receivers": "Receivers"}, "Personal. Few pieces say little."
    )
    return Folded(f"Feedback by giver: {plural(len(table), 'giver')}", shown)


def word_due_table(given: pd.DataFrame, people: pd.DataFrame) -> Block:
    """Return those with a standing who have not heard what they might; for team and managers."""
    rows = people[people["standing"].isin(["recognise", "support"])]
    praised = set(given.loc[given["kind"].eq("praise"), "receiver"])
    told = set(given.loc[given["specific"].astype("boolean").fillna(False), "receiver"])
    wanting = rows["standing"].eq("recognise") & ~rows["agent"].isin(praised)
    wanting |= rows["standing"].eq("support") & ~rows["agent"].isin(told)
    rows = rows[wanting].assign(
        lacks=lambda part: part["standing"].map(
            {"recognise": "results stand out; no praise on file",
             "support": "support considered; nothing specific on file"}
        )
    )  # fmt: skip
    if rows.empty:
        return Words("Everybody with a standing has heard, on file, what fits it.")
    headings = {"agent": "Agent", "team": "Team", "lacks": "On file"}
    rows = rows.sort_values(["standing", "agent"])
    return Table(rows, caption="Personal: a word is due", headings=headings, limit=60)


def _cadence_table(inputs: DevelopmentInputs, gate: Discloser, edition: Edition) -> Block:
    often = inputs.cadence
    people = int(often["people"])
    known = not inputs.reports_to.empty
    rows = [("People who report to somebody" if known else "Receivers on file", f"{people}")]
    for days in heard.QUIET_DAYS:
        if often["reach"] >= days and known:
            quiet = int(often[f"quiet_{days}"])
            told = f"{quiet} of {people}" if edition in PERSONAL else gate.count(quiet, people, edition)
            rows.append((f"No feedback on file in the last {days} days", told))
    if often["with_gap"] >= (1 if edition in PERSONAL else gate.disclosure.minimum_survey):
        between = number(often["gap"], "count", 0)
        rows.append(("Median days between two pieces, of those with two or more", between))
    if often["with_unevenness"] >= 5 and edition in PERSONAL:
        told = f"{often['unevenness']:.1f} ({plural(int(often['with_unevenness']), 'person', 'people')})"
        rows.append(("Unevenness: 0 is like a clock, 1 as if by chance", told))
    frame = pd.DataFrame(rows, columns=["what", "figure"])
    note = f"The file reaches back {often['reach']:.0f} days. It may hold a sample of what was said."
    headings = {"what": "What", "figure": "Figure"}
    return Table(frame, caption="How often feedback on file comes", headings=headings, note=note)


def _quality_table(table: pd.DataFrame, first: dict[str, str], note: str) -> Block:
    headings = first | {"pieces": "Pieces", "praise_share": "Praise", "ratio": "Praise for each correction"}
    headings |= {
        "specific": "Name act and effect",
        "timely": f"Within {heard.LATE_DAYS} days",
        "days": "Median days",
    }
    formats: dict[str, Any] = dict.fromkeys(("praise_share", "specific", "timely"), percent)
    formats |= {"ratio": ".1f", "days": ".0f", "pieces": ".0f"}
    caption = "Feedback on file: balance, specificity and timeliness"
    return Table(table, caption=caption, headings=headings, formats=formats, note=note, limit=60)
