"""A measured gap in a sentence: level, size with its interval, since when, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.model import Engagement, Measure
from reviewkit.model.words import money, plural

from ..wording import agree, amount, difference, place, when


def gap_words(made: Mapping[Any, Any], measure: Measure, engagement: Engagement, note: str) -> dict[str, str]:
    """Return ``statement``, ``expected``, ``level`` and ``over`` of a measured gap, in words.

    ``made`` has the figures of :func:`~.gaps.measured_gaps`; ``note`` is local knowledge, or "".
    """

    def level(value: float) -> str:
        return amount(value, measure.unit, measure.decimals, engagement.currency)

    def size(value: float) -> str:
        return difference(value, measure.unit, measure.decimals, engagement.currency)

    target = "contract target" if measure.contract_kpi else "target"
    basis = target if made["basis"] == "target" else "its own earlier level"
    expected = f"{level(made['target'])} ({basis})"
    short = "short of" if measure.direction == "increase" else "above"
    bounds = (
        ""
        if pd.isna(made["lower"])
        else f" ({_bare(made['lower'], measure)} to {_bare(made['upper'], measure)})"
    )
    stands = agree(measure.name, "averages", "average")
    where = place(made["site"], engagement.contract_name(made["contract"]))
    over = f"latest {plural(int(made['n']), engagement.cadence(measure))}"
    text = f"{measure.name}{where} {stands} {level(made['actual'])} over the {over}, "
    text += f"{size(made['gap'])}{bounds} {short} "
    text += f"the target of {level(made['target'])}" if made["basis"] == "target" else "its own earlier level"
    if pd.notna(made["since"]):
        text += f"; worse since {when(made['since'], engagement.cadence(measure))}"
    if pd.notna(made["cost_per_year"]):
        text += f"; worth about {money(made['cost_per_year'], engagement.currency)} a year"
    words = {"statement": f"{text}. {note}".strip(), "expected": expected}
    return words | {"level": level(made["actual"]), "over": over}


def _bare(value: float, measure: Measure) -> str:
    return f"{value:,.{measure.decimals}f}"
