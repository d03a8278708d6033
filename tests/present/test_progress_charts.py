"""Labels of a climb: drawn where they can be read."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from reviewkit.present.progress_charts import camps_chart

LEVELS = st.lists(st.floats(-20, 130), min_size=3, max_size=3)


def says(_: Any, level: float) -> str:
    return f"{level:.1f} days"


@settings(max_examples=15)
@given(camps=LEVELS, before=st.floats(-60, 140))
def test_no_label_lies_on_another_and_the_ends_are_always_told(camps: list[float], before: float) -> None:
    stages = pd.DataFrame(
        {
            "action_id": "A01",
            "stage_name": ["Base Camp", "Camp 2", "Camp 3", "Summit"],
            "percent": [35, 60, 85, 100],
            "level": [*camps, 100.0],
        }
    )
    action = {"action_id": "A01", "what": "Fill the posts", "signal": "", "baseline": 0.0, "before": before}
    chart = camps_chart(pd.DataFrame([action | {"level": 70.0}]), stages, says, title="A climb", key="climb")
    canvas = FigureCanvasAgg(chart.figure)
    canvas.draw()
    texts = [text for text in chart.figure.axes[0].texts if text.get_text().endswith("days")]
    boxes = [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in texts]
    assert {"0.0 days", "100.0 days"} <= {name for name, _ in boxes}
    below = [box for name, box in boxes if not name.startswith(("before", "since"))]
    assert not any(one.overlaps(other) for one, other in combinations(below, 2))
