"""Explore: measures, themes and journeys, from a chart to what stands behind it."""

from .cell import explore

__all__ = ["explore"]
