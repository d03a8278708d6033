"""Tables of step 1.5: the matrix, what to measure, what to ask, where to look first, what was overruled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from reviewkit.content import Codebook
from reviewkit.findings.convergence.next_steps import settle, to_ask, to_measure
from reviewkit.findings.convergence.overruled import WORDS
from reviewkit.findings.convergence.sensitivity import COUNTS, NAMES, PARTS
from reviewkit.findings.convergence.topic_links import linked_codes
from reviewkit.findings.convergence.topics import DataState
from reviewkit.findings.convergence.verdicts import Thresholds
from reviewkit.findings.wording import place
from reviewkit.model import Engagement
from reviewkit.present import charts
from reviewkit.present.blocks import Bullets, Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import date

from ..leadership_summary.evidence import brief

RAISED = {"hardly_raised": "hardly raised", "not_raised": "not raised", "not_asked": "not asked"}
NO_TOPIC = "(no topic of the codebook)"


def with_words(table: pd.DataFrame) -> pd.DataFrame:
    """Return the matrix with ``topic`` and ``words``: the relationship as a page tells it."""
    named = table["name"].where(table["name"].ne(""), NO_TOPIC)
    return table.assign(topic=named, words=[_verdict(row) for row in table.to_dict("records")])


def _verdict(row: Mapping[Any, Any]) -> str:
    words = WORDS[str(row["relationship"])]
    if row["relationship"] == "silence_in_voices" and row["raised_as"] in RAISED:
        words = f"{words}: {RAISED[str(row['raised_as'])]}"
    return f"{words}, overruled (the rule: {WORDS[str(row['computed'])]})" if row["overruled_by"] else words


def matrix(rows: pd.DataFrame) -> Block:
    """Return the convergence coding matrix, one row a topic."""
    if rows.empty:
        return Words("Neither side says anything yet: there are no themes and no signals.")
    headings = {
        "topic": "Topic",
        "measure_name": "Measure",
        "words": "Relationship",
        "reason": "What either says",
    }
    note = (
        "Where several measures speak to a topic, the one that matches best stands here. "
        "Concerns and suggestions on a topic count together, each interview once."
    )
    return Table(rows, caption="Convergence coding matrix", headings=headings, note=note)


def measure_this(rows: pd.DataFrame, codebook: Codebook) -> Block:
    """Return what to count for each concern that no number shows: from which source, and how."""
    if rows.empty:
        return Words("Every concern that was raised has a signal in the data beside it.")
    made = []
    for row in rows.to_dict("records"):
        entry = codebook.codes.get(str(row["code"]))
        count = to_measure(str(row["code"]), str(row["topic"]), entry.causes if entry else ())
        said, _, shown = str(row["reason"]).partition(". ")
        beside = brief(shown).split("; ")[0] if row["measure"] else ""
        made.append((said, beside, count.what, count.source, count.how, count.test))
    columns = ["said", "beside", "what", "source", "how", "test"]
    told = pd.DataFrame(made, columns=columns, index=rows.index)
    headings = {
        "topic": "Concern",
        "said": "How widely",
        "beside": "Nearest measure",
        "what": "Measure this",
        "source": "From which source",
        "how": "How",
        "test": "What would test its cause",
    }
    return Table(rows.join(told), caption="Concerns that no number shows", headings=headings, limit=20)


def ask_this(rows: pd.DataFrame, codebook: Codebook, engagement: Engagement) -> Block:
    """Return which question to put to whom, for each signal that nobody raised."""
    if rows.empty:
        return Words("Every signal in the data was raised by somebody.")
    known = {measure.id: measure for measure in engagement.measures}
    made = []
    for row in rows.to_dict("records"):
        name = str(row["measure"])
        data = DataState(name, str(row["measure_name"]), str(row["site"]), str(row["contract"]))
        ask = to_ask(data, linked_codes(name, known.get(name), codebook), row["raised_as"])
        shown = f"{row['measure_name']}{place(row['site'], row['contract'])}"
        made.append((shown, RAISED.get(str(row["raised_as"]), "not known"), ask.question, ask.whom))
    told = pd.DataFrame(made, columns=["signal", "heard", "question", "whom"], index=rows.index)
    headings = {
        "signal": "Signal",
        "reason": "What either says",
        "heard": "Raised?",
        "question": "Ask this",
        "whom": "Of whom",
    }
    note = (
        "Not raised: asked, and nobody said it. Not asked: silence says nothing. "
        "Put the open question first, and show the figures after it."
    )
    return Table(rows.join(told), caption="Signals nobody raised", headings=headings, note=note, limit=20)


def look_first(rows: pd.DataFrame, codebook: Codebook) -> Block:
    """Return where people and data disagree, and what would settle it."""
    if rows.empty:
        return Words("Nowhere do people and data disagree.")
    codes = codebook.codes
    told = [settle(codes[code].causes) if code in codes else "" for code in rows["code"]]
    headings = {
        "topic": "Topic",
        "measure_name": "Measure",
        "reason": "What either says",
        "meaning": "What it means",
        "settle": "What would settle it",
    }
    caption = "Where people and data disagree"
    return Table(rows.assign(settle=told), caption=caption, headings=headings, limit=20)


def overruled(rows: pd.DataFrame, without: list[str]) -> Block:
    """Return verdicts that people overruled, beside those of the rule; and decisions without effect."""
    if rows.empty and not without:
        return Words("Nobody has overruled a verdict: all stand as the rule gives them.")
    told = rows.assign(
        rule=[WORDS[name] for name in rows["computed"]],
        holds=[WORDS[name] for name in rows["relationship"]],
        on=[date(day) for day in rows["overruled_on"]],
    )
    headings = {
        "topic": "Topic",
        "measure_name": "Measure",
        "rule": "The rule gives",
        "holds": "What holds",
        "overruled_why": "Why",
        "overruled_by": "Decided by",
        "on": "On",
        "overruled_note": "Since then",
    }
    table = Table(told, caption="Verdicts that people overruled", headings=headings) if len(told) else None
    return Stack(table, Bullets(without))


def rules(limits: Thresholds) -> str:
    """Return where the words of the verdicts begin."""
    share, thin, local = (level("share", value) for value in (limits.share, limits.thin, limits.local))
    comments = (level("share", value * limits.comments) for value in (limits.share, limits.thin))
    return (
        f"A topic is raised from {limits.units} interviews or comments on; prominent where {share} of all "
        f"interviews raise it unprompted, or {local} of one department's or site's; hardly raised below "
        f"{thin}. Of comments, which touch on one thing each, it takes {' and '.join(comments)}. Fewer than "
        f"{limits.heard} interviews cannot tell what is prominent. A signal counts from {limits.size:g} and "
        f"is large from {limits.large:g} times the smallest change worth acting on. At a signal's sites a "
        f"topic is raised above all where it is raised {limits.nearer:g} times as often as elsewhere."
    )


def fragile(rows: pd.DataFrame) -> Block:
    """Return the verdicts that another place of the thresholds would change, in words."""
    if rows.empty:
        return Words("No verdict changes.")
    headings = {
        "topic": "Topic",
        "measure_name": "Measure",
        "words": "Relationship",
        "sensitivity": "If thresholds move",
    }
    return Table(rows, caption="Verdicts that depend on the thresholds", headings=headings)


def turning_points(found: pd.DataFrame, rows: pd.DataFrame) -> Block | None:
    """Return, for the analyst, where each threshold alone would turn each verdict: the nearest turn.

    Parameters
    ----------
    found : from :func:`reviewkit.findings.sensitivity_table`.
    rows : the rows of the matrix to show, with ``topic``.
    """
    shown = found.merge(rows[["code", "measure", "topic"]], on=["code", "measure"])
    shown = shown.assign(far=shown["move"].abs()).sort_values("far", kind="stable")
    shown = shown.drop_duplicates(["code", "measure", "threshold"])
    if shown.empty:
        return None
    told = [_turn(row) for row in shown.to_dict("records")]
    shown = shown.assign(
        told=told, close=1 / (0.1 + shown["far"]), begins=shown["threshold"].map(_begins(found))
    )
    order = [_begins(found)(name) for name in NAMES]
    return charts.matrix(
        shown,
        "topic",
        "begins",
        "close",
        words="told",
        caption="Where each threshold would have to stand for another verdict",
        corner="Topic",
        absent="never",
        order=order,
        note="Each threshold moved alone, the nearest turn shown; the darker, the nearer. Never: no place "
        "of it changes the verdict.",
    )


def _begins(found: pd.DataFrame) -> Callable[[str], str]:
    now = dict(zip(found["threshold"], found["now"], strict=True))
    return lambda name: f"{NAMES[name]}: {level(name, now[name])}" if name in now else NAMES[name]


def _turn(row: Mapping[Any, Any]) -> str:
    other = WORDS.get(str(row["becomes"]), str(row["becomes"]))
    name, now, at = str(row["threshold"]), float(row["now"]), float(row["at"])
    over = "over " if at > now and name not in COUNTS else ""
    return f"{over}{level(name, at)} → {other}"


def level(name: str, value: float) -> str:
    """Return where a threshold stands, in words.

    >>> level("share", 0.125), level("units", 2.0), level("large", 1.5)
    ('12.5%', '2', '1.5 ×')
    """
    if name in PARTS:
        return f"{value:.1%}" if round(value * 100, 1) % 1 else f"{value:.0%}"
    return f"{value:.0f}" if name in COUNTS else f"{value:.1f} ×"
