"""The sentences of the convergence matrix: why, what it means together, what it depends on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewkit.model.words import inline, listing

from ..opinions.met import met_words
from ..wording import agree, place
from .sensitivity import NAMES, Turn
from .topics import DataState, VoiceState

Count = Callable[[int, int], str]


def exactly(n: int, total: int) -> str:
    """Return "n of total".

    >>> exactly(9, 14)
    '9 of 14'
    """
    return f"{n} of {total}"


def said(voice: VoiceState, count: Count = exactly, customer: str = "customer") -> str:
    """Return how many raise a topic, and how.

    >>> said(VoiceState("morale", concern=1, total=10), lambda n, total: "one")
    'one interview raises it as a concern'
    """
    noun = f"{customer}s' comment" if voice.kind == "customer" else voice.kind
    many = count(voice.units, voice.total) if noun == "interview" else exactly(voice.units, voice.total)
    one = many in ("1", "one")
    stance = {"mixed": "with mixed views", "strength": "as a strength"}.get(voice.stance(1), "as a concern")
    return f"{many} {noun}{'' if one else 's'} {'raises' if one else 'raise'} it {stance}"


def reason(
    voice: VoiceState,
    data: DataState,
    asked: bool | None,
    count: Count = exactly,
    customer: str = "customer",
) -> str:
    """Return what either side says, in two short sentences.

    >>> reason(VoiceState("morale", concern=4, total=10), DataState(), None)
    '4 of 10 interviews raise it as a concern. No measure in this review speaks to it.'
    """
    return f"{_voice(voice, asked, count, customer)} {_data(data)}"


def _voice(voice: VoiceState, asked: bool | None, count: Count, customer: str) -> str:
    if voice.units:
        text = said(voice, count, customer)
        return f"{text[0].upper()}{text[1:]}."
    if asked is False:
        return "Nobody was asked about it."
    return "Nobody raised it when asked." if asked else "Nobody raised it; whether it was asked is not known."


def _data(data: DataState) -> str:
    if not data.measure:
        return "No measure in this review speaks to it."
    others = [site for site in data.sites if site != data.site]
    also = f" (also at {listing(others[:3])})" if others and data.site else ""
    return f"{_moved(data)}{also}{_against_target(data)}."


def _moved(data: DataState) -> str:
    """Say how a measure moved, or that it did not."""
    subject, size = f"{data.name}{place(data.site, data.contract)}", ""
    if data.apart:
        side = "worse" if data.tone == "concern" else "better"
        if data.size == data.size:
            size = f" by {data.size:.1f} times the smallest difference worth acting on"
        return f"{subject} {agree(data.name, 'has', 'have')} long been {side} than elsewhere{size}"
    if data.promoted and data.tone:
        turn = "got worse" if data.tone == "concern" else "got better"
        if data.size == data.size:
            size = f", {data.size:.1f} times the smallest change worth acting on"
        return f"{subject} {turn}{size}"
    if data.level(1.0) == "quiet":
        return f"{subject} {agree(data.name, 'shows', 'show')} no lasting change"
    return f"{subject} {agree(data.name, 'holds its', 'hold their')} level"


def _against_target(data: DataState) -> str:
    """Say how a measure stands to its target: since its change where one is told, else over its course."""
    since = met_words(data.periods_since, data.met_since)
    if since and data.promoted and data.tone and not data.apart:
        return f"; since then the target was {since} periods"
    many = agree(data.name, "", "many") == "many"
    it, s, its = ("they", "", "their") if many else ("it", "s", "its")
    endings = {
        "fails": f"; {it} keep{s} missing {its} target",
        "passes": f"; {it} keep{s} meeting {its} target",
        "hit_or_miss": f"; {it} meet{s} {its} target in some periods only",
    }
    return endings.get(data.assurance, "")


def meaning(
    verdict: str,
    name: str,
    voice: VoiceState,
    data: DataState,
    raised: str = "raised",
    *,
    everywhere: bool = True,
) -> str:
    """Return what the two sides mean together, as association and never as cause.

    ``everywhere`` is false where a topic is prominent in one department or site alone.

    >>> meaning("silence_in_data", "Morale", VoiceState("morale", concern=4, total=10), DataState())
    'Morale: people speak of it, and nothing in the data can confirm or contradict it.'
    """
    topic, measure = name or "This topic", inline(data.name)
    shows = agree(data.name, "shows", "show") if data.name else "shows"
    if verdict == "agreement":
        side = "concern" if voice.stance(1) == "concern" else "strength"
        where = "" if everywhere else ", though one department or site above all raises it"
        return f"{topic}: what people say and {measure} point to the same {side}, and both stand out{where}."
    if verdict == "partial":
        return f"{topic}: {_partly(voice, data, measure)}"
    if verdict == "dissonance":
        if data.level(0).endswith("_by_target"):
            meets, its = agree(data.name, "keeps", "keep"), agree(data.name, "its", "their")
            return (
                f"{topic}: people see a concern where {measure} {meets} meeting {its} target: "
                "the target may be too low, or count something else."
            )
        return f"{topic}: people see a {voice.stance(1)} where {measure} {shows} the opposite."
    if verdict == "silence_in_voices":
        return f"{data.name}{place(data.site, data.contract)}: {_unheard(raised, name, voice, data)}"
    if not data.measure:
        return f"{topic}: people speak of it, and nothing in the data can confirm or contradict it."
    if _too_few(voice, data):
        return f"{topic}: too few speak of it to weigh against what {measure} {shows}."
    return f"{topic}: people speak of it, {measure_does(verdict, voice, data)}."


def measure_does(verdict: str, voice: VoiceState, data: DataState) -> str:
    """Return in half a sentence what the measure does beside what people say; "" where both go together.

    >>> starts = DataState("starts", "Referrals who start")
    >>> measure_does("dissonance", VoiceState("handoffs", concern=4, total=10), starts)
    'while referrals who start show the opposite'
    >>> measure_does("silence_in_data", VoiceState("morale", concern=4, total=10), DataState())
    'and no measure speaks to it'
    """
    if not data.measure:
        return "and no measure speaks to it"
    measure, shows = inline(data.name), agree(data.name, "shows", "show")
    if verdict == "dissonance":
        if data.level(0).endswith("_by_target"):
            meets, its = agree(data.name, "keeps", "keep"), agree(data.name, "its", "their")
            return f"while {measure} {meets} meeting {its} target"
        return f"while {measure} {shows} the opposite"
    if verdict == "silence_in_voices":
        return f"too few to bear out the change in {measure}"
    if verdict != "silence_in_data":
        return ""
    if _too_few(voice, data):
        return f"too few to weigh against what {measure} {shows}"
    if data.level(1.0) in ("concern", "strength"):
        turn = "changed" if not data.apart else "stands out"
        return f"but not above all where {measure} {turn}"
    return f"while {measure} {shows} nothing out of the ordinary"


def _too_few(voice: VoiceState, data: DataState) -> bool:
    """Whether the data stand out, and the voices on it are no fewer there than elsewhere."""
    elsewhere = bool(data.site) and not voice.near(data.where, 1.0)
    return data.level(1.0) in ("concern", "strength") and not elsewhere


def _partly(voice: VoiceState, data: DataState, measure: str) -> str:
    if voice.stance(1) == "mixed":
        return f"people are of two minds, and {measure} gives weight to one side."
    same_way = f"what people say and {measure} point the same way"
    if voice.told_apart(data.where) and not voice.near(data.where, 1.5):
        return f"{same_way}, but not above all at the same sites."
    return f"{same_way}, but they do not both stand out."


def _unheard(raised: str, name: str, voice: VoiceState, data: DataState) -> str:
    """Say in which way the voices are silent about a signal."""
    if raised == "hardly_raised":
        told = inline(name) or "what it touches on"
        if voice.told_apart(data.where) and not voice.near(data.where, 1.0):
            return f"a signal that people there hardly raised; they speak of {told} no more than elsewhere."
        return f"a signal that people hardly raised; few speak of {told}."
    return "a signal without a voice."


def steady(found: Sequence[Turn], *, exact: bool, near: Callable[[Turn], bool], firm: bool) -> str:
    """Return in words how far a verdict depends on its thresholds.

    ``exact`` is false where the number who raise the topic must not be told: the words then leave
    out which threshold, and how far, since that would tell it.
    """
    if firm:
        return "The same with each threshold moved by half"
    close = [turn for turn in found if near(turn)]
    if not exact:
        return "Another verdict with thresholds moved by half"
    if not close:
        return "Another verdict only with all thresholds moved by half together"
    first = close[0]
    way = "higher" if first.move > 0 else "lower"
    far = next((words for limit, words in _FAR if abs(first.move) <= limit), "by half")
    becomes = (first.becomes or "no row").replace("_", " ")
    return f"Would be {becomes} if “{NAMES[first.threshold]}” began {far} {way}"


_FAR = ((0.1, "a little"), (0.25, "up to a quarter"), (0.5, "up to half"))
