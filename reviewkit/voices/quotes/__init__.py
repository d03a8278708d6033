"""Quotes brought before an analyst: what could be inferred from each, and what may be decided."""

from .approval import QuoteReview
from .candidate import Candidate

__all__ = ["Candidate", "QuoteReview"]
