"""Step 1.4: what people say, what recurs across departments, and what works well."""

from .step import InterviewsAndThemes

__all__ = ["InterviewsAndThemes"]
