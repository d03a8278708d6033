"""Who answered the partnering survey, and who did not."""

from __future__ import annotations

import numpy as np
import pandas as pd

COLUMNS = ("by", "name", "people", "answered", "rate", "more")
_TOP = ("senior_leadership", "department_head")


def response(perceptions: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Return how many of the register answered, by side, department and site.

    Senior leaders and heads of department are management. For the others the register does not
    say on which side a department stands; it is the side most of its answers come from. A
    department nobody answered for has no side and stands among the departments only.

    Parameters
    ----------
    perceptions : the survey's answers. register : ``department, level, site, headcount``.

    Returns
    -------
    ``COLUMNS``: ``by`` (``group, department, site``), people in the register, respondents,
    ``rate`` (at most 1), ``more`` where more answered than the register holds.
    """
    if perceptions.empty or register.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    people = register.assign(
        headcount=pd.to_numeric(register["headcount"]).astype("float64").fillna(1),
        group=sides_of(perceptions, register),
    )
    heard = perceptions.drop_duplicates("respondent_id")
    parts = [_by(name, people, heard) for name in ("group", "department", "site")]
    table = pd.concat([part for part in parts if len(part)], ignore_index=True)
    table["more"] = table["answered"] > table["people"]
    table["rate"] = (table["answered"] / table["people"].where(table["people"] > 0)).clip(upper=1)
    return table[list(COLUMNS)]


def sides_of(perceptions: pd.DataFrame, register: pd.DataFrame) -> pd.Series[str]:
    """Return the side of each row of the register; "" where nobody of its department answered."""
    known = perceptions[perceptions["group"].ne("management") & perceptions["department"].notna()]
    known = known.drop_duplicates("respondent_id")
    usual = known.groupby("department")["group"].agg(lambda sides: str(sides.mode().iloc[0]))
    side = register["department"].map(usual).fillna("").astype("str")
    return side.mask(register["level"].isin(_TOP), "management")


def side_headcounts(table: pd.DataFrame) -> dict[str, int] | None:
    """Return the people of each side, to weigh answers by; none where the register does not fit.

    It does not fit where a side has more respondents than people.
    """
    sides = table[table["by"].eq("group")] if len(table) else table
    if sides.empty or bool(sides["more"].any()) or bool(sides["people"].le(0).any()):
        return None
    return {str(name): int(people) for name, people in zip(sides["name"], sides["people"], strict=True)}


def rates_differ(table: pd.DataFrame) -> bool:
    """Return whether sides answered at clearly different rates (chi-squared test, 5 per cent)."""
    sides = table[table["by"].eq("group") & ~table["more"].astype(bool)] if len(table) else table
    if len(sides) < 2:
        return False
    from scipy.special import chdtrc

    share = float(sides["answered"].sum() / sides["people"].sum())
    if not 0 < share < 1:
        return False
    expected = sides["people"].to_numpy(dtype=float) * share
    far = (sides["answered"].to_numpy(dtype=float) - expected) ** 2 / (expected * (1 - share))
    return bool(chdtrc(len(sides) - 1, float(np.sum(far))) < 0.05)


def _by(name: str, people: pd.DataFrame, heard: pd.DataFrame) -> pd.DataFrame:
    asked = people[people[name].notna() & people[name].ne("")].groupby(name)["headcount"].sum()
    answered = heard[heard[name].notna()].groupby(name).size()
    both = pd.DataFrame({"people": asked, "answered": answered}).fillna(0).astype("int64")
    return both.rename_axis("name").reset_index().assign(by=name)
