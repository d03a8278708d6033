"""Who sees a sign or key, and who does not: each side's own view beside the mean of all."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from reviewkit.content import Statement
from reviewkit.model.words import listing

from .compare import benjamini_hochberg
from .scales import GROUP_WORDS, GROUPS, heard_sides, oriented, standing, student_t

MIDDLE = 3.0


def present_signs(
    perceptions: pd.DataFrame,
    statements: Mapping[str, Statement],
    *,
    minimum: int = 5,
    level: float = 0.95,
    headcounts: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """Return ``statement, text, kind, n, mean, lower, upper, p_value, adjusted, present`` over all sides.

    ``mean`` runs from 1 (bad) to 5 (good). Where ``headcounts`` gives the people of each side, it
    is the sum of the sides' means weighted by them, so that a side that answers more often counts
    no more; its variance is the sum of w^2 s^2 / n (Cochran, "Sampling Techniques", 1977,
    section 5.4), with Satterthwaite's degrees of freedom. ``present`` marks statements that stand
    clearly on the bad side: a mean of 2.5 or less that stays below the middle of the scale when
    the number of statements is allowed for (t test against 3, Benjamini-Hochberg).
    Sides under ``minimum`` respondents are not in it.
    """
    from scipy.special import stdtr

    sides = standing(heard_sides(perceptions, minimum), statements)
    table = _together(sides, headcounts)
    table = table[table["n"] >= minimum].reset_index(drop=True)
    if table.empty:
        return table.assign(p_value=[], adjusted=[], present=pd.Series([], dtype=bool))
    half = student_t(table["freedom"], level) * table["error"]
    table["lower"], table["upper"] = (
        (table["mean"] - half).clip(lower=1),
        (table["mean"] + half).clip(upper=5),
    )
    ratio = (table["mean"] - MIDDLE) / table["error"].clip(lower=1e-9)
    table["p_value"] = stdtr(table["freedom"].to_numpy(dtype=float), ratio.to_numpy(dtype=float))
    table["adjusted"] = benjamini_hochberg(table["p_value"])
    table["present"] = (table["adjusted"] < 1 - level) & (table["mean"] <= 2.5)
    return table.drop(columns=["error", "freedom"]).sort_values("mean", kind="stable", ignore_index=True)


def side_views(
    perceptions: pd.DataFrame, statements: Mapping[str, Statement], *, minimum: int = 5
) -> pd.DataFrame:
    """Return each side's own view of each statement.

    Returns
    -------
    ``statement, text, kind, group, n, mean, lower, upper, bad`` (share on the bad side, a score
    of 1 or 2), ``good`` (4 or 5) and ``view``: ``bad`` where the whole interval of the mean lies
    below the middle of the scale, ``good`` above, else ``divided``; sides under ``minimum``
    have "" for a view.
    """
    table = standing(perceptions, statements)
    scored = oriented(perceptions, statements)
    marks = scored.assign(bad=scored["score"].le(2), good=scored["score"].ge(4))
    shares = marks.groupby(["statement", "group"])[["bad", "good"]].mean().reset_index()
    table = table.merge(shares, on=["statement", "group"], how="left")
    table["view"] = np.select(
        [table["n"] < minimum, table["upper"] < MIDDLE, table["lower"] > MIDDLE],
        ["", "bad", "good"],
        "divided",
    )
    return table.drop(columns="sd")


def who_sees(views: pd.DataFrame) -> pd.DataFrame:
    """Return ``statement, words``: who sees a bad sign (or a missing key) and who does not.

    Parameters
    ----------
    views : as made by :func:`side_views`, without the sides that may not be shown.

    >>> views = pd.DataFrame({"statement": "sign_5", "kind": "sign", "view": ["bad", "good"],
    ...                       "group": ["front_line", "management"]})
    >>> who_sees(views)["words"].tolist()
    ['the front line sees it; management does not']
    """
    place = {group: i for i, group in enumerate(GROUPS)}
    ordered = views[views["view"].ne("")].sort_values("group", key=lambda column: column.map(place))
    rows = [
        {
            "statement": statement,
            "words": _seen(str(part["kind"].iloc[0]), dict(zip(part["group"], part["view"], strict=True))),
        }
        for statement, part in ordered.groupby("statement", sort=False)
    ]
    return pd.DataFrame(rows, columns=["statement", "words"])


def front_line_alone(views: pd.DataFrame, together: pd.DataFrame) -> pd.DataFrame:
    """Return the statements that the front line clearly sees on the bad side and the mean of all does not.

    Parameters
    ----------
    views : as made by :func:`side_views`. together : as made by :func:`present_signs`.

    Returns
    -------
    Rows of ``views`` of the front line with ``all_mean``; the worst first.
    """
    own = views[views["group"].eq("front_line") & views["view"].eq("bad") & views["mean"].le(2.5)]
    both = own.merge(
        together[["statement", "mean", "present"]].rename(columns={"mean": "all_mean"}), on="statement"
    )
    return both[~both["present"].astype(bool)].sort_values("mean", kind="stable", ignore_index=True)


_VERBS = {
    "sign": {"bad": ("sees it", "see it"), "good": ("does not", "do not")},
    "key": {"bad": ("misses it", "miss it"), "good": ("finds it", "find it")},
    "": {"bad": ("lacks it", "lack it"), "good": ("has it", "have it")},
}
"""What a side's view is called: of a sign that it is there, of a key or of support that it is missing."""


def _seen(kind: str, views: Mapping[str, str]) -> str:
    verbs = {**_VERBS.get(kind, _VERBS[""]), "divided": ("is divided", "are divided")}
    parts = []
    for view, (one, many) in verbs.items():
        sides = [group for group, held in views.items() if held == view]
        if sides:
            verb = one if len(sides) == 1 and sides[0] != "support" else many
            parts.append(f"{listing([GROUP_WORDS[side] for side in sides])} {verb}")
    return "; ".join(parts)


def _together(sides: pd.DataFrame, headcounts: Mapping[str, int] | None) -> pd.DataFrame:
    """Mean of all by statement, its standard error and degrees of freedom."""
    keys = ["statement", "text", "kind"]
    weighed = headcounts is not None and {str(side) for side in sides["group"]} <= set(headcounts)
    people = sides["group"].map(dict(headcounts)) if weighed and headcounts else sides["n"]
    table = sides.assign(people=people.astype("float64"))
    share = table["people"] / table.groupby("statement")["people"].transform("sum")
    table["part"] = share * table["mean"]
    if not weighed:
        return _pooled(table, keys)
    table["variance"] = share**2 * table["sd"].fillna(0) ** 2 / table["n"]
    table["squares"] = table["variance"] ** 2 / (table["n"] - 1).clip(lower=1)
    found = table.groupby(keys, sort=False)[["n", "part", "variance", "squares"]].sum().reset_index()
    freedom = (found["variance"] ** 2 / found["squares"].where(found["squares"] > 0)).fillna(found["n"] - 1)
    found = found.assign(mean=found["part"], error=np.sqrt(found["variance"]), freedom=freedom)
    return found[[*keys, "n", "mean", "error", "freedom"]]


def _pooled(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The plain mean of all answers, from the sides' numbers, means and deviations."""
    squares = (table["n"] - 1) * table["sd"].fillna(0) ** 2 + table["n"] * table["mean"] ** 2
    found = (
        table.assign(squares=squares).groupby(keys, sort=False)[["n", "part", "squares"]].sum().reset_index()
    )
    freedom = (found["n"] - 1).clip(lower=1)
    variance = ((found["squares"] - found["n"] * found["part"] ** 2) / freedom).clip(lower=0)
    found = found.assign(mean=found["part"], error=np.sqrt(variance / found["n"]), freedom=freedom)
    return found[[*keys, "n", "mean", "error", "freedom"]]
