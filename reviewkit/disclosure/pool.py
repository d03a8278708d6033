"""The pool who could have said it: how broadly a remark must be attributed."""

from __future__ import annotations

import pandas as pd

LEVEL_WORDS = {
    "senior_leadership": "senior leadership",
    "department_head": "department head",
    "team_lead": "team lead",
    "front_line": "front line",
}
ANYONE = "a member of staff"
WITHHELD = ""
"""Attribution of what must not be shown: the pool is too small however broadly it is drawn."""


def headcounts(stakeholders: pd.DataFrame) -> pd.DataFrame:
    """Return ``department, level, headcount``: the people in each group of the register.

    >>> register = pd.DataFrame({"department": ["service", "service"], "level": ["front_line"] * 2,
    ...                          "site": ["a", "b"], "headcount": [4, 3]})
    >>> headcounts(register)["headcount"].tolist()
    [7]
    """
    frame = pd.DataFrame(
        {
            "department": stakeholders["department"].astype("str"),
            "level": stakeholders["level"].astype("str"),
            "headcount": pd.to_numeric(stakeholders["headcount"]).astype("float64").fillna(1),
        }
    )
    counts = frame.groupby(["department", "level"]).agg(headcount=("headcount", "sum")).reset_index()
    counts["headcount"] = counts["headcount"].astype("int64")
    return counts


def attributions(stakeholders: pd.DataFrame, minimum: int) -> dict[tuple[str, str], str]:
    """Return how a remark of each (department, level) may be attributed.

    The site is never named. "Front line, service" serves where the group holds ``minimum``
    people or more. Groups that are too small are merged: those of a level become "front
    line", and what is still too small becomes "a member of staff". The pool of a broad
    attribution is only the groups that carry it, because a reader who knows the register also
    knows that the larger ones are named in full. What is too small even then is withheld
    (an empty string).

    >>> register = pd.DataFrame({"department": ["service", "sales", "marketing"],
    ...                          "level": ["front_line"] * 3, "headcount": [40, 3, 4]})
    >>> words = attributions(register, 5)
    >>> words["service", "front_line"], words["sales", "front_line"]
    ('front line, service', 'front line')
    """
    counts = headcounts(stakeholders)
    words: dict[tuple[str, str], str] = {}
    enough = counts["headcount"] >= minimum
    for department, level in counts.loc[enough, ["department", "level"]].itertuples(index=False):
        words[department, level] = f"{LEVEL_WORDS.get(level, level)}, {department}"
    rest = counts[~enough]
    by_level = rest.groupby("level")["headcount"].transform("sum")
    for department, level in rest.loc[by_level >= minimum, ["department", "level"]].itertuples(index=False):
        words[department, level] = LEVEL_WORDS.get(level, level)
    rest = rest[by_level < minimum]
    last = ANYONE if rest["headcount"].sum() >= minimum else WITHHELD
    words |= dict.fromkeys(zip(rest["department"], rest["level"], strict=True), last)
    return dict(sorted(words.items()))
