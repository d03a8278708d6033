"""Opinions as later pages tell them: in the words people gave them, none ended without a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from reviewkit.findings.opinions.reviewed import left_standing
from reviewkit.model import Finding
from reviewkit.present.words import listing, plural

from ..deciding import signed

UNNAMED = ", which the figures no longer give rise to."
"""How an opinion ends that only its id is left of; the flag beside it says the same."""


def standing_opinions(drafted: Iterable[Finding], reviewed: pd.DataFrame) -> list[Finding]:
    """Return the opinions of step 1.1 left standing, in order.

    They speak in the words people revised them to, saying whose they are, and are flagged where the figures
    changed since.

    Parameters
    ----------
    drafted : findings of kind ``opinion``.
    reviewed : table ``reviewed_opinions`` of step 1.2; may have no rows.
    """
    rows = reviewed.set_index("opinion_id")
    left = left_standing(rows)
    told = []
    for finding in drafted:
        if finding.id not in rows.index:
            told.append(finding)
        elif left[finding.id]:
            row = rows.loc[finding.id]
            given = row["status"] == "revised" and row["stands"] and row["stands"] != finding.statement
            words = {"statement": row["stands"], "worded_by": signed(row.to_dict())} if given else {}
            flag = finding.changed_since_decided or bool(row["changed"])
            told.append(finding.model_copy(update={**words, "changed_since_decided": flag}))
    return told


def held_back(reviewed: pd.DataFrame) -> list[str]:
    """Return what is not told among the opinions and why: withdrawn, explained, or gone from the figures.

    >>> row = {"status": "confirmed", "remains": "", "gone": True, "role": "head", "stands": "It fell.",
    ...        "flag": "The data no longer give rise to this opinion: no lasting change."}
    >>> held_back(pd.DataFrame([row]))[0]
    'Confirmed by the head: It fell. The data no longer give rise to this opinion: no lasting change.'
    """
    gone = reviewed["gone"].astype(bool)
    withdrawn = int((reviewed["status"].eq("withdrawn") & ~gone).sum())
    explained = int((~left_standing(reviewed) & reviewed["status"].eq("open")).sum())
    told = []
    if withdrawn or explained:
        parts = [f"{plural(withdrawn, 'opinion')} withdrawn by people"] if withdrawn else []
        parts += [f"{plural(explained, 'opinion')} that a changed process explains"] if explained else []
        told.append(f"Not told here: {listing(parts)}. Step 1.2 says which, by whom and why.")
    for row in reviewed[gone & reviewed["status"].ne("withdrawn")].to_dict("records"):
        decided = f"{str(row['status']).capitalize()} by the {row['role']}"
        stands = str(row["stands"]).replace(UNNAMED, ".")
        told.append(f"{decided}: {stands} {_in_short(str(row['flag']))}{_still_named(row, reviewed)}")
    return told


def _in_short(flag: str) -> str:
    """Return why an opinion is gone, without the figures of the rule: those stand in step 1.2."""
    said, _, reason = flag.partition(": ")
    return f"{said}: {reason.split(':')[0].rstrip('.')}." if reason else flag


def _still_named(row: Mapping[Any, Any], reviewed: pd.DataFrame) -> str:
    """Say where the words people gave the whole still name a place whose own opinion is gone, else ""."""
    whole, _, place = str(row.get("opinion_id", "")).rpartition("/")
    if not place or "opinion_id" not in reviewed:
        return ""
    standing = reviewed[reviewed["opinion_id"].eq(whole) & reviewed["status"].eq("revised")]
    words = " ".join(standing["stands"].astype("str")).lower()
    if place.replace("_", " ") not in words:
        return ""
    return " The opinion on all together names this place still, in words that people gave it: look again."
