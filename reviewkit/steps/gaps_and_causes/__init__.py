"""Step 2.1: how large each gap is, since when and where, and what goes with it."""

from .step import GapsAndCauses

__all__ = ["GapsAndCauses"]
