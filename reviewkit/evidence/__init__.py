"""Facts in: a client's files, checked, and kept as one snapshot for a run."""

from .evidence_set import EvidenceSet
from .snapshot import CODEBOOK, Loaded, is_current, load, write_snapshot

__all__ = ["CODEBOOK", "EvidenceSet", "Loaded", "is_current", "load", "write_snapshot"]
