"""The client's files sorted by what they hold, and those passed over with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from reviewkit.model import InputError
from reviewkit.model.errors import printable

BOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
TABLES_IN = (".csv", ".tsv", ".parquet", *BOOKS)
NOTES_IN = (".docx", ".odt", ".vtt", ".txt", ".md")


@dataclass(frozen=True)
class Passed:
    """A file or sheet that is passed over, and why."""

    label: str
    reason: str


@dataclass
class Found:
    """The files that hold tables, those that hold notes, others, and those passed over."""

    tables: list[Path] = field(default_factory=list)
    notes: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)


def find_files(paths: Iterable[Path]) -> Found:
    """Sort the files by what they hold; folders are searched.

    Hidden files are left out, and links in folders passed over.

    Raises
    ------
    InputError : a path is not there.
    """
    found = Found()
    for path in paths:
        if not path.exists():
            raise InputError("there is no such file or folder", file=path, fix="Check the path.")
        for file in [path] if path.is_file() else _below(path):
            if reason := _no_file(file, named=file == path):
                found.passed.append(Passed(printable(str(file)), reason))
                continue
            kind = file.suffix.lower()
            tables, notes = kind in TABLES_IN, kind in NOTES_IN
            homes = found.tables if tables else found.notes if notes else found.others
            if file not in homes:
                homes.append(file)
    return found


def _no_file(path: Path, *, named: bool) -> str:
    """Why a file is not looked at; empty where it is."""
    if path.is_symlink() and not named:
        return "is a link; name what it links to"
    if not path.is_file():
        return "is no ordinary file"
    return "" if path.name.isprintable() else "has a name that cannot be printed; rename it"


def _below(path: Path) -> list[Path]:
    inside = (file for file in sorted(path.rglob("*")) if file.is_symlink() or not file.is_dir())
    return [
        file for file in inside if not any(p.startswith((".", "~$")) for p in file.relative_to(path).parts)
    ]
