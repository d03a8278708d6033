"""How dates that could not be read seem to be written."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

_DAYS = (
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d/%m/%y",
    "%m/%d/%y",
)
_NAMED = ("%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%b %Y", "%B %Y", "%d %B %Y")
_TIMES = ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S", " %I:%M %p")
_FORMATS = [day + time for day in (*_DAYS, *_NAMED) for time in _TIMES]
ENOUGH = 5000


def written_like(values: Iterable[str]) -> list[str]:
    """Return the formats that read every one of the dates; two where day and month may change places.

    >>> written_like(["31/01/2025", "01/02/2025"]), written_like(["01/02/2025 09:30"])
    (['%d/%m/%Y'], ['%d/%m/%Y %H:%M', '%m/%d/%Y %H:%M'])
    >>> written_like(["soon"])
    []
    """
    texts = pd.Series(list(dict.fromkeys(values))[:ENOUGH], dtype="str")
    if texts.empty:
        return []
    return [
        form
        for form in _FORMATS
        if pd.to_datetime(texts, format=form, errors="coerce", exact=True).notna().all()
    ]


def advice(values: Iterable[str]) -> str:
    """Return what to write in the params file so that such dates are read; empty where that is not known.

    >>> advice(["31/01/2025"])
    "Write 'dates: %d/%m/%Y' under this source in the params file."
    """
    forms = written_like(values)
    if not forms:
        return ""
    if len(forms) == 1:
        return f"Write 'dates: {forms[0]}' under this source in the params file."
    return (
        f"Write 'dates: {forms[0]}' under this source, or '{forms[1]}': ask whether day or month comes first."
    )
