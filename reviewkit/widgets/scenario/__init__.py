"""Scenario: what recommendations would return, cost and climb where somebody judges them otherwise."""

from .cell import scenario

__all__ = ["scenario"]
