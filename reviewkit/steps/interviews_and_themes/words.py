"""Blocks on words for the team: why quotes were chosen, which to approve, and what fits no code."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.present.blocks import Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.voices import candidate_codes, quotable, representative

_MOST = 20


def chosen_quotes(
    coded: pd.DataFrame, quotes: pd.DataFrame, names: Mapping[str, Mapping[str, str]]
) -> Block | None:
    """Return the reasons for which approved quotes were chosen; none where none is approved."""
    approved = set(quotes.loc[quotes["status"].eq("approved"), "remark_id"])
    chosen = representative(coded, approved, names)
    if chosen.empty:
        return None
    headings = {"name": "Theme", "side": "Said as", "remark_id": "Remark", "why": "Chosen because"}
    return Table(chosen, caption="Why these approved quotes stand for their themes", headings=headings)


def quote_candidates(
    coded: pd.DataFrame,
    quotes: pd.DataFrame,
    names: Mapping[str, Mapping[str, str]],
    gate: Discloser,
) -> Block:
    """Return remarks that would stand well for a theme and wait for approval, redaction proposed."""
    chosen = representative(coded, quotable(coded, quotes, gate), names)
    if chosen.empty:
        return Words("No further remark on the record could be quoted.")
    text = coded.drop_duplicates("remark_id").set_index("remark_id")["text"]
    shown = chosen.assign(words=[gate.redact(text[name]) for name in chosen["remark_id"]])
    headings = {
        "name": "Theme",
        "side": "Said as",
        "remark_id": "Remark",
        "words": "Words, redaction proposed",
        "why": "Proposed because",
    }
    return Table(shown, caption="Quotes to approve or refuse", headings=headings, limit=_MOST)


def candidates(remarks: pd.DataFrame, coded: pd.DataFrame, gate: Discloser) -> Block:
    """Return groups of remarks that fit no code; each may be worth a code of its own."""
    found = candidate_codes(remarks, coded, redact=gate.redact)
    if found.empty:
        return Words("No three interviews or comments that fit no code have their words in common.")
    shown = found.assign(
        said=[" / ".join(words) for words in found["examples"]],
        ids=[", ".join(ids[:6]) + (" …" if len(ids) > 6 else "") for ids in found["remark_ids"]],
    )
    headings = {
        "label": "Words in common",
        "units": "Interviews or comments",
        "departments": "Departments",
        "said": "In the middle of it",
        "ids": "Remarks",
    }
    texts, read = int(found.attrs["texts"]), int(found.attrs["read"])
    sampled = f"Of {texts:,} different texts a sample of {read:,} was read. " if read < texts else ""
    return Stack(
        Words("A group of remarks is no code yet: read them, then add a code, a cue phrase, or neither."),
        Table(
            shown,
            caption="Remarks that fit no code, put together by their words",
            headings=headings,
            note=f"{sampled}Average linkage of TF-IDF rows; at least three interviews or comments a group.",
        ),
    )
