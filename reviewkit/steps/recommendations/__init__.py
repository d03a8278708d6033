"""Step 3.1: what should be done first, why, and what it would return."""

from .step import Recommendations

__all__ = ["Recommendations"]
