"""Step 3.2: who does what by when, and how the climb is staged."""

from .step import ActionPlan

__all__ = ["ActionPlan"]
