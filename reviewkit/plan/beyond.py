"""How far the actions go up the climb: where none by itself aims at the summit, that is said."""

from __future__ import annotations

import pandas as pd

from reviewkit.findings.wording import amount
from reviewkit.model import Engagement
from reviewkit.model.words import plural

from .rows import records

KEYS = ["measure", "site", "contract"]


def beyond_actions(plan: pd.DataFrame, stages: pd.DataFrame, engagement: Engagement) -> list[str]:
    """Return a sentence on each climb that goes on above what any action on it aims at.

    A staged climb ends at the target of the gap; an action counts only on what it may bring by itself.
    Without this sentence the climb would read as a promise that no action makes.

    Parameters
    ----------
    plan : the actions: ``measure, site, contract, target`` in the measure's unit. stages : table
        ``ascent``: ``measure, name, unit, site, contract, direction, stage_name, level``, lowest first.
    """
    told = []
    decimals = {measure.id: measure.decimals for measure in engagement.measures}
    for key, climb in stages.groupby(KEYS, sort=False):
        mine = plan[plan[KEYS].eq(list(key)).all(axis=1)].dropna(subset=["target"])
        first = climb.iloc[0]
        sign = 1.0 if first["direction"] == "increase" else -1.0
        if mine.empty:
            continue
        best = sign * float((sign * mine["target"]).max())
        places, unit = decimals.get(str(first["measure"]), 1), str(first["unit"])
        levels = (best, *climb["level"])
        said = [amount(float(level), unit, places, engagement.currency) for level in levels]
        above = [
            row | {"said": words}
            for row, words in zip(records(climb), said[1:], strict=True)
            if sign * (row["level"] - best) > 0 and words != said[0]
        ]
        if not above:
            continue
        onward = f", and on to {said[-1]}," if len(above) > 1 else ""
        many = f"none of its {plural(len(mine), 'action')} aims"
        none = "its action does not aim" if len(mine) == 1 else many
        next_stage = above[0]["stage_name"] if len(above) > 1 else "the summit"
        told.append(
            f"{first['name']}: {none} beyond {said[0]}; what is to bring it to {next_stage} at "
            f"{above[0]['said']}{onward} is still to be planned."
        )
    return told
