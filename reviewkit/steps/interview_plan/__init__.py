"""Step 1.3: who should be heard, who is missing, and what they will be asked."""

from .step import InterviewPlan

__all__ = ["InterviewPlan"]
