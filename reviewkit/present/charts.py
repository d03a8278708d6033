"""Every chart of the workbook: tidy frames in, :class:`~reviewkit.present.chart.Chart` out."""

from __future__ import annotations

from .compare_charts import bar_chart, dot_chart, dumbbell
from .display import Display, display_of, displays
from .funnel_charts import funnel_chart
from .kpis import kpi_table
from .maps import causal_map, matrix
from .plan_charts import ascent_chart, gantt, impact_effort
from .small_multiples import small_multiples
from .sparklines import sparkline
from .xmr_charts import xmr_chart

__all__ = [
    "Display",
    "ascent_chart",
    "bar_chart",
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
