"""What one analyst supposes and has not kept, over a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pandas as pd

from reviewkit.plan.estimates import Estimate

from ..drafts import Drafts

_ABOUT, _BUDGET = "scenario ", "budget of the scenario"
_ONE = "value"


def read_unsaved(drafts: Drafts) -> tuple[dict[str, Estimate], dict[str, float | None]]:
    """Return what is supposed of which recommendation, and the budget where another one is tried."""
    supposed = {
        about.removeprefix(_ABOUT): _estimate(drafts.of(about)[_ONE]) for about in drafts.names(_ABOUT)
    }
    budget = drafts.of(_BUDGET).get(_ONE)
    return supposed, {} if budget is None else {"budget": json.loads(budget)}


def keep_unsaved(
    drafts: Drafts, supposed: Mapping[str, Estimate], budgets: Mapping[str, float | None]
) -> None:
    """Keep what is supposed and not kept in the evidence; let go of those of which nothing is.

    What was supposed of a recommendation that is not among them stays: it may be made again.
    """
    for name, one in supposed.items():
        if one == Estimate():
            drafts.drop(f"{_ABOUT}{name}")
        else:
            drafts.keep(f"{_ABOUT}{name}", {_ONE: _text(one)})
    if "budget" in budgets:
        drafts.keep(_BUDGET, {_ONE: json.dumps(budgets["budget"])})
    else:
        drafts.drop(_BUDGET)


def _text(one: Estimate) -> str:
    """Return an estimate as text.

    >>> one = Estimate(impact=2, starts=pd.Timestamp("2025-07-01"), reason="So")
    >>> _estimate(_text(one)) == one
    True
    """
    given = {name: value for name, value in vars(one).items() if value is not None}
    if one.starts is not None:
        given["starts"] = one.starts.date().isoformat()
    return json.dumps(given)


def _estimate(text: str) -> Estimate:
    given = json.loads(text)
    if "starts" in given:
        given["starts"] = pd.Timestamp(given["starts"])
    return Estimate(**given)
