"""How the two sides of a topic stand to one another, and where the words of that verdict begin.

After the triangulation protocol of Farmer, Robinson, Elliott and Eyles, "Developing and
Implementing a Triangulation Protocol for Qualitative Health Research", Qualitative Health
Research 16(3), 2006, 377-394. It compares meaning, prominence and examples:

- *meaning*: both sides see a concern, or both a strength;
- *prominence*: both stand out, the topic among what people say, the signal among changes;
- *examples*: a signal of some sites is raised there above all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from .topics import DataState, VoiceState

Relationship = Literal["agreement", "partial", "silence_in_voices", "silence_in_data", "dissonance"]
Raised = Literal["raised", "hardly_raised", "not_raised", "not_asked", "not_known"]


@dataclass(frozen=True)
class Thresholds:
    """Where "raised", "prominent" and "a large signal" begin; all may be moved.

    Attributes
    ----------
    share, local : the part of all interviews that must raise a topic unprompted for it to be prominent, and
        the part of one department's or site's interviews.
    thin : below it, half of what prominence takes, a topic is hardly raised.
    comments : a comment touches on one thing where an interview touches on several: of comments ``share`` and
        ``thin`` are multiplied by this.
    units, heard : the fewest interviews that count as raised, and of which prominence can be told.
    size, large : the change, in smallest changes worth acting on, from which a signal counts, and from which
        it is prominent.
    nearer : how many times as often a topic is raised at the sites of a signal as elsewhere for the examples
        to match; at less than one part in so many it is hardly raised there.
    """

    share: float = 0.25
    local: float = 0.5
    thin: float = 0.125
    units: int = 2
    heard: int = 6
    size: float = 1.0
    large: float = 1.5
    nearer: float = 1.5
    comments: float = 0.5

    def moved(self, factor: float) -> Thresholds:
        """Return thresholds multiplied by ``factor``; at least one unit must raise a topic.

        >>> Thresholds().moved(1.5).share, Thresholds().moved(0.5).nearer
        (0.375, 1.25)
        """
        return replace(
            self,
            share=self.share * factor,
            local=self.local * factor,
            thin=self.thin * factor,
            units=max(1, round(self.units * factor)),
            heard=max(1, round(self.heard * factor)),
            size=self.size * factor,
            large=self.large * factor,
            nearer=1 + (self.nearer - 1) * factor,
        )

    def part(self, kind: str) -> float:
        """Return by what ``share`` and ``thin`` are multiplied for a kind of source."""
        return 1.0 if kind == "interview" else self.comments


def relationship(voice: VoiceState, data: DataState, limits: Thresholds) -> Relationship | None:
    """Return how the two sides of a topic stand to one another; None where both are silent.

    >>> voice = VoiceState("morale", concern=8, total=12)
    >>> relationship(voice, DataState(), Thresholds())
    'silence_in_data'
    >>> fell = DataState("csat", "Satisfaction", tone="concern", size=4.0, promoted=True)
    >>> relationship(voice, fell, Thresholds())
    'agreement'
    >>> relationship(VoiceState("morale", concern=2, total=60), fell, Thresholds())
    'silence_in_voices'
    """
    stance, level = voice.stance(limits.units), data.level(limits.size)
    if not stance:
        return None if level in ("", "quiet", "strength_by_target") else "silence_in_voices"
    if level in ("", "quiet"):
        return "silence_in_data"
    large = data.large(limits.large)
    if stance not in ("mixed", level.removesuffix("_by_target")):
        # A change at some sites says nothing against what people raise elsewhere; and where neither
        # side stands out, or only a target is met, there is little to disagree about.
        loud = large and not level.endswith("_by_target") and raised_enough(voice, data, limits)
        against = voice.near(data.where, 1.0) and (prominent(voice, data, limits) or loud)
        return "dissonance" if against else "silence_in_data"
    if not raised_enough(voice, data, limits):
        return "silence_in_data" if level.endswith("_by_target") else "silence_in_voices"
    match = stance != "mixed" and voice.near(data.where, limits.nearer)
    return "agreement" if match and large and prominent(voice, data, limits) else "partial"


def prominent(voice: VoiceState, data: DataState, limits: Thresholds) -> bool:
    """Return whether a topic stands out: among all heard, or in a department or at the signal's sites.

    >>> prominent(VoiceState("morale", concern=2, total=2), DataState(), Thresholds())
    False
    """
    enough = voice.share >= limits.share * limits.part(voice.kind)
    return voice.total >= limits.heard and (enough or voice.locally(data.where) >= limits.local)


def raised_enough(voice: VoiceState, data: DataState, limits: Thresholds) -> bool:
    """Return whether what people say bears on a signal by more than the link between topic and measure.

    Meaning alone is no partial agreement: the topic must be prominent; or raised where the signal
    is, above all (the examples match); or raised by some, and not much less there than elsewhere.
    Otherwise the signal counts as hardly raised.

    >>> few = VoiceState("staffing", concern=6, total=70, sites=(("A", 0, 10), ("B", 6, 60)))
    >>> signal = DataState("abandonment", "Abandoned calls", "A", tone="concern", size=4.0, promoted=True)
    >>> raised_enough(few, signal, Thresholds())
    False
    """
    if prominent(voice, data, limits):
        return True
    if voice.told_apart(data.where) and voice.near(data.where, limits.nearer):
        return True
    some = voice.share >= limits.thin * limits.part(voice.kind)
    return some and voice.near(data.where, 1 / limits.nearer)


def raised_as(
    voice: VoiceState, verdict: Relationship | None, limits: Thresholds, asked: bool | None
) -> Raised:
    """Return whether a topic was raised, and where it was not, whether it was asked about.

    >>> raised_as(VoiceState("morale"), "silence_in_voices", Thresholds(), False)
    'not_asked'
    """
    if voice.units:
        enough = voice.units >= limits.units and verdict != "silence_in_voices"
        return "raised" if enough else "hardly_raised"
    return "not_known" if asked is None else ("not_raised" if asked else "not_asked")
