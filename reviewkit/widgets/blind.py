"""The sample that several coders code, each without sight of the others."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from reviewkit.voices.agreement import blind_sample

from .desk import Desk

SIZE, SEED = 100, 20250801


def drawn(desk: Desk, remarks: pd.DataFrame) -> list[str]:
    """Return the ids of the blind sample in the order to code them; where none is stored, one is drawn.

    Parameters
    ----------
    remarks : ``remark_id, theme, stratum``, one row a remark.
    """
    stored = desk.frames("blind_sample")["blind_sample"]
    if stored.empty and len(remarks):
        stored = blind_sample(remarks, SIZE, by=("theme", "stratum"), seed=SEED)
        rows = stored.assign(role=desk.signed(), drawn_on=dt.date.today().isoformat()).to_dict("records")
        texts = [{str(name): value for name, value in row.items()} for row in rows]
        desk.put("blind_sample", texts, why=f"drawn with seed {SEED}")
    return [str(name) for name in stored["remark_id"]]
