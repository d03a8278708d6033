"""Step 2.5: whom to recognise and where support would help, judged fairly."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit.findings.goals.results_and_tasks import load_and_result
from reviewkit.findings.people import compared as fair
from reviewkit.findings.people.scores import Scores, scores
from reviewkit.findings.people.standing import standings
from reviewkit.model import Edition, Finding
from reviewkit.present.blocks import Bullets, Folded, Stack, Statements, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import date

from ..base import Step
from . import answers as answers
from . import blocks as blocks
from . import development_blocks as growth
from . import development_findings as spoken
from . import fairness as even
from . import feedback_blocks as heard
from . import findings as told
from .development_inputs import DevelopmentInputs, contacts_of_agents

MONTHS = 12
_FAIR = (
    "Each agent is compared with colleagues at the same site, on the same mix of contacts, so that nobody "
    "answers for a site's systems, training or staffing.",
    "Few contacts say little: figures that rest on few are moved towards the average, and under "
    f"{fair.FEWEST} contacts nobody is judged. Customers' scores alone decide about nobody, and time taken "
    "is shown but not judged. A person decides, never the list.",
)
_NO_CONTACTS = "Contacts do not name who handled them, so nobody can be judged fairly; and nobody is."


class PeoplePerformance(Step):
    """Agents and teams judged fairly; goals and feedback looked at as tools of development."""

    number = "2.5"

    def analyse(self) -> None:
        """Adjust for case mix, draw small numbers in, and judge goals and feedback on file."""
        rates, gate = self.judged, self.review.discloser
        self.tables = {"people": told.people_table(rates)}
        self.findings = even.fairness_findings(rates) + even.unjudged_findings(
            self.unjudged, self.cells, gate
        )
        self.findings += even.agreement_findings(rates) + answers.score_findings(self.scores, gate)
        self.findings += spoken.goal_findings(self.development)
        self.findings += spoken.alignment_findings(self.development, gate)
        self.findings += spoken.result_findings(self.development, self.load, fair.ASPECTS[0].name)
        self.findings += spoken.feedback_findings(self.development, told.one_each(rates), gate)
        self.findings += told.standing_findings(rates, gate, self.agents_in_all)
        self.findings += told.person_findings(rates)
        least = self.review.engagement.disclosure.minimum_pool
        everybody = int(self.cells.loc[self.cells["agent"] != "", "agent"].nunique())
        self.findings = even.kept_back(self.findings, self.unjudged, everybody, least)

    def answer(self, edition: Edition) -> list[str]:
        """Say how many stand out either way, and what goals and feedback lack."""
        counted = told.standing_words(
            self.tables["people"], self.review.discloser, edition, self.agents_in_all
        )
        told_first = [found for kind in ("goals", "feedback") for found in self._for(kind, edition)[:1]]
        others = [finding.statement for finding in told_first]
        return [*counted, *others][:3] or [_NO_CONTACTS]

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Sums of the last year by agent and kind of contact."""
        if not self.review.evidence.has("contacts"):
            return pd.DataFrame(columns=["agent", "team", "site", *fair.MIX])
        since = pd.Timestamp(self.review.engagement.data_as_of) - pd.DateOffset(months=MONTHS)
        return fair.contact_cells(self.review.evidence.table("contacts"), since)

    @cached_property
    def rates(self) -> pd.DataFrame:
        """Fair figures of every agent."""
        return fair.fair_rates(self.cells)

    @cached_property
    def judged(self) -> pd.DataFrame:
        """Fair figures with each agent's standing and the reason for it."""
        return standings(self.rates)

    @cached_property
    def unjudged(self) -> pd.DataFrame:
        """Agents who are not judged, by measure, with the reason."""
        return fair.not_judged(self.cells)

    @cached_property
    def agents_in_all(self) -> int:
        """How many agents are judged by what was done, or would be had they contacts enough."""
        rows = [part[part["measure"].isin(told.OBJECTIVE)] for part in (self.rates, self.unjudged)]
        return len({str(agent) for part in rows for agent in part["agent"]})

    @property
    def _period(self) -> str:
        return f"{MONTHS} months to {date(self.review.engagement.data_as_of)}"

    @cached_property
    def scores(self) -> Scores | None:
        """Who gives scores, and scores weighted to all contacts."""
        return scores(self.cells)

    @cached_property
    def teams(self) -> pd.DataFrame:
        """Fair figures of every team, with how many agents it has."""
        table = fair.fair_rates(self.cells[self.cells["team"] != ""], "team", within=None)
        by_team = self.cells.groupby("team")
        agents, site = by_team["agent"].nunique(), by_team["site"].first()
        return table.assign(
            agents=table["team"].map(agents).astype("Int64"), site=table["team"].map(site).fillna("")
        )

    @cached_property
    def development(self) -> DevelopmentInputs:
        """Goals and feedback on file, read."""
        return DevelopmentInputs(self.review)

    @cached_property
    def load(self) -> dict[str, float] | None:
        """How far contacts handled go with results, agents of a site compared."""
        mine = self.rates[self.rates["measure"] == fair.ASPECTS[0].id].set_index("agent")
        handled = contacts_of_agents(self.cells).reindex(mine.index)
        return load_and_result(handled.astype("float64"), mine["adjusted"], mine["site"])

    @view()
    def fairness(self, edition: Edition) -> Block:
        """Show the rules by which people are compared, and what they change."""
        if self.rates.empty:
            return self._nobody(edition)
        found = self._for("fairness", edition) + self._for("unjudged", edition)
        rules = Stack(Bullets(fair.RULES), Statements(found, edition=edition))
        return Stack(Words(*_FAIR), Folded("The rules in full, and what they change", rules))

    @common_view("team", "managers")
    def agents(self) -> Block:
        """Show each agent's fair figures in one measure, best first."""
        if self.rates.empty:
            return self._nobody("managers")
        return Stack(
            *(blocks.agents_table(self.judged, name) for name in self.rates["measure"].unique()),
            blocks.unjudged_table(self.unjudged),
        )

    @view()
    def distribution(self, edition: Edition) -> Block:
        """Show how many stand out, without saying who."""
        if self.rates.empty:
            return self._nobody(edition)
        table = blocks.standing_table(self.judged, self.unjudged, self.review, edition)
        return Stack(Words(f"Contacts of the {self._period}."), table)

    @view()
    def team_figures(self, edition: Edition) -> Block:
        """Show teams large enough not to point at individuals."""
        minimum = 1 if edition in ("team", "managers") else self.review.engagement.disclosure.minimum_pool
        shown = blocks.teams_shown(self.teams, minimum)
        if shown.empty:
            size = f"{minimum} agents or more" if minimum > 1 else "agents"
            return Words(f"No two teams have {size} with enough contacts to be compared.")
        return blocks.team_charts(shown, self._period)

    @view()
    def objective_and_subjective(self, edition: Edition) -> Block:
        """Show how far customers' scores agree with what was done, and what else moves them."""
        return Stack(
            Statements(self._for("bias", edition), edition=edition),
            answers.answers_block(self.scores, self.review.discloser, edition),
        )

    @view()
    def goals(self, edition: Edition) -> Block:
        """Show how many goals on file meet each letter of SMART, and by level."""
        found = Statements(self._for("goals", edition), edition=edition)
        return Stack(found, growth.goals_block(self.development, self.review.discloser, edition))

    @common_view("team", "managers")
    def goal_letters(self) -> Block:
        """Show each wording letter by letter, with the words that carry it."""
        return growth.letters_table(self.development.goals)

    @common_view("team", "managers")
    def goals_to_rewrite(self) -> Block:
        """Show the goals that fail a letter, and what is missing."""
        return growth.rewrite_table(self.development.goals)

    @view()
    def goals_alignment(self, edition: Edition) -> Block:
        """Show which contract measures have no goal on file, and which goals pull against them."""
        reason = growth.hidden_or_none(self.development, edition)
        if reason:
            return Words(reason)
        shown = [Statements(self._for("alignment", edition), edition=edition)]
        table = growth.holes_table(self.development, self.review.discloser, edition)
        if edition == "leadership" or self.development.contradictions.empty:
            return Stack(*shown, table)
        return Stack(*shown, table, growth.conflicts_table(self.development.contradictions))

    @view()
    def results_and_tasks(self, edition: Edition) -> Block:
        """Show whether goals ask for results or tasks, and whether quantity goes with quality."""
        found = Statements(self._for("results", edition), edition=edition)
        return Stack(found, growth.kinds_table(self.development, self.review.discloser, edition))

    @view()
    def feedback(self, edition: Edition) -> Block:
        """Show cadence, balance, specificity and timeliness of the feedback on file."""
        found = self._for("feedback", edition)
        if self.development.given.empty:
            return Words("No feedback is on file: sample one-to-one notes of the last quarter.")
        tables = heard.feedback_tables(self.development, self.review.discloser, edition)
        return Stack(Statements(found, edition=edition), tables)

    @common_view("team", "managers")
    def feedback_by_giver(self) -> Block:
        """Show balance, specificity and timeliness by giver."""
        return heard.givers_table(self.development.given)

    @common_view("team", "managers")
    def word_due(self) -> Block:
        """Show who stands out and has not heard, on file, what fits it."""
        return heard.word_due_table(self.development.given, told.one_each(self.tables["people"]))

    @view("team", "managers")
    def recognise(self, edition: Edition) -> Block:
        """Show whom to recognise, and for what."""
        return blocks.named(self._of_kind("person"), "recognise", edition)

    @view("team", "managers")
    def support(self, edition: Edition) -> Block:
        """Show for whom a person should consider support or an improvement plan."""
        return blocks.named(self._of_kind("person"), "support", edition)

    def _for(self, kind: str, edition: Edition) -> list[Finding]:
        """Findings written for this edition: where counts become bands there are two of a kind."""
        return [finding for finding in self._of_kind(kind) if edition in finding.audience]

    def _nobody(self, edition: Edition) -> Block:
        """Say why nobody is judged: nobody is named, or nobody has enough contacts."""
        if self.unjudged.empty:
            return Words(_NO_CONTACTS)
        return Statements(self._for("unjudged", edition), edition=edition)
