"""``reviewkit trail``: who changed what in the evidence store, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.table import Table

_WIDEST = 60
_HEADINGS = ("No.", "When (UTC)", "By", "Change", "Batch", "Why")
_WHOLE = ("No.", "When (UTC)", "Batch")
_LEAST = 10


def trail(
    params: Annotated[Path, typer.Argument(help="Params file, such as params/acme.yaml.")],
    table: Annotated[str | None, typer.Option(help="Changes of this evidence table only.")] = None,
    last: Annotated[int, typer.Option(min=1, help="How many of the newest changes to show.")] = 20,
    undo: Annotated[
        str | None, typer.Option(metavar="BATCH", help="Take back a batch, or the change of this number.")
    ] = None,
    by: Annotated[str, typer.Option(help="Who takes it back, by role; the trail says so.")] = "Review team",
) -> None:
    """Show the changes of the evidence store, newest last; --undo takes a batch or one change back.

    Exit status: 0 well, 2 where there is no store, no such batch, or a row was changed again since.
    """
    from reviewkit.evidence.store import existing_store
    from reviewkit.model import InputError, ReviewError, read_engagement

    try:
        store = existing_store(read_engagement(params), params, read_only=undo is None)
        if store is None:
            raise InputError("this engagement has no evidence store yet", file=params)
        with store:
            if undo is not None:
                count = store.undo(undo, by=by)
                typer.echo(f"Taken back: {count} {'row' if count == 1 else 'rows'}.")
            else:
                _show(store.changes(table, last=last))
    except ReviewError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def _show(changes: list[dict[str, Any]]) -> None:
    from rich.console import Console

    if not changes:
        typer.echo("No change yet.")
        return
    # Markup is off: what people wrote may hold square brackets.
    console = Console(markup=False, emoji=False, highlight=False)
    table = _as_table(changes)
    # Numbers and batches are to be copied, so they are never folded: rather lines that are too long.
    needed = sum(_LEAST if column.min_width is None else column.min_width + 1 for column in table.columns)
    console.print(table, width=max(console.width, needed), no_wrap=False, crop=False, soft_wrap=False)


def _as_table(changes: list[dict[str, Any]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    rows = [_cells(change) for change in changes]
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for number, heading in enumerate(_HEADINGS):
        if heading in _WHOLE:
            widest = max(Text(text).cell_len for text in (heading, *(row[number] for row in rows)))
            shown.add_column(heading, no_wrap=True, min_width=widest)
        else:
            shown.add_column(heading, overflow="fold")
    for row in rows:
        shown.add_row(*map(Text, row))
    return shown


def _cells(change: dict[str, Any]) -> tuple[str, ...]:
    from reviewkit.model.errors import printable

    row = f"{change['what']} {change['table']} {', '.join(change['key'])}".strip()
    if difference := _difference(change["before"] or {}, change["after"] or {}):
        row += f": {difference}"
    when = change["at"][:16].replace("T", " ")
    return str(change["seq"]), when, change["by"], row, printable(change["batch"]), change["why"]


def _difference(before: dict[str, str], after: dict[str, str]) -> str:
    """What a change did to a row that was there before and after: each column that differs.

    >>> _difference({"code": "a", "memo": "x"}, {"code": "b", "memo": "x"})
    'code a → b'
    """
    if not before or not after:
        return ""
    names = [name for name in {**before, **after} if before.get(name, "") != after.get(name, "")]
    told = ", ".join(f"{n} {before.get(n) or '(empty)'} → {after.get(n) or '(empty)'}" for n in names)
    return told if len(told) <= _WIDEST else f"{', '.join(names)}"
