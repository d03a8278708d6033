"""Gaps as steps 1.6 and 2.1 draw them: from the numbers, and from what people say."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviewkit.findings import current_level, described_gaps, measured_gaps
from reviewkit.findings.gaps.beside import beside_measures
from reviewkit.performance import all_series, bare

from ..handed import handed, standing
from ..review import Review


def gaps_in_numbers(review: Review, number: str) -> pd.DataFrame:
    """Return the measured gaps for step ``number``, costliest first."""
    notes = review.evidence.frame("annotations")
    series = bare(all_series(review.evidence))
    return measured_gaps(standing(review), review.engagement, series, annotations=notes, step=number)


def levels_now(review: Review) -> dict[str, float]:
    """Return each measure's level now over all together, as gaps are measured from: measure -> mean."""
    series = bare(all_series(review.evidence))
    whole = series[series["site"].eq("") & series["contract"].eq("")] if len(series) else series
    return {
        str(name): current_level(points["period"], points["value"]).mean
        for name, points in whole.sort_values("period").groupby("measure")
    }


def gaps_in_words(
    review: Review, number: str, raised_by: Mapping[str, tuple[str, ...]] | None = None
) -> pd.DataFrame:
    """Return the gaps only people describe for step ``number``; counts as leadership may see them."""
    convergence = handed(review, "1.5", "convergence")
    borne_out = set(convergence.loc[convergence["relationship"].isin(["agreement", "partial"]), "code"])
    return described_gaps(
        handed(review, "1.4", "themes"),
        review.codebook,
        borne_out,
        raised_by=raised_by,
        count=lambda n, total: review.discloser.count(n, total, "leadership"),
        customer=review.engagement.customer_label,
        beside=beside_measures(convergence),
        step=number,
    )


def gaps_together(measured: pd.DataFrame, described: pd.DataFrame) -> pd.DataFrame:
    """Return both kinds of gaps in one table, the measured first."""
    return pd.concat([part for part in (measured, described) if len(part)] or [measured], ignore_index=True)
