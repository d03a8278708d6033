"""What is in hand as HTML: the words of the analysis, its verdict and figures, and what was decided."""

from __future__ import annotations

from markupsafe import Markup

from ..parts import note, safe
from .item import Decided, Item
from .recording import choice

_BOTH = (
    '<div class="rkw-both"><div><p class="rkw-name">{}</p><p dir="auto">{}</p></div>'
    '<div><p class="rkw-name">{}</p><p dir="auto">{}</p></div></div>'
)
NOT_KEPT = "What was said then was not kept."
MEANWHILE = (
    '<div class="rkw-since" role="note"><p><b>This was decided on after you began to type.</b> What holds '
    "now stands below; your words wait in the fields. Save if yours is to hold.</p></div>"
)


def told_of(item: Item) -> str:
    """Return what the analysis says: its place, its verdict, its words, the figures and what they rest on."""
    lead = safe('<p class="rkw-quiet">{}</p>', item.place)
    verdict = safe("<p><b>The rule's own verdict:</b> {}</p>", item.verdict) if item.verdict else ""
    says = safe('<p class="rkw-words" dir="auto">{}</p>', item.says) if item.says else ""
    gone = (
        safe("<p><b>The figures no longer give rise to this.</b> What was decided stays.</p>")
        if item.gone
        else ""
    )
    return f"{lead}{gone}{says}{verdict}{_figures(item)}{_basis(item)}"


def decided_words(item: Item, decided: Decided) -> str:
    """Return a decision in a sentence, as text.

    >>> item = Item("1.1/opinion/fcr", "opinion", "FCR", "It fell.", "abc")
    >>> decided_words(item, Decided("confirmed", "Head of Service", "Seen on site", on="2025-09-05"))
    'Confirmed by the Head of Service on 2025-09-05. Why: Seen on site.'
    """
    known = choice(item.kind, decided.value)
    value = known.told if known else decided.value.replace("_", " ").capitalize()
    if item.kind == "words":
        value = "Worded" if decided.words else "Put back to the words of the analysis"
    parts = [f"{value} by the {decided.role} on {decided.on or 'a day not kept'}."]
    parts += [f"Why: {decided.reason.rstrip('.')}."] if decided.reason else []
    parts += [f"In these words: {decided.words}"] if decided.words else []
    parts += [f"Dissent: {decided.dissent.rstrip('.')}."] if decided.dissent else []
    return " ".join(parts)


def history(item: Item, earlier: list[Decided]) -> str:
    """Return all that was decided about something, the latest first; a quiet line where nothing was."""
    if not earlier:
        return note("Nothing was decided about this yet.") if item.kind != "words" else ""
    holds = safe("<p><b>Holds:</b> {}</p>", decided_words(item, earlier[0]))
    before = Markup("").join(Markup(note(f"Before: {decided_words(item, one)}")) for one in earlier[1:4])
    return holds + str(before)


def since(item: Item, decided: Decided | None) -> str:
    """Return both versions side by side where the figures changed since a decision; else nothing."""
    if decided is None or not decided.changed(item):
        return ""
    now = "Nothing: the figures no longer give rise to it." if item.gone else item.seen
    lead = "The figures changed since this was decided. It stands until somebody decides again."
    before = decided.seen or NOT_KEPT
    if item.kind == "words":
        lead = "The figures changed since these words were written. They stand until somebody chooses."
        before = f"{decided.words} (The analysis said then: {decided.seen or 'not kept'})"
    titles = ("Your words" if item.kind == "words" else f"When decided, {decided.on}", "The analysis now")
    both = Markup(_BOTH).format(titles[0], before, titles[1], now)
    return safe('<div class="rkw-since" role="note"><p><b>{}</b></p>{}</div>', lead, both)


def title_of(item: Item, decided: Decided | None, *, typed: bool = False) -> str:
    """Return a line of the list: how it stands, whether words on it wait unsaved, what it is about."""
    if decided is None:
        mark = ""
    elif item.kind == "words":
        mark = "[your words] "
    else:
        known = choice(item.kind, decided.value)
        mark = f"[{known.told.split(',')[0].lower() if known else decided.value}] "
    flag = "[figures changed] " if decided is not None and decided.changed(item) else ""
    flag += "[not saved] " if typed else ""
    lead = f"{item.place}: " if item.place and item.kind in ("words", "finding") else ""
    return f"{flag}{mark}{lead}{item.title}"


def _figures(item: Item) -> str:
    if not item.figures or (item.kind == "words" and set(item.figures) == {"line"}):
        return ""
    rows = Markup("").join(
        Markup("<li>{} <b>{}</b></li>").format(name, value) for name, value in item.figures.items()
    )
    return safe('<ul class="rkw-figures" aria-label="Figures">{}</ul>', rows)


def _basis(item: Item) -> str:
    if not item.basis:
        return ""
    rows = Markup("").join(Markup("<li>{}</li>").format(line) for line in item.basis)
    return safe('<details class="rkw-quiet"><summary>What it rests on</summary><ul>{}</ul></details>', rows)
