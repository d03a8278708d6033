"""What the values of a column look like: dates, numbers, yes and no, names, words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .dates import DateForm, date_form

SAMPLE = 400
FEW = 40
"""Up to this many different values are kept by name: sites and answers, not people or words."""

_CLOCK = re.compile(r"\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:\.\d+)?")
_POINT = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:[, \u00a0\u202f]\d{3})+)(?:\.\d+)?(?:[eE][-+]?\d+)?")
_COMMA = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:[. \u00a0\u202f]\d{3})+)(?:,\d+)?")
_GROUPING = re.compile(r"[ \u00a0\u202f]")


@dataclass(frozen=True)
class Profile:
    """What a column holds. Shares are of the cells that are filled.

    ``plain`` is the share of numbers without a sign of currency or a percent sign. ``few`` holds the
    different values where they are few, the most frequent first.
    """

    cells: int
    filled: float
    different: int
    numeric: float
    plain: float
    low: float
    high: float
    middle: float
    whole: float
    clock: float
    percent_sign: bool
    dated: DateForm | None
    words: float
    few: tuple[str, ...]

    @property
    def unique(self) -> float:
        """Different values as a share of the filled cells."""
        return self.different / max(round(self.cells * self.filled), 1)


def profile(values: Sequence[str], decimal: str = ".") -> Profile:
    """Describe a column from its cells as text; empty ones are ``""``.

    >>> found = profile(["1", "2.5", "", "4"])
    >>> found.numeric, found.low, found.high, found.filled
    (1.0, 1.0, 4.0, 0.75)
    """
    filled = [value.strip() for value in values if value.strip()]
    counts = Counter(filled)
    sample = _spread(filled, SAMPLE)
    bare = [value.strip("£$€% \u00a0") for value in sample]
    numbers = [number for value in bare if (number := to_number(value, decimal)) is not None]
    n = max(len(sample), 1)
    every = sorted(
        number for value in counts if (number := to_number(value.strip("£$€% "), decimal)) is not None
    )
    return Profile(
        cells=len(values),
        filled=len(filled) / max(len(values), 1),
        different=len(counts),
        numeric=len(numbers) / n,
        plain=sum(to_number(value, decimal) is not None for value in sample) / n,
        low=every[0] if every else 0.0,
        high=every[-1] if every else 0.0,
        middle=sorted(numbers)[len(numbers) // 2] if numbers else 0.0,
        whole=sum(number == round(number) for number in numbers) / max(len(numbers), 1),
        clock=sum(_CLOCK.fullmatch(value) is not None for value in sample) / n,
        percent_sign=any(value.endswith("%") for value in sample),
        dated=date_form(_spread(list(counts), SAMPLE)),
        words=sum(len(value.split()) for value in sample) / n,
        few=tuple(value for value, _ in counts.most_common(FEW)) if len(counts) <= FEW else (),
    )


def to_number(value: str, decimal: str = ".") -> float | None:
    """Return a number, written with this decimal mark and perhaps thousands separators.

    >>> to_number("1.234,5", ","), to_number("1,234.5"), to_number("12a")
    (1234.5, 1234.5, None)
    """
    if not (_COMMA if decimal == "," else _POINT).fullmatch(value):
        return None
    value = _GROUPING.sub("", value)
    if decimal == ",":
        return float(value.replace(".", "").replace(",", "."))
    return float(value.replace(",", ""))


def _spread(values: list[str], most: int) -> list[str]:
    """Take values evenly from the whole column: the first rows are often unlike the rest."""
    step = max(len(values) // most, 1)
    return values[::step]
