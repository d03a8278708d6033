"""Notes in: interview notes, transcripts and survey comments become remarks in the evidence store."""

from __future__ import annotations

from .importing import Import, Imported, import_notes
from .passages import Notes, Passage
from .people import Register
from .reading import read_notes
from .rows import About, Remarks, remarks

__all__ = [
    "About",
    "Import",
    "Imported",
    "Notes",
    "Passage",
    "Register",
    "Remarks",
    "import_notes",
    "read_notes",
    "remarks",
]
