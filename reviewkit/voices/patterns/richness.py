"""How many topics are still unheard, at least, and how many more interviews would bring them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

_Z = 1.959963984540054


@dataclass(frozen=True)
class Richness:
    """What was heard, and how much more there is at least.

    ``units`` interviews raised ``observed`` topics, ``once`` of them in one interview only and
    ``twice`` in two. ``expected`` is the lower bound of the number of topics there are, with its
    ``lower`` and ``upper`` 95 % limits, which hold for a random sample only.
    """

    units: int
    observed: int
    once: int
    twice: int
    expected: float
    error: float
    lower: float
    upper: float

    @property
    def unheard(self) -> float:
        """Topics not yet heard: at least so many."""
        return self.expected - self.observed

    def after(self, more: int) -> float:
        """Return how many topics ``more`` interviews like those held would bring the number to.

        ``S + Q0 (1 - (1 - Q1 / (T Q0 + Q1))^t)``: R. K. Colwell and others, "Models and estimators
        linking individual-based and sample-based rarefaction, extrapolation and comparison of
        assemblages", Journal of Plant Ecology 5, 2012, equation 18.
        """
        if self.unheard <= 0:
            return float(self.observed)
        keep = 1 - self.once / (self.units * self.unheard + self.once)
        return self.observed + self.unheard * (1 - keep**more)

    def needed(self, share: float = 0.95) -> int | None:
        """Return how many more interviews bring ``share`` of the topics; none where they never would.

        It solves :meth:`after` for the number of interviews.
        """
        goal = share * self.expected - self.observed
        if goal <= 0:
            return 0
        keep = 1 - self.once / (self.units * self.unheard + self.once)
        return math.ceil(math.log(1 - goal / self.unheard) / math.log(keep)) if 0 < keep < 1 else None


def richness(raised: pd.DataFrame) -> Richness | None:
    """Return the Chao2 estimate of the number of topics; none for fewer than two interviews.

    ``S + (T-1)/T x Q1^2 / (2 Q2)``, or ``S + (T-1)/T x Q1 (Q1-1) / 2`` where no topic was raised
    exactly twice: S topics in T interviews, Q1 of them in one and Q2 in two. It is a lower bound.
    Source: A. Chao, "Nonparametric estimation of the number of classes in a population",
    Scandinavian Journal of Statistics 11, 1984; variance and log-normal interval: A. Chao,
    "Estimating the population size for capture-recapture data with unequal catchability",
    Biometrics 43, 1987.

    Parameters
    ----------
    raised : ``unit_id`` and ``code``, one row or more a topic raised in a unit.

    Examples
    --------
    >>> said = pd.DataFrame({"unit_id": ["i1", "i1", "i2", "i2", "i3"],
    ...                      "code": ["pay", "it", "pay", "rooms", "morale"]})
    >>> found = richness(said)
    >>> found.observed, found.once, found.twice, found.expected
    (4, 3, 1, 7.0)
    """
    pairs = raised[["unit_id", "code"]].drop_duplicates()
    units = int(pairs["unit_id"].nunique())
    if units < 2:
        return None
    in_units = pairs.groupby("code").size()
    return from_counts(units, len(in_units), int((in_units == 1).sum()), int((in_units == 2).sum()))


def from_counts(units: int, observed: int, once: int, twice: int) -> Richness:
    """Return the estimate from its four counts; see :func:`richness`.

    The documented example of R's vegan (``specpool(BCI)``: 50 plots, 225 species) gives 236.3732
    with a standard error of 6.54361:

    >>> found = from_counts(50, 225, 21, 19)
    >>> round(found.expected, 4), round(found.error, 5)
    (236.3732, 6.54361)
    """
    part = (units - 1) / units
    if twice:
        ratio = once / twice
        more = part * once**2 / (2 * twice)
        variance = twice * (part / 2 * ratio**2 + part**2 * ratio**3 + part**2 / 4 * ratio**4)
    else:
        more = part * once * (once - 1) / 2
        expected = observed + more
        variance = part * once * (once - 1) / 2 + part**2 * once * (2 * once - 1) ** 2 / 4
        variance -= part**2 * once**4 / (4 * expected) if expected else 0.0
    lower, upper = _limits(observed, more, max(variance, 0.0))
    return Richness(units, observed, once, twice, observed + more, max(variance, 0.0) ** 0.5, lower, upper)


def _limits(observed: int, more: float, variance: float) -> tuple[float, float]:
    """Log-normal limits of what is unheard: never below what was heard."""
    if more <= 0:
        return float(observed), float(observed)
    spread = math.exp(_Z * math.sqrt(math.log(1 + variance / more**2)))
    return observed + more / spread, observed + more * spread
