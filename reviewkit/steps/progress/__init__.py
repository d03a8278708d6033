"""Step 4.1: are the actions working? Run again at every check."""

from .step import Progress

__all__ = ["Progress"]
