"""Which code made a result."""

from __future__ import annotations

import functools
import hashlib
import platform
import re
import shutil
import subprocess
from importlib.metadata import distributions, requires
from pathlib import Path

from .engagement import Engagement
from .source import Source
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
    """Return the versions of Python and of every package installed beside it.

    >>> {"python", "reviewkit", "pandas", "fonttools"} <= set(versions())
    True
    """
    installed = {each.name.lower(): each.version for each in distributions() if each.name}
    return {"python": platform.python_version(), **dict(sorted(installed.items()))}


@functools.cache
def asked_for() -> frozenset[str]:
    """Return the names of the packages that reviewkit asks for itself, with its own and Python's.

    >>> {"python", "reviewkit", "pandas"} <= asked_for() and "fonttools" not in asked_for()
    True
    """
    wanted = [line for line in requires("reviewkit") or () if "extra ==" not in line]
    names = (re.split(r"[^\w.-]", line, maxsplit=1)[0].lower() for line in wanted)
    return frozenset({"python", "reviewkit", *names})


def sources_of(engagement: Engagement, params: Path) -> dict[str, Source]:
    """Return where each table comes from: as the params file lists them, every one of which must
    be there; where it lists none, each ``<table>.csv`` in the data folder.
    """
    folder = params.parent / engagement.data
    found = {name: Source(file=f"{name}.csv") for name in TABLES if (folder / f"{name}.csv").is_file()}
    return engagement.sources or found


def hashes(engagement: Engagement, params: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of an engagement: ``params``, each table, its own codebook, its logo.

    A table of several files has one for all; a table of a database has none.
    """
    files = {"params": [params]}
    files |= {
        name: paths(source, engagement, params) for name, source in sources_of(engagement, params).items()
    }
    if engagement.codebook:
        files["codebook"] = [params.parent / engagement.codebook]
    if engagement.brand and engagement.brand.logo:
        files["logo"] = [params.parent / engagement.brand.logo]
    there = {name: [path for path in several if path.is_file()] for name, several in files.items()}
    return {name: _one_hash(several) for name, several in there.items() if several}


def paths(source: Source, engagement: Engagement, params: Path) -> list[Path]:
    """Return the files of a source: one, or for a pattern those there are, in order."""
    if source.file is None:
        return []
    folder = params.parent / engagement.data
    if any(each in source.file for each in "*?[") and not (folder / source.file).is_file():
        return sorted(path for path in folder.glob(source.file) if path.is_file())
    return [folder / source.file]


def _one_hash(several: list[Path]) -> str:
    hashed = [file_hash(path) for path in several]
    return hashed[0] if len(hashed) == 1 else hashlib.sha256(" ".join(hashed).encode()).hexdigest()


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def commit() -> str:
    """Return the git commit of the package's checkout, with ``+`` where files differ from it."""
    root = PACKAGE.parent
    if not (root / ".git").exists() or not shutil.which("git"):
        return ""
    command = ["git", "-C", str(root), "describe", "--always", "--abbrev=40", "--dirty=+", "--exclude=*"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()
