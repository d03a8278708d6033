"""A topic beside one measure that speaks to it: the two sides whose relationship is judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from reviewkit.model import Measure

from .measure_states import data_states, sites_apart
from .topic_links import Codes, linked_codes, topic_pairs
from .topics import NO_DATA, DataState, VoiceState, voice_states
from .verdicts import Relationship, Thresholds, relationship


@dataclass(frozen=True)
class Pair:
    """What people say on a topic, and all that one measure may say to it.

    ``change`` is how the measure moved, ``apart`` the sites that always differed from the whole,
    ``linked`` the codes that the measure speaks to.
    """

    voice: VoiceState
    change: DataState = NO_DATA
    apart: tuple[DataState, ...] = ()
    linked: tuple[str, ...] = ()

    def data(self, limits: Thresholds) -> DataState:
        """Return what the measure says to the topic: its change, else a site apart the way people speak."""
        if self.change.level(limits.size) not in ("quiet", "strength_by_target"):
            return self.change
        stance = self.voice.stance(limits.units)
        same = [state for state in self.apart if stance and state.tone == stance]
        # Whether the target is met is known of the whole, not of the site.
        return replace(same[0], assurance="") if same else self.change

    def verdict(self, limits: Thresholds) -> Relationship | None:
        """Return how the two sides stand to one another under these thresholds."""
        return relationship(self.voice, self.data(limits), limits)

    def critical(self, limits: Thresholds) -> dict[str, list[float]]:
        """Return, by threshold, the values at which the verdict may turn: what was observed."""
        voice, states = self.voice, (self.change, *self.apart)
        share = voice.share / limits.part(voice.kind)
        sizes = [state.size for state in states]
        ratios = [voice.ratio(state.where) for state in states]
        return {
            "share": [share],
            "local": [voice.local, *(voice.locally(state.where) for state in states)],
            "thin": [share],
            "units": [voice.units, voice.units + 1],
            "heard": [voice.total, voice.total + 1],
            # Below 1, signals withheld for their size alone come in.
            "size": [*sizes, 1.0],
            "large": sizes,
            "nearer": [*ratios, *(1 / ratio for ratio in ratios if ratio)],
        }


def topic_measure_pairs(
    themes: pd.DataFrame,
    signals: pd.DataFrame,
    codebook: Codes,
    *,
    measures: Iterable[Measure] = (),
    coded: pd.DataFrame | None = None,
    comparison: pd.DataFrame | None = None,
) -> list[Pair]:
    """Return each topic raised or measured, with each measure that speaks to it.

    Takes the arguments of :func:`reviewkit.findings.triangulate`.
    """
    known = {measure.id: measure for measure in measures}
    voices, data = voice_states(themes, coded), data_states(signals, known)
    differing = sites_apart(comparison, known) if comparison is not None else {}
    return [
        Pair(
            voices.get(code, VoiceState(code)),
            data.get(measure, NO_DATA),
            tuple(differing.get(measure, ())),
            tuple(linked_codes(measure, known.get(measure), codebook)) if measure else (),
        )
        for code, measure in topic_pairs(codebook, voices, data, known)
    ]
