"""The codebook as it stands: the file's, with every change that was written since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewkit.content import Codebook
from reviewkit.model import InputError

from .apply import changed
from .change import recodings_of
from .rows import TABLE, change_of

if TYPE_CHECKING:
    import pandas as pd


def current(codebook: Codebook, changes: pd.DataFrame) -> Codebook:
    """Return a codebook after its changes, in the order of their versions.

    Changes up to the version that the file itself names are taken to stand in it already; only what they
    did to codings is kept.

    Parameters
    ----------
    codebook : as read from its file.
    changes : the table ``codebook_changes``; may be empty.

    Raises
    ------
    InputError : a version is missing between others, or a change no longer fits.

    Examples
    --------
    >>> import datetime as dt, pandas as pd
    >>> from reviewkit.content import load_codebook
    >>> from .change import rename
    >>> from .rows import row_of
    >>> row = row_of(rename("morale", "Spirits"), 2, role="lead analyst", on=dt.date(2025, 3, 1))
    >>> current(load_codebook(), pd.DataFrame([row])).codes["morale"].name
    'Spirits'
    """
    first = codebook.version
    for row in sorted(changes.to_dict("records"), key=lambda row: int(row["version"])):
        version = int(row["version"])
        place = f"evidence store, table {TABLE}, version {version}"
        change = change_of({str(name): value for name, value in row.items()})
        if version <= first:
            moved = (*codebook.recodings, *recodings_of(change, version))
            codebook = codebook.model_copy(update={"recodings": moved})
            continue
        if version != codebook.version + 1:
            problem = f"follows version {codebook.version}: what lay between was taken back"
            raise InputError(problem, file=place, fix="Take this one back too, with `reviewkit trail`.")
        try:
            codebook = changed(codebook, change)
        except InputError as error:
            raise InputError(error.problem, file=place, fix=error.fix) from None
    return codebook
