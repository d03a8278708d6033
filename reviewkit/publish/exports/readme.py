"""The page that goes with an export: what it is, what is in it, what is not and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from reviewkit.model import Edition, Engagement
from reviewkit.present.words import date
from reviewkit.publish.details import RunDetails

from .parts import LeftOut, Part

READERS: Mapping[Edition, str] = {
    "team": "for the review team alone: it holds names, remarks and statements about individuals",
    "leadership": "for the client's leadership: no individuals, no remarks, no small counts",
    "managers": "for managers of the people named; it holds statements about individuals: do not pass it on",
    "participants": "for the people interviewed: what the page “What we heard” says",
}
_FORMATS: Mapping[str, str] = {
    "csv": "`csv/`: a file a table. UTF-8 with a byte order mark, commas, double quotes where needed. A "
    "missing value is empty, dates are 2025-03-14. An apostrophe stands before text that a spreadsheet "
    "could take for a formula.",
    "xlsx": "`{workbook}`: a sheet a table, after a sheet of contents. Text is text, never a formula.",
    "parquet": "`parquet/`: a file a table, every value exactly as the run has it.",
}


def facts(engagement: Engagement, run: RunDetails, edition: Edition) -> list[tuple[str, str]]:
    """Return what an export says of itself: engagement, run, data, edition, licence."""
    simulated = "simulated: the client, its people and its data are made up"
    told = [
        ("Export", engagement.name),
        ("Client", engagement.client),
        ("Run", run.run),
        ("Data as of", date(run.data_as_of)),
        ("Data are", simulated if engagement.simulated else "real, not simulated"),
        ("Edition", f"{edition}, {READERS[edition]}"),
    ]
    for item in engagement.attribution:
        changes = f" Changes: {item.changes}" if item.changes else ""
        told.append(("Source", f"{item.source}. Licence: {item.licence}.{changes}"))
    if not engagement.attribution:
        told.append(("Licence", "none is named: the data are the client's"))
    return told


def readme(
    engagement: Engagement,
    run: RunDetails,
    edition: Edition,
    parts: Sequence[Part],
    left_out: Sequence[LeftOut],
    told: Counter[str],
    rules: Sequence[str],
    formats: Sequence[str],
) -> str:
    """Return the page as Markdown; the same run and edition give the same words."""
    lines = [f"# {_line(engagement.name)}: export for {edition}", ""]
    lines += [f"- **{name}:** {_line(text)}" for name, text in facts(engagement, run, edition)[1:]]
    lines += ["", "## What is here", ""]
    lines += [f"- {_FORMATS[one].format(workbook=workbook_name(engagement, edition))}" for one in formats]
    lines += ["- `dictionary` describes every table and column.", ""]
    lines += ["| table | rows | columns | what it is |", "|---|---|---|---|"]
    lines += [
        f"| {part.name} | {len(part.frame)} | {len(part.table.columns)} | {_line(part.table.meaning)} |"
        for part in parts
    ]
    lines += ["", "## What was left out, and why", ""]
    lines += [f"- {one.name}: {one.why}." for one in left_out] or ["- Nothing."]
    lines += ["", "## What was changed so that files can hold it", ""]
    lines += [f"- {name}: {number:,}." for name, number in sorted(told.items())] or ["- Nothing."]
    lines += ["", "## Confidentiality", "", *(f"- {_line(rule)}" for rule in rules)]
    return "\n".join(lines) + "\n"


def workbook_name(engagement: Engagement, edition: Edition) -> str:
    """Return the file name of the workbook.

    >>> import datetime as dt
    >>> workbook_name(Engagement(id="acme", name="A", client="A", purpose="P", data=".",
    ...                          data_as_of=dt.date(2025, 1, 31)), "team")
    'acme_team.xlsx'
    """
    return f"{engagement.id}_{edition}.xlsx"


def _line(text: str) -> str:
    """A text of somebody's own on one line, without what Markdown would read."""
    return re.sub(r"([|<>`*\[\]])", r"\\\1", " ".join(text.split()))
