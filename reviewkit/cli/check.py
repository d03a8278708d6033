"""``reviewkit check``: what is wrong with params and data files, and what looks wrong."""

from __future__ import annotations

import json as jsonlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from reviewkit.evidence.inspection import Inspection
    from reviewkit.model import Engagement, InputError, Measure

MOST = 20
"""Faults shown of one kind in a column."""


def check(
    params: Annotated[
        list[Path] | None,
        typer.Argument(help="Params files, such as params/contact_centre.yaml; all in params/ if left out."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where there are warnings.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Show every fault, however many are alike.")] = False,
) -> None:
    """Check params files and all their data, and say everything that is wrong or looks wrong.

    Errors come first, then what is allowed but suspicious. Nothing is run and nothing is written.
    Exit status: 0 all well, 1 there are warnings and --strict was given, 2 there are errors.
    """
    files = params or sorted(Path("params").glob("*.yaml"))
    if not files:
        typer.echo("params: there is no params file here. Name one, or see docs/data.md.", err=True)
        raise typer.Exit(2)
    found = {path: _inspect(path) for path in files}
    if json:
        typer.echo(
            jsonlib.dumps([_entry(path, one) for path, one in found.items()], indent=1, ensure_ascii=False)
        )
    else:
        for path, one in found.items():
            _print(path, one, every)
    faults = any(one.faults for one in found.values())
    warnings = any(one.warnings for one in found.values())
    raise typer.Exit(2 if faults else 1 if strict and warnings else 0)


def _inspect(path: Path) -> Inspection:
    from reviewkit.evidence.inspection import Inspection, inspect
    from reviewkit.model import InputError, read_engagement
    from reviewkit.model.params import params_faults

    faults = params_faults(path)
    if faults:
        notes = ["the data files are checked once the params file can be read"] if path.is_file() else []
        return Inspection(faults=faults, notes=notes)
    try:
        engagement = read_engagement(path)
        found = inspect(engagement, path)
        found.faults[:0] = _measures(engagement, path)
    except InputError as error:
        return Inspection(faults=[error])
    return found


def _measures(engagement: Engagement, path: Path) -> list[InputError]:
    """Measures of which the text cannot be worked out, by the columns of their table's schema."""
    if not engagement.measures:
        return []
    import ibis

    from reviewkit.model import TABLES, InputError, read_yaml
    from reviewkit.performance.measures.check import check_measure

    kinds = {
        "text": "string",
        "integer": "int64",
        "number": "float64",
        "date": "timestamp",
        "datetime": "timestamp",
    }
    place, faults = read_yaml(path)[1], []
    for number, measure in enumerate(engagement.measures):
        columns = {
            column.name: kinds.get(column.kind, column.kind) for column in TABLES[measure.table].columns
        }
        try:
            check_measure(ibis.table(columns, name=measure.table), measure)
        except InputError as error:
            location = ("measures", number, error.key or _key_of(error.problem, measure))
            error.file, error.line, error.key = path, place(location), ".".join(map(str, location))
            faults.append(error)
    return faults


def _key_of(problem: str, measure: Measure) -> str:
    """Which of a measure's texts a complaint is about; such as are long are cut in it."""
    texts = {key: getattr(measure, key) or "" for key in ("where", "numerator", "denominator")}
    return next((key for key, text in texts.items() if text and f"'{text[:60]}" in problem), "numerator")


def _print(path: Path, found: Inspection, every: bool) -> None:
    for line in (_summary(path, found), *_faults(found.faults, every)):
        typer.echo(line)
    for warning in found.warnings:
        typer.echo(f"  warning  {warning}")
    for note in found.notes:
        typer.echo(f"  note     {note}")


def _summary(path: Path, found: Inspection) -> str:
    looked = (
        f"{_many(len(found.rows), 'table')}, {_many(sum(found.rows.values()), 'row')}; " if found.rows else ""
    )
    counts = f"{_many(len(found.faults), 'error')}, {_many(len(found.warnings), 'warning')}"
    return f"{path}: {looked}{counts}"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _faults(faults: list[InputError], every: bool) -> list[str]:
    """One line a fault; of those alike in one column the first twenty, and how many more there are."""
    from reviewkit.evidence.inspection import kind_of
    from reviewkit.model.errors import printable

    alike: dict[tuple[str, str, str], list[InputError]] = {}
    for fault in faults:
        alike.setdefault(kind_of(fault), []).append(fault)
    lines = []
    for (file, column, _), several in alike.items():
        shown = several if every else several[:MOST]
        lines += [f"  error    {printable(str(fault))}" for fault in shown]
        if len(several) > len(shown):
            where = f"column {column} of {file}" if column else file
            lines.append(
                f"           and {len(several) - len(shown):,} more like these in {where} (--all shows them)"
            )
    return lines


def _entry(path: Path, found: Inspection) -> dict[str, Any]:
    table = found.table()
    return {
        "params": str(path),
        "rows": found.rows,
        "faults": _records(table[table["kind"] == "error"]),
        "warnings": [
            {"rule": warning.rule, "table": warning.table, "count": warning.count, **record}
            for warning, record in zip(
                found.warnings, _records(table[table["kind"] == "warning"]), strict=True
            )
        ],
        "notes": found.notes,
    }


def _records(table: Any) -> list[dict[str, Any]]:
    import pandas as pd

    plain = table.drop(columns="kind").astype("object")
    records: list[dict[str, Any]] = plain.where(table.notna(), None).to_dict("records")
    return [{name: None if value is pd.NA else value for name, value in row.items()} for row in records]
