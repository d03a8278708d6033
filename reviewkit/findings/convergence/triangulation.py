"""Do concerns align with the data? The convergence coding matrix.

The verdicts and the protocol they follow are in :mod:`reviewkit.findings.convergence.verdicts`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reviewkit.model import Measure

from .next_steps import next_step
from .pairs import Pair, topic_measure_pairs
from .sensitivity import holds, is_near, turns
from .topic_links import Codes
from .verdicts import Relationship, Thresholds, raised_as, relationship
from .words import Count, exactly, meaning, measure_does, reason, steady

__all__ = ["COLUMNS", "Relationship", "Thresholds", "relationship", "triangulate"]

COLUMNS: tuple[str, ...] = ("code", "name", "heading", "measure", "measure_name", "site", "contract")
COLUMNS += ("relationship", "reason", "sensitivity", "meaning", "measure_does", "next_step", "stance", "data")
COLUMNS += ("units", "units_total", "kind", "share", "size", "asked", "raised_as", "firm", "leading")
KINDS = dict.fromkeys(("units", "units_total"), "int64") | dict.fromkeys(("share", "size"), "float64")
KINDS |= dict.fromkeys(("firm", "leading"), "bool")
# Where several measures speak to a topic: full agreement speaks for it, else an open contradiction.
SPEAKS_FIRST = ("agreement", "dissonance", "partial", "silence_in_voices", "silence_in_data")


@dataclass(frozen=True)
class _Telling:
    """What the words of a row depend on beside its two sides."""

    codebook: Codes
    limits: Thresholds
    asked: Collection[str] | None
    count: Count
    customer: str


def triangulate(
    themes: pd.DataFrame,
    signals: pd.DataFrame,
    codebook: Codes,
    *,
    measures: Iterable[Measure] = (),
    coded: pd.DataFrame | None = None,
    thresholds: Thresholds | None = None,
    asked: Collection[str] | None = None,
    count: Count = exactly,
    comparison: pd.DataFrame | None = None,
    customer: str = "customer",
) -> pd.DataFrame:
    """Return the convergence coding matrix: one row a topic and measure that speaks to it.

    Parameters
    ----------
    themes : one row a code, stance and kind (step 1.4); may be empty. Concerns and suggestions of one
        code stand in rows of their own and are taken together.
    signals : one row a measure, site and contract (step 1.1); may be empty.
    codebook : ``.codes`` maps a code's id to its name, heading and linked measures.
    measures : the engagement's measures: where they name ``codes``, these are the links; their
        ``minimum_effect`` sizes signals. Without them a promoted signal counts as large.
    coded : one row a remark and code (step 1.4): lets a topic be prominent in one department or
        site without being so everywhere, and tells how many raise a concern or make a suggestion.
    thresholds : where prominence begins; each verdict says how far it depends on them.
    asked : codes that interviews asked about; None where that is not known.
    count : words for "n of total"; an edition's own where small counts must not be seen.
    comparison : sites compared (step 1.1): where a measure did not change over time, a site that
        differs from the whole speaks to those who raise the topic the same way.
    customer : what one of those served is called.

    Returns
    -------
    ``code, name, heading, measure, measure_name, site, relationship`` (agreement, partial,
    silence_in_voices, silence_in_data, dissonance), ``reason, sensitivity, meaning,
    measure_does`` (in half a sentence), ``next_step, stance`` and ``data`` (what either side says),
    ``units, units_total, share, size, asked, raised_as`` (raised, hardly_raised, not_raised, not_asked,
    not_known), ``firm`` (the verdict stays as thresholds move by half), ``leading`` (the row that speaks
    for its topic). Topics on which neither side says anything have no row.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> book = SimpleNamespace(codes={"systems_and_it": SimpleNamespace(
    ...     name="Systems and IT", heading="resources", measures=("handle_time",))})
    >>> said = pd.DataFrame([{"code": "systems_and_it", "stance": "concern", "kind": "interview",
    ...                       "units": 9, "units_total": 14, "spontaneous": 7}])
    >>> data = pd.DataFrame([{"measure": "handle_time", "name": "Handle time", "site": "", "effect": 40.0,
    ...                       "variation": "concern", "assurance": "", "promoted": True}])
    >>> triangulate(said, data, book)["relationship"].tolist()
    ['agreement']
    """
    telling = _Telling(codebook, thresholds or Thresholds(), asked, count, customer)
    pairs = topic_measure_pairs(
        themes, signals, codebook, measures=measures, coded=coded, comparison=comparison
    )
    rows = [row for pair in pairs if (row := _row(pair, telling)) is not None]
    if not rows:
        return pd.DataFrame({name: pd.Series(dtype=KINDS.get(name, "str")) for name in COLUMNS})
    table = pd.DataFrame(rows).assign(leading=False)
    order = table["relationship"].map({name: place for place, name in enumerate(SPEAKS_FIRST)})
    table = table.assign(order=order).sort_values(["order", "size"], ascending=[True, False], kind="stable")
    table["leading"] = ~table.duplicated("code") | table["code"].eq("")
    table = table.sort_values(["share", "code", "order"], ascending=[False, True, True], kind="stable")
    return table[list(COLUMNS)].reset_index(drop=True)


def _row(pair: Pair, telling: _Telling) -> dict[str, Any] | None:
    """Return what the matrix says of one pair; None where neither side says anything."""
    voice, limits = pair.voice, telling.limits
    verdict, data = pair.verdict(limits), pair.data(limits)
    if verdict is None:
        return None
    asked = None if telling.asked is None else voice.code in telling.asked or voice.units > 0
    raised = raised_as(voice, verdict, limits, asked)
    entry = telling.codebook.codes.get(voice.code)
    name = str(entry.name) if entry else voice.code
    everywhere = voice.share >= limits.share * limits.part(voice.kind)
    found = turns(pair, limits)
    firm = holds(pair, limits, found)
    told = telling.count(voice.units, voice.total) == exactly(voice.units, voice.total)
    return {
        "code": voice.code,
        "name": name,
        "heading": entry.heading if entry else "",
        "measure": data.measure,
        "measure_name": data.name,
        "site": data.site,
        "contract": data.contract,
        "relationship": verdict,
        "reason": reason(voice, data, asked, telling.count, telling.customer),
        "sensitivity": steady(found, exact=told, near=lambda turn: is_near(turn, limits), firm=firm),
        "meaning": meaning(verdict, name, voice, data, raised, everywhere=everywhere),
        "measure_does": measure_does(verdict, voice, data),
        "next_step": next_step(verdict, voice.code, entry, data, voice.stance(1), raised, pair.linked),
        "stance": voice.stance(1),
        "data": data.level(0).removesuffix("_by_target"),
        "units": voice.units,
        "units_total": voice.total,
        "kind": voice.kind,
        "share": voice.share,
        "size": data.size,
        "asked": "" if asked is None else ("yes" if asked else "no"),
        "raised_as": raised,
        "firm": firm,
    }
