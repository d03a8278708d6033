"""What step 2.3 reads of the partnering survey; each table is worked out once, and who may be shown."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from reviewkit.content import load_statements
from reviewkit.voices import partnering

from ..review import Review


class PartnersInputs:
    """The partnering survey of one engagement, without what would give a small group away.

    Answers of a side under the threshold go into no figure. Departments and sites are compared
    without management, which is one or two people in most of them. Whatever is shown is looked
    at together: a department or site is left out where a small group would follow from it.
    """

    def __init__(self, review: Review) -> None:
        self.review = review
        self.minimum = review.discloser.disclosure.minimum_survey
        self.statements = load_statements()

    @cached_property
    def perceptions(self) -> pd.DataFrame:
        """All answers."""
        return self.review.evidence.frame("perceptions")

    @cached_property
    def heard(self) -> pd.DataFrame:
        """Answers of the sides with enough respondents."""
        return partnering.heard_sides(self.perceptions, self.minimum)

    @cached_property
    def staff(self) -> pd.DataFrame:
        """Answers that departments and sites are compared by."""
        return partnering.staff(self.perceptions, self.minimum)

    @cached_property
    def response(self) -> pd.DataFrame:
        """Who answered, by side, department and site."""
        return partnering.response(self.perceptions, self.review.evidence.frame("stakeholders"))

    @cached_property
    def headcounts(self) -> dict[str, int] | None:
        """People of each side, to weigh by; none where the register does not fit the survey."""
        counts = partnering.side_headcounts(self.response)
        return counts if counts and set(self.perceptions["group"]) <= set(counts) else None

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """How far two sides differ, statement by statement."""
        return partnering.partner_gaps(self.perceptions, self.statements, minimum=self.minimum)

    @cached_property
    def together(self) -> pd.DataFrame:
        """The mean of all sides with enough respondents, statement by statement."""
        return partnering.present_signs(
            self.perceptions, self.statements, minimum=self.minimum, headcounts=self.headcounts
        )

    @cached_property
    def views(self) -> pd.DataFrame:
        """Each side's own view, sides left out that must not be shown or would give one away."""
        views = partnering.side_views(self.perceptions, self.statements, minimum=self.minimum)
        shown = self.review.discloser.suppress(
            views, "n", values=("mean", "lower", "upper", "bad", "good"), by="statement"
        )
        return shown[~shown["suppressed"]].drop(columns="suppressed").reset_index(drop=True)

    @cached_property
    def some_hidden(self) -> bool:
        """Whether a side answered that must not be shown."""
        return set(self.perceptions["group"]) != set(self.views["group"])

    @cached_property
    def alone(self) -> pd.DataFrame:
        """What the front line sees and the mean hides."""
        return partnering.front_line_alone(self.views, self.together)

    @cached_property
    def departments(self) -> list[str]:
        """Departments that may be shown."""
        return self._showable("department", [])

    @cached_property
    def sites(self) -> list[str]:
        """Sites that may be shown next to departments."""
        return self._showable(
            "site", partnering.over(self.people, "department", self.departments, self._staffed)
        )

    @cached_property
    def centre(self) -> str:
        """The site where more than half of support staff sit; "" where there is none."""
        support = self.people[self.people["group"].eq("support")]
        sites = support["site"].dropna().value_counts()
        several = self.people.loc[self._staffed, "site"].nunique() > 1
        found = several and len(sites) > 0 and 2 * int(sites.iloc[0]) > len(support)
        return str(sites.index[0]) if found else ""

    @cached_property
    def people(self) -> pd.DataFrame:
        """Respondents of the sides with enough of them, one row each."""
        kept = ["respondent_id", *partnering.CUTS]
        return self.heard.drop_duplicates("respondent_id")[kept].reset_index(drop=True)

    def parts(self, by: str) -> pd.DataFrame:
        """Return how each department or site differs from the rest."""
        names = self.departments if by == "department" else self.sites
        return partnering.parts_against_rest(
            self.staff, self.statements, by=by, parts=names, minimum=self.minimum
        )

    def centre_against_sites(self) -> pd.DataFrame:
        """Return how the centre differs from all other sites; empty where it may not be shown."""
        if self.centre not in self.sites:
            return pd.DataFrame(columns=list(partnering.PART_COLUMNS))
        return partnering.parts_against_rest(
            self.staff, self.statements, by="site", parts=[self.centre], minimum=self.minimum
        )

    @property
    def _staffed(self) -> pd.Series[Any]:
        return self.people["group"].ne("management")

    def _showable(self, by: str, before: list[pd.Series[Any]]) -> list[str]:
        sides = partnering.over(self.people, "group", self.people["group"].unique())
        return partnering.showable(self.people, by, [*sides, *before], self.minimum, self._staffed)
