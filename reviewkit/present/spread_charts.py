"""How figures spread at each unit: figures as dots, the middle half as a bar, the median as a square."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from .chart import Chart
from .display import Display
from .palette import COMMON, NEUTRAL, PAPER
from .rows import row_axes, value_label
from .svg import drawing, value_axis
from .words import plural, sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 600
"""Figures drawn as dots; of more, every so-many-th in order of size, so that their spread is kept."""


def spread_chart(
    frame: pd.DataFrame,
    by: str,
    display: Display,
    *,
    value: str = "value",
    title: str,
    subtitle: str = "",
    source: str = "",
    key: str,
) -> Chart:
    """Draw how a measure's figures spread at each unit, the one with the highest median on top.

    Parameters
    ----------
    frame : one row a figure: ``by`` (the unit, a site say) and ``value``; figures missing are left out.
    display : how the measure is shown.

    Examples
    --------
    >>> from reviewkit.model import Measure
    >>> wait = Measure(id="w", name="Wait", unit="days", direction="decrease", table="kpis",
    ...                numerator="sum(value)", decimals=0)
    >>> frame = pd.DataFrame({"site": list("AAABBB"), "value": [1, 2, 9, 4, 5, 6]})
    >>> chart = spread_chart(frame, "site", Display(wait), title="B waits longer", key="w")
    >>> chart.alt
    'Chart of how Wait spreads at 2 sites. B waits longer. B: 3 figures, median 5 days, middle half 4 days \
to 6 days. A: 3 figures, median 2 days, middle half 2 days to 6 days.'
    """
    known = frame.dropna(subset=[value]).assign(**{by: lambda rows: rows[by].astype("str")})
    table = _table(known, by, value)
    drawn, axes = row_axes(table, by)
    with drawing():
        if len(known):
            _draw(
                axes, known.assign(_row=known[by].map(dict(zip(table[by], table.index, strict=True)))), value
            )
        value_axis(axes.xaxis, display.unit, currency=display.currency)
        for place, median in enumerate(table["Median"]):
            value_label(axes, display.figure(median, short=True), place, strong=True)
    told = [
        f"{row[by]}: {plural(int(row['Figures']), 'figure')}, median {display.figure(row['Median'])}, "
        f"middle half {display.figure(row['A quarter lies below'])} to "
        f"{display.figure(row['A quarter lies above'])}."
        for row in table.to_dict("records")
    ]
    units = plural(len(table), display.site_label if by == "site" else by)
    return Chart(
        drawn,
        title,
        subtitle,
        source,
        " ".join([f"Chart of how {display.name} spreads at {units}.", sentence(title), *told]),
        table.rename(columns={by: by.replace("_", " ").capitalize()}),
        key,
        keys={"common_cause": "one figure", "neutral": "median, with the bar of the middle half"},
        formats=dict.fromkeys(
            ("Median", "A quarter lies below", "A quarter lies above", "Lowest", "Highest"),
            lambda figure: display.figure(figure, short=True),
        ),
    )


def _table(known: pd.DataFrame, by: str, value: str) -> pd.DataFrame:
    """Return one row a unit, highest median first; units alike stand by name."""
    values = known.groupby(by, sort=True)[value]
    table = pd.DataFrame(
        {
            "Figures": values.size(),
            "Median": values.median(),
            "A quarter lies below": values.quantile(0.25),
            "A quarter lies above": values.quantile(0.75),
            "Lowest": values.min(),
            "Highest": values.max(),
        }
    )
    return table.sort_values("Median", ascending=False, kind="stable").reset_index()


def _draw(axes: Axes, known: pd.DataFrame, value: str) -> None:
    # Loading seaborn costs three quarters of a second: only who draws this pays it.
    import seaborn

    limits, dots = axes.get_ylim(), known.sort_values(["_row", value], kind="stable")
    rows: dict[str, Any] = {"x": value, "y": "_row", "orient": "y", "native_scale": True, "ax": axes}
    # As many dots as a page can carry; where they touch they move aside, the same way every time.
    seaborn.swarmplot(
        dots.iloc[:: max(1, -(-len(dots) // MOST))], color=COMMON, size=4.2, warn_thresh=1.0, zorder=2, **rows
    )
    looks: dict[str, Any] = {"estimator": "median", "errorbar": ("pi", 50), "linestyle": "none", "zorder": 3}
    seaborn.pointplot(
        known,
        color=NEUTRAL,
        marker="s",
        markersize=7.5,
        markeredgecolor=PAPER,
        markeredgewidth=0.8,
        err_kws={"color": NEUTRAL, "linewidth": 2.4, "solid_capstyle": "butt"},
        **rows,
        **looks,
    )
    axes.set_ylim(limits)
    axes.set(xlabel="", ylabel="")
