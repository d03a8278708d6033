"""Evidence read once, checked, and kept as Parquet for every step of a run to read."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from reviewkit.content import load_codebook
from reviewkit.model import TABLES, Engagement, InputError, Source, hashes, sources_of
from reviewkit.model.files import replacing, write_whole

from .checking import typed
from .reading import read_text

RECORD = "snapshot.json"
CODEBOOK = "codebook.yaml"


@dataclass(frozen=True)
class Loaded:
    """An engagement's tables, typed, and what is legal but worth saying about them."""

    tables: dict[str, pd.DataFrame]
    warnings: list[str]


def load(engagement: Engagement, params: Path) -> Loaded:
    """Read and check every table the params file names.

    Parameters
    ----------
    params : path of the params file; the data folder is relative to it.

    Raises
    ------
    InputError : the first fault, with the number of others.
    """
    folder = params.parent / engagement.data
    sources = sources_of(engagement, params)
    if not sources:
        raise InputError(
            "no table is listed under 'sources', and the folder holds none",
            file=folder,
            fix="See docs/data.md.",
        )
    tables: dict[str, pd.DataFrame] = {}
    for name, source in sources.items():
        path = folder / source.file
        frame, faults = typed(read_text(path, TABLES[name], source), TABLES[name], path)
        if faults:
            raise _with_count(faults)
        tables[name] = frame
    return Loaded(tables, _unlisted(sources, folder))


def write_snapshot(engagement: Engagement, params: Path, folder: Path) -> Loaded:
    """Load the evidence and keep it in ``folder`` as one Parquet file a table.

    Nothing is written where any table, or the engagement's own codebook, has a fault.
    """
    loaded = load(engagement, params)
    if engagement.codebook:
        load_codebook(params.parent / engagement.codebook)
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in loaded.tables.items():
        # Somebody may be reading the earlier file: it is swapped, never rewritten.
        with replacing(folder / f"{name}.parquet") as partial:
            frame.to_parquet(partial, index=False)
    for stale in {path.stem for path in folder.glob("*.parquet")} - set(loaded.tables):
        (folder / f"{stale}.parquet").unlink()
    if engagement.codebook:
        shutil.copyfile(params.parent / engagement.codebook, folder / CODEBOOK)
    record = {
        "hashes": hashes(engagement, params),
        "rows": {name: len(f) for name, f in loaded.tables.items()},
    }
    write_whole(folder / RECORD, json.dumps(record, indent=1))
    return loaded


def is_current(engagement: Engagement, params: Path, folder: Path) -> bool:
    """Whether the snapshot in ``folder`` was made from the files as they are now."""
    path = folder / RECORD
    if not path.is_file():
        return False
    kept: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return kept["hashes"] == hashes(engagement, params)


def _with_count(faults: list[InputError]) -> InputError:
    first = faults[0]
    if len(faults) > 1:
        more = len(faults) - 1
        first.fix = f"{first.fix} {more} more fault{'s' if more > 1 else ''} in this file.".strip()
    return first


def _unlisted(sources: dict[str, Source], folder: Path) -> list[str]:
    listed = {source.file for source in sources.values()}
    return [
        f"{path}: is not listed under 'sources' and is not read"
        for path in sorted(folder.glob("*.csv"))
        if path.name not in listed
    ]
