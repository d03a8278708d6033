"""A new engagement begun: files looked at and copied, params file and data request written."""

from __future__ import annotations

import datetime as dt
import filecmp
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewkit.model import InputError, read_engagement
from reviewkit.model.files import DATA_REQUEST, replacing, write_whole

from .drafting import Draft, draft
from .finding import Passed, find_files
from .grids import Grid, looked_at
from .matching import guess
from .paramsfile import params_text
from .request import as_csv, as_markdown, wanted
from .writing import writing_to

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Start:
    """What was found and written.

    ``unlike`` are tables like none of ours; ``others`` files of other kinds; ``faults`` files that
    could not be read; ``copied`` pairs a file with its copy; ``passed`` is what was passed
    over; ``used`` are the files that became sources.
    """

    name: str
    draft: Draft
    params: Path
    requests: tuple[Path, ...]
    copied: tuple[tuple[Path, Path], ...]
    notes: tuple[Path, ...]
    unlike: tuple[Grid, ...]
    others: tuple[Path, ...]
    faults: tuple[InputError, ...]
    passed: tuple[Passed, ...] = ()
    used: tuple[Path, ...] = ()


def start(
    name: str,
    paths: Iterable[Path] = (),
    *,
    folder: Path = Path(),
    copy: bool = True,
    force: bool = False,
    today: dt.date | None = None,
) -> Start:
    """Begin an engagement: write ``params/<name>.yaml`` and the data request.

    Parameters
    ----------
    name : the engagement's id.
    paths : files of the client, and folders of such files.
    folder : the project, which holds ``params`` and ``data``.
    copy : copy the files into ``data/<name>``; else they are read where they are.
    force : write over a params file, and over copies that differ.
    today : for tests.

    Raises
    ------
    InputError : the name is no id, a path is not there, something would be written over, or the
        folder cannot be written to.
    """
    with writing_to(folder):
        return _start(name, paths, folder, copy, force, today or dt.date.today())


def _start(name: str, paths: Iterable[Path], folder: Path, copy: bool, force: bool, today: dt.date) -> Start:
    params, home = folder / "params" / f"{name}.yaml", folder / "data" / name
    _check(name, params, force)
    there = find_files(paths)
    grids, passed, faults = _read(there.tables)
    guessed = [(grid, guess(grid)) for grid in grids]
    made = draft([one for _, one in guessed if one])
    used = list(dict.fromkeys(entry.guess.grid.path for entry in made.entries))
    base, targets = _places(used, home, copy)
    copied = _copy(targets, force)
    base.mkdir(parents=True, exist_ok=True)
    params.parent.mkdir(parents=True, exist_ok=True)
    files = {path: _below(target, base) for path, target in targets.items()}
    requests = _write_request(made, home, name)
    text = params_text(name, made, files, Path(os.path.relpath(base, params.parent)).as_posix(), today)
    with replacing(params) as partial:
        partial.write_text(text, encoding="utf-8")
        read_engagement(partial)
    return Start(
        name,
        made,
        params,
        requests,
        copied,
        tuple(there.notes),
        tuple(grid for grid, one in guessed if not one),
        tuple(there.others),
        faults,
        (*there.passed, *passed),
        tuple(used),
    )


def _check(name: str, params: Path, force: bool) -> None:
    if not _NAME.fullmatch(name):
        problem = f"'{name[:60]}' is no id"
        raise InputError(problem, fix="Begin with a lower-case letter; use lower-case letters, digits and _.")
    if params.exists() and not force:
        fix = "Choose another id, or write over it with --force."
        raise InputError("is there already", file=params, fix=fix)


def _read(paths: Iterable[Path]) -> tuple[list[Grid], list[Passed], tuple[InputError, ...]]:
    grids: list[Grid] = []
    passed: list[Passed] = []
    faults: list[InputError] = []
    for path in paths:
        try:
            found, not_found = looked_at(path)
        except InputError as error:
            faults.append(error)
        else:
            grids += found
            passed += not_found
    return grids, passed, tuple(faults)


def _places(used: list[Path], home: Path, copy: bool) -> tuple[Path, dict[Path, Path]]:
    """Return the data folder, and where each file is to be."""
    if not copy and used:
        base = Path(os.path.commonpath([path.resolve().parent for path in used]))
        return base, {path: path.resolve() for path in used}
    targets: dict[Path, Path] = {}
    for path in used:
        if path.resolve().is_relative_to(home.resolve()):
            targets[path] = path.resolve()
            continue
        number, target = 1, home / path.name
        while target in targets.values():
            number += 1
            target = home / f"{path.stem}-{number}{path.suffix}"
        targets[path] = target
    return home, targets


def _copy(targets: Mapping[Path, Path], force: bool) -> tuple[tuple[Path, Path], ...]:
    """Copy what is not there yet; nothing is copied where anything differs from what is there."""
    wanted_ = [(path, target) for path, target in targets.items() if path.resolve() != target.resolve()]
    for path, target in wanted_:
        if target.exists() and not force and not filecmp.cmp(path, target, shallow=False):
            fix = f"Rename one of the two, or write over it with --force; the other is {path}."
            raise InputError("is there already and differs", file=target, fix=fix)
    for path, target in wanted_:
        target.parent.mkdir(parents=True, exist_ok=True)
        with replacing(target) as partial:
            shutil.copyfile(path, partial)
    return tuple(wanted_)


def _below(path: Path, base: Path) -> str:
    return path.resolve().relative_to(base.resolve()).as_posix()


def _write_request(made: Draft, home: Path, name: str) -> tuple[Path, ...]:
    home.mkdir(parents=True, exist_ok=True)
    listed = wanted({table: entry.columns for table, entry in made.tables.items()})
    page, sheet = home / "data_request.md", home / DATA_REQUEST
    write_whole(page, as_markdown(listed, name.replace("_", " ").capitalize()))
    write_whole(sheet, as_csv(listed))
    return page, sheet
