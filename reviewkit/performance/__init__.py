"""What the numbers say: measures, XmR charts, comparisons, journeys and flow."""

from .changes import level_changes
from .compare import site_comparison
from .flow import contact_time, flow, ramp_up
from .funnel import funnel
from .journey import case_paths, conformance, consistency, durations, variants, wilson
from .measures import series
from .missing import missing_periods, notes
from .panel import all_series, bare, site_events
from .points import adds_up, chart_points
from .shrink import shrink, shrink_means
from .signals import signals
from .speaking import speaking
from .targets import targets_in_force, with_targets
from .xmr import summarise_xmr, xmr

__all__ = [
    "adds_up",
    "all_series",
    "bare",
    "case_paths",
    "chart_points",
    "conformance",
    "consistency",
    "contact_time",
    "durations",
    "flow",
    "funnel",
    "level_changes",
    "missing_periods",
    "notes",
    "ramp_up",
    "series",
    "shrink",
    "shrink_means",
    "signals",
    "site_comparison",
    "site_events",
    "speaking",
    "summarise_xmr",
    "targets_in_force",
    "variants",
    "wilson",
    "with_targets",
    "xmr",
]
