"""Step 1.6: the week's deliverables on one page."""

from .step import Week1Report

__all__ = ["Week1Report"]
