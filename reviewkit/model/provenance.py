"""Which code made a result."""

from __future__ import annotations

import functools
import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
_SUFFIXES = frozenset({".py", ".yaml", ".j2", ".css"})
_NAMED = ("reviewkit", "pandas", "numpy", "ibis-framework", "duckdb", "matplotlib", "papermill", "nbconvert")


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
    """Return the versions of Python and of the packages that figures and pages depend on.

    >>> sorted(versions())[0]
    'duckdb'
    """
    found = {"python": platform.python_version()}
    for name in _NAMED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
