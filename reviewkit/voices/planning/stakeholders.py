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


def group_of(stakeholders: pd.DataFrame) -> dict[tuple[str, str, str], list[str]]:
    """Return the register's ids by department, level and site, as :func:`coverage` groups them.

    >>> group_of(pd.DataFrame({"stakeholder_id": ["s1"], "department": ["sales"], "level": ["front_line"],
    ...                        "site": [None], "role": ["adviser"], "headcount": [1]}))
    {('sales', 'front_line', ''): ['s1']}
    """
    groups: dict[tuple[str, str, str], list[str]] = {}
    for who, *group in _register(stakeholders)[["stakeholder_id", *_GROUP]].itertuples(index=False):
        groups.setdefault((group[0], group[1], group[2]), []).append(str(who))
    return groups


def reservations(
    stakeholders: pd.DataFrame, interviews: pd.DataFrame, participants: pd.DataFrame
) -> pd.DataFrame:
    """Return the groups that are heard less than it seems, and what cannot be placed in the register.

    Returns
    -------
    ``department, level, site, what, interviews``: groups all of whose interviews were
    ``off_record`` (heard, but never to be quoted), or of whose interviews none came about
    (``did_not_attend``); and, with an empty group, interviews ``without_participants`` and takers-part
    who are ``not_in_register``.

    Examples
    --------
    >>> register = pd.DataFrame({"stakeholder_id": ["s1"], "department": ["sales"], "level": ["front_line"],
    ...                          "site": "North", "role": "adviser", "headcount": [12]})
    >>> held = pd.DataFrame({"interview_id": ["i1"], "kind": "group", "status": "held"})
    >>> quiet = pd.DataFrame({"interview_id": ["i1"], "stakeholder_id": ["s1"], "on_record": [False],
    ...                       "attribution": ["none"]})
    >>> reservations(register, held, quiet)[["what", "interviews"]].values.tolist()
    [['off_record', 1]]
    """
    register = _register(stakeholders)
    names = ["interview_id", "stakeholder_id", "on_record", "attribution"]
    joined = participants.reindex(columns=names).merge(interviews[["interview_id", "status"]])
    known = joined.merge(register[["stakeholder_id", *_GROUP]], on="stakeholder_id")
    agreed = known["on_record"].astype("boolean").fillna(False) & known["attribution"].isin(("role", "broad"))
    known = known.assign(
        held=known["status"].isin(HELD), missed=known["status"] == "did_not_attend", agreed=agreed
    )
    known["quotable"] = known["held"] & known["agreed"]
    flags = known.groupby(_GROUP, as_index=False).agg(
        held=("held", "any"), missed=("missed", "all"), quotable=("quotable", "any"),
        interviews=("interview_id", "nunique"),
    )  # fmt: skip
    rows = pd.concat(
        [
            flags[flags["held"] & ~flags["quotable"]].assign(what="off_record"),
            flags[flags["missed"]].assign(what="did_not_attend"),
        ]
    )
    alone = ~interviews["interview_id"].isin(participants["interview_id"])
    strange = ~participants["stakeholder_id"].isin(register["stakeholder_id"])
    counts = {"without_participants": int(alone.sum()), "not_in_register": int(strange.sum())}
    others = [("", "", "", what, number) for what, number in counts.items() if number]
    columns = [*_GROUP, "what", "interviews"]
    return pd.concat([rows[columns], pd.DataFrame(others, columns=columns)], ignore_index=True)


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
