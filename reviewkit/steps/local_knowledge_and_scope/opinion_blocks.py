"""Blocks of step 1.2 on opinions: what each rests on, what was decided, local knowledge beside the chart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from reviewkit.findings.opinions.reviewed import change_of_level
from reviewkit.findings.opinions.standing import opinion_ids
from reviewkit.model import Finding
from reviewkit.present.blocks import Stack, Table, Words, trail_link
from reviewkit.present.display import Display
from reviewkit.present.view import Block
from reviewkit.present.words import missing, plural

from ..measure_charts import MeasureCharts
from .scope_findings import decided

ALL_CHARTS = 8
"""Charts at most: a page stays under its size."""
STATUS = {"open": "Open: not yet shared, or no answer"}
UNTRACED = (
    "Of {count} it is not on file which figures they were decided on, so a "
    "later change of the figures cannot be noticed."
)


def basis_table(
    reviewed: pd.DataFrame,
    signals: pd.DataFrame,
    findings: Mapping[str, Finding],
    displays: Mapping[str, Display],
) -> Block:
    """Return every opinion with its figures, why it is told, and the rows behind it."""
    known = signals.assign(opinion_id=opinion_ids(signals)).drop_duplicates("opinion_id")
    wanted = ["opinion_id", "n", "latest", "mean", "target", "reason"]
    table = reviewed[~reviewed["gone"]].merge(
        known[wanted], on="opinion_id", how="left", suffixes=("_given", "")
    )
    table["what"] = _cells(
        (linked(row["statement"], row["opinion_id"]) for row in table.to_dict("records")), table
    )
    table["figures"] = [_figures(row, displays) for row in table.to_dict("records")]
    table["reason"] = [_why(row["reason"], bool(row["fails"])) for row in table.to_dict("records")]
    table["rows"] = [_rows(findings.get(str(key))) for key in table["opinion_id"]]
    headings = {"rank": "Rank", "what": "Opinion", "figures": "Figures", "reason": "Why it is told"}
    headings |= {"rows": "Counted from"}
    rules = {item.rule for one in findings.values() for item in one.evidence}
    return Table(
        table,
        caption="Initial opinions, most important first, and their basis",
        headings=headings,
        note=" ".join(f"Rule: {rule}." for rule in sorted(rules)),
    )


def linked(words: object, finding_id: object) -> Markup:
    """Return a statement with the link to its place in the trail."""
    return Markup("{} {}").format(str(words), trail_link(str(finding_id)))


def standing_table(reviewed: pd.DataFrame) -> Block:
    """Return each opinion as it stands, what was decided, what people know, and what to look at again."""
    rows = reviewed.to_dict("records")
    table = reviewed.assign(
        what=_cells((linked(row["stands"], reviewed_id(row["opinion_id"])) for row in rows), reviewed),
        decision=[STATUS.get(str(row["status"])) or decided(row) for row in rows],
        known=[knowledge_words(row) for row in rows],
    )
    headings = {"what": "Opinion as it stands", "decision": "Decided", "known": "Local knowledge"}
    if table["flag"].ne("").any():
        headings["flag"] = "Look again"
    untraced = int((table["status"].ne("open") & ~table["traced"]).sum())
    note = UNTRACED.format(count=plural(untraced, "decided opinion")) if untraced else ""
    return Table(table, caption="Opinions after local knowledge", headings=headings, note=note)


def reviewed_id(opinion_id: object) -> str:
    """Return the id of the finding on an opinion as it stands.

    >>> reviewed_id("1.1/opinion/fcr/quay")
    '1.2/reviewed_opinion/fcr/quay'
    """
    return "/".join(["1.2", "reviewed_opinion", *str(opinion_id).split("/")[2:]])


def _cells(cells: Iterable[Markup], frame: pd.DataFrame) -> pd.Series[Any]:
    """Cells with links in them; a column of text would make plain text of them."""
    return pd.Series(list(cells), index=frame.index, dtype="object")


def knowledge_words(row: Mapping[Any, Any]) -> str:
    """Return the dated local knowledge that bears on an opinion and what new limits leave of it.

    >>> knowledge_words({"knowledge": "1 April 2024: New clock", "new_limits": "Nothing remains"})
    '1 April 2024: New clock. Nothing remains.'
    """
    parts = (str(row["knowledge"]), str(row["new_limits"]))
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def beside_chart(row: Mapping[Any, Any], picture: Block) -> Block:
    """Return an opinion's chart with what was decided and what people know below it."""
    told = knowledge_words(row)
    known = f"Local knowledge: {told}" if told else "Nobody has dated anything that bears on it."
    status = "Nothing has been decided about it yet" if row["status"] == "open" else decided(row)
    return Stack(picture, Words(f"{status}. {known}", str(row["flag"])))


def _figures(row: Mapping[Any, Any], displays: Mapping[str, Display]) -> str:
    display = displays.get(str(row["measure"]))
    names = {"latest": "latest", "mean": "average", "target": "target"}
    if display is None:
        return ""
    told = [f"{words} {display.figure(row[name])}" for name, words in names.items() if not missing(row[name])]
    if missing(row["target"]):
        told.append("no target on file, so nothing can be said about meeting one")
    return "; ".join(told)


def _why(reason: object, fails: bool) -> str:
    text = str(reason) if not missing(reason) else ""
    if text.startswith("promoted: "):
        return text.removeprefix("promoted: ")
    return "the target lies outside what the process does as it runs now" if fails else text


def _rows(finding: Finding | None) -> str:
    if finding is None or not finding.evidence:
        return "not on file"
    one = finding.evidence[0]
    return f"{one.source.replace('_', ' ')}: {plural(one.rows or 0, 'point')}; {one.query}"


def levels_table(
    changes: pd.DataFrame,
    pictures: MeasureCharts,
    names: dict[str, str],
    displays: Mapping[str, Display],
    site_label: str,
) -> Block:
    """Return the level before and after each stated change of a process."""
    rows = []
    for note in changes.to_dict("records"):
        site = note["site"] if isinstance(note["site"], str) else ""
        for row in change_of_level(pictures.points(note["measure"], site, rebase=True), note, names):
            display = displays[str(note["measure"])]
            told = {name: display.figure(row[name]) for name in ("before", "after")}
            rows.append(row | told | {"site": site or "all together"})
    if not rows:
        return Words("Nobody has named a date at which a process changed, so no limits were re-established.")
    headings = {"name": "Measure", "site": site_label.capitalize(), "at": "Changed on"}
    headings |= {"text": "What changed", "role": "Said by"}
    headings |= {"before": "Level before", "after": "Level after"}
    caption = "Where limits were re-established, when and why"
    return Table(pd.DataFrame(rows), caption=caption, headings=headings)


def series_to_draw(
    reviewed: pd.DataFrame, notes: pd.DataFrame, names: dict[str, str]
) -> list[tuple[str, str, str, str]]:
    """Return series with titles: one of each measure first; opinions, then what local knowledge names."""
    # What local knowledge bears on is drawn first.
    rows = reviewed[~reviewed["gone"]].sort_values("knowledge", key=lambda said: said.eq(""), kind="stable")
    chosen = [
        (str(r.measure), str(r.site), str(r.contract), re.split(", |: ", str(r.statement))[0])
        for r in rows.itertuples()
    ]
    for note in notes[notes["measure"].notna()].to_dict("records"):
        site = note["site"] if isinstance(note["site"], str) else ""
        title = f"{names.get(note['measure'], '')}: {note['text']}"
        chosen.append((note["measure"], site, "", title))
    series: dict[tuple[str, ...], tuple[str, str, str, str]] = {}
    for entry in chosen:
        series.setdefault(entry[:3], entry)
    # One of each measure comes first, so that no measure crowds out another.
    lead: dict[str, tuple[str, str, str, str]] = {}
    for entry in series.values():
        lead.setdefault(entry[0], entry)
    rest = [entry for entry in series.values() if entry not in lead.values()]
    return [*lead.values(), *rest][:ALL_CHARTS]
