"""What a verdict on a cause says, in words of association only."""

from __future__ import annotations

from typing import NamedTuple

from reviewkit.content import Cause

from ..wording import filled
from .on_inputs import RESOURCES, SAME_THING
from .presence import Presence
from .trial import Trial

ALPHA = 0.05
"""Corrected p-values under this are taken for more than chance."""


class Judged(NamedTuple):
    """A test with its verdict for one gap, its corrected p-value, and the least it could have shown.

    ``seen`` says whether the condition was there at the gap's site.
    """

    verdict: str
    tested: Trial
    p_value: float
    smallest: float
    seen: Presence


def statement(cause: Cause, judged: Judged, site: str = "") -> str:
    """Return a sentence on whether a cause goes with a gap (at ``site``), with the figures behind it."""
    tested, p, words = judged.tested, judged.p_value, _Words(cause)
    figures = _figures(tested, p)
    if not tested.linked:
        return f"{cause.name} may be there, but no link to the gap is tested: {tested.words}."
    absent = judged.seen.state != "there"
    if absent and judged.verdict == "contradicted":
        over = f"over all sites it does ({tested.words}{figures})"
        return (
            f"{cause.name} {words.do} not go with the gap at {site}: {over}, but there {judged.seen.words}."
        )
    if absent:
        over = f"over all together, {tested.words}{figures}"
        where = f"at {site} " if site else ""
        return f"{cause.name} {words.are} not settled for this gap: {over}; {where}{judged.seen.words}."
    if judged.verdict == "supported":
        there = f" {_capital(judged.seen.words)}." if judged.seen.words else ""
        return f"{cause.name} {words.go} with the gap: {tested.words}{figures}.{there}"
    if judged.verdict == "contradicted":
        return f"{cause.name} {words.do} not go with the gap: {_against(tested, p)}{figures}."
    least = f" {_least(tested, judged.smallest)}" if judged.smallest > 0 else ""
    open_ = f"{_subject(tested)} leave it open"
    return f"{cause.name} {words.are} neither supported nor ruled out: {open_}{figures}.{least}"


def untested(cause: Cause, measure: str, raised: bool) -> str:
    """Return why a cause is not tested."""
    said = "linked by the codebook with what was raised" if raised else "a known cause of such gaps"
    same = {entry.column for entry in RESOURCES.get(cause.id, ())} & set(SAME_THING.get(measure, ()))
    if not filled(measure):
        why = "there is no measure to test it against"
    elif same:
        why = "the measure is itself worked out from the same figures"
    else:
        tables = " and ".join(name.replace("_", " ") for name in cause.needs)
        why = f"what is there of {tables} does not allow it"
    return f"{cause.name} is {said} and is not tested: {why}."


def corrected(p: float) -> str:
    """Return a corrected p-value in words that never claim certainty.

    >>> corrected(0.0001), corrected(0.0321), corrected(1.0)
    ('corrected p < 0.001', 'corrected p = 0.032', 'corrected p > 0.99')
    """
    if p < 0.001:
        return "corrected p < 0.001"
    return "corrected p > 0.99" if p > 0.99 else f"corrected p = {p:.3f}"


def effect_words(effect: float, kind: str) -> str:
    """Return an effect with its unit.

    >>> effect_words(-0.31, "series"), effect_words(0.085, "rate"), effect_words(0.4, "points")
    ('correlation −0.31', '8.5 percentage points', '0.4 points of 5')
    """
    if kind == "series":
        text = f"correlation {effect:.2f}"
    else:
        text = f"{100 * effect:.1f} percentage points" if kind == "rate" else f"{effect:.1f} points of 5"
    return text.replace("-", "−")


class _Words:
    """Verbs that agree with a cause's name."""

    def __init__(self, cause: Cause) -> None:
        many = cause.name.endswith("s") and not cause.name.endswith("ss")
        self.go, self.do, self.are = ("go", "do", "are") if many else ("goes", "does", "is")


def _figures(tested: Trial, p: float) -> str:
    if not tested.linked:
        return ""
    size = []
    if tested.kind == "series":
        size = [f"{effect_words(tested.found.effect, 'series')} (plus is the way expected)"]
    return "; " + ", ".join([*size, corrected(p)])


def _against(tested: Trial, p: float) -> str:
    if tested.kind != "series" and tested.found.effect >= 0:
        return tested.words
    turned = p < ALPHA and tested.found.effect < 0
    return f"{_subject(tested)} {'show the opposite' if turned else 'show no link that way'}"


def _least(tested: Trial, smallest: float) -> str:
    if tested.kind in ("series", "rate") and smallest >= 1:
        return "So few could not have shown any link."
    return f"Smallest effect this could have been relied on to show: {effect_words(smallest, tested.kind)}."


def _subject(tested: Trial) -> str:
    if tested.kind == "series":
        return f"{tested.found.n} {tested.span} of {_SOURCES.get(tested.rows, tested.rows or 'data')}"
    return f"{tested.found.n:,} {_CASES.get(tested.rows, 'cases')}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_SOURCES = {"kpis": "figures", "journey": "journeys"}
_CASES = {"journey": "customers", "leads": "leads", "goals": "goals", "perceptions": "answers"}
