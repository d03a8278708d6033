"""Why a params file made no run, as the list of engagements may tell it."""

from __future__ import annotations

import re
from pathlib import Path

from reviewkit.model import InputError

_QUOTED = re.compile(r"([\"']).*\1")


def for_the_list(error: Exception) -> str:
    """Return the one line of a refusal without what files of data or a database hold.

    Values a message quotes stay where they come from the params file; of what is no
    :class:`~reviewkit.model.InputError`, the kind is told alone.

    Examples
    --------
    >>> print(for_the_list(InputError("'Priya Shah' is not a date", file="kpis.csv", row=2, column="at")))
    kpis.csv, row 2, column at: … is not a date.
    """
    if not isinstance(error, InputError):
        return f"could not be begun ({getattr(error, 'strerror', None) or type(error).__name__})."
    if _of_params(error):
        return str(error)
    # From the first quotation mark to the last: a value may hold one itself.
    problem = _QUOTED.sub("…", error.problem)
    fix = error.fix if error.row is None and error.column is None else _QUOTED.sub("…", error.fix)
    at = {"row": error.row, "line": error.line, "column": error.column, "key": error.key}
    return str(InputError(problem, file=error.file, fix=fix, **at))  # type: ignore[arg-type]


def _of_params(error: InputError) -> bool:
    yaml = error.file is not None and Path(error.file).suffix in (".yaml", ".yml")
    return yaml and error.row is None and not (error.key or "").startswith("databases")
