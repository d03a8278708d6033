"""Priority issues: which concerns to take up first, by a stated formula."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from reviewkit.content import Codebook
from reviewkit.model import Measure

from .ranks import rank_range
from .themes import CONCERNS

FORMULA = (
    "score = 100 x reach x intensity x contract relevance. Reach: the share of interviews (or comments) that "
    "raise it as a concern, an unprompted mention counting one and another half. Intensity: concerns per "
    "interview that raises it, up to 3, divided by 3. Relevance: 1 where a contract measure speaks to it, "
    "0.75 where another measure does, 0.5 where none does."
)
COLUMNS = (
    "code",
    "name",
    "score",
    "reach",
    "intensity",
    "contract_relevance",
    "units",
    "units_total",
    "departments",
    "departments_total",
    "kind",
    "rank",
    "rank_best",
    "rank_worst",
    "firm",
    "formula",
)
_MOST = 3
_PROMPTED = 0.5
_PARTS = ("reach", "intensity", "contract_relevance")
_RELEVANCE = {"contract": 1.0, "measured": 0.75, "none": 0.5}


def priority_issues(
    themes: pd.DataFrame, codebook: Codebook, measures: Iterable[Measure] = (), *, minimum_units: int = 2
) -> pd.DataFrame:
    """Return the concerns, the most pressing first.

    Parameters
    ----------
    themes : as made by :func:`themes`; interviews count where there are any, else customers' comments.
    codebook : says which measures a code speaks to.
    measures : the engagement's measures.
    minimum_units : interviews or comments that must raise an issue.

    Returns
    -------
    ``COLUMNS``; ``formula`` states how the score is made (:data:`FORMULA`). ``departments``
    counts departments. ``rank_best`` and ``rank_worst`` are the ranks an issue can take when the
    weights (of the three parts, and of a prompted mention) are changed by half either way;
    ``firm`` is true where that moves it by one place at most.
    """
    concerns = themes[themes["stance"].isin(CONCERNS)] if len(themes) else themes
    if concerns.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    kind = "interview" if (concerns["kind"] == "interview").any() else "customer"
    table = _by_code(concerns[concerns["kind"] == kind])
    table = table[table["units"] >= minimum_units]
    known = list(measures)
    if table.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    table["intensity"] = (table["remarks"] / table["units"]).clip(upper=_MOST) / _MOST
    table["contract_relevance"] = [_RELEVANCE[relevance(code, codebook, known)] for code in table["code"]]
    table["reach"] = _reach(table, _PROMPTED)
    table["score"] = 100 * table["reach"] * table["intensity"] * table["contract_relevance"]
    others = [table.assign(reach=_reach(table, _PROMPTED * factor)) for factor in (0.5, 1.0, 1.5)]
    table = table.join(rank_range(others, _PARTS))
    table = table.sort_values(["score", "code"], ascending=[False, True], ignore_index=True)
    return table.assign(rank=range(1, len(table) + 1), formula=FORMULA, kind=kind)[list(COLUMNS)]


def _reach(table: pd.DataFrame, prompted: float) -> pd.Series:
    return (table["free"] + prompted * (table["units"] - table["free"])) / table["units_total"]


def relevance(code: str, codebook: Codebook, measures: Iterable[Measure]) -> str:
    """Return whether a ``contract`` measure speaks to a code, another (``measured``), or ``none``."""
    linked = set(codebook.codes[code].measures) if code in codebook.codes else set()
    # The codebook's links are wide; they serve measures for which nobody said what they speak to.
    speaking = [
        measure for measure in measures if (code in measure.codes if measure.codes else measure.id in linked)
    ]
    if any(measure.contract_kpi for measure in speaking):
        return "contract"
    return "measured" if speaking else "none"


def _by_code(concerns: pd.DataFrame) -> pd.DataFrame:
    """Concerns and suggestions on the same code are one issue; the wider of the two gives its reach."""
    frame = concerns.assign(free=concerns["spontaneous"].astype("float64"))
    # Where nobody recorded how it came up (customers' comments are unasked), a mention counts in full.
    frame["free"] = frame["free"].fillna(frame["units"])
    groups = frame.groupby(["code", "name"], sort=False)
    return groups.agg(
        units=("units", "max"),
        free=("free", "max"),
        units_total=("units_total", "max"),
        remarks=("remarks", "max"),
        departments=("departments", "max"),
        departments_total=("departments_total", "max"),
    ).reset_index()
