"""What a start found, told in lines: guesses and how sure they are, what is missing, what to do next."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from reviewkit.model.errors import printable

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
    if one.grid.closing:
        yield f"    {one.grid.closed.told(personal=one.table.personal)}"
    if one.unused:
        more = f" and {len(one.unused) - _MOST_UNUSED} more" if len(one.unused) > _MOST_UNUSED else ""
        names = (" ".join(name.split()) for name in one.unused[:_MOST_UNUSED])
        yield f"    not used: {', '.join(names)}{more}"


def _not_read(begun: Start) -> Iterator[str]:
    if begun.unlike or begun.others or begun.faults or begun.passed:
        yield ""
    yield from (f"{one.label}: {one.reason}, passed over" for one in begun.passed)
    yield from (f"{grid.label}: like none of the tables, left out" for grid in begun.unlike)
    kinds = Counter(printable(path.suffix.lower()) or "no ending" for path in begun.others)
    for kind, count in sorted(kinds.items()):
        yield f"{count} file{'s' if count > 1 else ''} of another kind ({kind}), left out"
    yield from (str(error) for error in begun.faults)


def _written(begun: Start) -> Iterator[str]:
    if begun.copied:
        names = ", ".join(printable(path.name) for path, _ in begun.copied)
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
    params = quoted(begun.params)
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
        yield from _before_notes(begun)
        yield f"  reviewkit import {params} {' '.join(_together(begun))}"
    yield f"  reviewkit run {params}"


def _before_notes(begun: Start) -> Iterator[str]:
    lacking = [table for table in ("interviews", "participants") if table not in begun.draft.tables]
    if lacking:
        yield f"  reviewkit templates forms {' '.join(f'--table {table}' for table in lacking)}"
        yield (
            f"  fill in {' and '.join(lacking)} and name them under 'sources': "
            "without consent there, whatever is imported is off the record"
        )


def _together(begun: Start) -> list[str]:
    """Name folders of notes rather than every file in them.

    Where a source lies there, too, its notes are named by their ending: what is a source already
    is not to be imported as well.
    """
    folders = Counter(path.parent for path in begun.notes)
    alike = Counter((path.parent, path.suffix) for path in begun.notes)
    return list(dict.fromkeys(_named(path, begun.used, folders, alike) for path in begun.notes))


def _named(
    path: Path, used: tuple[Path, ...], folders: Counter[Path], alike: Counter[tuple[Path, str]]
) -> str:
    folder = path.parent
    if folders[folder] > 1 and not any(source.is_relative_to(folder) for source in used):
        return quoted(folder)
    if alike[folder, path.suffix] > 1 and path.suffix.isprintable():
        return f"{quoted(folder)}/*{shlex.quote(path.suffix)}"
    return quoted(path)


def quoted(path: Path) -> str:
    """Return a path as a shell takes it, on one line whatever its name holds."""
    return shlex.quote(printable(str(path)))
