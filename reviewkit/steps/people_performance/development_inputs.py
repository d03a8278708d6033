"""What step 2.5 reads about goals and feedback; each table is worked out once."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit.findings.goals import alignment as aligned
from reviewkit.findings.goals import results_and_tasks as kinds
from reviewkit.findings.goals.smart import Held, owners_of, read_goals
from reviewkit.findings.people import feedback as heard
from reviewkit.model import Measure
from reviewkit.performance import adds_up, targets_in_force
from reviewkit.plan import achievable

from ..plan_inputs import PlanInputs
from ..review import Review


class DevelopmentInputs:
    """Goals on file as they read, and feedback given, of one engagement."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.as_of = review.engagement.data_as_of

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The engagement's measures."""
        return self.review.engagement.measures

    @cached_property
    def stakeholders(self) -> pd.DataFrame:
        """The register."""
        return self.review.evidence.frame("stakeholders")

    @cached_property
    def goals(self) -> pd.DataFrame:
        """Goals on file, letter by letter, with what they ask for: results or tasks."""
        goals = self.review.evidence.frame("goals")
        outcomes = self.review.evidence.frame("outcomes")["outcome"].dropna().unique()
        read = read_goals(
            goals, self.measures, self.as_of, held=self.held if len(goals) else None, outcomes=outcomes
        )
        return kinds.goal_kinds(read, self.measures)

    @cached_property
    def held(self) -> dict[str, Held]:
        """For each measure the best level that the whole or a site has held for half a year."""
        levels = PlanInputs(self.review).levels
        found = {measure.id: achievable(levels, measure) for measure in self.measures}
        return {name: Held(best.level, best.by) for name, best in found.items() if best is not None}

    @cached_property
    def targets(self) -> dict[str, float]:
        """Targets of the whole in force now; of measures that add up, a part's goal is not compared."""
        targets, now = self.review.evidence.frame("targets"), pd.Series([pd.Timestamp(self.as_of)])
        if targets.empty:
            return {}
        found = {
            measure.id: float(targets_in_force(targets, measure.id, "", now).iloc[0])
            for measure in self.measures
            if not adds_up(measure)
        }
        return {name: level for name, level in found.items() if pd.notna(level)}

    @property
    def few_owners(self) -> bool:
        """Whether goals are of so few people that leadership would read about individuals."""
        return owners_of(self.goals["owner"]) < self.review.engagement.disclosure.minimum_survey

    @property
    def fewest(self) -> int:
        """Pieces of feedback below which no share of them is told."""
        return self.review.engagement.disclosure.minimum_survey

    @property
    def few_givers(self) -> bool:
        """Whether so few people gave feedback on file that leadership would read about individuals."""
        return int(self.given["giver"].nunique()) < self.review.engagement.disclosure.minimum_survey

    @cached_property
    def holes(self) -> pd.DataFrame:
        """Goals on file by contract measure and level."""
        return aligned.holes(self.goals, self.measures)

    @cached_property
    def contradictions(self) -> pd.DataFrame:
        """Goals that ask for less than the target in force, or for the other direction."""
        return aligned.contradictions(self.goals, self.targets, self.measures)

    @cached_property
    def given(self) -> pd.DataFrame:
        """Feedback on file up to now, with the level of its giver; its text read where there is one."""
        given = heard.with_reading(self.review.evidence.frame("feedback_given"))
        given = given[pd.to_datetime(given["at"]) <= pd.Timestamp(self.as_of)]
        levels = self.stakeholders.drop_duplicates("stakeholder_id").set_index("stakeholder_id")["level"]
        return given.assign(giver_level=given["giver"].map(levels))

    @cached_property
    def cadence(self) -> dict[str, float]:
        """How often those who report to somebody hear anything."""
        return heard.cadence(self.given, list(self.reports_to), self.as_of)

    @property
    def reports_to(self) -> pd.Series[str]:
        """Single people of the register who report to somebody; none where it does not say."""
        register = self.stakeholders
        # A row of the register may stand for several people, whom no feedback names.
        single = pd.to_numeric(register["headcount"]).fillna(1).eq(1)
        return register.loc[register["reports_to"].notna() & single, "stakeholder_id"]

    @property
    def later(self) -> int:
        """Pieces of feedback dated after the data end, which are left out."""
        return len(self.review.evidence.frame("feedback_given")) - len(self.given)


def contacts_of_agents(cells: pd.DataFrame) -> pd.Series[int]:
    """Return how many contacts each agent handled; ``cells`` has ``agent`` and ``contacts``.

    >>> cells = pd.DataFrame({"agent": ["a", "a", ""], "contacts": [2, 3, 9]})
    >>> contacts_of_agents(cells).to_dict()
    {'a': 5}
    """
    if "contacts" not in cells:
        return pd.Series(dtype="int64")
    named = cells[cells["agent"].ne("")]
    return named.groupby("agent")["contacts"].sum().astype("int64")
