"""Everything that was said, in one table: interviews, observations, customers."""

from __future__ import annotations

import pandas as pd

from reviewkit.disclosure import with_consent

COLUMNS = (
    "remark_id",
    "source",
    "interview_id",
    "unit_id",
    "kind",
    "stakeholder_id",
    "department",
    "level",
    "site",
    "contract",
    "question",
    "about",
    "on_record",
    "attribution",
    "said_on",
    "score",
    "text",
)
_WATCHED = ("observation", "resource", "customer_experience")
"""Sources in which the review team itself saw or read something."""


def all_remarks(
    remarks: pd.DataFrame | None = None,
    customer_feedback: pd.DataFrame | None = None,
    observations: pd.DataFrame | None = None,
    *,
    participants: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return one row a remark from every source.

    Parameters
    ----------
    remarks, customer_feedback, observations : evidence tables; each may be left out or empty.
    participants : what those interviewed agreed to; without it nothing counts as agreed.

    Returns
    -------
    Columns ``COLUMNS``. ``kind`` is ``interview``, ``customer`` or ``observation``;
    ``unit_id`` is what is counted: the interview (a group session is one), the customer's
    comment or the observation. What is entered twice is read once. ``attribution`` and
    ``on_record`` say what was agreed.

    Examples
    --------
    >>> feedback = pd.DataFrame({"feedback_id": ["f1"], "text": ["Quick and kind."]})
    >>> all_remarks(None, feedback)[["remark_id", "kind", "unit_id"]].values.tolist()
    [['f1', 'customer', 'f1']]
    """
    parts = [
        _interviews(remarks, participants),
        _customers(customer_feedback),
        _observed(observations),
    ]
    frame = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    frame["_seen"] = frame.get("_seen", False)
    # What was seen is often entered both as an observation and as a remark.
    noted = frame.loc[frame["kind"].eq("observation") & ~frame["_seen"].eq(True), "text"]
    frame = frame[~(frame["_seen"].eq(True) & frame["text"].isin(noted))]
    text = [name for name in COLUMNS if name not in ("on_record", "said_on", "score")]
    frame[text] = frame[text].astype("str").fillna("")
    frame["said_on"] = pd.to_datetime(frame["said_on"])
    frame["score"] = pd.to_numeric(frame["score"]).astype("float64")
    frame["on_record"] = frame["on_record"].astype("boolean").fillna(False).astype(bool)
    return frame[list(COLUMNS)]


def _interviews(remarks: pd.DataFrame | None, participants: pd.DataFrame | None) -> pd.DataFrame:
    frame = _with_columns(remarks)
    frame = with_consent(frame, _participants(participants))
    interview = frame["interview_id"].notna()
    customer = frame["source"].eq("customer_feedback") & ~interview
    observed = frame["source"].isin(_WATCHED) & ~interview
    kind = pd.Series("interview", index=frame.index, dtype="str").mask(customer, "customer")
    person = frame["interview_id"].fillna(frame["stakeholder_id"]).fillna(frame["remark_id"])
    unit = person.where(~(customer | observed), frame["remark_id"])
    return frame.assign(kind=kind.mask(observed, "observation"), unit_id=unit)


def _customers(feedback: pd.DataFrame | None) -> pd.DataFrame:
    if feedback is None or feedback.empty:
        return _with_columns(None)
    frame = feedback.rename(columns={"feedback_id": "remark_id", "at": "said_on"})
    frame = _with_columns(frame)
    return frame.assign(
        source="customer_feedback",
        kind="customer",
        unit_id=frame["remark_id"],
        on_record=True,
        attribution="broad",
    )


def _observed(observations: pd.DataFrame | None) -> pd.DataFrame:
    if observations is None or observations.empty:
        return _with_columns(None)
    frame = _with_columns(
        observations.rename(columns={"observation_id": "remark_id", "at": "said_on", "seen": "text"})
    )
    return frame.assign(
        source="observation", kind="observation", unit_id=frame["remark_id"], attribution="none", _seen=True
    )


def _with_columns(frame: pd.DataFrame | None) -> pd.DataFrame:
    return (pd.DataFrame() if frame is None else frame).reindex(columns=list(COLUMNS)).astype(object)


def _participants(participants: pd.DataFrame | None) -> pd.DataFrame:
    columns = ["interview_id", "stakeholder_id", "on_record", "attribution"]
    return pd.DataFrame(columns=columns) if participants is None else participants
