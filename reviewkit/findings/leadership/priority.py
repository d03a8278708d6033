"""Which few gaps in leadership to begin with, by a stated formula."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from reviewkit.content import Codebook
from reviewkit.model import Measure

from .rules import leadership_rules

FORMULA = (
    "Priority = people x gap x contract relevance. People: those who report to the leaders of the group who "
    "are short, and at least one for each of these. Gap: the group's mean, in points of five. Relevance: "
    "{contract:g} where a theme the competency bears on speaks to a measure of the contract, {measured:g} to "
    "another measure, {none:g} to none."
)


def formula() -> str:
    """Return the formula in words, with the weights of ``competencies.yaml``.

    >>> formula().endswith("1 where a theme the competency bears on speaks to a measure of the contract, "
    ...                    "0.75 to another measure, 0.5 to none.")
    True
    """
    return FORMULA.format(**leadership_rules().relevance)


def begin_with(groups: pd.DataFrame, few: int | None = None) -> pd.DataFrame:
    """Return the few gaps to begin with: those surely half a point or more, by ``priority``.

    A group of several counts when the lower end of its interval passes half a point; a single
    leader when the gap is a point and a half or more. Only these can come first, however
    large the rest.

    Parameters
    ----------
    groups : as made by ``capability_by``; ``people`` and ``relevance`` count where they are
        there (else the number of leaders, and one). few : how many; that of the rules by default.

    Returns
    -------
    The rows chosen with ``priority`` = people x gap x relevance (:func:`formula`).
    """
    rules = leadership_rules()
    sure = groups["lower"].ge(rules.small) | (groups["leaders"].eq(1) & groups["gap"].ge(rules.large))
    reached = groups["people"] if "people" in groups else groups["leaders"]
    weight = groups.get("relevance", 1.0)
    chosen = groups.assign(priority=reached * groups["gap"] * weight)[sure]
    chosen = chosen.sort_values("priority", ascending=False, kind="stable")
    return chosen.head(few or rules.few).reset_index(drop=True)


def contract_relevance(
    competencies: Iterable[str], codebook: Codebook, measures: Iterable[Measure]
) -> dict[str, float]:
    """Return the relevance of each competency to the contract, through the themes it bears on.

    A theme speaks to a measure where the measure names its code; where a measure names none,
    the codebook's link counts.
    """
    from reviewkit.voices.patterns.priority import relevance

    rules, known = leadership_rules(), list(measures)
    found = {}
    for name in competencies:
        told = [relevance(code, codebook, known) for code in rules.bears_on.get(name, ())]
        found[name] = max((rules.relevance[word] for word in told), default=rules.relevance["none"])
    return found
