"""A chart on a page: the finding as title, the drawing with its description, the data behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from .svg import svg
from .tables import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Chart:
    """A drawing with everything a reader needs to trust it.

    Parameters
    ----------
    figure : the drawing, without a title of its own.
    title : the finding, in 10 to 15 words.
    subtitle : measure, coverage and period.
    source : where the data come from.
    alt : type of chart and main message, for those who do not see it.
    data : the figures drawn, shown as a table on demand; columns named as they shall appear.
    key : unique on the page.
    """

    figure: Figure
    title: str
    subtitle: str = ""
    source: str = ""
    alt: str = ""
    data: pd.DataFrame | None = None
    key: str = "chart"

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        return self._html

    @cached_property
    def _html(self) -> str:
        # A chart that stands in several editions is drawn once.
        return str(
            Markup(
                '<figure class="rk-chart" id="{0}"><figcaption><p class="rk-title">{1}</p>{2}</figcaption>'
                '<div class="rk-canvas" role="group" tabindex="0" aria-label="Chart: {1}">{3}</div>'
                "{4}{5}</figure>"
            ).format(
                _id(self.key),
                self.title,
                Markup('<p class="rk-subtitle">{}</p>').format(self.subtitle) if self.subtitle else "",
                svg(self.figure, key=_id(self.key), alt=self.alt or self.title),
                Markup('<p class="rk-source">Source: {}</p>').format(self.source) if self.source else "",
                self._data(),
            )
        )

    def _data(self) -> Markup:
        if self.data is None or self.data.empty:
            return Markup("")
        table = Table(
            self.data,
            caption=f"Data of the chart: {self.title}",
            headings={c: str(c) for c in self.data.columns},
        )
        return Markup('<details class="rk-data"><summary>Data as a table</summary>{}</details>').format(
            Markup(table.html())
        )


def _id(key: Any) -> str:
    """Return a key fit for an id: small letters, digits and hyphens.

    >>> _id("1.1/FCR site A")
    'c-1-1-fcr-site-a'
    """
    import re

    return "c-" + re.sub(r"[^a-z0-9]+", "-", str(key).lower()).strip("-")
