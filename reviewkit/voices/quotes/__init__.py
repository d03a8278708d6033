"""Quotes brought before an analyst: what could be inferred from each, and what may be decided."""

from .approval import Candidate, QuoteReview

__all__ = ["Candidate", "QuoteReview"]
