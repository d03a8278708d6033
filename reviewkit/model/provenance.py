"""Which code made a result."""

from __future__ import annotations

import functools
import hashlib
import platform
import re
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from .engagement import Engagement, Source
from .tables import TABLES

PACKAGE = Path(__file__).resolve().parents[1]
_SUFFIXES = frozenset({".py", ".yaml", ".j2", ".css"})


@functools.cache
def library_digest() -> str:
    """Return a digest of the package's own code and content; it changes when any of them does.

    >>> len(library_digest())
    16
    """
    digest = hashlib.sha256()
    for path in sorted(p for p in PACKAGE.rglob("*") if p.suffix in _SUFFIXES):
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def versions() -> dict[str, str]:
    """Return the versions of Python, of reviewkit and of every package it asks for.

    >>> {"python", "reviewkit", "pandas"} <= set(versions())
    True
    """
    wanted = [line for line in requires("reviewkit") or () if "extra ==" not in line]
    names = ["reviewkit", *(re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in wanted)]
    return {"python": platform.python_version()} | {name: _version(name) for name in sorted(names)}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def sources_of(engagement: Engagement, params: Path) -> dict[str, Source]:
    """Return where each table comes from: as the params file lists them, every one of which must
    be there; where it lists none, each ``<table>.csv`` in the data folder.
    """
    folder = params.parent / engagement.data
    found = {name: Source(file=f"{name}.csv") for name in TABLES if (folder / f"{name}.csv").is_file()}
    return engagement.sources or found


def hashes(engagement: Engagement, params: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of an engagement: ``params``, each table, its own codebook."""
    folder = params.parent / engagement.data
    files = {"params": params}
    files |= {name: folder / source.file for name, source in sources_of(engagement, params).items()}
    if engagement.codebook:
        files["codebook"] = params.parent / engagement.codebook
    return {name: file_hash(path) for name, path in files.items() if path.is_file()}


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
