"""Which themes hold when somebody else codes, and what agreement is called in words."""

from __future__ import annotations

import pandas as pd

from .cohen import strength

LEAST_REMARKS, LEAST_GIVEN = 20, 5
"""A figure of agreement is told from so many remarks coded twice, of which so many carry the theme."""

LIMIT = 0.667
"""Below it a theme does not hold: K. Krippendorff, Content Analysis (2004), p. 241."""

TOO_FEW, HOLDS, UNSURE, CARE = "too few", "holds", "not sure", "does not hold"
MEANING = {
    HOLDS: f"alpha is {LIMIT} or more, and so is its whole interval",
    UNSURE: f"the interval of alpha spans {LIMIT}",
    CARE: f"alpha is below {LIMIT}",
    TOO_FEW: f"fewer than {LEAST_REMARKS} remarks were coded twice, or fewer than {LEAST_GIVEN} carry it",
}


def standing_of(by_theme: pd.DataFrame) -> pd.DataFrame:
    """Return the table with ``standing`` and ``words``: whether each theme holds, and agreement in words.

    What rests on too few remarks has neither a figure nor words.

    Parameters
    ----------
    by_theme : from :func:`reviewkit.voices.agreement.alpha_by_theme`.

    Examples
    --------
    >>> rows = [("a", 0.9, 0.8, 1.0, 150, 40, 0.97), ("b", 0.5, 0.2, 0.7, 150, 12, 0.9),
    ...         ("c", 1.0, 1.0, 1.0, 150, 2, 1.0), ("d", 0.8, 0.5, 1.0, 150, 9, 0.95)]
    >>> columns = ["code", "alpha", "low", "high", "remarks", "given", "observed"]
    >>> standing_of(pd.DataFrame(rows, columns=columns))[["code", "standing", "words"]].values.tolist()
    [['a', 'holds', 'almost perfect'], ['b', 'does not hold', 'moderate'], ['c', 'too few', ''], \
['d', 'not sure', 'substantial']]
    """
    few = (by_theme["remarks"] < LEAST_REMARKS) | (by_theme["given"] < LEAST_GIVEN) | by_theme["alpha"].isna()
    standing = pd.Series(UNSURE, index=by_theme.index, dtype="object")
    # Without an interval nothing is said to hold: comparisons with what is missing are false.
    standing[(by_theme["alpha"] >= LIMIT) & (by_theme["low"] >= LIMIT)] = HOLDS
    standing[by_theme["alpha"] < LIMIT] = CARE
    standing[few] = TOO_FEW
    words = [
        "" if rare else strength(value)
        for rare, value in zip(few, by_theme["alpha"].astype(float), strict=True)
    ]
    shown = by_theme.assign(
        standing=standing.astype("str"), words=pd.Series(words, by_theme.index, dtype="str")
    )
    shown.loc[few, ["alpha", "low", "high"]] = float("nan")
    return shown


def with_care(themes: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    """Return the themes, those that do not hold when coded twice with a word of care in ``note``."""
    shaky = set(standing.loc[standing["standing"] == CARE, "code"]) if len(standing) else set()
    if not shaky or themes.empty:
        return themes
    told = themes["code"].isin(shaky)
    notes = themes["note"].astype("str")
    caution = "Coders do not agree on this theme: read it with care."
    return themes.assign(note=notes.where(~told, (notes + " " + caution).str.strip()))
