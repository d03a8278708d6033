"""The stated rules of leadership capability, read from the one file that holds them."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict


class Route(BaseModel):
    """A way to close a gap, and for which gaps it is the way."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["teachable", "talent"]
    gap: Literal["small", "large"]
    route: Literal["training", "coaching", "move", "hiring"]
    why: str
    vacant: bool = False
    unwilling: bool = False
    chosen: bool = False


class Rules(BaseModel):
    """Thresholds and routes; see ``reviewkit/content/competencies.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    small: float
    large: float
    apart: float
    unwilling: float
    years: float
    few: int
    relevance: dict[str, float]
    routes: tuple[Route, ...]
    needs: dict[str, dict[str, float]]
    bears_on: dict[str, tuple[str, ...]]

    def sentences(self) -> list[str]:
        """Return the rules in plain sentences.

        >>> leadership_rules().sentences()[1]
        'A gap under 0.5 points of five is none; from 1.5 points it is large.'
        """
        return [
            "Assessed is the mean of the manager's and the team's rating (where enough of it answered). "
            "A leader's own rating counts only where there is neither.",
            f"A gap under {self.small:g} points of five is none; from {self.large:g} points it is large.",
            "Whether a competency is a skill that can be taught or a talent stands in the list above, with "
            "the reason. One that is not in it is taken as a skill.",
            *(self._sentence(route) for route in self.routes),
            "The first rule that fits gives the route. It is a place to start from; a person decides.",
        ]

    def _sentence(self, route: Route) -> str:
        kind = "a skill that can be taught" if route.kind == "teachable" else "a talent"
        kind += " that is selected for rather than coached" if route.chosen else ""
        parts = [f"gap of {self.large if route.gap == 'large' else self.small:g} points or more"]
        if route.vacant:
            parts.append(
                f"the post falls vacant within {self.years:g} years and no successor is known to be ready"
            )
        if route.unwilling:
            parts.append(f"own wish to lead at {self.unwilling:g} of five or less")
        return f"{route.route.capitalize()}: {kind}, {', '.join(parts)}."


@lru_cache
def leadership_rules() -> Rules:
    """Return the rules of ``competencies.yaml``.

    >>> leadership_rules().large
    1.5
    """
    text = files("reviewkit.content").joinpath("competencies.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Rules(**data["rules"], routes=data["routes"], needs=data["needs"], bears_on=data["bears_on"])


def routed(table: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Return the table with ``route`` and ``why``: the first rule that fits, "" where there is no gap.

    Parameters
    ----------
    table : ``kind, gap, desire_to_lead, years_to_retirement, successor_ready``; where there,
        ``chosen`` (a talent that is selected for rather than coached).

    >>> row = {"kind": "talent", "gap": 1.0, "desire_to_lead": 4.0, "years_to_retirement": 2.0}
    >>> routed(pd.DataFrame([row | {"successor_ready": None}]), leadership_rules())["route"].tolist()
    ['hiring']
    """
    vacant = table["years_to_retirement"].astype("float64").le(rules.years)
    vacant &= ~table["successor_ready"].astype("boolean").fillna(False).astype(bool)
    unwilling = table["desire_to_lead"].astype("float64").le(rules.unwilling)
    chosen_for = table["chosen"].astype(bool) if "chosen" in table else pd.Series(False, table.index)
    large, small = table["gap"].ge(rules.large), table["gap"].ge(rules.small)
    fits = [
        table["kind"].eq(route.kind)
        & (large if route.gap == "large" else small)
        & (vacant if route.vacant else True)
        & (unwilling if route.unwilling else True)
        & (chosen_for if route.chosen else True)
        for route in rules.routes
    ]
    chosen = [np.asarray(fit, dtype=bool) for fit in fits]
    return table.assign(
        route=np.select(chosen, [route.route for route in rules.routes], ""),
        why=np.select(chosen, [route.why for route in rules.routes], ""),
    )
