"""What the steps of the plan read: tables of earlier steps, and the series behind the measures."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit.performance import all_series, bare
from reviewkit.plan import sustained_levels
from reviewkit.plan.places import known_sites

from .review import Review

_NUMBERS = (
    "target actual gap lower upper cost_per_year effect p_value n units units_total share needed assessed "
)
_NUMBERS += "rate shrunk rank centre"
_COLUMNS = {
    "gaps": "gap_id kind measure name unit site contract target actual gap lower upper cost_per_year "
    "overlaps code raised_by statement n",
    "causes": "gap_id cause test effect p_value n verdict statement settle department_from department_to",
    "themes": "code heading name stance kind remarks units units_total share",
    "capability_gaps": "stakeholder_id department level site competency name needed assessed gap kind route",
    "people": "agent team site measure n rate shrunk lower upper centre rank standing reason",
}


class PlanInputs:
    """Tables that recommendations, actions and progress rest on; each is read once."""

    def __init__(self, review: Review) -> None:
        self.review = review

    def read(self, number: str, name: str) -> pd.DataFrame:
        """Return table ``name`` of step ``number``, its columns there even where it has no rows."""
        table = self.review.table(number, name)
        if len(table.columns):
            return table
        numbers = set(_NUMBERS.split())
        kinds = {column: "float64" if column in numbers else "str" for column in _COLUMNS[name].split()}
        return pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in kinds.items()})

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """Gaps of step 2.1."""
        return self.read("2.1", "gaps")

    @cached_property
    def causes(self) -> pd.DataFrame:
        """Causes of step 2.1 with their verdicts."""
        return self.read("2.1", "causes")

    @cached_property
    def themes(self) -> pd.DataFrame:
        """Themes of step 1.4."""
        return self.read("1.4", "themes")

    @cached_property
    def series(self) -> pd.DataFrame:
        """Every measure over time, for the whole, each site and each contract."""
        return bare(all_series(self.review.evidence))

    @cached_property
    def sites(self) -> list[str]:
        """The sites there are: those that measures tell apart, else those of the register of people."""
        return known_sites(self.series) or known_sites(self.review.evidence.frame("stakeholders"))

    @cached_property
    def levels(self) -> pd.DataFrame:
        """The best level each unit has held for half a year."""
        engagement = self.review.engagement
        return sustained_levels(self.series, engagement.measures, period=engagement.period)
