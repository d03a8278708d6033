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


def commit() -> str:
    """Return the git commit of the package's checkout, with ``+`` where files differ from it."""
    root = PACKAGE.parent
    if not (root / ".git").exists() or not shutil.which("git"):
        return ""
    command = ["git", "-C", str(root), "describe", "--always", "--abbrev=40", "--dirty=+", "--exclude=*"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()
