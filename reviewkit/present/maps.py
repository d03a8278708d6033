"""Who says what where, and what goes with what: a table with shading, a map with arrows."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from .chart import Chart
from .palette import COMMON, CONCERN, FILL, INK, MUTED
from .svg import drawing, figure
from .words import missing, sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Matrix:
    """A table whose cells are shaded by size and say it in words; see :func:`matrix`."""

    cells: pd.DataFrame
    shades: pd.DataFrame
    caption: str
    corner: str
    note: str

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in self.cells.columns)
        body = Markup("").join(
            Markup('<tr><th scope="row">{}</th>{}</tr>').format(name, self._row(name))
            for name in self.cells.index
        )
        return str(
            Markup(
                '<div class="rk-scroll" role="region" tabindex="0" aria-label="{0}">'
                '<table class="rk-table rk-matrix">'
                '<caption>{0}</caption><thead><tr><th scope="col">{1}</th>{2}</tr></thead>'
                "<tbody>{3}</tbody></table></div>{4}"
            ).format(
                self.caption,
                self.corner,
                head,
                body,
                Markup('<p class="rk-note">{}</p>').format(self.note) if self.note else "",
            )
        )

    def _row(self, name: Any) -> Markup:
        return Markup("").join(
            Markup('<td class="rk-shade-{}">{}</td>').format(shade, text)
            for shade, text in zip(self.shades.loc[name], self.cells.loc[name], strict=True)
        )


def matrix(
    frame: pd.DataFrame,
    rows: str,
    columns: str,
    value: str,
    *,
    caption: str,
    words: str | Callable[[Any], str] = "",
    corner: str = "",
    absent: str = "–",
    order: Sequence[str] | None = None,
    note: str = "",
) -> Matrix:
    """Return a table of ``rows`` by ``columns``, shaded in four steps by ``value``.

    Parameters
    ----------
    frame : one row a cell; ``value`` is a number (none: the cell shows ``absent``).
    words : a column with what the cell says, or a function of the value; else the value itself.
    order : the columns' order.

    Examples
    --------
    >>> frame = pd.DataFrame({"code": ["a", "a"], "site": ["N", "S"], "units": [1, 4]})
    >>> '<td class="rk-shade-4">4</td>' in matrix(frame, "code", "site", "units", caption="c").html()
    True
    """
    values = frame.pivot_table(
        index=rows, columns=columns, values=value, aggfunc="first", sort=False, observed=True
    )
    values = values.reindex(
        columns=[name for name in order if name in values] if order is not None else values.columns
    )
    if isinstance(words, str) and words:
        texts = frame.pivot_table(
            index=rows, columns=columns, values=words, aggfunc="first", sort=False, observed=True
        )
        texts = texts.reindex(index=values.index, columns=values.columns)
    else:
        say = words if callable(words) else (lambda number: f"{number:g}")
        texts = values.map(lambda number: "" if missing(number) else say(number))
    texts = texts.astype("object").map(lambda text: absent if missing(text) else str(text))
    most = float(values.max().max()) if values.size else 0.0
    shades = values.map(lambda number: _shade(number, most))
    return Matrix(texts, shades, caption, corner or rows.replace("_", " ").capitalize(), note)


def _shade(value: Any, most: float) -> int:
    if missing(value) or value <= 0 or most <= 0:
        return 0
    return min(4, 1 + int(4 * float(value) / most - 1e-9))


VERDICT_LINES = {
    "supported": ("-", 2.0, CONCERN),
    "contradicted": (":", 0.9, MUTED),
    "inconclusive": ("--", 1.2, MUTED),
}


def causal_map(
    edges: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "Solid: supported by its test. Dashed: inconclusive. Dotted: contradicted or not tested.",
    source: str = "",
    alt: str = "",
    key: str,
) -> Chart:
    """Draw causes on the left, gaps on the right, and a line for each link, drawn by its verdict.

    ``edges`` has ``cause``, ``gap`` (both as they shall appear) and ``verdict``.
    """
    causes, gaps = list(pd.unique(edges["cause"])), list(pd.unique(edges["gap"]))
    tall = max(len(causes), len(gaps), 1)
    left, right = _places(len(causes), tall), _places(len(gaps), tall)
    with drawing():
        drawn = figure(24 + 46 * tall)
        axes = drawn.subplots()
        axes.set_axis_off()
        for row in edges.to_dict("records"):
            _link(axes, left[causes.index(row["cause"])], right[gaps.index(row["gap"])], str(row["verdict"]))
        for names, places, x in ((causes, left, 0.0), (gaps, right, 0.655)):
            for name, place in zip(names, places, strict=True):
                _box(axes, x, place, str(name))
        axes.set_xlim(-0.01, 1.01)
        axes.set_ylim(tall - 0.5, -0.5)
    held = edges[edges["verdict"] == "supported"]
    links = "; ".join(f"{row['cause']} goes with {row['gap']}" for row in held.to_dict("records"))
    message = alt or f"Map of causes and gaps. {sentence(title)} Supported: {links or 'none'}."
    data = edges[["cause", "gap", "verdict"]].rename(
        columns={"cause": "Cause", "gap": "Gap", "verdict": "Verdict"}
    )
    return Chart(drawn, title, subtitle, source, message, data, key)


def _link(axes: Axes, start: float, end: float, verdict: str) -> None:
    """Draw the line from a cause to a gap."""
    style, width, colour = VERDICT_LINES.get(verdict, (":", 0.9, MUTED))
    line = {"linestyle": style, "linewidth": width, "color": colour, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (0.652, end), (0.348, start), arrowprops={"arrowstyle": "-|>", **line})


def _box(axes: Axes, x: float, place: float, name: str) -> None:
    """Draw a box with the name of a cause or gap in it."""
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x, place - 0.38), 0.345, 0.76, facecolor=FILL, edgecolor=COMMON, linewidth=0.8))
    text = textwrap.fill(name, 23, max_lines=2, placeholder="…")
    axes.annotate(text, (x + 0.1725, place), ha="center", va="center", fontsize=10, color=INK)


def _places(n: int, tall: int) -> list[float]:
    return [(place + 0.5) * tall / n - 0.5 for place in range(n)]


__all__ = ["Matrix", "causal_map", "matrix"]
