"""Do concerns align with the data? The convergence coding matrix.

After the triangulation protocol of Farmer, Robinson, Elliott and Eyles, "Developing and
Implementing a Triangulation Protocol for Qualitative Health Research", Qualitative Health
Research 16(3), 2006, 377-394: agreement where meaning, prominence and examples match
(here: the same topic, both sides stand out, and a signal of some sites is raised there above all),
partial agreement where the meaning does and one of the others does not, silence where one
side covers a topic and the other does not, dissonance where they disagree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from reviewkit.model import Measure

from .convergence_words import Count, exactly, meaning, next_step, reason
from .topic_links import Codes, topic_pairs
from .topics import NO_DATA, DataState, VoiceState, data_states, sites_apart, voice_states

Relationship = Literal["agreement", "partial", "silence_in_voices", "silence_in_data", "dissonance"]
COLUMNS: tuple[str, ...] = (
    "code",
    "name",
    "heading",
    "measure",
    "measure_name",
    "site",
    "contract",
    "relationship",
    "reason",
    "sensitivity",
)
COLUMNS += (
    "meaning",
    "next_step",
    "stance",
    "data",
    "units",
    "units_total",
    "kind",
    "share",
    "size",
    "asked",
    "firm",
    "leading",
)
KINDS = dict.fromkeys(("units", "units_total"), "int64") | dict.fromkeys(("share", "size"), "float64")
KINDS |= dict.fromkeys(("firm", "leading"), "bool")
# Where several measures speak to a topic: full agreement speaks for it, else an open contradiction.
SPEAKS_FIRST = ("agreement", "dissonance", "partial", "silence_in_voices", "silence_in_data")


@dataclass(frozen=True)
class Thresholds:
    """Where "raised", "prominent" and "a large signal" begin; all may be moved.

    ``share`` is the part of interviews (or comments) that must raise a topic for it to be
    prominent, ``local`` the part of one department's or site's; ``units`` the fewest that count
    as raised; ``size`` the change, in smallest changes worth acting on, from which a signal
    counts; ``large`` from which it is prominent.
    """

    share: float = 0.25
    local: float = 0.5
    units: int = 2
    size: float = 1.0
    large: float = 1.5
    nearer: float = 1.5

    def moved(self, factor: float) -> Thresholds:
        """Return thresholds multiplied by ``factor``; at least one unit must raise a topic."""
        return replace(
            self,
            share=self.share * factor,
            local=self.local * factor,
            units=max(1, round(self.units * factor)),
            size=self.size * factor,
            large=self.large * factor,
            nearer=1 + (self.nearer - 1) * factor,
        )


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
    themes : one row a code, stance and kind (step 1.4); may be empty.
    signals : one row a measure, site and contract (step 1.1); may be empty.
    codebook : ``.codes`` maps a code's id to its name, heading and linked measures.
    measures : the engagement's measures: where they name ``codes``, these are the links; their
        ``minimum_effect`` sizes signals. Without them a promoted signal counts as large.
    coded : one row a remark and code (step 1.4): lets a topic be prominent in one department or
        site without being so everywhere.
    thresholds : where prominence begins; each verdict is worked out again with all of them
        half as high and half as high again, and says whether it would change.
    asked : codes that interviews asked about; None where that is not known.
    count : words for "n of total"; an edition's own where small counts must not be seen.
    comparison : sites compared (step 1.1): where a measure did not change over time, a site that
        differs from the whole speaks to those who raise the topic the same way.
    customer : what one of those served is called.

    Returns
    -------
    ``code, name, heading, measure, measure_name, site, relationship`` (agreement, partial,
    silence_in_voices, silence_in_data, dissonance), ``reason, sensitivity, meaning,
    next_step, stance`` and ``data`` (what either side says), ``units, units_total, share,
    size, asked, firm, leading`` (the row that speaks for its topic). Topics on which neither
    side says anything have no row.

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
    limits = thresholds or Thresholds()
    known = {measure.id: measure for measure in measures}
    voices, data = voice_states(themes, coded), data_states(signals, known)
    differing = sites_apart(comparison, known) if comparison is not None else {}
    rows = []
    for code, measure in topic_pairs(codebook, voices, data, known):
        voice = voices.get(code, VoiceState(code))
        number = _speaking(data.get(measure, NO_DATA), differing.get(measure, []), voice, limits)
        verdict = relationship(voice, number, limits)
        if verdict:
            was_asked = None if asked is None else code in asked or voice.units > 0
            others = [relationship(voice, number, limits.moved(factor)) for factor in (0.5, 1.5)]
            rows.append(_row(code, codebook, voice, number, verdict, others, was_asked, count, customer))
    if not rows:
        return pd.DataFrame({name: pd.Series(dtype=KINDS.get(name, "str")) for name in COLUMNS})
    table = pd.DataFrame(rows).assign(leading=False)
    order = table["relationship"].map({name: place for place, name in enumerate(SPEAKS_FIRST)})
    table = table.assign(order=order).sort_values(["order", "size"], ascending=[True, False], kind="stable")
    table["leading"] = ~table.duplicated("code") | table["code"].eq("")
    table = table.sort_values(["share", "code", "order"], ascending=[False, True, True], kind="stable")
    return table[list(COLUMNS)].reset_index(drop=True)


def relationship(voice: VoiceState, data: DataState, limits: Thresholds) -> Relationship | None:
    """Return how the two sides of a topic stand to one another; None where both are silent.

    >>> voice = VoiceState("morale", concern=8, total=12)
    >>> relationship(voice, NO_DATA, Thresholds())
    'silence_in_data'
    """
    stance, level = voice.stance(limits.units), data.level(limits.size)
    if not stance:
        return None if level in ("", "quiet", "strength_by_target") else "silence_in_voices"
    if not level:
        return "silence_in_data"
    prominent = voice.share >= limits.share or voice.locally(data.where) >= limits.local
    if level == "quiet":
        return "silence_in_data"
    if stance == "mixed":
        return "partial"
    if level.removesuffix("_by_target") != stance:
        if not voice.near(data.where, 1.0):
            # A change at some sites says nothing against what people raise elsewhere.
            return "silence_in_data"
        # Where neither side stands out, or only a target is met, there is little to disagree about.
        loud = data.large(limits.large) and not level.endswith("_by_target")
        return "dissonance" if prominent or loud else "silence_in_data"
    same_place = voice.near(data.where, limits.nearer)
    return "agreement" if prominent and data.large(limits.large) and same_place else "partial"


def _speaking(
    data: DataState, differing: list[DataState], voice: VoiceState, limits: Thresholds
) -> DataState:
    """Return what the measure says to a topic: its change, else a site apart the way people speak."""
    if data.level(limits.size) not in ("quiet", "strength_by_target"):
        return data
    stance = voice.stance(limits.units)
    same = [state for state in differing if stance and state.tone == stance]
    # Whether the target is met is known of the whole, not of the site.
    return replace(same[0], assurance="") if same else data


def _row(
    code: str,
    codebook: Codes,
    voice: VoiceState,
    data: DataState,
    verdict: Relationship,
    others: list[Relationship | None],
    asked: bool | None,
    count: Count,
    customer: str,
) -> dict[str, Any]:
    entry = codebook.codes.get(code)
    name = entry.name if entry else code
    changed = [
        f"{(other or 'no row').replace('_', ' ')} if the thresholds were half as {way}"
        for other, way in zip(others, ("high", "high again"), strict=True)
        if other != verdict
    ]
    return {
        "code": code,
        "name": name,
        "heading": entry.heading if entry else "",
        "measure": data.measure,
        "measure_name": data.name,
        "site": data.site,
        "contract": data.contract,
        "relationship": verdict,
        "reason": reason(voice, data, asked, count, customer),
        "sensitivity": f"Would be {' and '.join(changed)}"
        if changed
        else "The same with thresholds moved by half",
        "meaning": meaning(verdict, name, voice, data, asked),
        "next_step": next_step(verdict, name, voice, data, asked),
        "stance": voice.stance(1),
        "data": data.level(0).removesuffix("_by_target"),
        "units": voice.units,
        "units_total": voice.total,
        "kind": voice.kind,
        "share": voice.share,
        "size": data.size,
        "asked": "" if asked is None else ("yes" if asked else "no"),
        "firm": not changed,
    }
