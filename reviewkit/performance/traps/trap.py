"""A trap that was found, and the figures it is looked for in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from reviewkit.model import Engagement
from reviewkit.model.words import sentence


@dataclass(frozen=True)
class Trap:
    """Something in the data that would make one believe what is not so.

    Parameters
    ----------
    name : which trap.
    source : the table it lies in.
    found : what was found and where, with its count, a clause.
    believe : what it would make one believe wrongly, with the figure worked out, a clause.
    do : what to do, a sentence.
    count, of : how many rows, cases or points, and of how many.
    figures : what was worked out.
    rule : the rule by which it was found.

    Examples
    --------
    >>> Trap("gaps", "kpis", "2 of 24 months are missing at North", "a year's sum comes out 8% low",
    ...      "Ask for them.", 2, 24).statement
    "2 of 24 months are missing at North: a year's sum comes out 8% low. Ask for them."
    """

    name: str
    source: str
    found: str
    believe: str
    do: str
    count: int
    of: int
    figures: Mapping[str, float] = field(default_factory=dict)
    rule: str = ""

    @property
    def statement(self) -> str:
        """The trap in two sentences."""
        return f"{sentence(f'{self.found}: {self.believe}')} {sentence(self.do)}"


@dataclass(frozen=True)
class Looked:
    """What traps are looked for in; each part may be absent.

    Parameters
    ----------
    engagement : names, contracts and measures.
    panel : measures over time, as :func:`reviewkit.performance.all_series` returns them.
    handled : handle times and scores counted, as :func:`reviewkit.performance.traps.hangups.handled` does.
    journey : the event log, ``customer, at``.
    """

    engagement: Engagement
    panel: pd.DataFrame | None = None
    handled: pd.DataFrame | None = None
    journey: pd.DataFrame | None = None


def volumes(panel: pd.DataFrame) -> pd.DataFrame:
    """Return how big each site was, by month: the largest denominator (else numerator) of its measures.

    >>> panel = pd.DataFrame({"site": ["A", ""], "period": pd.to_datetime(["2025-01-01"] * 2),
    ...                       "numerator": [4.0, 4.0], "denominator": [9.0, 9.0]})
    >>> volumes(panel)["A"].tolist()
    [9.0]
    """
    sites = panel[panel["site"] != ""]
    month = sites["period"].dt.to_period("M").dt.to_timestamp()
    size = sites["denominator"].fillna(sites["numerator"]).groupby([sites["site"], month]).max()
    wide: pd.DataFrame = size.unstack("site").sort_index()
    return wide


def month(at: pd.Timestamp) -> str:
    """Return a month in words.

    >>> month(pd.Timestamp("2025-03-01"))
    'March 2025'
    """
    return f"{at:%B %Y}"


def percent(share: float) -> str:
    """Return a share of 0 to 1 in words, never 0 % or 100 % where it is not.

    >>> percent(0.456), percent(0.001), percent(0.999)
    ('46%', 'under 1%', 'over 99%')
    """
    if 0 < share < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < share < 1 else f"{100 * share:.0f}%"
