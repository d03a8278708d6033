"""The table of key figures: value, target, what is happening, whether the target can be met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from .icons import with_words
from .tables import Table
from .words import missing, number
from .xmr_charts import sparkline


def kpi_table(
    signals: pd.DataFrame,
    series: Mapping[tuple[str, str], Sequence[float]] | None = None,
    *,
    caption: str = "Latest value, target, what is happening, and whether the target can be relied on",
    currency: str = "GBP",
    key: str = "kpi",
    site_heading: str = "Site",
) -> Table:
    """Return one row a signal: value, target, variation and assurance in words, a small line.

    Parameters
    ----------
    signals : the table ``signals`` of step 1.1.
    series : (measure, site) -> values in time order, for the small line.

    Examples
    --------
    >>> signals = pd.DataFrame([{"measure": "fcr", "name": "First-contact resolution",
    ...     "unit": "percent", "site": "", "latest": 61.0,
    ...     "target": 75.0, "variation": "concern", "assurance": "fails"}])
    >>> "misses the target consistently" in kpi_table(signals, {("fcr", ""): [70.0, 61.0]}).html()
    True
    """
    rows = [
        _row(row, series or {}, currency, f"{key}-{place}")
        for place, row in enumerate(signals.to_dict("records"))
    ]
    headings = {
        "name": "Measure",
        "site": site_heading,
        "latest": "Latest",
        "target": "Target",
        "variation": "What is happening",
        "assurance": "Against the target",
        "line": "Course",
    }
    frame = pd.DataFrame(rows, columns=list(headings), dtype="object")
    if frame.empty or all(not site for site in frame["site"]):
        headings.pop("site")
    if not any(frame["line"]):
        headings.pop("line")
    return Table(frame, caption=caption, headings=headings)


def _row(
    row: Mapping[Any, Any], series: Mapping[tuple[str, str], Sequence[float]], currency: str, key: str
) -> dict[str, Any]:
    unit, site = str(row.get("unit", "count")), "" if missing(row.get("site")) else str(row["site"])
    variation = "" if missing(row.get("variation")) else str(row["variation"])
    assurance = "" if missing(row.get("assurance")) else str(row["assurance"])
    values = list(series.get((str(row["measure"]), site), ()))
    return {
        "name": row["name"],
        "site": site,
        "latest": _right(number(row.get("latest"), unit, short=True, currency=currency)),
        "target": _right(number(row.get("target"), unit, short=True, currency=currency)),
        "variation": with_words(variation) if variation else "too few points to say",
        "assurance": with_words(assurance) if assurance else "no target",
        "line": sparkline(
            values, key=key, tone=variation, alt=f"Course of {row['name']}, {len(values)} points"
        )
        if values
        else Markup(""),
    }


def _right(text: str) -> Markup:
    return Markup('<span class="rk-right">{}</span>').format(text)
