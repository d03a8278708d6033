"""Facts in: a client's files, checked, and kept as one snapshot for a run.

Names are imported when they are asked for: to tell that nothing changed needs no pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .evidence_set import EvidenceSet
    from .made_of import fingerprints
    from .snapshot import CODEBOOK, Loaded, is_current, load, write_snapshot

_HOMES = {
    "CODEBOOK": ".snapshot",
    "EvidenceSet": ".evidence_set",
    "Loaded": ".snapshot",
    "fingerprints": ".made_of",
    "is_current": ".snapshot",
    "load": ".snapshot",
    "write_snapshot": ".snapshot",
}

__all__ = ["CODEBOOK", "EvidenceSet", "Loaded", "fingerprints", "is_current", "load", "write_snapshot"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)
