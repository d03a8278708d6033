"""Step 2.5: whom to recognise and where support would help, judged fairly."""

from .step import PeoplePerformance

__all__ = ["PeoplePerformance"]
