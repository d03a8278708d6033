"""What a start found, told in lines: guesses and how sure they are, what is missing, what to do next."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from .entries import Entry
from .paramsfile import TO_BE_WRITTEN
from .request import wanted
from .start import Start

_MOST_UNUSED = 12


def told(begun: Start) -> list[str]:
    """Return what to say about a start, a line each."""
    lines = [line for entry in begun.draft.entries for line in _entry(entry)]
    lines += _not_read(begun)
    lines += ["", *_written(begun), "", *_missing(begun), "", *_next(begun)]
    return lines[1:] if lines and not lines[0] else lines


def _entry(entry: Entry) -> Iterator[str]:
    one = entry.guess
    rows = f"{len(one.grid.rows):,} rows" + (" looked at" if one.grid.partial else "")
    how = one.sureness if entry.live else "left out"
    yield ""
    yield f"{one.grid.label} -> {one.table.name} ({how}), {rows}"
    wide = max((len(match.column.name) for match in entry.matches), default=0)
    far = max((len(match.theirs) for match in entry.matches), default=0)
    for match in entry.matches:
        unit = f"  {entry.units[match.column.name]}" if match.column.name in entry.units else ""
        dated = f"  {entry.dates}" if entry.dates and match.column.kind in ("date", "datetime") else ""
        theirs = " ".join(match.theirs.split())
        yield f"    {match.column.name:<{wide}}  {theirs:<{far}}  {match.sureness}{unit}{dated}".rstrip()
        if match.fit.question:
            yield f"    {'':<{wide}}  ? {match.fit.question}"
    yield from (f"    ? {question}" for question in entry.questions)
    if one.unused:
        more = f" and {len(one.unused) - _MOST_UNUSED} more" if len(one.unused) > _MOST_UNUSED else ""
        names = (" ".join(name.split()) for name in one.unused[:_MOST_UNUSED])
        yield f"    not used: {', '.join(names)}{more}"


def _not_read(begun: Start) -> Iterator[str]:
    if begun.unlike or begun.others or begun.faults:
        yield ""
    yield from (f"{grid.label}: like none of the tables, left out" for grid in begun.unlike)
    kinds = Counter(path.suffix.lower() or "no ending" for path in begun.others)
    for kind, count in sorted(kinds.items()):
        yield f"{count} file{'s' if count > 1 else ''} of another kind ({kind}), left out"
    yield from (str(error) for error in begun.faults)


def _written(begun: Start) -> Iterator[str]:
    if begun.copied:
        names = ", ".join(path.name for path, _ in begun.copied)
        yield f"Copied to {begun.copied[0][1].parent}: {names}"
    yield f"Written: {begun.params}, {', '.join(str(path) for path in begun.requests)}"


def _missing(begun: Start) -> Iterator[str]:
    found = {table: entry.columns for table, entry in begun.draft.tables.items()}
    lacking = [one.table.name for one in wanted(found) if one.state == "missing"]
    can, cannot = begun.draft.steps()
    yield f"Missing in {begun.params.name}: purpose" + (
        ", contracts" if not begun.draft.contracts else ", what each contract is for"
    )
    yield (
        "  targets and their dates"
        if "targets" not in found
        else "  what a unit of each measure is worth (value_per_unit)"
    )
    if lacking:
        yield f"Missing evidence: {', '.join(lacking)}"
    yield f"With these files {len(can)} of {len(can) + len(cannot)} steps can conclude something" + (
        "; not " + ", ".join(step.number for step in cannot) if cannot else ""
    )


def _next(begun: Start) -> Iterator[str]:
    params = shlex.quote(str(begun.params))
    asked = sum(
        "please check" in (match.sureness for match in entry.matches) for entry in begun.draft.entries
    )
    yield "Next:"
    yield f"  edit {params}: each '{TO_BE_WRITTEN}', 'ASK' and 'please check'" + (
        f" (in {asked} of the tables)" if asked else ""
    )
    yield f"  send {begun.requests[0]} to the client"
    yield f"  reviewkit check {params}"
    if begun.notes:
        notes = " ".join(shlex.quote(str(path)) for path in _together(begun.notes))
        yield f"  reviewkit import {params} {notes}"
    yield f"  reviewkit run {params}"


def _together(notes: tuple[Path, ...]) -> list[Path]:
    """Name folders of notes rather than every file in them."""
    folders = Counter(path.parent for path in notes)
    return list(dict.fromkeys(path.parent if folders[path.parent] > 1 else path for path in notes))
