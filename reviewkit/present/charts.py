"""Every chart of the workbook: tidy frames in, :class:`~reviewkit.present.chart.Chart` out."""

from __future__ import annotations

from .causal_maps import causal_map
from .compare_charts import bar_chart, dot_chart, dumbbell
from .display import Display, display_of, displays
from .funnel_charts import funnel_chart
from .impact_chart import impact_effort
from .kpis import kpi_table
from .maps import matrix
from .plan_charts import ascent_chart, gantt
from .progress_charts import camps_chart
from .small_multiples import small_multiples
from .sparklines import sparkline
from .xmr_charts import xmr_chart

__all__ = [
    "Display",
    "ascent_chart",
    "bar_chart",
    "camps_chart",
    "causal_map",
    "display_of",
    "displays",
    "dot_chart",
    "dumbbell",
    "funnel_chart",
    "gantt",
    "impact_effort",
    "kpi_table",
    "matrix",
    "small_multiples",
    "sparkline",
    "xmr_chart",
]
