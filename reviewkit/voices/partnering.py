"""Where front line, support and management see different organisations."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from reviewkit.content import Statement

GROUPS = ("front_line", "support", "management")
GROUP_WORDS = {"front_line": "the front line", "support": "support departments", "management": "management"}
COLUMNS = (
    "statement",
    "text",
    "kind",
    "group_a",
    "group_b",
    "mean_a",
    "mean_b",
    "difference",
    "lower",
    "upper",
    "p_value",
    "n_a",
    "n_b",
    "we_they",
)


def oriented(perceptions: pd.DataFrame, statements: Mapping[str, Statement]) -> pd.DataFrame:
    """Return the answers to known statements with ``score``: 1 is bad and 5 good for every statement.

    Statements where agreeing is a bad sign are turned round (6 minus the answer).

    >>> from reviewkit.content import load_statements
    >>> said = pd.DataFrame({"group": ["support"], "statement": ["sign_1"], "answer": [5]})
    >>> oriented(said, load_statements())["score"].tolist()
    [1.0]
    """
    known = perceptions[perceptions["statement"].isin(list(statements))]
    answer = pd.to_numeric(known["answer"]).astype("float64")
    turned = (
        known["statement"]
        .map({name: statement.reverse for name, statement in statements.items()})
        .astype(bool)
    )
    return known.assign(
        score=answer.where(~turned, 6 - answer), kind=known["statement"].map(_kinds(statements))
    )


def standing(
    perceptions: pd.DataFrame, statements: Mapping[str, Statement], *, by: str = "group"
) -> pd.DataFrame:
    """Return ``statement, text, kind, <by>, n, mean, sd, lower, upper``: mean score with a 95 % interval."""
    scored = oriented(perceptions, statements)
    table = scored.groupby(["statement", by])["score"].agg(n="size", mean="mean", sd="std").reset_index()
    half = _t(table["n"] - 1) * table["sd"] / np.sqrt(table["n"])
    table["lower"], table["upper"] = (
        (table["mean"] - half).clip(lower=1),
        (table["mean"] + half).clip(upper=5),
    )
    table["text"] = table["statement"].map({name: statement.text for name, statement in statements.items()})
    table["kind"] = table["statement"].map(_kinds(statements))
    return table[["statement", "text", "kind", by, "n", "mean", "sd", "lower", "upper"]]


def partner_gaps(
    perceptions: pd.DataFrame,
    statements: Mapping[str, Statement],
    *,
    minimum: int = 5,
    smallest: float = 0.5,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how far two sides differ on each statement, with a Welch interval.

    The difference of means has standard error sqrt(s_a^2 / n_a + s_b^2 / n_b) and Welch's degrees
    of freedom. Source: B. L. Welch, "The generalization of Student's problem when several different
    population variances are involved", Biometrika 34 (1947), 28-35. A gap is called
    ``we_they`` where it is at least ``smallest`` points and stays significant when every pair
    of every statement is allowed for (Holm, Scandinavian Journal of Statistics 6, 1979, 65-70).

    Parameters
    ----------
    perceptions : ``respondent_id, group, statement, answer`` (1 to 5).
    statements : the survey's statements, for their text, kind and direction.
    minimum : respondents a side needs; pairs with fewer are left out.

    Returns
    -------
    ``COLUMNS``: mean scores (1 bad to 5 good), ``difference`` = a minus b with its interval,
    largest first.
    """
    table = standing(perceptions, statements, by="group")
    rows = [
        _pair(str(statement), sides.set_index("group"), a, b, level)
        for statement, sides in table[table["n"] >= minimum].groupby("statement", sort=False)
        for a, b in combinations([group for group in GROUPS if group in set(sides["group"])], 2)
    ]
    if not rows:
        return pd.DataFrame(columns=list(COLUMNS))
    frame = pd.DataFrame(rows)
    frame["text"] = frame["statement"].map({name: statement.text for name, statement in statements.items()})
    frame["kind"] = frame["statement"].map(_kinds(statements))
    frame["we_they"] = (holm(frame["p_value"]) < 1 - level) & (frame["difference"].abs() >= smallest)
    order = frame["difference"].abs().sort_values(ascending=False, kind="stable").index
    return frame.loc[order, list(COLUMNS)].reset_index(drop=True)


def holm(p_values: pd.Series) -> pd.Series:
    """Return p-values corrected for their number by Holm's step-down method.

    Missing ones stay missing and do not count. Holm, "A simple sequentially rejective multiple
    test procedure", Scandinavian Journal of Statistics 6, 1979.

    >>> holm(pd.Series([0.01, 0.04, float("nan"), 0.03])).round(2).tolist()
    [0.03, 0.06, nan, 0.06]
    """
    ordered = p_values.dropna().sort_values(kind="stable")
    factors = np.arange(len(ordered), 0, -1)
    return (ordered * factors).cummax().clip(upper=1.0).reindex(p_values.index)


def _pair(statement: str, sides: pd.DataFrame, a: str, b: str, level: float) -> dict[str, object]:
    n_a, n_b = (int(sides["n"][side]) for side in (a, b))
    mean_a, mean_b = (float(sides["mean"][side]) for side in (a, b))
    var_a, var_b = (float(sides["sd"][side]) ** 2 for side in (a, b))
    lower, upper, p_value = welch(mean_a, var_a, n_a, mean_b, var_b, n_b, level)
    return {
        "statement": statement,
        "group_a": a,
        "group_b": b,
        "mean_a": mean_a,
        "mean_b": mean_b,
        "difference": mean_a - mean_b,
        "lower": lower,
        "upper": upper,
        "p_value": p_value,
        "n_a": n_a,
        "n_b": n_b,
    }


def welch(
    mean_a: float, var_a: float, n_a: int, mean_b: float, var_b: float, n_b: int, level: float = 0.95
) -> tuple[float, float, float]:
    """Return lower and upper limit of the difference of two means, and its two-sided p-value.

    Where neither side varies at all, the difference is exact.

    >>> [round(value, 3) for value in welch(4.0, 1.0, 20, 3.0, 1.0, 20)]
    [0.36, 1.64, 0.003]
    """
    from scipy.special import stdtr, stdtrit

    error_a, error_b = var_a / n_a, var_b / n_b
    difference, variance = mean_a - mean_b, error_a + error_b
    if variance == 0:
        return difference, difference, 0.0 if difference else 1.0
    freedom = variance**2 / (error_a**2 / (n_a - 1) + error_b**2 / (n_b - 1))
    half = float(stdtrit(freedom, 0.5 + level / 2)) * variance**0.5
    p_value = float(2 * stdtr(freedom, -abs(difference) / variance**0.5))
    return difference - half, difference + half, p_value


def _t(freedom: pd.Series) -> np.ndarray:
    # scipy.special holds Student's t as scipy.stats does, and takes a tenth of the time to import.
    from scipy.special import stdtrit

    return np.asarray(stdtrit(freedom.clip(lower=1).to_numpy(dtype=float), 0.975))


def _kinds(statements: Mapping[str, Statement]) -> dict[str, str]:
    return {name: statement.kind for name, statement in statements.items()}


def present_signs(
    perceptions: pd.DataFrame, statements: Mapping[str, Statement], *, minimum: int = 5, level: float = 0.95
) -> pd.DataFrame:
    """Return ``statement, text, kind, n, mean, lower, upper, p_value, present`` over all respondents.

    ``mean`` runs from 1 (bad) to 5 (good). ``present`` marks statements that stand clearly on the
    bad side: a mean of 2.5 or less that stays below the middle of the scale when the number of
    statements is allowed for (t test against 3, Holm).
    """
    from scipy.special import stdtr

    everyone = perceptions.assign(everyone="all")
    table = standing(everyone, statements, by="everyone").drop(columns="everyone")
    table = table[table["n"] >= minimum].reset_index(drop=True)
    error = (table["sd"] / np.sqrt(table["n"])).clip(lower=1e-9)
    table["p_value"] = stdtr(
        (table["n"] - 1).to_numpy(dtype=float), ((table["mean"] - 3) / error).to_numpy(dtype=float)
    )
    table["present"] = (holm(table["p_value"]) < 1 - level) & (table["mean"] <= 2.5)
    return table.drop(columns="sd").sort_values("mean", kind="stable", ignore_index=True)


def by_kind(perceptions: pd.DataFrame, statements: Mapping[str, Statement], *, by: str) -> pd.DataFrame:
    """Return ``<by>, kind, n, mean``: respondents and their mean score for each kind of statement."""
    scored = oriented(perceptions, statements)
    scored = scored[scored[by].notna()]
    table = scored.groupby([by, "kind"]).agg(n=("respondent_id", "nunique"), mean=("score", "mean"))
    return table.reset_index()
