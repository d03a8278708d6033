"""Who could be heard, who is, and who is missing."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import LEVELS

HELD = ("held", "noted", "coded")
COLUMNS = ("department", "level", "site", "headcount", "planned", "held", "hole", "who")
_GROUP = ["department", "level", "site"]


def coverage(
    stakeholders: pd.DataFrame, interviews: pd.DataFrame, participants: pd.DataFrame
) -> pd.DataFrame:
    """Return one row a group of the register: how many interviews are planned and held with it.

    Parameters
    ----------
    stakeholders : ``stakeholder_id, department, level, site, role, headcount``.
    interviews : ``interview_id, kind, status``; may be empty.
    participants : ``interview_id, stakeholder_id``; may be empty.

    Returns
    -------
    ``COLUMNS``, one row a department, level and site. ``planned`` counts interviews with the
    group that are planned, invited or held, ``held`` those that took place. ``hole`` marks groups
    without any; ``who`` says in roles who would fill it and how.

    Examples
    --------
    >>> register = pd.DataFrame({"stakeholder_id": ["s1", "s2"], "department": ["sales", "service"],
    ...                          "level": "front_line", "site": "North", "role": "adviser",
    ...                          "headcount": [12, 30]})
    >>> interviews = pd.DataFrame({"interview_id": ["i1"], "kind": "group", "status": "held"})
    >>> took_part = pd.DataFrame({"interview_id": ["i1"], "stakeholder_id": ["s2"]})
    >>> coverage(register, interviews, took_part)[["department", "held", "hole", "who"]].values.tolist()
    [['sales', 0, True, 'a group session with adviser (12 people)'], ['service', 1, False, '']]
    """
    register = _register(stakeholders)
    met = _met(register, interviews, participants)
    groups = register.groupby(_GROUP, sort=False, as_index=False).agg(headcount=("headcount", "sum"))
    frame = groups.merge(met, on=_GROUP, how="left")
    frame[["planned", "held"]] = frame[["planned", "held"]].fillna(0).astype("int64")
    frame["hole"] = frame["planned"] == 0
    fillers = _fillers(register)
    frame["who"] = [
        fillers[department, level, site] if hole else ""
        for department, level, site, hole in frame[[*_GROUP, "hole"]].itertuples(index=False)
    ]
    order = frame.assign(_level=frame["level"].map({level: i for i, level in enumerate(LEVELS)}))
    sorted_index = order.sort_values(["department", "_level", "site"], kind="stable").index
    return frame.loc[sorted_index, list(COLUMNS)].reset_index(drop=True)


def mix(interviews: pd.DataFrame, participants: pd.DataFrame) -> pd.DataFrame:
    """Return ``kind, planned, held, people``: one-to-ones and group sessions.

    >>> interviews = pd.DataFrame({"interview_id": ["i1"], "kind": "group", "status": "noted"})
    >>> took_part = pd.DataFrame({"interview_id": ["i1", "i1"], "stakeholder_id": ["s1", "s2"]})
    >>> mix(interviews, took_part).values.tolist()
    [['group', 1, 1, 2]]
    """
    frame = interviews[interviews["status"] != "did_not_attend"]
    people = participants.groupby("interview_id")["stakeholder_id"].nunique()
    frame = frame.assign(
        held=frame["status"].isin(HELD), people=frame["interview_id"].map(people).fillna(0).astype("int64")
    )
    return frame.groupby("kind", as_index=False).agg(
        planned=("interview_id", "nunique"), held=("held", "sum"), people=("people", "sum")
    )


def _register(stakeholders: pd.DataFrame) -> pd.DataFrame:
    frame = stakeholders.copy()
    frame["headcount"] = pd.to_numeric(frame["headcount"]).astype("float64").fillna(1).astype("int64")
    for name in (*_GROUP, "role"):
        frame[name] = frame[name].astype("str").fillna("")
    return frame


def _met(register: pd.DataFrame, interviews: pd.DataFrame, participants: pd.DataFrame) -> pd.DataFrame:
    coming = interviews.loc[interviews["status"] != "did_not_attend", ["interview_id", "status"]]
    joined = participants[["interview_id", "stakeholder_id"]].merge(coming, on="interview_id")
    joined = joined.merge(register[["stakeholder_id", *_GROUP]], on="stakeholder_id")
    joined["took_place"] = joined["interview_id"].where(joined["status"].isin(HELD))
    return joined.groupby(_GROUP, as_index=False).agg(
        planned=("interview_id", "nunique"), held=("took_place", "nunique")
    )


def _fillers(register: pd.DataFrame) -> dict[tuple[object, ...], str]:
    """For each group, the form of talk that would fill the hole, and with whom, by role."""
    fillers: dict[tuple[object, ...], str] = {}
    for (department, level, site), rows in register.groupby(_GROUP, sort=False):
        people = int(rows["headcount"].sum())
        roles = " or ".join(dict.fromkeys(role for role in rows["role"] if role)) or "somebody of the group"
        form = "a group session with" if people >= 6 else "a one-to-one with"
        fillers[department, level, site] = (
            f"{form} {roles} ({people} {'person' if people == 1 else 'people'})"
        )
    return fillers
