"""Who says what where, and what goes with what: a table with shading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from .note import Note
from .trail import basis_link
from .words import missing


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
                '<caption>{0}{5}</caption><thead><tr><th scope="col">{1}</th>{2}</tr></thead>'
                "<tbody>{3}</tbody></table></div>{4}"
            ).format(
                self.caption,
                self.corner,
                head,
                body,
                Markup(Note(self.note or "").html()),
                Markup(" {}").format(basis_link()),
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


__all__ = ["Matrix", "matrix"]
