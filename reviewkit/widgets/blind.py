"""The sample that several coders code, each without sight of the others."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from reviewkit.model import InputError
from reviewkit.voices.agreement import LEAST_REMARKS, blind_sample, size_for_width

from .desk import Desk, new_batch
from .suggesting import Suggester

SEED = 20250801
WIDTH = 0.3
"""How wide the interval of kappa may be, which says how many are drawn; as `reviewkit codebook sample`."""


def stored(desk: Desk) -> list[str]:
    """Return the ids of the sample in the order to code them; none where none was drawn."""
    return [str(name) for name in desk.frames("blind_sample")["blind_sample"]["remark_id"]]


def effect(pool: int) -> str:
    """Return in words what drawing a sample does, where so many remarks may be drawn.

    >>> effect(500).split(",")[0]
    'No sample is drawn yet. Drawing takes 177 of 500 remarks that were not coded twice before'
    """
    size = min(pool, size_for_width(WIDTH))
    return (
        f"No sample is drawn yet. Drawing takes {size} of {pool} remarks that were not coded twice before, "
        "in proportion from themes and departments; everybody who codes blind then gets the same. Page 1.4 "
        f"goes on telling agreement on what was coded twice before until {LEAST_REMARKS} of the sample are "
        "coded by two people; from then on the sample alone counts. Undo takes it back."
    )


def pool_of(desk: Desk, remarks: pd.DataFrame) -> pd.DataFrame:
    """Return the remarks that may be drawn.

    Those coded twice before are not: their coders may have seen suggestions, or each other's codes.
    """
    codings = desk.frames("codings")["codings"]
    coders = codings.groupby("remark_id")["coder"].nunique()
    return remarks[~remarks["remark_id"].isin(coders.index[coders > 1])]


def draw(desk: Desk, remarks: pd.DataFrame, suggester: Suggester) -> tuple[str, int]:
    """Draw the sample and write it down; return the batch that undoes it, and how many were drawn.

    Parameters
    ----------
    remarks : ``remark_id, text, stratum``, one row a remark.
    """
    if stored(desk):
        raise InputError("a sample is drawn already")
    who, pool = desk.signed(), pool_of(desk, remarks)
    if pool.empty:
        raise InputError("there is no remark that was not coded twice before")
    themes = suggester.frame(pool["text"].tolist())["theme"].to_numpy()
    by = ("theme", "stratum")
    chosen = blind_sample(pool.assign(theme=themes), size_for_width(WIDTH), by=by, seed=SEED)
    rows = chosen.assign(role=who, drawn_on=dt.date.today().isoformat()).to_dict("records")
    texts = [{str(name): value for name, value in row.items()} for row in rows]
    batch = new_batch()
    desk.put("blind_sample", texts, why=f"sample of {len(texts)} remarks", batch=batch)
    return batch, len(texts)
