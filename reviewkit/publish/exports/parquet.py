"""Tables as Parquet: exactly the values of the run."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from .parts import Part


def write_parquet(path: Path, part: Part, told: Counter[str]) -> None:
    """Write one table, every value as the run has it: there is nothing to count in ``told``."""
    part.frame.to_parquet(path, index=False)
