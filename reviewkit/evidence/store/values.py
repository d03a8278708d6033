"""Values as a store keeps them: text, as JSON; keys; digests. Pure rules."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from reviewkit.model import Column, InputError, Table

Values = dict[str, str]
Key = tuple[str, ...]


def as_text(value: Any, column: Column) -> str:
    """Return a value as text: what is missing is empty, typed values are written one way.

    Raises
    ------
    InputError : it is no single value, or holds a character that no database keeps.

    Examples
    --------
    >>> when = Column("at", "date", "When")
    >>> as_text(dt.datetime(2025, 3, 14), when), as_text(True, when), as_text(4.0, when), as_text(None, when)
    ('2025-03-14', 'true', '4', '')
    """
    if hasattr(value, "dtype"):  # a value of numpy, in the units of Python
        value = value.astype("datetime64[us]").item() if value.dtype.kind == "M" else value.item()
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
        return ""
    if isinstance(value, str):
        return _storable(value, column) if value.strip() else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return _moment(value, column)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (dt.date, int, float)):
        return str(value)
    raise InputError(f"holds a {type(value).__name__}, which is no text, number or date", column=column.name)


def _moment(value: dt.datetime, column: Column) -> str:
    if column.kind == "date" and value.time() == dt.time():
        return value.date().isoformat()
    whole = value.second == 0 and value.microsecond == 0
    return value.isoformat(sep=" ", timespec="minutes" if whole else "auto")


def _storable(text: str, column: Column) -> str:
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise InputError(
            "holds a character that is no text", column=column.name, fix="Copy the words as plain text."
        )
    return text


def key_of(values: Mapping[str, str], table: Table) -> Key:
    """Return the key of a row, each part written one way: 1 and 1.0 and 01 are the same step.

    >>> table = Table("t", "T", (Column("walk", "text", ""), Column("step", "integer", "")), ("walk", "step"))
    >>> key_of({"walk": " W1", "step": "2.0"}, table)
    ('W1', '2')
    """
    return tuple(_canonical(values.get(name, "").strip(), table.column(name)) for name in table.key)


def _canonical(text: str, column: Column) -> str:
    with suppress(ValueError, OverflowError):
        if column.kind in ("integer", "number") and text:
            return as_text(float(text), column)
        if column.kind in ("date", "datetime") and text:
            return as_text(dt.datetime.fromisoformat(text), column)
    return text


def packed(value: Iterable[str] | Mapping[str, str]) -> str:
    """Return a key or a row as JSON, always the same for the same content.

    >>> packed(("R1", "café")), packed({"b": "1", "a": ""})
    ('["R1","café"]', '{"b":"1"}')
    """
    if isinstance(value, Mapping):
        content: object = {name: text for name, text in value.items() if text}
    else:
        content = list(value)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def unpacked_key(text: str) -> Key:
    """Return the key that :func:`packed` wrote."""
    return tuple(json.loads(text))


def unpacked(text: str | None) -> Values | None:
    """Return the row that :func:`packed` wrote; None where it was removed."""
    return None if text is None else dict(json.loads(text))


def moved(digest: str, key: str, before: str | None, after: str | None) -> str:
    """Return a table's digest after one of its rows changed; the same rows always have the same digest.

    Parameters
    ----------
    digest : 64 hexadecimal digits; empty for a table without rows.
    before, after : the row as JSON; None where it is not there.

    Examples
    --------
    >>> one = moved("", '["R1"]', None, '{"text":"a"}')
    >>> moved(moved(one, '["R2"]', None, "{}"), '["R2"]', "{}", None) == one
    True
    """
    total = int(digest or "0", 16)
    for value, sign in ((before, -1), (after, 1)):
        if value is not None:
            total += sign * int(hashlib.sha256(f"{key}\n{value}".encode()).hexdigest(), 16)
    return f"{total % 2**256:064x}"
