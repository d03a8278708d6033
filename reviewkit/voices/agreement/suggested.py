"""Suggestions judged as a coder of their own, apart from the people who code."""

from __future__ import annotations

from typing import Protocol

import pandas as pd

from .pairs import kappa

NAME = "suggestions"
COLUMNS = ("coder", "remarks", "abstained", "hit", "kappa", "low", "high")


class Suggests(Protocol):
    """What gives a theme to a text, and says whether it is sure enough."""

    def suggest(self, texts: pd.Series) -> pd.DataFrame:
        """Return ``theme`` and ``accepted``, one row a text."""


def suggestions_judged(codings: pd.DataFrame, remarks: pd.DataFrame, coder: Suggests) -> pd.DataFrame:
    """Return how far the suggestions agree with each person who codes.

    A suggestion is one code, people give several: ``hit`` is the share of suggestions that are among the
    person's codes; kappa is on whether each theme was given. What the coder abstains from is left out of
    both and counted. A coder trained on these very codings would be flattered: give one that has not seen
    them.

    Parameters
    ----------
    codings : ``remark_id, code, coder``, of people only. remarks : ``remark_id, text``.

    Returns
    -------
    ``COLUMNS``, one row a person, most remarks first; ``abstained`` is a share of the remarks coded.
    """
    known = codings[["remark_id", "code", "coder"]].dropna().astype("str").drop_duplicates()
    said = remarks[remarks["remark_id"].isin(known["remark_id"])].drop_duplicates("remark_id")
    if said.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    made = coder.suggest(said["text"]).set_axis(said.index)
    sure = made["accepted"].astype(bool)
    theirs = pd.DataFrame(
        {"remark_id": said["remark_id"].astype("str"), "code": made["theme"].astype("str"), "coder": NAME}
    )[sure]
    rows = [_one(str(person), mine, theirs) for person, mine in known.groupby("coder")]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values("remarks", ascending=False, kind="stable", ignore_index=True)


def _one(person: str, mine: pd.DataFrame, theirs: pd.DataFrame) -> tuple[object, ...]:
    coded = mine["remark_id"].nunique()
    common = theirs[theirs["remark_id"].isin(mine["remark_id"])]
    if common.empty:
        return person, 0, 1.0, float("nan"), float("nan"), float("nan"), float("nan")
    # A person may bear the suggestions' name: within the pair they are told apart.
    pair = pd.concat([mine.assign(coder="person"), common])
    over_all = kappa(pair).iloc[0]
    hit = common.merge(mine[["remark_id", "code"]], on=["remark_id", "code"], how="inner")
    share = len(hit) / len(common)
    figures = (float(over_all["kappa"]), float(over_all["low"]), float(over_all["high"]))
    return person, len(common), 1 - len(common) / coded, share, *figures
