"""The parts of a run's work, and which wait for which."""

from __future__ import annotations

from reviewkit.model import EDITIONS, STEPS, StepSpec

EVIDENCE, PLACE = "evidence", "site"


def by_what_waits() -> list[StepSpec]:
    """Return the steps, those first that have the longest row of others waiting for them.

    >>> [spec.number for spec in by_what_waits()][:2], [spec.number for spec in by_what_waits()][-1]
    (['1.1', '1.2'], '4.2')
    """

    def waiting(number: str) -> int:
        return 1 + max((waiting(spec.number) for spec in STEPS if number in spec.after), default=0)

    return sorted(STEPS, key=lambda spec: -waiting(spec.number))


SITE = tuple(f"site/{edition}" for edition in EDITIONS)
NUMBERS = tuple(spec.number for spec in STEPS)
# What must have ended before a part of the work may begin. Parts are started in this order.
PARTS: dict[str, frozenset[str]] = {
    EVIDENCE: frozenset(),
    **{spec.number: frozenset((EVIDENCE, *spec.after)) for spec in by_what_waits()},
    **{part: frozenset(NUMBERS) for part in SITE},
    PLACE: frozenset(SITE),
}
