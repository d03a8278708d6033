"""Step 4.2: the leadership summary, one page from every step before it."""

from .step import LeadershipSummary

__all__ = ["LeadershipSummary"]
