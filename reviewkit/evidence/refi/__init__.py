"""REFI-QDA, the exchange format of programs for qualitative analysis, read and written."""

from .codebook import as_yaml, codebook_yaml, said_of
from .matching import Matches, match_codes
from .project import Case, Code, Coding, Note, Project, Selection, Source, User
from .reading import read_codebook, read_project
from .rows import Rows, as_rows
from .told import told
from .writing import Written, write_codebook, write_project

__all__ = [
    "Case",
    "Code",
    "Coding",
    "Matches",
    "Note",
    "Project",
    "Rows",
    "Selection",
    "Source",
    "User",
    "Written",
    "as_rows",
    "as_yaml",
    "codebook_yaml",
    "match_codes",
    "read_codebook",
    "read_project",
    "said_of",
    "told",
    "write_codebook",
    "write_project",
]
