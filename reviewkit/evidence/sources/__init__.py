"""A client's files and databases, read into our tables."""

from .databases import Databases
from .read import Read, read

__all__ = ["Databases", "Read", "read"]
