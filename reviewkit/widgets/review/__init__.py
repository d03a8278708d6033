"""The review screen: quotes approved, refused and taken back, each decision written at once."""

from .cell import quotes

__all__ = ["quotes"]
