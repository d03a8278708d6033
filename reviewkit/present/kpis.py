"""The table of key figures: value, target, what is happening, whether the target can be relied on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from .display import Display
from .icons import with_words
from .sparklines import sparkline
from .tables import Table
from .words import missing
from .xmr_words import gap_words, is_run, target_steps

HEADINGS: Mapping[str, str] = {
    "name": "Measure",
    "site": "Site",
    "latest": "Latest",
    "target": "Target",
    "variation": "What is happening",
    "assurance": "Against the target",
    "line": "Course",
}
LATEST = 60
"""Points that the small line shows: with more it would be a smear."""
_KEYS = ("measure", "site", "contract")


class KpiTable(Table):
    """A table that becomes one card a row on a narrow screen."""

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        return super().html().replace('class="rk-table"', 'class="rk-table rk-kpis"', 1)

    def _stacks(self, cells: list[list[str]]) -> bool:
        """Its cells hold their headings already."""
        return False


def kpi_table(
    signals: pd.DataFrame,
    shown: Mapping[str, Display],
    points: pd.DataFrame | None = None,
    *,
    caption: str = "Latest value, target, what is happening, and whether the target can be relied on",
) -> Table:
    """Return one row a signal: value and target, variation and assurance as icon and words, a small line.

    Parameters
    ----------
    signals : ``measure``, ``latest``, ``target``, ``variation``, ``assurance``; where there, ``site``,
        ``contract``, ``period`` (of the latest value), ``rule`` (that its point met) and
        ``assurance_since`` (how often the target was met since the measure last changed, in words).
    shown : how each measure is shown, by its id: :func:`~reviewkit.present.display.displays`.
    points : the points of the charts of these series, ``measure``, ``site``, ``contract``, ``period``,
        ``value``, ``signal``, ``target``: for the small line, and since when something holds.

    Examples
    --------
    >>> from reviewkit.model import Measure
    >>> fcr = Measure(id="fcr", name="First-contact resolution", unit="percent", direction="increase",
    ...               table="contacts", numerator="sum(resolved)", denominator="count(resolved)")
    >>> signals = pd.DataFrame([{"measure": "fcr", "site": "", "latest": 61.0, "target": 75.0,
    ...                          "variation": "concern", "assurance": "fails"}])
    >>> html = kpi_table(signals, {"fcr": Display(fcr)}).html()
    >>> "misses the target consistently" in html and "worsening (lower)" in html
    True
    """
    series = _series(points)
    rows = [
        _row(row, shown[str(row["measure"])], series.get(_key(row))) for row in signals.to_dict("records")
    ]
    frame = pd.DataFrame(rows, columns=list(HEADINGS), dtype="object")
    headings = dict(HEADINGS)
    if len(rows):
        headings["site"] = shown[str(signals["measure"].iloc[0])].site_label.capitalize()
    for name in ("site", "line"):
        if frame.empty or not any(frame[name]):
            headings.pop(name)
    return KpiTable(frame, caption=caption, headings=headings)


def standing(points: pd.DataFrame) -> Any:
    """Return the period since which the last point's signal holds; missing for common cause.

    >>> points = pd.DataFrame({"period": [1, 2, 3], "value": 1.0,
    ...                        "signal": ["common_cause", "concern", "concern"]})
    >>> int(standing(points))
    2
    """
    known = points.dropna(subset=["value"])
    if known.empty or str(known["signal"].iloc[-1]) in ("common_cause", "", "nan"):
        return None
    other = np.flatnonzero((known["signal"] != known["signal"].iloc[-1]).to_numpy())
    return known["period"].iloc[other[-1] + 1 if len(other) else 0]


def _row(row: Mapping[Any, Any], display: Display, points: pd.DataFrame | None) -> dict[str, Any]:
    site = "" if missing(row.get("site")) else str(row["site"])
    asked = "asked for by the contract" if display.measure.contract_kpi else ""
    return {
        "name": _lines(display.name, asked),
        "site": site,
        "latest": _cell("Latest", _figure(row.get("latest"), display), _when(row.get("period"), display)),
        "target": _cell("Target", _figure(row.get("target"), display), _since(points, display)),
        "variation": _variation(row, display, points),
        "assurance": _assurance(row, display),
        "line": _course(points, display, site),
    }


def _variation(row: Mapping[Any, Any], display: Display, points: pd.DataFrame | None) -> Markup:
    tone = "" if missing(row.get("variation")) else str(row["variation"])
    if not tone:
        few = "run chart: too few points for limits" if points is not None and is_run(points) else ""
        return _cell("What is happening", few or "too few points to say")
    since = standing(points) if points is not None and len(points) else None
    rule = "" if missing(row.get("rule")) else display.rule(str(row["rule"]))
    # The special points may stand for a lasting change, not for the last point: then nothing is added.
    agrees = since is not None and points is not None and str(_last(points)["signal"]) == tone
    told = [f"since {display.when(since)}" if agrees else "", rule if tone != "common_cause" else ""]
    small = ": ".join(part for part in told if part)
    words = with_words(tone, display.variation(tone), small, side=display.side(tone))
    return _cell("What is happening", words)


def _assurance(row: Mapping[Any, Any], display: Display) -> Markup:
    verdict = "" if missing(row.get("assurance")) else str(row["assurance"])
    if verdict:
        better = display.measure.direction != "decrease"
        since = "" if missing(row.get("assurance_since")) else str(row["assurance_since"])
        words = with_words(verdict, display.assurance(verdict), since, higher_is_better=better)
        return _cell("Against the target", words)
    return _cell("Against the target", "no target" if missing(row.get("target")) else "no verdict")


def _course(points: pd.DataFrame | None, display: Display, site: str) -> Markup:
    if points is None or points.empty:
        return Markup("")
    points = points.tail(LATEST)
    known = points.dropna(subset=["value"])
    alt = f"Course of {display.name}{', ' + site if site else ''}: {len(known)} points"
    if len(known):
        first, last = known.iloc[0], known.iloc[-1]
        alt += (
            f", {display.figure(first['value'])} in {display.when(first['period'])}, "
            f"{display.figure(last['value'])} in {display.when(last['period'])}."
        )
    drawn = sparkline(points, alt=" ".join(part for part in (alt, gap_words(points, display)) if part))
    return _cell("Course", drawn) if drawn else drawn


def _since(points: pd.DataFrame | None, display: Display) -> str:
    """Say since when the target is in force, where it was another before."""
    steps = target_steps(points) if points is not None else pd.DataFrame()
    return f"since {display.when(steps['period'].iloc[-1], short=True)}" if len(steps) > 1 else ""


def _figure(value: Any, display: Display) -> Markup:
    return Markup('<span class="rk-right">{}</span>').format(display.figure(value, short=True))


def _when(period: Any, display: Display) -> str:
    return "" if missing(period) else display.when(period, short=True)


def _cell(label: str, text: Any, small: str = "") -> Markup:
    """Return a cell with its heading, which is seen on narrow screens alone, and a small line."""
    return Markup('<span class="rk-cell" aria-hidden="true">{}</span>{}').format(label, _lines(text, small))


def _lines(text: Any, small: str) -> Markup:
    return Markup("{}<small>{}</small>").format(text, small) if small else Markup("{}").format(text)


def _last(points: pd.DataFrame) -> pd.Series[Any]:
    return points.dropna(subset=["value"]).iloc[-1]


def _key(row: Mapping[Any, Any]) -> tuple[str, ...]:
    return tuple("" if missing(row.get(name)) else str(row[name]) for name in _KEYS)


def _series(points: pd.DataFrame | None) -> dict[tuple[str, ...], pd.DataFrame]:
    """Return the points of each series by measure, site and contract."""
    if points is None or points.empty:
        return {}
    keys = [points[name].fillna("").astype("str") if name in points else _blank(points) for name in _KEYS]
    return {
        tuple(str(part) for part in key): part.reset_index(drop=True)
        for key, part in points.groupby(keys, sort=False)
    }


def _blank(points: pd.DataFrame) -> pd.Series[str]:
    return pd.Series("", index=points.index, dtype="str")
