"""Every chart of the workbook: tidy frames in, :class:`~reviewkit.present.chart.Chart` out."""

from __future__ import annotations

from .compare_charts import bar_chart, dot_chart, dumbbell
from .funnel_charts import funnel_chart
from .kpis import kpi_table
from .maps import causal_map, matrix
from .plan_charts import ascent_chart, gantt, impact_effort
from .xmr_charts import small_multiples, sparkline, xmr_chart

__all__ = [
    "ascent_chart",
    "bar_chart",
    "causal_map",
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
