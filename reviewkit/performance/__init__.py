"""What the numbers say: measures, XmR charts, comparisons, journeys and flow."""

from .changes.points import adds_up, chart_points
from .changes.resemblance import far_reaching
from .changes.signals import signals
from .changes.speaking import speaking
from .changes.steps import level_changes
from .comparison.case_mix import adjust
from .comparison.compare import site_comparison
from .comparison.discovery import false_discovery
from .comparison.funnel import funnel
from .comparison.ranks import rank_words
from .comparison.response import answers_unlike, response_rates, response_ratio
from .comparison.scores import weighted_scores
from .comparison.shrink import shrink, shrink_means
from .flows.activity import conversion, on_flow_needed
from .flows.balance import caseload_check
from .flows.contact import contact_time
from .flows.flow import flow
from .flows.ramp import ramp_up, ramps_from
from .flows.stay import duration_counts, mean_stay, still_in_service, time_in_service
from .journeys.conformance import conformance
from .journeys.consistency import consistency
from .journeys.handovers import handover_pairs, handovers
from .journeys.interval import wilson
from .journeys.outcome import stratified_difference
from .journeys.paths import case_paths, durations, variants
from .journeys.rework import rework, reworked
from .measures.missing import missing_periods, notes
from .measures.panel import all_series, bare, site_events
from .measures.series import series
from .measures.targets import targets_in_force, with_targets
from .spc.run_chart import run_chart
from .spc.season import seasonality
from .spc.summary import summarise_xmr
from .spc.xmr import xmr

__all__ = [
    "adds_up",
    "adjust",
    "all_series",
    "answers_unlike",
    "bare",
    "case_paths",
    "caseload_check",
    "chart_points",
    "conformance",
    "consistency",
    "contact_time",
    "conversion",
    "duration_counts",
    "durations",
    "false_discovery",
    "far_reaching",
    "flow",
    "funnel",
    "handover_pairs",
    "handovers",
    "level_changes",
    "mean_stay",
    "missing_periods",
    "notes",
    "on_flow_needed",
    "ramp_up",
    "ramps_from",
    "rank_words",
    "response_rates",
    "response_ratio",
    "rework",
    "reworked",
    "run_chart",
    "seasonality",
    "series",
    "shrink",
    "shrink_means",
    "signals",
    "site_comparison",
    "site_events",
    "speaking",
    "still_in_service",
    "stratified_difference",
    "summarise_xmr",
    "targets_in_force",
    "time_in_service",
    "variants",
    "weighted_scores",
    "wilson",
    "with_targets",
    "xmr",
]
