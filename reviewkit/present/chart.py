"""A chart on a page: the finding as title, the drawing with its description, the data behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
from markupsafe import Markup

from .icons import key
from .svg import svg
from .tables import Format, Table
from .trail import basis_link
from .words import MISSING, missing

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
    data : the figures drawn, shown as a table on demand; columns named as they shall appear. Of a
        long table, figures that are the same in every row are told once below it.
    key : unique on the page.
    notes : what the numbers in the drawing stand for, in order.
    opens : the side shown first where the screen is too narrow; ``end`` where the latest stands there.
    keys : the shapes that occur -> what each means, in a line below the drawing.
    panels : small drawings instead of the one, each with its description: beside one another as far as
        the screen is wide.
    formats : how columns of ``data`` are written, as in :class:`~reviewkit.present.tables.Table`.
    finding : id of the finding it shows; empty where it shows what the whole page rests on.
    """

    figure: Figure
    title: str
    subtitle: str = ""
    source: str = ""
    alt: str = ""
    data: pd.DataFrame | None = None
    key: str = "chart"
    notes: tuple[str, ...] = ()
    opens: Literal["start", "end"] = "start"
    keys: Mapping[str, str] = field(default_factory=dict)
    panels: tuple[tuple[Figure, str], ...] = ()
    formats: Mapping[str, Format] = field(default_factory=dict)
    finding: str = ""

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        return self._html

    @cached_property
    def _html(self) -> str:
        # A chart that stands in several editions is drawn once.
        return str(
            Markup(
                '<figure class="rk-chart" id="{0}"><figcaption><p class="rk-title">{1}</p>{2}</figcaption>'
                '<div class="rk-canvas{6}" role="group" tabindex="0" aria-label="Chart: {1}">{3}</div>'
                "{8}{7}{4}{5}</figure>"
            ).format(
                _id(self.key),
                self.title,
                Markup('<p class="rk-subtitle">{}</p>').format(self.subtitle) if self.subtitle else "",
                self._drawing(),
                self._source(),
                self._data(),
                Markup(" rk-latest") if self.opens == "end" else "",
                self._notes(),
                self._keys(),
            )
        )

    def _source(self) -> Markup:
        told = Markup("Source: {}").format(self.source) if self.source else Markup("")
        inner = Markup(" ").join(part for part in (told, basis_link(self.finding)) if part)
        return Markup('<p class="rk-source">{}</p>').format(inner) if inner else Markup("")

    def _drawing(self) -> Markup:
        key = _id(self.key)
        if not self.panels:
            return svg(self.figure, key=key, alt=self.alt or self.title)
        drawn = (svg(panel, key=f"{key}-{n}", alt=alt) for n, (panel, alt) in enumerate(self.panels))
        return Markup('<div class="rk-panels">{}</div>').format(Markup("").join(drawn))

    def _keys(self) -> Markup:
        if not self.keys:
            return Markup("")
        told = Markup("").join(
            Markup("<li>{}{}</li>").format(key(tone), words) for tone, words in self.keys.items()
        )
        # The description says it already to those who do not see the shapes.
        return Markup('<ul class="rk-keys" aria-hidden="true">{}</ul>').format(told)

    def _notes(self) -> Markup:
        if not self.notes:
            return Markup("")
        told = Markup("").join(Markup("<li>{}</li>").format(note) for note in self.notes)
        return Markup('<ol class="rk-notes">{}</ol>').format(told)

    def _data(self) -> Markup:
        if self.data is None or self.data.empty:
            return Markup("")
        formats = {name: _unless_missing(how) for name, how in self.formats.items() if name in self.data}
        same = _same_in_all(self.data)
        table = Table(
            self.data.drop(columns=same),
            caption=f"Data of the chart: {self.title}",
            headings={c: str(c) for c in self.data.columns if c not in same},
            formats=formats,
            note=_told_once(self.data, same, formats),
            linked=False,
        )
        return Markup('<details class="rk-data"><summary>Data as a table</summary>{}</details>').format(
            Markup(table.html())
        )


LONG = 12
"""Rows from which figures that never change are told once."""


def _same_in_all(data: pd.DataFrame) -> list[str]:
    """Columns of figures, but for the first two, that are the same in every row of a long table."""
    if len(data) < LONG:
        return []
    figures = data.iloc[:, 2:].select_dtypes("number")
    return [str(name) for name in figures if figures[name].notna().all() and figures[name].nunique() == 1]


def _told_once(data: pd.DataFrame, same: list[str], formats: Mapping[str, Format]) -> str:
    if not same:
        return ""
    told = (f"{name.lower()} {_written(data[name].iloc[0], formats.get(name))}" for name in same)
    return f"In every row: {', '.join(told)}."


def _written(value: Any, how: Format | None) -> str:
    return str(how(value)) if callable(how) else format(value, how or "g").replace("-", "−")


def _unless_missing(how: Format) -> Format:
    return (lambda value: MISSING if missing(value) else how(value)) if callable(how) else how


def _id(key: Any) -> str:
    """Return a key fit for an id: small letters, digits and hyphens.

    >>> _id("1.1/FCR site A")
    'c-1-1-fcr-site-a'
    """
    import re

    return "c-" + re.sub(r"[^a-z0-9]+", "-", str(key).lower()).strip("-")
