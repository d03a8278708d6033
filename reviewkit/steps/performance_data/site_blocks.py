"""How step 1.1 shows sites beside one another: a funnel, or shrunken differences and small multiples."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.model import Engagement, Finding
from reviewkit.performance.comparison.compare import FUNNEL_FROM, NOT_COMPARED
from reviewkit.present.blocks import Chart, Folded, Stack, Statements, Words
from reviewkit.present.charts import display_of, dot_chart, funnel_chart, small_multiples
from reviewkit.present.view import Block
from reviewkit.present.words import listing, plural, span

from .findings import figure
from .site_findings import left_words


def sites_compared(
    comparison: pd.DataFrame,
    found: list[Finding],
    engagement: Engagement,
    edition: Any,
    charts: list[Chart] | None = None,
) -> Block:
    """Return the comparison in words and as charts; ``charts`` where they are drawn already."""
    apart = not_compared(comparison, engagement)
    if comparison.empty:
        plain_words = f"The figures are not told apart by {engagement.site_label}, or there is only one."
        return Words(plain_words, *apart)
    drawn = site_charts(comparison, engagement) if charts is None else charts
    differ = [one for one in found if one.figures["outliers"]]
    alike = Statements([one for one in found if not one.figures["outliers"]], edition=edition)
    label = engagement.site_label
    told = Folded(f"{plural(len(found) - len(differ), 'measure')} in which no {label} differs", alike)
    return Stack(Statements(differ, edition=edition), *drawn, told, Words(*apart))


def not_compared(comparison: pd.DataFrame, engagement: Engagement) -> list[str]:
    """Return which measures are not compared by site, and why, as sentences; none where all are."""
    left = pd.DataFrame(comparison.attrs.get("left_out", []), columns=["measure", "site", "why"])
    gone = left[left["why"].isin(list(NOT_COMPARED))]
    if gone.empty:
        return []
    names = gone["measure"].map(lambda name: engagement.measure(str(name)).name)
    parts = [
        f"{listing(part)} ({NOT_COMPARED[str(why)]})" for why, part in names.groupby(gone["why"], sort=False)
    ]
    said = [f"Not compared by {engagement.site_label}: {'; '.join(parts)}."]
    for name in gone["measure"]:
        rows = left[left["measure"] == name]
        words = left_words(rows, engagement.site_label)
        said += [f"{engagement.measure(str(name)).name}.{words}"] if words else []
    return said


def _first_measures(comparison: pd.DataFrame, engagement: Engagement) -> list[str]:
    """Up to three measures to draw: those of the contract first, then where most sites lie apart."""
    kpi = {measure.id for measure in engagement.measures if measure.contract_kpi}
    weight = comparison.groupby("measure")["outlier"].sum()
    return sorted((str(name) for name in weight.index), key=lambda name: (name not in kpi, -weight[name]))[:3]


def site_charts(comparison: pd.DataFrame, engagement: Engagement) -> list[Chart]:
    """Return the comparison of sites as charts, for up to three measures; none without a comparison."""
    first = _first_measures(comparison, engagement)
    return [_site_chart(comparison[comparison["measure"] == name], engagement) for name in first]


def site_courses(
    comparison: pd.DataFrame, points: pd.DataFrame, engagement: Engagement, measure: str = ""
) -> list[Chart]:
    """Return the charts over time of all sites of one measure, where they are too few for a funnel.

    Parameters
    ----------
    comparison : as :func:`reviewkit.performance.site_comparison` returns it.
    points : the sites' charts over time.
    measure : which to draw; where it is left out or has ten sites or more, the first that can be drawn.
    """
    counts = comparison.groupby("measure")["site"].nunique()
    few = comparison[comparison["measure"].isin(counts.index[counts < FUNNEL_FROM])]
    if few.empty:
        return []
    name = measure if measure in set(few["measure"]) else _first_measures(few, engagement)[0]
    sites = few.loc[few["measure"] == name].sort_values("rate")["site"].tolist()
    rows = points[(points["measure"] == name) & points["site"].isin(sites)]
    spec = engagement.measure(name)
    if rows.empty:
        return []
    covered = f"By {rows['cadence'].iloc[0]}, {span(rows['period'].min(), rows['period'].max())}"
    return [
        small_multiples(
            rows,
            display_of(spec, engagement),
            by="site",
            title=f"{spec.name} over time at each of {plural(len(sites), engagement.site_label)}",
            subtitle=f"{covered}. Each with its own limits, on one scale.",
            source=spec.table,
            key=f"sites-course-{spec.id}",
        )
    ]


def _site_chart(rows: pd.DataFrame, engagement: Engagement) -> Chart:
    measure = engagement.measure(str(rows["measure"].iloc[0]))
    low, high = (
        figure(rows["rate"].min(), measure, engagement),
        figure(rows["rate"].max(), measure, engagement),
    )
    period = span(rows["first"].min(), rows["last"].max())
    common: dict[str, Any] = {
        "title": f"{measure.name} ranges from {low} to {high} across "
        f"{plural(len(rows), engagement.site_label)}",
        "source": measure.table,
        "display": display_of(measure, engagement),
        "key": f"sites-{measure.id}",
    }
    if rows["method"].iloc[0] == "funnel":
        limits = rows.rename(columns={"lower": "lower998", "upper": "upper998"})
        return funnel_chart(limits, subtitle=f"{period}; limits allow for over-dispersion.", **common)
    ordered = rows.sort_values("rate", ascending=measure.direction == "decrease")
    centre = float(rows["centre"].iloc[0])
    subtitle = f"{period}; drawn towards the whole, 95% intervals."
    return dot_chart(ordered, "site", "rate", reference=centre, subtitle=subtitle, tone="direction", **common)
