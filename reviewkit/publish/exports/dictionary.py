"""The data dictionary: every table and column of an export, with meaning, kind, unit and origin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .catalogue import TABLES
from .columns import MONEY
from .parts import Part

if TYPE_CHECKING:
    import pandas as pd


def dictionary(parts: Iterable[Part], currency: str) -> pd.DataFrame:
    """Return ``table, column, kind, unit, meaning, values, where_from``: a row a table and a column.

    >>> import pandas as pd
    >>> part = Part.of("1.1_opinions", pd.DataFrame({"worth": [1.0]}), "Step 1.1")
    >>> dictionary([part], "EUR")[["column", "kind", "unit"]].values.tolist()
    [['', 'table', ''], ['worth', 'number', 'EUR']]
    """
    import pandas as pd

    rows = []
    for part in parts:
        rows.append((part.name, "", "table", "", part.table.meaning, "", part.where_from))
        rows += [
            (
                part.name,
                column.name,
                column.kind,
                currency if column.unit == MONEY else column.unit,
                column.meaning,
                ", ".join(column.allowed),
                part.where_from,
            )
            for column in part.table.columns
        ]
    names = [column.name for column in TABLES["dictionary"].columns]
    return pd.DataFrame(rows, columns=names).astype("str")
