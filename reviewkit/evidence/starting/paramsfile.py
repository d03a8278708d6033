"""The params file of a new engagement: what was guessed, how sure it is, and what is missing, in comments."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from reviewkit.model import Measure

from .drafting import Draft
from .entries import Entry
from .proposals import Proposal

TO_BE_WRITTEN = "TO BE WRITTEN"
_PLAIN = re.compile(r"(?:\.\./)*[A-Za-z][A-Za-z0-9 _./()&+-]*(?<! )")
_RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_COLUMNS_A_LINE = 100


def params_text(name: str, draft: Draft, files: Mapping[Path, str], data: str, today: dt.date) -> str:
    """Return the text of a params file that can be read as it is.

    Parameters
    ----------
    name : the engagement's id.
    files : each file, relative to the data folder.
    data : the data folder, relative to the params file.
    today : the date that stands for the data's where no date was found.
    """
    parts = [
        _head(name, draft, data, today),
        _sources(draft, files),
        _contracts(draft),
        _measures(draft.measures),
        _rest(draft),
    ]
    return "\n".join(line for part in parts for line in part) + "\n"


def scalar(text: str) -> str:
    """Return text as a YAML scalar, in quotes where it needs them.

    >>> scalar("Call ID"), scalar("No"), scalar("AHT (s): all")
    ('Call ID', '"No"', '"AHT (s): all"')
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f").replace("\x85", "\\u0085")


def _note(text: str) -> str:
    """Text for a comment: one line, without control characters."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))


def _head(name: str, draft: Draft, data: str, today: dt.date) -> Iterator[str]:
    title = name.replace("_", " ").capitalize()
    yield "# yaml-language-server: $schema=engagement.schema.json"
    yield "# Begun from the client's files. After '#' stands what was guessed and how sure it is:"
    yield "# sure, probably, or please check. Look at each before the first run."
    yield f"id: {name}"
    yield f"name: {scalar(f'{title} review')}"
    yield f"client: {scalar(title)} # please check"
    yield f"purpose: >- # {TO_BE_WRITTEN}: what the contract is for, in a sentence; the review hangs on it"
    yield f"  {TO_BE_WRITTEN}: what the contract or portfolio is for."
    if draft.currency:
        yield f"currency: {draft.currency} # probably: the sign stands in a heading"
    else:
        yield "currency: GBP # please check"
    if draft.data_as_of and draft.data_as_of <= today:
        part = any(entry.guess.grid.partial for entry in draft.tables.values())
        how = "please check: not every row was looked at" if part else "probably: the last day in the files"
        yield f"data_as_of: {draft.data_as_of} # {how}"
    else:
        yield f"data_as_of: {today} # please check: today; no date was found that says it"
    yield "period: month # or week, where there are many rows a week"
    yield f"data: {scalar(data)}"
    yield "site_label: site # what a site is called on the pages, such as branch or trust"


def _sources(draft: Draft, files: Mapping[Path, str]) -> Iterator[str]:
    yield ""
    live = [entry for entry in draft.entries if entry.live]
    yield "sources:" if live else "sources: {} # no file could be read as it stands"
    for entry in draft.entries:
        lead = "  " if entry.live else "  # "
        yield from (f"{lead}{line}" for line in _source(entry, files[entry.guess.grid.path]))


def _source(entry: Entry, file: str) -> Iterator[str]:
    one, grid = entry.guess, entry.guess.grid
    other = f"; it could be {one.other}" if one.other else ""
    rows = f"{len(grid.rows):,} rows" + (" looked at, there are more" if grid.partial else "")
    how = one.sureness if entry.live else "left out"
    if entry.live:
        yield f"# {_note(grid.label)}, {rows}: {one.table.name}? {how.capitalize()}{other}."
        yield from (f"# ASK: {_note(question)}" for question in entry.questions)
    else:
        yield f"{_note(grid.label)} looks like {one.table.name}, but is left out. {rows}."
        yield from (_note(question) for question in entry.questions)
    yield f"{one.table.name}:"
    yield f"  file: {scalar(file)}"
    yield from (f"  {line}" for line in _form(entry))
    yield "  columns: # ours: the client's"
    width = max((len(f"{m.column.name}: {scalar(m.theirs)}") for m in entry.matches), default=0)
    for match in entry.matches:
        pair = f"{match.column.name}: {scalar(match.theirs)}"
        why = f": {_note(match.fit.question)}" if match.fit.question else ""
        yield f"    {pair:<{min(width, 60)}} # {match.sureness}{why}"
    yield from (f"  {line}" for line in _values(entry))
    if one.unused:
        yield from _wrapped("  # not used: ", [_note(name) for name in one.unused])


def _form(entry: Entry) -> Iterator[str]:
    """How the file is written, where it is not as usual."""
    grid, dialect = entry.guess.grid, entry.guess.grid.dialect
    if grid.sheet and not grid.first_sheet:
        yield f"sheet: {scalar(grid.sheet)}"
    if grid.header != 1:
        yield f"header: {grid.header} # row of the heading"
    if grid.closing:
        why = grid.closed.told(personal=entry.guess.table.personal)
        yield f"footer: {grid.closing} # {why}"
    if dialect and dialect.encoding != "utf-8":
        how = "sure" if dialect.encoding_sure else "probably; please check letters such as é and £"
        yield f"encoding: {dialect.encoding} # {how}"
    if dialect and dialect.separator != ",":
        yield f"separator: {json.dumps(dialect.separator)}"
    if dialect and dialect.decimal != ".":
        yield f"decimal: {json.dumps(dialect.decimal)}"
    if entry.dates:
        asked = any("comes first?" in match.fit.question for match in entry.matches)
        yield f"dates: {json.dumps(entry.dates)} # {'please check: day or month first?' if asked else 'sure'}"


def _values(entry: Entry) -> Iterator[str]:
    if entry.values:
        yield "values: # ours: {the client's: ours}"
    for column, pairs in entry.values.items():
        yield f"  {column}:"
        yield from (
            f"    {json.dumps(theirs, ensure_ascii=False)}: {scalar(own)}" for theirs, own in pairs.items()
        )
    if entry.units:
        yield "units: # the client's"
    yield from (f"  {column}: {unit}" for column, unit in entry.units.items())


def _wrapped(lead: str, names: list[str]) -> Iterator[str]:
    line = lead
    for place, name in enumerate(names):
        piece = name + ("," if place < len(names) - 1 else "")
        if len(line) + len(piece) > _COLUMNS_A_LINE and line != lead:
            yield line.rstrip()
            line = f"{lead[: lead.index('#')]}#   "
        line += f"{piece} "
    yield line.rstrip()


def _contracts(draft: Draft) -> Iterator[str]:
    yield ""
    if not draft.contracts:
        yield "# contracts: # where there are several: id, name, purpose, starts, ends, value_per_year"
        return
    yield "contracts:"
    for theirs, own in draft.contracts.items():
        yield f"  - id: {own}"
        yield f"    name: {scalar(' '.join(theirs.split()))}"
        yield f"    purpose: {scalar(f'{TO_BE_WRITTEN}: what this contract is for.')}"
        yield "    # starts: 2024-04-01; ends: 2028-03-31; value_per_year: 0"


def _measures(measures: tuple[Proposal, ...]) -> Iterator[str]:
    yield ""
    if not measures:
        yield "measures: [] # none can be proposed from these files; see docs/data.md"
        return
    yield "measures: # proposed from the columns found; a target for each comes with the table 'targets'"
    for proposal in measures:
        yield from _measure(proposal.measure, proposal.check)


def _measure(one: Measure, check: str) -> Iterator[str]:
    yield f"  - id: {one.id}" + (f" # {check}" if check else "")
    yield f"    name: {scalar(one.name)}"
    yield f"    unit: {one.unit}"
    yield f"    direction: {one.direction}"
    yield f"    table: {one.table}"
    if one.where:
        yield f"    where: {scalar(one.where)}"
    yield f"    numerator: {one.numerator}"
    if one.denominator:
        yield f"    denominator: {one.denominator}"
    yield f"    minimum_effect: {one.minimum_effect:g} # a starting value: please check"
    if one.decimals != 1:
        yield f"    decimals: {one.decimals}"
    if one.codes:
        yield f"    codes: [{', '.join(one.codes)}]"


def _rest(draft: Draft) -> Iterator[str]:
    yield ""
    if draft.journey:
        yield "# The contract says what the journey is to be; customers were seen to go through it like this:"
        yield "# journey:"
        yield from _wrapped(
            "#   all: [", [scalar(step) for step in draft.journey[:-1]] + [f"{scalar(draft.journey[-1])}]"]
        )
    yield "# keep_until: 2027-12-31 # date by which the evidence is to be deleted"
    yield "# plan_starts: 2026-01-05"
    yield "# plan_ends: 2026-12-18"
