"""How one measure is shown: its name, figures, dates and readings, the same in charts and tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from reviewkit.model import Engagement, Measure

from .words import ASSURANCE, RULES, VARIATION, currency_mark, date, missing, number, plain

Side = Literal["high", "low", ""]
_SIDES: dict[tuple[str, str], Side] = {
    ("improvement", "increase"): "high",
    ("improvement", "decrease"): "low",
    ("concern", "increase"): "low",
    ("concern", "decrease"): "high",
}


@dataclass(frozen=True)
class Display:
    """The one source of what a chart and a table show of a measure; made by :func:`display_of`.

    Parameters
    ----------
    measure : gives name, unit, direction, decimals, caveat, and whether the contract asks for it.
    currency, cadence, site_label : the engagement's.
    """

    measure: Measure
    currency: str = "GBP"
    cadence: Literal["week", "month"] = "month"
    site_label: str = "site"

    @property
    def name(self) -> str:
        """The measure's name."""
        return self.measure.name

    @property
    def unit(self) -> str:
        """The measure's unit."""
        return self.measure.unit

    def figure(self, value: Any, *, short: bool = False) -> str:
        """Return a figure with its unit and decimals; sums of money under 100 to the penny.

        >>> wait = Measure(id="w", name="Wait", unit="seconds", direction="decrease", table="kpis",
        ...                numerator="sum(value)", decimals=0)
        >>> Display(wait).figure(402.4), Display(wait).figure(402.4, short=True)
        ('402 seconds', '402 s')
        """
        if self.unit == "money" and not missing(value) and abs(float(value)) < 100:
            sign = "−" if float(value) < 0 else ""
            return f"{sign}{currency_mark(self.currency)}{plain(abs(float(value)), 2)}"
        return number(value, self.unit, self.measure.decimals, currency=self.currency, short=short)

    def when(self, at: Any, *, short: bool = False) -> str:
        """Return a period in words: the month, or the day its week begins.

        >>> wait = Measure(id="w", name="Wait", unit="seconds", direction="decrease", table="kpis",
        ...                numerator="sum(value)")
        >>> Display(wait).when("2025-03-01"), Display(wait, cadence="week").when("2025-03-03", short=True)
        ('March 2025', '3 Mar 2025')
        """
        if isinstance(at, int | float) and not missing(at):
            return f"{at:g}"
        if missing(at) or self.cadence == "week":
            return date(at, "short" if short else "day")
        return f"{pd.Timestamp(at):%b %Y}" if short else date(at, "month")

    def side(self, signal: str) -> Side:
        """Say on which side the rule was met: it follows from what the signal means and the direction.

        >>> wait = Measure(id="w", name="Wait", unit="seconds", direction="decrease", table="kpis",
        ...                numerator="sum(value)")
        >>> Display(wait).side("improvement"), Display(wait).side("concern")
        ('low', 'high')
        """
        if signal in ("neutral_high", "neutral_low"):
            return "high" if signal == "neutral_high" else "low"
        return _SIDES.get((signal, self.measure.direction), "")

    def variation(self, signal: str) -> str:
        """Say what is happening, and towards which side.

        >>> wait = Measure(id="w", name="Wait", unit="seconds", direction="decrease", table="kpis",
        ...                numerator="sum(value)")
        >>> Display(wait).variation("improvement"), Display(wait).variation("common_cause")
        ('improving (lower)', 'no significant change')
        """
        words = VARIATION.get(signal, "")
        side = self.side(signal) if signal in ("improvement", "concern") else ""
        return f"{words} ({side}er)" if side else words

    def assurance(self, verdict: str) -> str:
        """Say whether the target can be relied on.

        >>> wait = Measure(id="w", name="Wait", unit="seconds", direction="decrease", table="kpis",
        ...                numerator="sum(value)")
        >>> Display(wait).assurance("fails")
        'misses the target consistently'
        """
        return ASSURANCE.get(verdict, "")

    def rule(self, rule: str) -> str:
        """Say what a rule asks for, in words; nothing where no rule was met."""
        return RULES.get(rule, rule.replace("_", " "))


def display_of(measure: Measure, engagement: Engagement | None = None) -> Display:
    """Return how ``measure`` is shown in ``engagement``; alone, in pounds and by its own period.

    Examples
    --------
    >>> fcr = Measure(id="fcr", name="First-contact resolution", unit="percent", direction="increase",
    ...               table="contacts", numerator="sum(resolved)", denominator="count(resolved)")
    >>> client = Engagement(id="e", name="E", client="E", purpose="P", data_as_of="2025-01-31", data=".",
    ...                     currency="EUR", period="week", measures=[fcr])
    >>> shown = display_of(fcr, client)
    >>> shown.figure(61.04), shown.currency, shown.cadence
    ('61.0%', 'EUR', 'week')
    """
    if engagement is None:
        return Display(measure, cadence=measure.period or "month")
    return Display(measure, engagement.currency, engagement.cadence(measure), engagement.site_label)


def writer(display: Display | None, unit: str, decimals: int | None) -> Callable[[Any], str]:
    """Return how a chart writes its figures: as the measure's, or in a unit alone.

    >>> writer(None, "percent", 0)(61.2)
    '61%'
    """
    if display is not None:
        return lambda value: display.figure(value, short=True)
    return lambda value: number(value, unit, decimals, short=True)


def displays(engagement: Engagement) -> dict[str, Display]:
    """Return how each measure of an engagement is shown, by the measure's id."""
    return {measure.id: display_of(measure, engagement) for measure in engagement.measures}
