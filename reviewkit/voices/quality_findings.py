"""Findings on how far the codings of what people say can be relied on."""

from __future__ import annotations

from collections.abc import Mapping

from reviewkit.model import Evidence, Finding
from reviewkit.model.words import listing, plain

from .agreement.agreed import Agreed
from .agreement.cohen import strength
from .agreement.standing import CARE, LEAST_GIVEN, TOO_FEW

RELIABLE, TENTATIVE = 0.8, 0.667
_RULE = (
    "Krippendorff's alpha (2011), MASI distance of sets of codes (Passonneau 2006), bootstrap over remarks"
)


def agreement_finding(known: Agreed, names: Mapping[str, str]) -> list[Finding]:
    """Return findings on how far coders agree, and on themes that do not hold (kind ``agreement``).

    None where too few remarks were coded twice: no figure is told from those.

    Parameters
    ----------
    names : name by code.
    """
    if not known.enough:
        return []
    over_all = known.overall
    evidence = Evidence(
        source="codings", rule=_RULE, rows=over_all.remarks, query="remarks coded by more than one coder"
    )
    interval = (
        f"95 % interval {plain(over_all.low, 2)} to {plain(over_all.high, 2)}, "
        if _known(over_all.low)
        else ""
    )
    words = (
        f"Agreement of coders beyond chance is {strength(over_all.value)}, {verdict(over_all.value)} "
        f"(Krippendorff's alpha {plain(over_all.value, 2)}, {interval}"
        f"{over_all.remarks} remarks coded twice)."
    )
    figures: dict[str, float | int | str | bool | None] = {
        "alpha": over_all.value,
        "low": over_all.low if _known(over_all.low) else None,
        "high": over_all.high if _known(over_all.high) else None,
        "remarks": over_all.remarks,
        "coders": len(known.coders),
    }
    first = Finding.of("1.4", "agreement", "coders", statement=words, figures=figures, evidence=(evidence,))
    return [first, *_shaky(known, names, evidence)]


def _shaky(known: Agreed, names: Mapping[str, str], evidence: Evidence) -> list[Finding]:
    judged = known.themes[known.themes["standing"] != TOO_FEW]
    care = judged[judged["standing"] == CARE].sort_values("alpha", kind="stable")
    if judged.empty:
        return []
    figures: dict[str, float | int | str | bool | None] = {"judged": len(judged), "not_holding": len(care)}
    of = f"Of {len(judged)} themes given to {LEAST_GIVEN} remarks or more that were coded twice"
    told = listing([names.get(code, code) for code in care["code"]])
    words = (
        f"{of}, {len(care)} {'does' if len(care) == 1 else 'do'} not hold: read {told} with care."
        if len(care)
        else f"{of}, none falls below the limit of {TENTATIVE} at which a theme does not hold."
    )
    return [Finding.of("1.4", "agreement", "themes", statement=words, figures=figures, evidence=(evidence,))]


def _known(value: float) -> bool:
    return value == value


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
