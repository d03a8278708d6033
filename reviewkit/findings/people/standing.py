"""Who stands apart from colleagues beyond doubt, and how many would by chance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .cells import ASPECTS
from .compared import SURE

NOT_APART = "not told apart from colleagues on like contacts"


def standings(rates: pd.DataFrame) -> pd.DataFrame:
    """Return the rates with each agent's standing and the reason for it.

    Parameters
    ----------
    rates : as :func:`reviewkit.findings.people.fair_rates` returns them; without ``q_value`` the
        intervals alone decide.

    Returns
    -------
    The columns of ``rates``, ``side`` (``better``, ``worse`` or ``""`` in this measure),
    ``standing`` (``recognise``, ``support`` or ``""``, the same in every row of an agent) and
    ``reason``.

    Examples
    --------
    >>> rates = pd.DataFrame({"agent": ["a"], "measure": ["first_contact_resolution"], "lower": [72.0],
    ...                       "upper": [80.0], "centre": [70.0]})
    >>> standings(rates)[["side", "standing"]].values.tolist()
    [['better', 'recognise']]
    """
    ways = {aspect.id: 1 if aspect.direction == "increase" else -1 for aspect in ASPECTS}
    way = rates["measure"].map(ways)
    above = (rates["lower"] > rates["centre"]).astype(int) - (rates["upper"] < rates["centre"]).astype(int)
    table = rates.assign(side=(above * way).map({1: "better", -1: "worse", 0: ""}))
    role = table["measure"].map({aspect.id: aspect.role for aspect in ASPECTS})
    agent = table["agent"]
    sure = _sure(table)

    def seen(side: str, kind: str, certain: bool = False) -> Any:
        here = (table["side"] == side) & (role == kind) & (sure if certain else True)
        return here.groupby(agent).transform("any")

    good = seen("better", "objective", True) & ~seen("worse", "objective") & ~seen("worse", "subjective")
    poor = seen("worse", "objective", True) & ~seen("better", "objective") & ~seen("better", "subjective")
    table["standing"] = np.select([good, poor], ["recognise", "support"], "")
    table["reason"] = agent.map(_told(table)).astype("object").fillna(NOT_APART)
    return table


def singled_out(judged: pd.DataFrame) -> list[dict[str, Any]]:
    """Return, for each objective measure, how many stand apart and how many would by chance.

    Parameters
    ----------
    judged : as :func:`standings` returns it.

    Returns
    -------
    One entry a measure: ``measure, agents, plain`` (beyond the 95 % interval of the adjusted figure,
    nothing else allowed for), ``by_chance`` (how many of these there would be if all were
    alike: 5 % of the agents), ``apart`` (those who stand apart by the rules here) and ``wrong``
    (how many of these are to be expected on the wrong side: the sum of their chances, Newton
    and others, 2004, *Detecting differential gene expression*).
    """
    objective = [aspect.id for aspect in ASPECTS if aspect.role == "objective"]
    made = []
    for name, rows in judged[judged["measure"].isin(objective)].groupby("measure", sort=False):
        plain = (rows["adjusted"] - rows["centre"]).abs() > 1.959964 * rows["error"]
        apart = rows["side"].ne("") & _sure(rows)
        chance = np.minimum(rows["above"], 1 - rows["above"])
        made.append({"measure": str(name), "agents": len(rows), "plain": int(plain.sum()),
                     "by_chance": 0.05 * len(rows), "apart": int(apart.sum()),
                     "wrong": float(chance[apart].sum())})  # fmt: skip
    return made


def _sure(table: pd.DataFrame) -> Any:
    if "q_value" not in table:
        return pd.Series(True, index=table.index)
    return table["q_value"].astype("float64") <= SURE


def _told(table: pd.DataFrame) -> pd.Series[Any]:
    """Where each agent lies apart, in words."""
    names = {aspect.id: aspect.name.lower() for aspect in ASPECTS}
    sides = {
        aspect.id: {"better": "shorter", "worse": "longer"} if aspect.role == "shown" else {}
        for aspect in ASPECTS
    }
    apart = table[table["side"] != ""]
    doubt = [
        "" if sure else ", though not once all agents looked at are allowed for" for sure in _sure(apart)
    ]
    words = [
        f"{names[measure]} {sides[measure].get(side, side)}{note}"
        for measure, side, note in zip(apart["measure"], apart["side"], doubt, strict=True)
    ]
    return pd.Series(words, index=apart.index, dtype="str").groupby(apart["agent"]).agg("; ".join)
