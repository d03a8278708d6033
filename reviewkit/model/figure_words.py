"""A changed figure in the terms of what it measures: percent, money, seconds, a share, a date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from .difference import FigureChange, is_number
from .engagement import Engagement, Measure
from .finding import Figure, Finding
from .words import AFTER, currency_mark, money, plain

LEVELS = frozenset({"latest", "mean", "target", "actual", "centre", "needed", "now", "sustained"})
"""Figures in the unit of their measure."""
STEPS_OF_UNIT = frozenset({"effect", "gap", "change"})
"""Figures that are a difference in the unit of their measure."""
BOUNDS = frozenset({"lower", "upper"})
"""Limits of a measure, or of a difference, according to the kind of finding."""
OF_A_MEASURE = frozenset({"opinion", "measure", "sites", "gap", "described_gap", "ramp_up"})
"""Kinds of finding whose subject is a measure."""
MONEY = frozenset(
    {"worth", "cost_per_year", "sum", "return_low", "return_high", "benefit", "cost_budgeted", "cost_used"}
)
SHARES = frozenset({"share", "share_ready", "share_nearly_ready", "share_not_ready"})
SHARES_OF_KIND: Mapping[str, frozenset[str]] = {
    "feedback": frozenset({"praise", "specific", "timely"}),
    "activity": frozenset({"share", "lower", "upper"}),
    "caveat": frozenset({"worst_share", "alone", "together"}),
    "association": frozenset({"difference", "lower", "upper"}),
}
_POINTS = " percentage points"
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")
Show = Callable[[float, int], str]


def figure_words(change: FigureChange, finding: Finding, engagement: Engagement | None) -> str:
    """Return what became of one figure, rounded no further than shows the change.

    Parameters
    ----------
    change : the figure before and after.
    finding : the finding it belongs to, which says what it measures.
    engagement : names the units of measures and the currency; plain numbers without it.

    Examples
    --------
    >>> found = Finding.of("1.5", "partial", "care", statement="Care.", figures={"share": 0.37})
    >>> figure_words(FigureChange("share", 0.371, 0.412), found, None)
    'share from 37% to 41%, up 4 percentage points'
    >>> figure_words(FigureChange("units", 37, None), found, None)
    'units from 37 to none'
    """
    name, before, after = change.name.replace("_", " "), change.before, change.after
    if _beneath(before) and _beneath(after):
        return f"the figures of {change.name if '/' in change.name else f'the {name}'} changed"
    if not (is_number(before) or is_number(after)):
        return f"{name} from {_text(before)} to {_text(after)}"
    show, decimals, tail = _terms(change.name, finding, engagement)
    old, new = _apart(before, after, show, decimals)
    if tail == _POINTS and old.endswith(tail) and new.endswith(tail):
        old = old.removesuffix(tail)
    words = f"{name} from {old} to {new}"
    return f"{words}{_moved(before, after, show, new)}" if tail == "%" else words


def measure_of(finding: Finding, engagement: Engagement | None) -> Measure | None:
    """Return the measure a finding is about, where it is about one."""
    if engagement is None or finding.kind not in OF_A_MEASURE:
        return None
    # The subject names the measure first; a contract may stand behind it (csat_household).
    names = (finding.figures.get("measure") or finding.subject.split("/")[0], finding.subject)
    near = [measure for measure in engagement.measures if f"{names[1]}_".startswith(f"{measure.id}_")]
    exact = [measure for measure in engagement.measures if measure.id == names[0]]
    return next(iter(exact), max(near, key=lambda measure: len(measure.id), default=None))


def _terms(name: str, finding: Finding, engagement: Engagement | None) -> tuple[Show, int, str]:
    """How a figure is shown, its decimals at least, and what its text ends with."""
    currency = engagement.currency if engagement else "GBP"
    if name in MONEY or finding.kind == "money":
        return _money(currency), 0, ""
    if name in SHARES:
        return (lambda value, decimals: f"{plain(value * 100, decimals)}%"), 0, "%"
    if name in SHARES_OF_KIND.get(finding.kind, ()):
        points = finding.kind == "association"
        tail = _POINTS if points else "%"
        return (lambda value, decimals: f"{plain(value * 100, decimals)}{tail}"), 0, tail
    if name == "percent_done":
        return (lambda value, decimals: f"{plain(value, decimals)}%"), 0, "%"
    measure = measure_of(finding, engagement)
    if measure is None or name not in LEVELS | STEPS_OF_UNIT | BOUNDS:
        return _number, 3 if name == "p_value" else 0, ""
    if measure.unit == "money":
        return _money(currency), 0, ""
    difference = name in STEPS_OF_UNIT or (name in BOUNDS and finding.kind != "measure")
    tail = _POINTS if difference and measure.unit == "percent" else AFTER.get(measure.unit, "")
    return (lambda value, decimals: f"{plain(value, decimals)}{tail}"), measure.decimals, tail


def _number(value: float, decimals: int) -> str:
    return plain(value, decimals if float(value).is_integer() else max(decimals, 2))


def _money(currency: str) -> Show:
    def show(value: float, decimals: int) -> str:
        if not decimals:
            return money(value, currency)
        return f"{'−' if value < 0 else ''}{currency_mark(currency)}{abs(value):,.{max(decimals, 2)}f}"

    return show


def _apart(before: Figure, after: Figure, show: Show, decimals: int) -> tuple[str, str]:
    """Both values with as few decimals as tell them apart."""
    for more in range(decimals, 7):
        old, new = (_text(value, show, more) for value in (before, after))
        if old != new:
            return old, new
    return f"{before:.6g}", f"{after:.6g}"  # too small, or too alike, for decimals


def _moved(before: Figure, after: Figure, show: Show, new: str) -> str:
    """How far a percentage moved, with the decimals that it is shown with."""
    if not (is_number(before) and is_number(after)):
        return ""
    decimals = len(new.removesuffix("%").partition(".")[2])
    size = show(abs(after - before), decimals).removesuffix("%")
    one = size == "1"
    return f", {'up' if after > before else 'down'} {size} percentage point{'' if one else 's'}"


def _text(value: Figure, show: Show = _number, decimals: int = 0) -> str:
    if value is None or value == "":
        return "none"
    if is_number(value):
        return show(value, decimals)
    if not isinstance(value, str):
        return "yes" if value else "no"
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return f"“{value.replace('_', ' ')}”"
    return f"{day.day} {day:%B %Y}"


def _beneath(value: Figure) -> bool:
    return isinstance(value, str) and bool(_FINGERPRINT.fullmatch(value))
