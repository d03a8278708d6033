"""What the numbers say: measures, XmR charts, comparisons, journeys and flow."""

from .changes.points import adds_up, chart_points
from .changes.signals import signals
from .changes.speaking import speaking
from .changes.steps import level_changes
from .comparison.compare import site_comparison
from .comparison.funnel import funnel
from .comparison.shrink import shrink, shrink_means
from .flows.flow import contact_time, flow, ramp_up
from .journeys.paths import case_paths, conformance, consistency, durations, variants, wilson
from .measures.missing import missing_periods, notes
from .measures.panel import all_series, bare, site_events
from .measures.series import series
from .measures.targets import targets_in_force, with_targets
from .spc.xmr import summarise_xmr, xmr

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
