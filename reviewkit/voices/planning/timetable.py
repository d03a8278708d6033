"""The timetable of interviews: how far each has come, and what clashes."""

from __future__ import annotations

import pandas as pd

STATUSES = ("planned", "invited", "held", "noted", "coded", "did_not_attend")
_MINUTES = 45


def tracker(interviews: pd.DataFrame) -> pd.DataFrame:
    """Return ``status, one_to_one, group, interviews``: one row a status, in the order they are passed.

    >>> one = pd.DataFrame({"interview_id": ["i1"], "kind": "group", "status": "held"})
    >>> tracker(one)["interviews"].tolist()
    [0, 0, 1, 0, 0, 0]
    """
    counts = pd.crosstab(interviews["status"], interviews["kind"])
    counts = counts.reindex(index=list(STATUSES), columns=["one_to_one", "group"], fill_value=0)
    counts["interviews"] = counts.sum(axis=1)
    return counts.rename_axis("status").reset_index().rename_axis(columns=None)


def timetable(interviews: pd.DataFrame) -> pd.DataFrame:
    """Return dated interviews in order: ``interview_id, begins, ends, kind, site, interviewer, status``.

    An interview without a length is taken to last 45 minutes.
    """
    dated = interviews[interviews["planned_at"].notna()]
    minutes = pd.to_numeric(dated["minutes"]).astype("float64").fillna(_MINUTES)
    frame = dated.assign(
        begins=dated["planned_at"], ends=dated["planned_at"] + pd.to_timedelta(minutes, unit="min")
    )
    columns = ["interview_id", "begins", "ends", "kind", "site", "interviewer", "status"]
    return frame.sort_values(["begins", "interview_id"], kind="stable")[columns].reset_index(drop=True)


def clashes(interviews: pd.DataFrame, participants: pd.DataFrame) -> pd.DataFrame:
    """Return interviews that overlap in time with the same interviewer or participant.

    Parameters
    ----------
    interviews : with ``planned_at`` and ``minutes``; those somebody did not attend are left out.
    participants : ``interview_id, stakeholder_id``; a row of the register that stands for a
        group of people may be in two places at once and should be left out.

    Returns
    -------
    ``first, second, begins, reason`` (``interviewer`` or ``participant``), one row a clash.

    Examples
    --------
    >>> times = pd.to_datetime(["2025-03-03 09:00", "2025-03-03 09:30"])
    >>> both = pd.DataFrame({"interview_id": ["i1", "i2"], "kind": "one_to_one", "planned_at": times,
    ...                      "minutes": 45, "site": "", "interviewer": "lead analyst", "status": "planned"})
    >>> nobody = pd.DataFrame(columns=["interview_id", "stakeholder_id"])
    >>> clashes(both, nobody)[["first", "second", "reason"]].values.tolist()
    [['i1', 'i2', 'interviewer']]
    """
    table = timetable(interviews[interviews["status"] != "did_not_attend"])
    people = participants[["interview_id", "stakeholder_id"]].merge(table, on="interview_id")
    found = pd.concat(
        [
            _overlaps(table.dropna(subset=["interviewer"]), "interviewer").assign(reason="interviewer"),
            _overlaps(people, "stakeholder_id").assign(reason="participant"),
        ]
    )
    return found.drop_duplicates().sort_values(["begins", "first", "second"]).reset_index(drop=True)


def _overlaps(table: pd.DataFrame, who: str) -> pd.DataFrame:
    pairs = table.merge(table, on=who, suffixes=("", "_2"))
    earlier = (pairs["begins"] < pairs["begins_2"]) | (
        (pairs["begins"] == pairs["begins_2"]) & (pairs["interview_id"] < pairs["interview_id_2"])
    )
    clash = pairs[earlier & (pairs["begins_2"] < pairs["ends"])]
    return pd.DataFrame(
        {
            "first": clash["interview_id"].astype("str"),
            "second": clash["interview_id_2"].astype("str"),
            "begins": clash["begins_2"],
        }
    )
