"""Everything that is wrong with an engagement's evidence, and what looks wrong, in one go."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from reviewkit.model import TABLES, Engagement, InputError, Source, sources_of
from reviewkit.model.brand import logo_faults
from reviewkit.model.errors import printable

from .checking import discreet
from .sources import Read, read
from .suspicions import Suspicion, suspicions
from .suspicions.agreement import disagreements, left_over
from .suspicions.placing import placed
from .suspicions.written import advice
from .written import merged, written

MANY_ROWS = 2_000_000
LONGEST = 500
"""Letters of a problem, a next step or a file name that are shown."""
COLUMNS = ("kind", "file", "row", "column", "problem", "next_step")


@dataclass
class Inspection:
    """What was found: faults, which a run refuses, and warnings, which it does not.

    Parameters
    ----------
    faults, warnings : the most useful first.
    rows : how many rows each table has that could be read.
    notes : what was not looked at, and why.
    """

    faults: list[InputError] = field(default_factory=list)
    warnings: list[Suspicion] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def table(self) -> pd.DataFrame:
        """Return faults and warnings as one table: kind, file, row, column, problem, next_step."""
        faults = [
            ("error", _text(f.file), f.row or f.line, f.column or f.key or "", f.problem, f.fix.strip())
            for f in self.faults
        ]
        warnings = [
            ("warning", _text(w.file), w.sheet_row, w.column, f"{w.problem}; {w.means}", w.fix)
            for w in self.warnings
        ]
        frame = pd.DataFrame([*faults, *warnings], columns=list(COLUMNS))
        return frame.astype({"row": "Int64"} | {name: "str" for name in COLUMNS if name != "row"})


def inspect(engagement: Engagement, params: str | Path) -> Inspection:
    """Read every table of an engagement and return all that is wrong, or looks wrong, with it.

    Nothing is written. Values of tables that hold personal data are not shown.

    Parameters
    ----------
    params : path of the params file; the data folder is relative to it.

    Examples
    --------
    >>> from reviewkit.model import read_engagement
    >>> found = inspect(read_engagement("params/patient_voice.yaml"), "params/patient_voice.yaml")
    >>> found.faults, [(warning.table, warning.rule) for warning in found.warnings]
    ([], [('customer_feedback', 'repeated_texts')])
    """
    params = Path(params)
    found = Inspection(faults=disagreements(engagement, params))
    sources = sources_of(engagement, params)
    if not sources and not found.faults and not _written(engagement, params, found):
        problem = "no table is listed under 'sources', and the folder holds none"
        folder = params.parent / engagement.data
        found.faults.append(InputError(problem, file=folder, fix="See docs/data.md."))
    frames: dict[str, pd.DataFrame] = {}
    for name, source in sources.items() if (params.parent / engagement.data).is_dir() else ():
        _inspect(name, source, engagement, params, found, frames)
    for name, rows in _written(engagement, params, found).items():
        frames[name] = merged(frames.get(name), rows, TABLES[name])
        found.rows[name] = len(frames[name])
    found.faults += logo_faults(engagement, params)
    found.faults = sorted(found.faults, key=_usefulness(found.faults))
    faulty = {(_text(fault.file), fault.column) for fault in found.faults if fault.column}
    found.warnings = placed(suspicions(frames, engagement), faulty, sources, params.parent / engagement.data)
    found.warnings += left_over(engagement, params)
    _tidy(found)
    return found


def _inspect(
    name: str,
    source: Source,
    engagement: Engagement,
    params: Path,
    found: Inspection,
    frames: dict[str, pd.DataFrame],
) -> None:
    try:
        made = read(name, source, engagement, params)
    except InputError as error:
        found.faults.append(_on_sheet(error, source))
        return
    except Exception:  # noqa: BLE001 - one table's surprise must not hide what is wrong with others
        problem = "could not be read, for a reason that reviewkit does not know"
        fix = f"Check what is written under 'sources' for {name}."
        file = params.parent / engagement.data / str(source.file or source.database)
        found.faults.append(InputError(problem, file=file, fix=fix))
        return
    _advise(made.faults, source)
    found.faults += [discreet(_on_sheet(fault, source), TABLES[name]) for fault in made.faults]
    found.notes += made.notes
    why = _too_much(made, source)
    if why:
        found.notes.append(f"{name}: {why}; its rows were checked, not looked through for what is suspicious")
        return
    frames[name] = made.frame
    found.rows[name] = len(made.frame)


def _written(engagement: Engagement, params: Path, found: Inspection) -> dict[str, pd.DataFrame]:
    """The rows of the evidence store, whose faults are noted."""
    try:
        rows = written(engagement, params)
    except InputError as error:
        if str(error) not in map(str, found.faults):
            found.faults.append(error)
        return {}
    found.faults += [
        fault for name, (_, faults) in rows.items() for fault in faults if fault not in found.faults
    ]
    return {name: frame for name, (frame, _) in rows.items()}


def _too_much(made: Read, source: Source) -> str:
    if source.stays:
        return "stays in its database"
    if made.expression is not None and int(made.expression.count().execute()) > MANY_ROWS:
        return f"has more than {MANY_ROWS:,} rows"
    return ""


def _on_sheet(error: InputError, source: Source) -> InputError:
    if source.sheet and "sheet '" not in error.problem:
        error.file = f"{error.file}, sheet {source.sheet}"
    return error


def _advise(faults: list[InputError], source: Source) -> None:
    """Say how the dates of a column seem to be written, where all that could not be read are alike."""
    said = [(fault, re.match(r"'(.*)' is not a (?:local )?date", fault.problem)) for fault in faults]
    for column in {fault.column for fault, date in said if date and not source.dates}:
        alike = [(fault, date) for fault, date in said if date and fault.column == column]
        fix = advice(date[1] for _, date in alike)
        for fault, _ in alike:
            fault.fix = fix or fault.fix


def kind_of(fault: InputError) -> tuple[str, str, str]:
    """Return what makes two faults the same but for their row: file, column, problem without values.

    >>> one = InputError("'x' is not a date", file="a.csv", row=2, column="at")
    >>> kind_of(one) == kind_of(InputError("'y' is not a date", file="a.csv", row=9, column="at"))
    True
    """
    problem = re.sub(r"'.*'|\\(.*\\)|[-\d.]+", "…", fault.problem, flags=re.DOTALL)
    return _text(fault.file), fault.column or fault.key or "", problem


def _usefulness(faults: list[InputError]) -> Callable[[InputError], tuple[Any, ...]]:
    """Sort key: params file, whole files, headings, then rows, the most frequent kind first."""
    counts = Counter(map(kind_of, faults))

    def key(fault: InputError) -> tuple[Any, ...]:
        stage = 0 if fault.key or fault.line else 1 if fault.row is None else 2
        if fault.row is not None and "missing" not in fault.problem:
            stage = 3
        return stage, -counts[kind_of(fault)] if stage == 3 else 0, kind_of(fault), fault.row or 0

    return key


def _tidy(found: Inspection) -> None:
    """Write paths as a person would, no ``params/../data``, and all that is shown on one short line."""
    for fault in found.faults:
        fault.file = None if fault.file is None else _short(os.path.normpath(fault.file))
        fault.problem, fault.fix = _short(fault.problem), _short(fault.fix)
    found.warnings = [
        replace(warning, file=Path(os.path.normpath(warning.file))) if warning.file else warning
        for warning in found.warnings
    ]


def _short(text: str) -> str:
    text = printable(text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _text(file: str | Path | None) -> str:
    return "" if file is None else str(file)
