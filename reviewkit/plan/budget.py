"""The budget of the action plan, beside the costs that are known."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.model.words import money, plural

BUDGET = "plan_budget"
"""Kind, and id where the workbench keeps it, of the item of the scope that holds the plan's budget."""


def plan_budget(scope: pd.DataFrame) -> float | None:
    """Return the budget of the action plan; None where nobody gave one.

    Parameters
    ----------
    scope : the evidence table; items of kind ``plan_budget`` add up, but for those dropped. The one that
        the workbench keeps goes before them, also where it says that there is none.

    Examples
    --------
    >>> scope = pd.DataFrame({"item_id": ["S1", "S2", "plan_budget"], "status": None,
    ...     "kind": ["plan_budget", "budget", "plan_budget"], "cost_budgeted": [20_000.0, 5_000.0, 25_000.0]})
    >>> plan_budget(scope.head(2)), plan_budget(scope)
    (20000.0, 25000.0)
    """
    mine = scope[scope["kind"].eq(BUDGET) & scope["status"].ne("dropped").fillna(True)]
    own = mine["item_id"].eq(BUDGET)
    given = (mine[own] if own.any() else mine)["cost_budgeted"].dropna()
    return float(given.sum()) if len(given) else None


def as_item(budget: float | None, role: str) -> dict[str, Any]:
    """Return a budget of the plan, or that it has none, as a row of the table ``scope``.

    >>> as_item(500.0, "Lead")["kind"]
    'plan_budget'
    """
    words = {"item_id": BUDGET, "kind": BUDGET, "text": "Budget of the action plan"}
    return words | {"role": role, "cost_budgeted": budget}


def over_budget(plan: pd.DataFrame, budget: float | None, currency: str) -> list[str]:
    """Return by how much the plan goes beyond its budget, and what to do; empty where it does not.

    >>> over_budget(pd.DataFrame({"cost": [90.0]}), 100.0, "GBP")
    []
    """
    if budget is None or float(plan["cost"].sum()) <= budget:
        return []
    return [f"{budget_words(plan, budget, currency)} Agree more money, or what is left out."]


def budget_words(plan: pd.DataFrame, budget: float | None, currency: str) -> str:
    """Return whether the plan keeps within its budget, as far as costs are known; "" without a budget.

    >>> budget_words(pd.DataFrame({"cost": [12_500.0, None]}), 10_000.0, "GBP")
    'The plan costs £12,500: £2,500 over its budget of £10,000; 1 action without a cost yet.'
    """
    if budget is None:
        return ""
    known, open_ones = float(plan["cost"].sum()), int(plan["cost"].isna().sum())
    left, whole = budget - known, money(budget, currency)
    side = f"{money(left, currency)} of its budget of {whole} left"
    if left < 0:
        side = f"{money(-left, currency)} over its budget of {whole}"
    more = f"; {plural(open_ones, 'action')} without a cost yet" if open_ones else ""
    return f"The plan costs {money(known, currency)}: {side}{more}."
