"""Every table an export may hold, by name, and what a table that nobody described is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reviewkit.model.tables import Column, Table

from .own import OWN
from .plans import PLANS
from .week1 import WEEK1
from .week1_voices import VOICES
from .week2 import WEEK2

if TYPE_CHECKING:
    import pandas as pd

TABLES: Mapping[str, Table] = {table.name: table for table in (*WEEK1, *VOICES, *WEEK2, *PLANS, *OWN)}
"""The tables that steps hand on, called ``<step>_<table>``, and those an export makes itself."""
UNKNOWN = "Not described: it is made by a notebook of the engagement's own"


def described(name: str, frame: pd.DataFrame, table: Table | None = None) -> Table:
    """Return the schema of a frame: its own columns in its own order, each with its meaning.

    Parameters
    ----------
    name : name of the table, such as ``1.1_signals``.
    table : its description; looked up by name where left out. What is not described says so.

    Examples
    --------
    >>> import pandas as pd
    >>> described("1.1_opinions", pd.DataFrame({"rank": [1], "mine": ["x"]})).column("mine").meaning
    "Not described: it is made by a notebook of the engagement's own"
    """
    table = table or TABLES.get(name) or Table(name, UNKNOWN, ())
    known = {column.name: column for column in table.columns}
    columns = [known.get(str(one)) or Column(str(one), _kind(frame[one]), UNKNOWN) for one in frame.columns]
    return replace(table, columns=tuple(columns))


def _kind(values: pd.Series[Any]) -> Any:
    import pandas as pd

    kinds = pd.api.types
    if kinds.is_bool_dtype(values):
        return "boolean"
    if kinds.is_datetime64_any_dtype(values):
        return "datetime"
    if kinds.is_integer_dtype(values):
        return "integer"
    return "number" if kinds.is_numeric_dtype(values) else "text"
