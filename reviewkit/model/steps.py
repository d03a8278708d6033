"""The one table of weeks and steps: what each is called, needs, makes and hands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Edition = Literal["team", "leadership", "managers", "participants"]
EDITIONS: tuple[Edition, ...] = ("team", "leadership", "managers", "participants")


@dataclass(frozen=True)
class StepSpec:
    """One step of the review.

    ``needs`` names evidence tables of which at least one must be there for the step to conclude
    anything; ``uses`` others it reads when they are there; ``reads`` those it looks at without
    missing them (every step looks at the register, the participants and the decisions, too);
    ``after`` the steps whose tables it reads; ``makes`` the tables it hands on; ``files`` files it
    makes for people; ``editions`` the editions its page belongs to.
    """

    number: str
    name: str
    week: int
    title: str
    question: str
    needs: tuple[str, ...]
    uses: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = ("team", "leadership")

    @property
    def notebook(self) -> str:
        """Path of the notebook below ``notebooks/``.

        >>> step("1.1").notebook, step("heard").notebook
        ('week1/step1_performance_data.ipynb', 'week3/what_we_heard.ipynb')
        """
        stem = f"step{self.number.split('.')[1]}_{self.name}" if "." in self.number else self.name
        return f"week{self.week}/{stem}.ipynb"

    @property
    def page(self) -> str:
        """File name of the published page.

        >>> step("4.2").page, step("2.1").page
        ('index.html', '2.1_gaps_and_causes.html')
        """
        if self.number == "4.2":
            return "index.html"
        return f"{self.number}_{self.name}.html" if "." in self.number else f"{self.name}.html"


_NUMBERS = ("contacts", "kpis", "outcomes", "leads", "resources")
_VOICES = ("remarks", "customer_feedback", "observations")

STEPS: tuple[StepSpec, ...] = (
    StepSpec(
        "1.1",
        "performance_data",
        1,
        "What the hard data say",
        "What does hard data, aligned to the purpose of the contract, say?",
        needs=_NUMBERS,
        uses=("targets", "annotations"),
        makes=("signals", "site_comparison", "opinions"),
    ),
    StepSpec(
        "1.2",
        "local_knowledge_and_scope",
        1,
        "Local knowledge and scope",
        "Which opinions stand once local knowledge is laid over them, and what is agreed to be in scope?",
        needs=("annotations", "scope", "opinions"),
        uses=(*_NUMBERS, "targets"),
        after=("1.1",),
        makes=("reviewed_opinions",),
    ),
    StepSpec(
        "1.3",
        "interview_plan",
        1,
        "Who to talk to, and when",
        "Who should be heard, who is missing, and what will they be asked?",
        needs=("stakeholders",),
        uses=("interviews", "participants", "availability"),
        after=("1.1",),
        makes=("coverage",),
        files=("interviews.ics", "guides_and_forms.html"),
    ),
    StepSpec(
        "1.4",
        "interviews_and_themes",
        1,
        "What people say",
        "What do people say, what recurs across departments, and what works well?",
        needs=_VOICES,
        uses=("codings", "quotes", "stakeholders", "interviews", "participants"),
        reads=("blind_sample", "resolutions"),
        makes=("coded_remarks", "themes", "priority_issues", "saturation"),
    ),
    StepSpec(
        "1.5",
        "voices_and_data",
        1,
        "Voices beside data",
        "Do people's concerns align with the data?",
        needs=_NUMBERS + _VOICES,
        uses=("quotes", "targets", "annotations", "opinions"),
        after=("1.1", "1.4"),
        makes=("convergence",),
    ),
    StepSpec(
        "1.6",
        "week1_report",
        1,
        "Week 1 report",
        "What did week 1 find, and what happens next?",
        needs=_NUMBERS + _VOICES,
        uses=("quotes", "annotations", "opinions"),
        reads=("scope",),
        after=("1.1", "1.2", "1.3", "1.4", "1.5"),
        makes=("first_gaps",),
    ),
    StepSpec(
        "2.1",
        "gaps_and_causes",
        2,
        "Gaps and likely causes",
        "How large is each gap, since when and where, and what goes with it?",
        needs=_NUMBERS + _VOICES,
        uses=("targets", "journey", "perceptions", "goals", "annotations", "opinions"),
        after=("1.1", "1.4", "1.5"),
        makes=("gaps", "causes"),
    ),
    StepSpec(
        "2.2",
        "customer_journey",
        2,
        "The customer's journey",
        "Is there a journey, is it followed, and does following it go with outcomes?",
        needs=("journey", "walkthroughs", "contacts"),
        uses=("outcomes", "remarks", "perceptions"),
        reads=("kpis", "leads", "resources", "targets"),
        makes=("journey_variants", "journey_consistency"),
    ),
    StepSpec(
        "2.3",
        "internal_partners",
        2,
        "Internal partners",
        "Where do front line, support and management see different organisations?",
        needs=("perceptions", "remarks"),
        uses=("customer_feedback", "codings", "stakeholders"),
        after=("1.1", "1.4"),
        makes=("partner_gaps",),
    ),
    StepSpec(
        "2.4",
        "leadership_capability",
        2,
        "Leadership capability",
        "What does the organisation need of its leaders, and what has it got?",
        needs=("competencies", "leaders"),
        uses=("stakeholders", "goals"),
        reads=("outcomes",),
        makes=("capability_gaps",),
        editions=("team", "leadership", "managers"),
    ),
    StepSpec(
        "2.5",
        "people_performance",
        2,
        "People's performance",
        "Whom should we recognise, and where would support help, judged fairly?",
        needs=("contacts", "goals", "feedback_given"),
        uses=("stakeholders",),
        reads=("kpis", "outcomes", "leads", "resources", "targets"),
        makes=("people",),
        editions=("team", "leadership", "managers"),
    ),
    StepSpec(
        "heard",
        "what_we_heard",
        3,
        "What we heard",
        "Did we understand what you told us?",
        needs=_VOICES,
        uses=("quotes",),
        reads=("interviews", "scope", "corrections"),
        after=("1.4",),
        editions=("team", "participants"),
    ),
    StepSpec(
        "3.1",
        "recommendations",
        3,
        "Recommendations",
        "What should be done first, why, and what would it return?",
        needs=_NUMBERS + _VOICES,
        uses=("decisions",),
        reads=("corrections",),
        after=("1.4", "2.1"),
        makes=("recommendations",),
    ),
    StepSpec(
        "3.2",
        "action_plan",
        3,
        "Action plan",
        "Who does what by when, and how is the climb staged?",
        needs=_NUMBERS + _VOICES,
        uses=("actions", "stakeholders", "feedback_given"),
        after=("1.4", "2.1", "2.4", "2.5", "3.1"),
        makes=("action_plan", "ascent"),
        files=("action_plan.ics", "action_plan.xlsx"),
        editions=("team", "leadership", "managers"),
    ),
    StepSpec(
        "4.1",
        "progress",
        4,
        "Progress",
        "Are the actions working?",
        needs=("actions", "progress", *_NUMBERS, *_VOICES),
        uses=("targets", "annotations"),
        after=("1.1", "3.2"),
        makes=("progress",),
    ),
    StepSpec(
        "4.2",
        "leadership_summary",
        4,
        "Leadership summary",
        "What must leadership know and decide?",
        needs=_NUMBERS + _VOICES,
        uses=("quotes",),
        reads=("annotations", "targets"),
        after=("1.1", "1.2", "1.4", "1.5", "2.1", "2.2", "2.3", "2.4", "2.5", "3.1", "3.2", "4.1"),
    ),
)


def step(number: str) -> StepSpec:
    """Return the step with this number; ``KeyError`` where there is none.

    >>> step("4.2").title
    'Leadership summary'
    """
    return {spec.number: spec for spec in STEPS}[number]
