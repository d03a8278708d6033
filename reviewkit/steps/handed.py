"""Tables of earlier steps as later ones read them: their columns are there even without rows."""

from __future__ import annotations

import pandas as pd

from reviewkit.findings.opinions.standing import standing_signals

from .review import Review

_NUMBERS: tuple[str, ...] = (
    "n",
    "latest",
    "mean",
    "lower",
    "upper",
    "target",
    "effect",
    "worth",
    "units",
    "units_total",
    "share",
)
_NUMBERS += ("periods_since", "met_since")
_NUMBERS += ("remarks", "spontaneous", "score", "rank", "size", "gap", "actual", "cost_per_year", "p_value")
_DATES = ("since", "period", "said_on")
_FLAGS = ("promoted", "contract_kpi", "hole", "firm", "leading", "fails", "raised", "gone", "changed")
COLUMNS = {
    "signals": (
        "measure name unit direction site contract n period latest mean lower upper target variation "
        "assurance rule since effect worth promoted reason contract_kpi periods_since met_since"
    ),
    "opinions": (
        "opinion_id rank measure name site contract statement tone size since worth contract_kpi fails "
        "fingerprint"
    ),
    "reviewed_opinions": (
        "opinion_id rank measure name site contract tone statement stands status role reason words remains "
        "new_limits flag changed gone"
    ),
    "coverage": "department level site headcount planned held hole who",
    "coded_remarks": (
        "remark_id source interview_id unit_id kind stakeholder_id department level site contract code "
        "heading stance prompting coder on_record attribution text"
    ),
    "themes": (
        "code heading name stance kind remarks units units_total departments departments_total levels sites "
        "spontaneous share note"
    ),
    "priority_issues": "code name score units units_total departments rank kind formula",
    "saturation": "stratum interviews saturated detail",
    "convergence": (
        "code name measure measure_name site relationship reason sensitivity meaning measure_does next_step "
        "stance share size leading firm raised_as computed overruled_by"
    ),
}


def handed(review: Review, number: str, name: str) -> pd.DataFrame:
    """Return table ``name`` of step ``number``; without rows, but with its columns, where there is none."""
    table = review.table(number, name)
    if len(table.columns):
        return table
    return pd.DataFrame({column: pd.Series(dtype=_kind(column)) for column in COLUMNS[name].split()})


def standing(review: Review) -> pd.DataFrame:
    """Return the signals of step 1.1 as they stand after local knowledge, new limits and decisions."""
    frame = review.evidence.frame
    return standing_signals(
        handed(review, "1.1", "signals"),
        frame("annotations"),
        frame("opinions"),
        new_limits=review.table("1.2", "new_limits"),
    )


def _kind(column: str) -> str:
    if column in _DATES:
        return "datetime64[us]"
    return "bool" if column in _FLAGS else ("float64" if column in _NUMBERS else "str")
