"""What the summary cannot conclude: one side missing or thin, or measures without a target."""

from __future__ import annotations

from collections.abc import Iterable

from reviewkit.model.words import inline, listing, plural

from ..gaps_and_causes.conclusions import FEW_INTERVIEWS
from ..recommendations.limits import for_leadership, overlooked
from .evidence import Earlier

PLAIN = {
    "contacts": "records of contacts",
    "kpis": "figures of performance by month",
    "leads": "sales leads",
    "observations": "observations on site",
    "outcomes": "what became of customers",
    "remarks": "interviews",
    "resources": "staff, hours and money by month",
}
"""What a table of the evidence holds, in readers' words, where its name does not say so."""


def not_on_file(tables: Iterable[str]) -> str:
    """Return what was not given, in readers' words; nothing where all was.

    >>> not_on_file(["kpis", "customer_feedback"])
    'Not on file: figures of performance by month and customer feedback.'
    """
    named = [PLAIN.get(name, name.replace("_", " ")) for name in tables]
    return f"Not on file: {listing(named)}." if named else ""


def conclusions(earlier: Earlier) -> list[str]:
    """Return what half the evidence, or hardly any voices, can and cannot show; else nothing."""
    if earlier.has_numbers and earlier.has_voices:
        return _too_few(earlier)
    if earlier.has_numbers:
        return [
            "This review rests on numbers alone: what changed, where, since when and how far from target "
            "is known.",
            "Why it changed, and what works well in people's eyes, is not: nobody has been heard yet.",
        ]
    if earlier.has_voices:
        return [
            "This review rests on voices alone: what people meet, praise and find wanting is known.",
            "How often it happens, whether it gets better, and what it costs is not: no measure is there.",
            *_too_few(earlier),
        ]
    return ["Neither numbers nor voices were there: nothing can be concluded."]


def rules_kept(earlier: Earlier) -> list[str]:
    """Return the rules of confidence that bear on what was done: of quotes, and of surveys where one was.

    That a threshold is lower than usual is told wherever a rule is.
    """
    surveyed = len(earlier.review.table("2.3", "partner_gaps")) > 0
    quoted, survey, *lowered = earlier.review.quoting.rules()
    kept = [quoted] * earlier.has_voices + [survey] * surveyed
    return [*kept, *lowered] if kept else []


def no_action(earlier: Earlier) -> str:
    """Return why the concern raised most brings no action, as step 3.1 says it; "" where it brings one."""
    if earlier.gaps.empty or not earlier.has_voices:
        return ""
    count = for_leadership(earlier.review.discloser, earlier.themes)
    return overlooked(earlier.gaps, earlier.themes, count)


def targets_known(earlier: Earlier) -> str:
    """Return what missing targets leave open, in a sentence; nothing where every judged measure has one."""
    table = earlier.signals
    if table.empty or "direction" not in table:
        return ""
    judged = table[table["direction"].isin(["increase", "decrease"])]
    bare = judged.loc[judged["target"].isna(), "name"]
    if bare.empty:
        return ""
    which = "any measure" if len(bare) == len(judged) else listing([inline(name) for name in bare], limit=3)
    return f"No target is on file for {which}: whether that is good enough cannot be concluded."


def _too_few(earlier: Earlier) -> list[str]:
    themes = earlier.themes
    held = themes.loc[themes["kind"].eq("interview"), "units_total"]
    heard = int(held.max()) if len(held) else 0
    if not 0 < heard < FEW_INTERVIEWS:
        return []
    only = f"Only {plural(heard, 'interview')} {'was' if heard == 1 else 'were'} held"
    return [f"{only}: what was said is a lead to follow, and no pattern can be concluded from it."]
