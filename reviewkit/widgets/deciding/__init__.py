"""Decisions on findings and words edited: the rule's own word beside them, each written at once."""

from .cell import decide, wording

__all__ = ["decide", "wording"]
