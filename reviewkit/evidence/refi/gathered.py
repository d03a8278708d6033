"""The engagement's own rows as they stand, from its files and its evidence store, and what a project adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.model import TABLES, Engagement, sources_of

from .heads import as_text

if TYPE_CHECKING:
    import pandas as pd

    from reviewkit.evidence.store import Store

TextRow = dict[str, str]


def gathered(
    engagement: Engagement, params: Path, store: Store | None, names: Sequence[str]
) -> dict[str, list[TextRow]]:
    """Return the rows of tables as text: those of the files, and above them those of the store.

    Parameters
    ----------
    store : the evidence store, None where there is none yet.

    Raises
    ------
    InputError : a file has a fault.
    """
    from reviewkit.evidence.snapshot import load

    there = sources_of(engagement, params)
    wanted = {name: there[name] for name in names if name in there}
    narrowed = engagement.model_copy(update={"sources": wanted})
    tables = load(narrowed, params).tables if wanted else {}
    found = {}
    for name in names:
        rows = {_key(name, row): row for row in texts(tables[name])} if name in tables else {}
        if store is not None:
            rows |= {_key(name, row): row for row in texts(store.frame(name))}
        found[name] = list(rows.values())
    return found


def texts(frame: pd.DataFrame) -> list[TextRow]:
    """Return a frame's rows, every cell as text."""
    return [
        {str(name): as_text(value) for name, value in row.items()} for row in frame.to_dict(orient="records")
    ]


def additions(
    table: str, rows: Iterable[Mapping[str, Any]], there: Iterable[TextRow]
) -> list[dict[str, Any]]:
    """Return the rows that say something new; what they leave empty stays as it is.

    Examples
    --------
    >>> mine = [{"remark_id": "R1", "code": "morale", "coder": "analyst A", "stance": "concern"}]
    >>> theirs = [{"remark_id": "R1", "code": "morale", "coder": "analyst A", "stance": ""}]
    >>> additions("codings", theirs, mine)
    []
    """
    known = {_key(table, row): row for row in there}
    found = []
    for row in rows:
        earlier = known.get(_key(table, row), {})
        merged = earlier | {name: value for name, value in row.items() if value or name not in earlier}
        if merged != earlier:
            found.append(dict(merged))
    return found


def _key(table: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(name, "")) for name in TABLES[table].key)
