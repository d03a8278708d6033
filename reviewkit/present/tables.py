"""Tables of figures: a caption, headings with scope, numbers right-aligned with one precision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from markupsafe import Markup

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

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        columns = [name for name in self.headings if name in self.frame.columns]
        numeric = {name for name in columns if _numeric(self.frame[name])}
        shown = self.frame if self.limit is None else self.frame.head(self.limit)
        head = Markup("").join(
            Markup('<th scope="col"{}>{}</th>').format(
                Markup(' class="rk-number"') if name in numeric else "", self.headings[name]
            )
            for name in columns
        )
        body = Markup("").join(
            Markup("<tr>{}</tr>").format(Markup("").join(self._cells(columns, values, numeric)))
            for values in shown[columns].itertuples(index=False, name=None)
        )
        return str(
            Markup(
                '<div class="rk-scroll" role="region" tabindex="0" aria-label="{0}"><table class="rk-table">'
                "<caption>{0}</caption><thead><tr>{1}</tr></thead><tbody>{2}</tbody></table></div>{3}"
            ).format(self.caption, head, body, self._note(len(shown)))
        )

    def _cells(self, columns: list[str], values: tuple[Any, ...], numeric: set[str]) -> list[Markup]:
        cells = []
        for place, (name, value) in enumerate(zip(columns, values, strict=True)):
            text = self._text(name, value)
            if place == 0 and self.row_header:
                cells.append(Markup('<th scope="row">{}</th>').format(text))
            else:
                mark = Markup(' class="rk-number"') if name in numeric else ""
                cells.append(Markup("<td{}>{}</td>").format(mark, text))
        return cells

    def _text(self, name: str, value: Any) -> Any:
        if hasattr(value, "__html__"):
            return value
        how = self.formats.get(name)
        if callable(how):
            return how(value)
        if missing(value):
            return MISSING
        if isinstance(how, str) and how:
            return format(value, how).replace("-", "−") if _is_number(value) else format(value, how)
        return _plainly(value, self.frame[name])

    def _note(self, shown: int) -> Markup:
        more = f"The first {shown} of {len(self.frame)} rows." if shown < len(self.frame) else ""
        text = " ".join(part for part in (self.note, more) if part)
        return Markup('<p class="rk-note">{}</p>').format(text) if text else Markup("")


def _numeric(column: pd.Series[Any]) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plainly(value: Any, column: pd.Series[Any]) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "yes" if value else "no"
    if pd.api.types.is_datetime64_any_dtype(column):
        return date(value, "short")
    if not _numeric(column):
        return str(value)
    whole = bool((column.dropna() % 1 == 0).all())
    return plain(float(value), 0 if whole else 1)
