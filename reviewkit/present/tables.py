"""Tables of figures: a caption, headings with scope, numbers right-aligned with one precision."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from .note import Note
from .trail import basis_link
from .words import MISSING, date, missing, plain

Format = Callable[[Any], Any] | str


@dataclass(frozen=True)
class Table:
    """A table of the columns named in ``headings``, in that order.

    Parameters
    ----------
    frame : one row a row.
    caption : what the table shows, in a sentence.
    headings : column of the frame -> heading.
    formats : column -> a function of the value, or a format such as ``".1f"``. Numbers that
        have none are shown with one decimal, whole ones with none.
    note : a line below the table.
    row_header : the first column names its row.
    limit : show this many rows and say how many there are.
    finding : id of the finding it shows; empty where it shows what the whole page rests on.
    linked : leads to the evidence; a table behind a chart leaves that to the chart.

    Examples
    --------
    >>> frame = pd.DataFrame({"site": ["A<b>"], "rate": [61.23]})
    >>> html = Table(frame, caption="Rates", headings={"site": "Site", "rate": "Rate"}).html()
    >>> '<th scope="row">A&lt;b&gt;</th><td class="rk-number">61.2</td>' in html
    True
    """

    frame: pd.DataFrame
    caption: str
    headings: Mapping[str, str]
    formats: Mapping[str, Format] = field(default_factory=dict)
    note: str = ""
    row_header: bool = True
    limit: int | None = None
    finding: str = ""
    linked: bool = True

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        columns = [name for name in self.headings if name in self.frame.columns]
        shown = self.frame if self.limit is None else self.frame.head(self.limit)
        head = Markup("").join(
            Markup('<th scope="col"{}>{}</th>').format(_mark(self.frame[name]), self.headings[name])
            for name in columns
        )
        cells = [self._cells(shown, name, first=place == 0) for place, name in enumerate(columns)]
        stacked = self._stacks(cells)
        if stacked:
            cells[1:] = [
                _labelled(column, self.headings[name])
                for name, column in zip(columns[1:], cells[1:], strict=True)
            ]
        rows = zip(*cells, strict=True) if cells else ((),) * len(shown)
        body = Markup("".join(f"<tr>{''.join(row)}</tr>" for row in rows))
        return str(
            Markup(
                '<div class="rk-scroll" role="region" tabindex="0" aria-label="{0}">'
                '<table class="rk-table{5}">'
                "<caption>{0}{4}</caption><thead><tr>{1}</tr></thead><tbody>{2}</tbody></table></div>{3}"
            ).format(
                self.caption, head, body, self._note(len(shown)), self._link(), " rk-stack" if stacked else ""
            )
        )

    def _cells(self, shown: pd.DataFrame, name: str, *, first: bool) -> list[str]:
        """Return one column's cells; how it is written is settled once, not for every value."""
        column = self.frame[name]
        header = first and self.row_header
        begin, end = ('<th scope="row">', "</th>") if header else (f"<td{_mark(column)}>", "</td>")
        write = self._writer(column, self.formats.get(name))
        return [
            f"{begin}{escape(value if hasattr(value, '__html__') else write(value))}{end}"
            for value in shown[name]
        ]

    def _stacks(self, cells: list[list[str]]) -> bool:
        """Whether a narrow screen shows a row as a card."""
        return self.linked and self.row_header and _needs_room(cells)

    def _writer(self, column: pd.Series[Any], how: Format | None) -> Callable[[Any], Any]:
        if callable(how):
            return how
        write = _formatted(how) if how else _plainly(column)
        return lambda value: MISSING if missing(value) else write(value)

    def _link(self) -> Markup:
        link = basis_link(self.finding) if self.linked else Markup("")
        return Markup(" {}").format(link) if link else link

    def _note(self, shown: int) -> Markup:
        more = f"The first {shown} of {len(self.frame)} rows." if shown < len(self.frame) else ""
        text = " ".join(part for part in (self.note, more) if part)
        return Markup(Note(text).html())


LONG, MANY, MOST = 34, 5, 60
"""Letters of a cell and columns from which a table has no room on a phone; rows up to which it is stacked."""


def _needs_room(cells: list[list[str]]) -> bool:
    """Whether a narrow screen shows each row as a card: long words, or many columns, and not many rows.

    >>> words = ["<td>Dale Mill fell below what was asked for</td>"]
    >>> _needs_room([["<th>A</th>"], ["<td>1</td>"], words]), _needs_room([["<th>A</th>"], ["<td>1</td>"]])
    (True, False)
    """
    if len(cells) < 3 or not 0 < len(cells[0]) <= MOST:
        return False
    return len(cells) >= MANY or any(
        len(re.sub(r"<[^>]*>", "", cell)) > LONG + 20 * (place == 0)
        for place, column in enumerate(cells)
        for cell in column
    )


def _labelled(column: list[str], heading: str) -> list[str]:
    """Return cells that carry their heading, which a card shows above them."""
    label = Markup('<td data-label="{}"').format(heading)
    return [f"{label}{cell.removeprefix('<td')}" for cell in column]


def _mark(column: pd.Series[Any]) -> Markup:
    return Markup(' class="rk-number"') if _numeric(column) else Markup("")


def _numeric(column: pd.Series[Any]) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _formatted(how: str) -> Callable[[Any], str]:
    def write(value: Any) -> str:
        return format(value, how).replace("-", "−") if _is_number(value) else format(value, how)

    return write


def _plainly(column: pd.Series[Any]) -> Callable[[Any], str]:
    """Return how the values of a column without a format are written."""
    if pd.api.types.is_bool_dtype(column):
        return lambda value: "yes" if value else "no"
    if pd.api.types.is_datetime64_any_dtype(column):
        return lambda value: date(value, "short")
    if not _numeric(column):
        return str
    decimals = 0 if bool((column.dropna() % 1 == 0).all()) else 1
    return lambda value: plain(float(value), decimals)
