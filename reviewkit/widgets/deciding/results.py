"""The newest results of an engagement, step by step: of its last published run, or made by hand since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import ValidationError

from reviewkit.model import STEPS, Engagement, Finding, InputError
from reviewkit.steps.wording import Told, read_words
from reviewkit.steps.workbench import workbench


@dataclass(frozen=True)
class Results:
    """Findings and tables of the steps; ``mark`` changes when any of them is made anew."""

    findings: Mapping[str, Finding]
    told: tuple[Told, ...]
    folders: Mapping[str, Path]
    mark: tuple[tuple[str, int], ...]

    def table(self, number: str, name: str) -> list[dict[str, Any]]:
        """Return a table that a step handed on, as records; none where it made none."""
        folder = self.folders.get(number)
        path = folder / "tables" / number / f"{name}.parquet" if folder else None
        if path is None or not path.is_file():
            return []
        return [
            {str(key): value for key, value in row.items()}
            for row in pd.read_parquet(path).to_dict("records")
        ]


def newest(engagement: Engagement, params: Path) -> Results:
    """Return the newest results of each step.

    Raises
    ------
    InputError : a file of them is damaged.
    """
    folders, mark = _folders(engagement, params), mark_of(engagement, params)
    return _gathered(folders, mark)


def of_run(folder: Path) -> Results:
    """Return the results that a run made, or kept, so far."""
    folders = {spec.number: folder for spec in STEPS if (folder / f"findings/{spec.number}.jsonl").is_file()}
    return _gathered(folders, ())


def _gathered(folders: Mapping[str, Path], mark: tuple[tuple[str, int], ...]) -> Results:
    findings: dict[str, Finding] = {}
    told: list[Told] = []
    for number, folder in folders.items():
        findings |= {found.id: found for found in _read(folder / "findings" / f"{number}.jsonl")}
        told += [one for one in read_words(folder) if one.step == number]
    return Results(findings, tuple(told), folders, mark)


def mark_of(engagement: Engagement, params: Path) -> tuple[tuple[str, int], ...]:
    """Return what changes when any result is made anew."""
    files = ((n, folder / "findings" / f"{n}.jsonl") for n, folder in _folders(engagement, params).items())
    return tuple((f"{number} {file.parent}", file.stat().st_mtime_ns) for number, file in files)


def _folders(engagement: Engagement, params: Path) -> dict[str, Path]:
    """The folder with the newest findings of each step."""
    by_hand = workbench(params, engagement.id)
    places = ((by_hand.parent / "latest").resolve(), by_hand)
    found = {}
    for spec in STEPS:
        files = [place / "findings" / f"{spec.number}.jsonl" for place in places]
        there = [file for file in files if file.is_file()]
        if there:
            found[spec.number] = max(there, key=lambda file: file.stat().st_mtime_ns).parents[1]
    return found


def _read(file: Path) -> list[Finding]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        return [Finding.model_validate_json(line) for line in lines]
    except (OSError, ValidationError, UnicodeDecodeError):
        raise InputError(
            "these findings cannot be read", file=file, fix="Run the engagement again, then this cell."
        ) from None
