"""When the process behind a measure is said to have changed."""

from __future__ import annotations

import pandas as pd

from reviewkit.findings import bearing_on


def process_changes(
    annotations: pd.DataFrame | None, measure: str, site: str
) -> list[tuple[pd.Timestamp, str]]:
    """Return when and how the process behind a measure is said to have changed, oldest first."""
    if annotations is None or annotations.empty:
        return []
    notes = bearing_on(measure, site, annotations)
    named = notes[notes["effect"].eq("process_changed") & notes["measure"].eq(measure)]
    return [(pd.Timestamp(day), str(text)) for day, text in zip(named["at"], named["text"], strict=True)]
