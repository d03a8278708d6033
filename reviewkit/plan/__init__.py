"""What follows from the findings: recommendations, actions, ascent, people and progress."""

from .actions import action_plan, climbs, empty_plan, plan_window
from .after import signal_after
from .ascent import ascent, reached, stage_dates, stage_level
from .calendar import write_calendar
from .decided import with_decisions
from .improvement import feedback_routine, improvement_plans, leader_development
from .progress import VERDICT_WORDS, progress
from .recommend import empty_recommendations, recommendations
from .returns import SHARES, Return, plausible_share, return_range
from .smart import LETTERS, smart
from .statements import action_findings, progress_findings, recommendation_findings
from .sustained import Sustained, achievable, sustained_levels
from .workbook import write_workbook

__all__ = [
    "LETTERS",
    "SHARES",
    "VERDICT_WORDS",
    "Return",
    "Sustained",
    "achievable",
    "action_findings",
    "action_plan",
    "ascent",
    "climbs",
    "empty_plan",
    "empty_recommendations",
    "feedback_routine",
    "improvement_plans",
    "leader_development",
    "plan_window",
    "plausible_share",
    "progress",
    "progress_findings",
    "reached",
    "recommendation_findings",
    "recommendations",
    "return_range",
    "signal_after",
    "smart",
    "stage_dates",
    "stage_level",
    "sustained_levels",
    "with_decisions",
    "write_calendar",
    "write_workbook",
]
