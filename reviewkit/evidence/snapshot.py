"""Evidence read once, checked, and kept as Parquet for every step of a run to read."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from reviewkit.content import load_codebook
from reviewkit.model import Engagement, InputError, Source, file_hash, sources_of
from reviewkit.model.brand import checked_logo
from reviewkit.model.files import DATA_REQUEST, write_whole

from .checking import discreet
from .made_of import fingerprints
from .sources import Databases, Read, read
from .store import versions
from .written import with_written

RECORD = "snapshot.json"
CODEBOOK = "codebook.yaml"
DATABASE_SECONDS = 3600


@dataclass(frozen=True)
class Loaded:
    """An engagement's tables, checked, and what is legal but worth saying about them.

    ``hashes`` of a snapshot say what it was made from: each file, each table of a database that
    was read from there.
    """

    reads: dict[str, Read]
    warnings: list[str]
    hashes: dict[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables as typed frames; those of Parquet files and databases are pulled."""
        return {name: found.frame for name, found in self.reads.items()}


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
    if not sources and not versions(engagement, params):
        raise InputError(
            "no table is listed under 'sources', and the folder holds none",
            file=folder,
            fix="See docs/data.md.",
        )
    reads: dict[str, Read] = {}
    databases = Databases(engagement, folder)
    for name, source in sources.items():
        reads[name] = read(name, source, engagement, params, databases)
    reads = with_written(reads, engagement, params)
    for found in reads.values():
        if found.faults:
            raise discreet(_with_count(found.faults), found.table)
    notes = [note for found in reads.values() for note in found.notes]
    return Loaded(reads, [*notes, *_unlisted(sources, folder)])


def write_snapshot(engagement: Engagement, params: Path, folder: Path) -> Loaded:
    """Load the evidence and keep it in ``folder`` as one Parquet file a table.

    Nothing is written where any table, or the engagement's own codebook, has a fault. A table
    that stays in its database is checked there and not kept.
    """
    loaded = load(engagement, params)
    if engagement.codebook:
        load_codebook(params.parent / engagement.codebook)
    logo = checked_logo(engagement, params)
    folder.mkdir(parents=True, exist_ok=True)
    sources = sources_of(engagement, params)
    staying = {name for name, source in sources.items() if source.stays}
    kept = {name: found for name, found in loaded.reads.items() if name not in staying}
    # Somebody may be reading the earlier file: it is swapped, never rewritten.
    rows = {name: found.write(folder / f"{name}.parquet") for name, found in kept.items()}
    for stale in {path.stem for path in folder.glob("*.parquet")} - set(kept):
        (folder / f"{stale}.parquet").unlink()
    if engagement.codebook:
        shutil.copyfile(params.parent / engagement.codebook, folder / CODEBOOK)
    if logo:
        shutil.copyfile(logo, folder / f"logo{logo.suffix.lower()}")
    made = fingerprints(engagement, params)
    # What a database holds is known by what was read of it.
    asked = [name for name, source in sources.items() if source.database and name in kept]
    made |= {name: file_hash(folder / f"{name}.parquet") for name in asked}
    write_whole(folder / RECORD, json.dumps({"hashes": made, "rows": rows}, indent=1))
    return replace(loaded, hashes=made)


def is_current(engagement: Engagement, params: Path, folder: Path) -> bool:
    """Whether the snapshot in ``folder`` was made from the files as they are now.

    What was read from a database counts as current for an hour.
    """
    path = folder / RECORD
    if not path.is_file():
        return False
    kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["hashes"]
    asked = [name for name, source in engagement.sources.items() if source.database]
    if asked and time.time() - path.stat().st_mtime > DATABASE_SECONDS:
        return False
    return {name: made for name, made in kept.items() if name not in asked} == {
        name: made for name, made in fingerprints(engagement, params).items() if name not in asked
    }


def _with_count(faults: list[InputError]) -> InputError:
    first = faults[0]
    if len(faults) > 1:
        more = len(faults) - 1
        first.fix = f"{first.fix} {more} more fault{'s' if more > 1 else ''} in this file.".strip()
    return first


def _unlisted(sources: dict[str, Source], folder: Path) -> list[str]:
    listed = {source.file for source in sources.values() if source.file}
    return [
        f"{path}: is not listed under 'sources' and is not read"
        for path in sorted(folder.glob("*.csv"))
        if path.name not in listed and path.name != DATA_REQUEST
    ]
