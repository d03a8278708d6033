"""Findings on how far what people say can be relied on: saturation and agreement of coders."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import Evidence, Finding

_ENOUGH = {
    "yes": "The last interviews brought hardly anything new: what was asked about has been heard.",
    "no": "The last interviews still brought new topics: further interviews would say more.",
    "too few": "There are too few interviews to tell whether everything has been heard.",
}
RELIABLE, TENTATIVE = 0.8, 0.667


def saturation_finding(table: pd.DataFrame) -> list[Finding]:
    """Return a finding on whether further interviews would say anything new (kind ``saturation``)."""
    everyone = table[table["by"] == ""]
    if everyone.empty:
        return []
    row, strata = everyone.iloc[0], table[table["by"] != ""]
    figures: dict[str, float | int | str | bool | None] = {
        "interviews": int(row["interviews"]),
        "new_codes_last": int(row["new_codes_last"]),
        "strata_saturated": int((strata["saturated"] == "yes").sum()),
        "strata": len(strata),
    }
    evidence = Evidence(
        source="remarks",
        rule="base of 4 interviews, the last 2 add at most 5 % (Guest, Namey and Chen 2020)",
        rows=int(row["interviews"]),
        query="codes new in each interview, in the order held",
    )
    words = _ENOUGH[str(row["saturated"])]
    return [
        Finding.of("1.4", "saturation", "everyone", statement=words, figures=figures, evidence=(evidence,))
    ]


def agreement_finding(kappas: pd.DataFrame, alpha: float, remarks: int) -> list[Finding]:
    """Return a finding on how far coders agree (kind ``agreement``); none where nobody coded twice."""
    if kappas.empty or alpha != alpha:
        return []
    overall = kappas[kappas["code"] == ""]
    figures: dict[str, float | int | str | bool | None] = {
        "alpha": alpha,
        "lowest_kappa": float(overall["kappa"].min()),
        "remarks": remarks,
        "pairs": len(overall),
    }
    evidence = Evidence(
        source="codings",
        rule="Krippendorff's alpha, nominal; Cohen's kappa by pair",
        rows=remarks,
        query="remarks coded by more than one coder",
    )
    words = (
        f"Coders agree {verdict(alpha)} (Krippendorff's alpha {alpha:.2f}, {remarks} remarks coded twice)."
    )
    return [Finding.of("1.4", "agreement", "coders", statement=words, figures=figures, evidence=(evidence,))]


def verdict(alpha: float) -> str:
    """Return what an alpha allows, by the customary limits (K. Krippendorff, Content Analysis, 2004, p. 241).

    >>> verdict(0.85), verdict(0.7)
    ('well enough to rely on', 'enough for tentative conclusions')
    """
    if alpha >= RELIABLE:
        return "well enough to rely on"
    if alpha >= TENTATIVE:
        return "enough for tentative conclusions"
    return "too little to rely on: talk the codebook through and code again"
