"""A change as a row of the table ``codebook_changes``, and back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any, cast

from pydantic import ValidationError

from reviewkit.content import Code, Heading
from reviewkit.model import TABLES, InputError

from .change import Change, Kind

TABLE = "codebook_changes"
_BETWEEN = "; "
_KINDS = TABLES[TABLE].column("kind").allowed


def row_of(change: Change, version: int, *, role: str, reason: str = "", on: dt.date) -> dict[str, Any]:
    """Return a change as a row: ``version`` is the one that it makes."""
    detail: dict[str, Any] = {}
    if change.name:
        detail["name"] = change.name
    if change.remarks:
        detail["remarks"] = dict(sorted(change.remarks.items()))
    if change.entries:
        detail["entries"] = [entry.model_dump(mode="json") for entry in change.entries]
    if change.headings:
        detail["headings"] = [heading.model_dump(mode="json") for heading in change.headings]
    return {
        "version": version,
        "kind": change.kind,
        "codes": _BETWEEN.join(change.codes),
        "into": _BETWEEN.join(change.into),
        "detail": json.dumps(detail, ensure_ascii=False) if detail else "",
        "role": role,
        "reason": reason,
        "changed_on": on.isoformat(),
    }


def change_of(row: Mapping[str, Any]) -> Change:
    """Return the change that a row holds.

    Raises
    ------
    InputError : the row was not written by :func:`row_of`, or was damaged since.

    Examples
    --------
    >>> from .change import merge
    >>> row = row_of(merge(["a", "b"], "c"), 2, role="lead analyst", on=dt.date(2025, 3, 1))
    >>> change_of(row) == merge(["a", "b"], "c")
    True
    """
    place = f"evidence store, table {TABLE}, version {row['version']}"
    if row["kind"] not in _KINDS:
        raise InputError(
            f"'{row['kind']}' is no kind of change", file=place, fix=f"Kinds: {', '.join(_KINDS)}."
        )
    text = row.get("detail")
    try:
        detail = json.loads(text) if isinstance(text, str) and text else {}
        return Change(
            kind=cast(Kind, row["kind"]),
            codes=_ids(row.get("codes")),
            into=_ids(row.get("into")),
            name=detail.get("name", ""),
            remarks=detail.get("remarks", {}),
            entries=tuple(Code.model_validate(entry) for entry in detail.get("entries", ())),
            headings=tuple(Heading.model_validate(heading) for heading in detail.get("headings", ())),
        )
    except (ValueError, AttributeError, ValidationError):
        fix = "Undo it with `reviewkit trail`."
        raise InputError("the detail of this change cannot be read", file=place, fix=fix) from None


def _ids(text: object) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip()) if isinstance(text, str) else ()
