"""All that is known of how far coders agree, worked out once."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from reviewkit.content import Codebook
from reviewkit.voices.codebooks.recode import LeftOut, left_out, recoded

from .krippendorff import Alpha, alpha_by_theme, alpha_interval
from .pairs import kappa
from .standing import LEAST_REMARKS, standing_of


@dataclass(frozen=True)
class Agreed:
    """Agreement of coders.

    ``codings`` are those compared; ``coders`` all who coded anything; ``drawn`` the size of the blind
    sample where it is what is compared, and else 0: then whatever two people happened to code is.
    ``waiting`` is the sample that is drawn and not compared yet: how many remarks, and how many of them
    were coded twice. ``pairs`` and ``themes`` come from :func:`kappa` and :func:`alpha_by_theme`.
    """

    codings: pd.DataFrame
    coders: tuple[str, ...]
    drawn: int
    left: LeftOut
    overall: Alpha
    pairs: pd.DataFrame
    themes: pd.DataFrame
    waiting: tuple[int, int] = (0, 0)

    @property
    def twice(self) -> int:
        """How many remarks more than one coder coded, among those compared."""
        return self.overall.remarks

    @property
    def enough(self) -> bool:
        """Whether so many were coded twice that a figure is told, and they differ at all."""
        return self.twice >= LEAST_REMARKS and self.overall.value == self.overall.value


def agreed(
    codings: pd.DataFrame, remarks: pd.DataFrame, codebook: Codebook, sample: pd.DataFrame | None = None
) -> Agreed:
    """Return how far coders agree on remarks that several coded, as first coded: before anything was settled.

    Where a blind sample was drawn and enough of it coded twice for a figure, only that is compared: what two
    people happened to code, or one of them saw the other's codes of, says less. Until then that is what
    there is, so drawing a sample takes no figure away.

    Parameters
    ----------
    codings : of people, ``remark_id, code, coder``; codes are read as the codebook has them now.
    remarks : everything said. sample : table ``blind_sample``.
    """
    counting, left = left_out(recoded(codings, codebook), remarks, codebook)
    coders = tuple(sorted(counting["coder"].astype("str").unique()))
    drawn, compared, waiting = 0, counting, (0, 0)
    if sample is not None and len(sample):
        inside = counting[counting["remark_id"].isin(sample["remark_id"])]
        twice = int((inside.groupby("remark_id")["coder"].nunique() > 1).sum())
        if twice >= LEAST_REMARKS:
            drawn, compared = sample["remark_id"].nunique(), inside
        else:
            waiting = (int(sample["remark_id"].nunique()), twice)
    return Agreed(
        codings=compared,
        coders=coders,
        drawn=int(drawn),
        left=left,
        overall=alpha_interval(compared),
        pairs=kappa(compared),
        themes=standing_of(alpha_by_theme(compared)),
        waiting=waiting,
    )
