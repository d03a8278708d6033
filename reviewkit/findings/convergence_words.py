"""The sentences of the convergence matrix: why, what it means together, what to do next."""

from __future__ import annotations

from collections.abc import Callable

from reviewkit.model.words import inline, listing

from .topics import DataState, VoiceState
from .wording import agree, place

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
    many = count(voice.units, voice.total)
    one = many in ("1", "one")
    noun = "interview" if voice.kind == "interview" else f"{customer}s' comment"
    if noun != "interview":
        many, one = exactly(voice.units, voice.total), False
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
    subject = f"{data.name}{place(data.site, data.contract)}"
    level = data.level(1.0)
    many = agree(data.name, "", "many") == "many"
    if data.apart:
        side = "worse" if data.tone == "concern" else "better"
        size = (
            ""
            if data.size != data.size
            else f" by {data.size:.1f} times the smallest difference worth acting on"
        )
        text = f"{subject} {'have' if many else 'has'} long been {side} than elsewhere{size}"
    elif data.promoted and data.tone:
        size = (
            "" if data.size != data.size else f", {data.size:.1f} times the smallest change worth acting on"
        )
        turn = "got worse" if data.tone == "concern" else "got better"
        text = f"{subject} {turn}{size}"
    elif level == "quiet":
        text = f"{subject} {'show' if many else 'shows'} no lasting change"
    else:
        text = f"{subject} {'hold their' if many else 'holds its'} level"
    it, s, its = ("they", "", "their") if many else ("it", "s", "its")
    ending = {
        "fails": f"; {it} keep{s} missing {its} target",
        "passes": f"; {it} keep{s} meeting {its} target",
    }
    ending["hit_or_miss"] = f"; {it} meet{s} {its} target in some periods only"
    others = [site for site in data.sites if site != data.site]
    also = f" (also at {listing(others[:3])})" if others and data.site else ""
    return f"{text}{also}{ending.get(data.assurance, '')}."


def meaning(verdict: str, name: str, voice: VoiceState, data: DataState, asked: bool | None) -> str:
    """Return what the two sides mean together, as association and never as cause."""
    topic, measure = name or "This topic", inline(data.name)
    if verdict == "agreement":
        side = "concern" if voice.stance(1) == "concern" else "strength"
        return f"{topic}: what people say and {measure} point to the same {side}, and both stand out."
    if verdict == "partial":
        if voice.stance(1) == "mixed":
            return f"{topic}: people are of two minds, and {measure} gives weight to one side."
        same_way = f"{topic}: what people say and {measure} point the same way"
        if voice.stance(1) == "concern" and data.where and not voice.near(data.where, 1.5):
            return f"{same_way}, but not above all at the same sites."
        return f"{same_way}, but only one of them stands out."
    shows = agree(data.name, "shows", "show") if data.name else "shows"
    if verdict == "dissonance":
        return f"{topic}: people see a {voice.stance(1)} where {measure} {shows} the opposite."
    if verdict == "silence_in_voices":
        lead = "not asked about" if asked is False else "not raised"
        return f"{data.name} gives a signal that was {lead} in the interviews."
    if data.measure and data.level(1.0) in ("concern", "strength") and data.site:
        turn = "changed" if not data.apart else "stands out"
        return f"{topic}: people speak of it, but not above all where {measure} {turn}."
    if data.measure:
        return f"{topic}: people speak of it, while {measure} {shows} nothing out of the ordinary."
    return f"{topic}: people speak of it, and nothing in the data can confirm or contradict it."


def next_step(verdict: str, name: str, voice: VoiceState, data: DataState, asked: bool | None) -> str:
    """Return the next step: look here first, ask this, or measure this."""
    topic = inline(name) or "the topic"
    if verdict == "agreement":
        if voice.stance(1) == "strength":
            return f"Keep this: find out what makes {inline(data.name)} go well and share it."
        where = f" at {data.site}" if data.site else ""
        return f"Look here first: start with {inline(data.name)}{where}."
    if verdict == "partial":
        return f"Look closer: break {inline(data.name)} down by site and team before acting on {topic}."
    if verdict == "dissonance":
        shown = f"show {inline(data.name)} to those who raised {topic}"
        return f"Ask this: {shown} and ask where the two part ways."
    if verdict == "silence_in_voices":
        return f"Ask this: put {inline(data.name)}{place(data.site)} to the people closest to it."
    if data.measure:
        coarse = f"{inline(data.name)} may be too coarse"
        return f"Measure this: {coarse}; count {topic} where people say it occurs."
    return f"Measure this: agree a count for {topic} that can be collected each month."
