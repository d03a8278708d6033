"""The evidence tables: which columns each may have, of which kind, and what they mean.

One source of truth for checking, templates, the data dictionary and the simulator.
Every table is optional; every column is optional unless ``required``.
"""

from .coded import CODED
from .decided import DECIDED
from .heard import HEARD
from .measured import MEASURED
from .people import PEOPLE
from .schema import LEVELS, SOURCES, Column, Table

TABLES: dict[str, Table] = {table.name: table for table in (*MEASURED, *HEARD, *PEOPLE, *CODED, *DECIDED)}
"""Every evidence table by name.

>>> TABLES["targets"].column("target").kind
'number'
"""

__all__ = ["LEVELS", "SOURCES", "TABLES", "Column", "Table"]
