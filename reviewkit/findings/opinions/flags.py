"""What about a reviewed opinion should be looked at again; a flag never changes what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from .standing import opinion_ids


def flags(table: pd.DataFrame, signals: pd.DataFrame | None = None) -> list[str]:
    """Return one flag an opinion, "" where there is nothing to look at again.

    Parameters
    ----------
    table : opinions with ``status, gone, changed, words, statement, remains, new_limits``.
    signals : from step 1.1, for why an opinion is no longer in the figures.

    Examples
    --------
    >>> row = {"opinion_id": "1.1/opinion/fcr", "status": "confirmed", "gone": True, "changed": True,
    ...        "words": "", "statement": "", "remains": "", "new_limits": ""}
    >>> flags(pd.DataFrame([row]))
    ['The data no longer give rise to this opinion: there are no figures for it any more.']
    """
    why: dict[str, str] = {}
    if signals is not None and len(signals):
        why = dict(zip(opinion_ids(signals), signals["reason"].fillna("").astype("str"), strict=True))
    return [_flag(row, why) for row in table.to_dict("records")]


def _flag(row: Mapping[Any, Any], why: Mapping[str, str]) -> str:
    if row["gone"]:
        reason = why.get(str(row["opinion_id"]), "there are no figures for it any more")
        if reason.startswith("promoted"):
            reason = "it now only repeats that of the whole"
        return f"The data no longer give rise to this opinion: {reason or 'nothing stands out'}."
    told = []
    if row["changed"]:
        now = f" The data now say: {row['statement']}" if row["words"] else ""
        told.append(f"The figures changed since this was decided: look again.{now}")
    if row["status"] == "withdrawn" and row["remains"] == "yes":
        told.append(f"Withdrawn, yet {_lowered(row['new_limits'])}.")
    if row["status"] == "open" and row["remains"] == "no":
        told.append(
            "The changed process explains it; nobody has decided yet, and no later step relies on it."
        )
    return " ".join(told)


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
