"""What follows from the findings: recommendations, actions, ascent, people and progress."""

from .actions import action_plan, climbs, empty_plan, plan_window
from .after import frozen_points, signal_after
from .ascent import ascent, reached, stage_dates, stage_level
from .before_after import Change, change_at
from .beyond import beyond_actions
from .budget import budget_words, plan_budget
from .calendar import write_calendar
from .caveats import unknown_reports
from .decided import with_decisions
from .doubts import doubts, levels_before, levels_now
from .improvement import feedback_routine, improvement_plans, leader_development
from .process import process_changes
from .progress import progress
from .progress_statements import progress_findings
from .recommend import empty_recommendations, recommendations
from .returned import Returned, is_owners_workbook, read_workbook
from .returns import SHARES, Return, plausible_share, return_range
from .smart import LETTERS, smart
from .statements import action_findings, recommendation_findings
from .sustained import Sustained, achievable, sustained_levels
from .timing import BEHIND, DONE, TIMING_WORDS
from .verdicts import VERDICT_WORDS
from .versus import Versus, difference_in_differences
from .workbook import write_workbook

__all__ = [
    "BEHIND",
    "DONE",
    "LETTERS",
    "SHARES",
    "TIMING_WORDS",
    "VERDICT_WORDS",
    "Change",
    "Return",
    "Returned",
    "Sustained",
    "Versus",
    "achievable",
    "action_findings",
    "action_plan",
    "ascent",
    "beyond_actions",
    "budget_words",
    "change_at",
    "climbs",
    "difference_in_differences",
    "doubts",
    "empty_plan",
    "empty_recommendations",
    "feedback_routine",
    "frozen_points",
    "improvement_plans",
    "is_owners_workbook",
    "leader_development",
    "levels_before",
    "levels_now",
    "plan_budget",
    "plan_window",
    "plausible_share",
    "process_changes",
    "progress",
    "progress_findings",
    "reached",
    "read_workbook",
    "recommendation_findings",
    "recommendations",
    "return_range",
    "signal_after",
    "smart",
    "stage_dates",
    "stage_level",
    "sustained_levels",
    "unknown_reports",
    "with_decisions",
    "write_calendar",
    "write_workbook",
]
