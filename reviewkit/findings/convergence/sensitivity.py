"""How far each threshold would have to move before a verdict changes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from .pairs import Pair
from .verdicts import Relationship, Thresholds

NAMES = {
    "share": "prominent among all",
    "local": "prominent in one department or site",
    "thin": "more than hardly raised",
    "units": "raised",
    "heard": "enough heard",
    "size": "a signal that counts",
    "large": "a large signal",
    "nearer": "raised above all there",
}
"""What each threshold is the beginning of."""
PARTS = ("share", "local", "thin")
COUNTS = ("units", "heard")
COLUMNS = ("code", "measure", "threshold", "now", "at", "becomes", "move", "near")
_STEP = 1e-6


@dataclass(frozen=True)
class Turn:
    """The nearest value of one threshold, on one side, at which a verdict is another."""

    threshold: str
    now: float
    at: float
    becomes: Relationship | None

    @property
    def move(self) -> float:
        """How far that is from where the threshold stands, as a part of it; negative is lower."""
        return self.at / self.now - 1


def turns(pair: Pair, limits: Thresholds) -> list[Turn]:
    """Return where the verdict turns as each threshold alone is moved, the nearest turn first.

    Between the present value and ``at`` the verdict stays; at ``at`` it is ``becomes``.

    >>> from reviewkit.findings.convergence.topics import DataState, VoiceState
    >>> fell = DataState("csat", "Satisfaction", tone="concern", size=4.0, promoted=True)
    >>> pair = Pair(VoiceState("morale", concern=6, total=20), fell)
    >>> [(turn.threshold, round(turn.at, 2), turn.becomes) for turn in turns(pair, Thresholds())][:1]
    [('share', 0.3, 'partial')]
    """
    verdict, found = pair.verdict(limits), list[Turn]()
    for name, values in pair.critical(limits).items():
        now = float(getattr(limits, name))
        for side in (-1, 1):
            tried = sorted(
                (value for value in _tried(name, values) if (value - now) * side > 0),
                key=lambda value: abs(value - now),
            )
            for value in tried:
                moved: dict[str, Any] = {name: int(value) if name in COUNTS else value}
                other = pair.verdict(replace(limits, **moved))
                if other != verdict:
                    found.append(Turn(name, now, value, other))
                    break
    return sorted(found, key=lambda turn: abs(turn.move))


def is_near(turn: Turn, limits: Thresholds) -> bool:
    """Return whether a turn lies within half of where the threshold stands."""
    low, high = (getattr(limits.moved(factor), turn.threshold) for factor in (0.5, 1.5))
    return bool(low <= turn.at <= high)


def holds(pair: Pair, limits: Thresholds, found: Iterable[Turn]) -> bool:
    """Return whether a verdict stays as each threshold, and all together, move by half."""
    together = all(pair.verdict(limits.moved(factor)) == pair.verdict(limits) for factor in (0.5, 1.5))
    return together and not any(is_near(turn, limits) for turn in found)


def sensitivity_table(pairs: Iterable[Pair], limits: Thresholds) -> pd.DataFrame:
    """Return one row a verdict, threshold and side: where it turns, and into what.

    Returns
    -------
    ``code, measure, threshold, now, at`` (in the threshold's own unit), ``becomes`` (a relationship, or
    "no row"), ``move`` (part of ``now``, negative is lower), ``near`` (within half).
    """
    rows = [
        (
            pair.voice.code,
            pair.change.measure,
            turn.threshold,
            turn.now,
            turn.at,
            turn.becomes or "no row",
            turn.move,
            is_near(turn, limits),
        )
        for pair in pairs
        if pair.verdict(limits) is not None
        for turn in turns(pair, limits)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _tried(name: str, values: Iterable[float]) -> list[float]:
    """Return values just at, above and below those observed that the threshold may take."""
    sound = [float(value) for value in values if math.isfinite(value) and value > 0]
    if name in COUNTS:
        return [float(round(value)) for value in sound]
    near = [value * factor for value in sound for factor in (1, 1 + _STEP, 1 - _STEP)]
    return [value for value in near if value <= 1] if name in PARTS else near
