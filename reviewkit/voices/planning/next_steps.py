"""How far each interview has come, since when, and what is next for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from .stakeholders import HELD

DUE = {"planned": 3, "invited": 3, "held": 2, "noted": 5, "did_not_attend": 5}
"""Days after which the next step is late: notes fade, and people who were asked wait for an answer."""
NEXT = {
    "planned": "invite",
    "invited": "remind the day before",
    "held": "write up the notes",
    "noted": "code the remarks",
    "coded": "nothing more",
    "did_not_attend": "offer another time, or ask somebody else of the group",
}
COLUMNS = ("interview_id", "status", "since", "days", "next", "late")


def as_of(interviews: pd.DataFrame, data_as_of: dt.date) -> dt.date:
    """Return the day on which the tracker stands: of the data, or of the last interview held after it.

    >>> held = pd.DataFrame({"status": ["held"], "planned_at": pd.to_datetime(["2025-03-03 09:00"])})
    >>> as_of(held, dt.date(2025, 2, 28))
    datetime.date(2025, 3, 3)
    """
    last = interviews.loc[interviews["status"].isin(HELD), "planned_at"].max()
    return data_as_of if pd.isna(last) else max(data_as_of, last.date())


def next_steps(interviews: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """Return what is next for each interview that is not finished, those that wait longest first.

    Returns
    -------
    ``interview_id, status, since, days, next, late``. ``since`` is when it came so far (``status_on``),
    or else when it was to be held, where that is past; ``days`` since then, missing where not known.

    Examples
    --------
    >>> one = pd.DataFrame({"interview_id": ["i1"], "status": "held", "status_on": pd.NaT,
    ...                     "planned_at": pd.to_datetime(["2025-03-03 09:00"])})
    >>> next_steps(one, dt.date(2025, 3, 6))[["days", "next", "late"]].values.tolist()
    [[3, 'write up the notes', True]]
    """
    open_ones = interviews[interviews["status"] != "coded"]
    frame = open_ones.reindex(columns=["interview_id", "status", "status_on", "planned_at"])
    rows = [_step(row, today) for row in frame.to_dict("records")]
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"days": "Int64", "late": "bool"})
    order = table.assign(_days=table["days"].fillna(-1)).sort_values(
        ["late", "_days", "interview_id"], ascending=[False, False, True], kind="stable"
    )
    return table.loc[order.index].reset_index(drop=True)


def _step(row: Mapping[Any, Any], today: dt.date) -> dict[str, Any]:
    status, planned = str(row["status"]), _day(row["planned_at"])
    past = planned if planned is not None and planned <= today else None
    since = _day(row["status_on"]) or past
    days = None if since is None or since > today else (today - since).days
    what = NEXT[status]
    if status in ("planned", "invited") and planned is None:
        what = "find a time"
    elif status in ("planned", "invited") and past is not None:
        what = "say whether it was held"
    late = days is not None and days > DUE[status]
    who = {"interview_id": str(row["interview_id"]), "status": status}
    return who | {"since": since, "days": days, "next": what, "late": late}


def _day(value: Any) -> dt.date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()
