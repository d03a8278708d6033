"""What the evidence of an engagement is made from, told apart by hashes."""

from __future__ import annotations

from pathlib import Path

from reviewkit.model import Engagement, hashes

from .store import versions


def fingerprints(engagement: Engagement, params: Path) -> dict[str, str]:
    """Return a text for ``params``, the codebook and each table, changed when what it is made from is.

    A table's is the hash of its files, of its rows in the evidence store, or both. Tables of a
    database have none but that of their rows in the store.
    """
    found = hashes(engagement, params)
    for table, written in versions(engagement, params).items():
        found[table] = f"{found[table]}+{written}" if table in found else written
    return found
