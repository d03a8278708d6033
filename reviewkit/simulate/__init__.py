"""Whole engagements made up for trying a review, with planted and recorded truths.

It knows the evidence tables of :mod:`reviewkit.model` and nothing of the analysis.
"""

from .building import engagement
from .planted import Shift, Truths, read_truths
from .world import SIZES, Size

__all__ = ["SIZES", "Shift", "Size", "Truths", "engagement", "read_truths"]
