"""One person from whom oddly many remarks come."""

from __future__ import annotations

from reviewkit.model import Engagement

from .suspicion import Suspicion, Tables, percent

PEOPLE, LEAST, FENCES, SHARE = 5, 10, 3.0, 0.20


def one_voice(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find people with far more remarks than others: beyond Tukey's outer fence, ten at the least.

    The fence is the upper quartile of remarks a person and three quartile ranges above it (Tukey,
    Exploratory Data Analysis, 1977); who has a fifth of all remarks is told in any case. Groups are
    left out: many speak in them.
    """
    frame = tables.get("remarks")
    if frame is None:
        return []
    said = frame["stakeholder_id"].dropna()
    register = tables.get("stakeholders")
    if register is not None:
        said = said[~said.isin(register.loc[register["headcount"] > 1, "stakeholder_id"])]
    counts = said.value_counts()
    if len(counts) < PEOPLE:
        return []
    low, high = counts.quantile(0.25), counts.quantile(0.75)
    fence = high + FENCES * (high - low)
    far = counts[(counts >= LEAST) & ((counts > fence) | (counts > SHARE * len(said)))]
    if far.empty:
        return []
    return [
        Suspicion(
            "one_voice",
            "remarks",
            f"{len(far)} of {len(counts)} people said far more than others, the most {int(far.iloc[0])} "
            f"remarks ({percent(int(far.iloc[0]), len(said))}) where {counts.median():g} is usual",
            "a theme of one person would look like a theme of many",
            "Count interviews and people, not remarks; check that the id is right.",
            column="stakeholder_id",
            count=len(far),
            row=int(said.index[said == far.index[0]][0]),
        )
    ]
