"""The difference between two runs in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from .difference import KINDS, Difference, Kind
from .engagement import Engagement
from .figure_words import figure_words
from .finding import STATUSES, Finding
from .words import listing, sentence

COUNTED: Mapping[Kind, tuple[str, str]] = {
    "settled": (
        "that was agreed or fact-checked has other figures",
        "that were agreed or fact-checked have other figures",
    ),
    "new": ("is new", "are new"),
    "gone": ("is gone", "are gone"),
    "figures": ("has other figures", "have other figures"),
    "words": ("says the same figures in other words", "say the same figures in other words"),
    "status": ("has another status", "have another status"),
}
"""What is said of one finding, and of more, of each kind."""
HEADINGS: Mapping[Kind, str] = {
    "settled": "Figures changed since agreed or fact-checked",
    "new": "New",
    "gone": "Gone",
    "figures": "Figures changed",
    "words": "Only the words changed",
    "status": "Only the status changed",
}


def summary(changes: Sequence[Difference], same: int) -> str:
    """Return how many findings changed in which way, in one or two sentences.

    Parameters
    ----------
    changes : from :func:`reviewkit.model.difference.differences`.
    same : findings that are the same in both runs.

    Examples
    --------
    >>> summary([], 12)
    'Nothing changed: all 12 findings are as they were.'
    >>> new = Finding.of("1.4", "theme", "morale", statement="Morale is low.")
    >>> summary([Difference("new", None, new)], 1)
    '1 finding is new; 1 is as it was.'
    """
    if not changes:
        return f"Nothing changed: {_all(same)}."
    counts = [(found[0].kind, len(found)) for _, found in sections(changes)]
    parts = [f"{n:,} {COUNTED[kind][n > 1]}" for kind, n in counts]
    parts[0] = parts[0].replace(" ", " findings " if counts[0][1] > 1 else " finding ", 1)
    return f"{listing(parts)}; {_left(same)}."


def sections(changes: Iterable[Difference]) -> list[tuple[str, list[Difference]]]:
    """Return heading and changes of each kind that there is, in the order they are told."""
    found = {kind: list(group) for kind, group in groupby(changes, lambda change: change.kind)}
    return [(HEADINGS[kind], found[kind]) for kind in KINDS if kind in found]


def sentences(change: Difference, engagement: Engagement | None = None) -> list[str]:
    """Return what became of one finding, what it says now first.

    Examples
    --------
    >>> from .difference import differences
    >>> before = Finding.of("1.5", "partial", "care", statement="Care is named by 37%.",
    ...                     figures={"share": 0.37}).model_copy(update={"status": "agreed"})
    >>> after = before.model_copy(update={"statement": "Care is named by 41%.", "figures": {"share": 0.41}})
    >>> for line in sentences(differences([before], [after])[0]):
    ...     print(line)
    Care is named by 41%.
    Share from 37% to 41%, up 4 percentage points.
    It stays agreed; figures changed since agreed.
    """
    before, after = change.earlier, change.later
    if before is None or after is None:
        settled = f"It was {_status(before)}." if before is not None and change.settled else ""
        return [sentence(change.finding.statement), *([settled] if settled else [])]
    lines = [sentence(after.statement)]
    if change.words and not change.figures:
        lines.append(f"It said: {sentence(before.statement)}")
    if change.figures:
        told = [figure_words(item, after, engagement) for item in change.figures]
        lines.append(sentence("; ".join(told)))
    return lines + _standing(change, before, after)


def _standing(change: Difference, before: Finding, after: Finding) -> list[str]:
    if before.status != after.status:
        flag = f"; {after.flag}" if after.flag else ""
        return [f"It was {_status(before)} and is now {_status(after)}{flag}."]
    if change.kind == "settled":
        return [f"It stays {_status(after)}; figures changed since {_status(after)}."]
    if before.flag != after.flag:
        now = after.flag or "its figures are those that were decided on again"
        return [f"It stays {_status(after)}; {now}." if after.status != "draft" else sentence(now)]
    return []


def _left(same: int) -> str:
    if same == 0:
        return "none is as it was"
    return "1 is as it was" if same == 1 else f"{same:,} are as they were"


def _status(finding: Finding) -> str:
    return "a draft" if finding.status == "draft" else STATUSES[finding.status].lower()


def _all(same: int) -> str:
    if same == 0:
        return "neither run has a finding"
    return "the one finding is as it was" if same == 1 else f"all {same:,} findings are as they were"
