"""The tracker follows the coding: an interview is coded with the last of its remarks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from reviewkit.model import InputError

from .capture_state import texts

if TYPE_CHECKING:
    from .coding_state import CodingState


def follow(state: CodingState, batch: str) -> None:
    """Say in the tracker that the interview of the remark in hand is coded, or is not any more.

    It is part of what was done to the remark, so that one undo takes back both.
    """
    interview = state.shelf.value(state.current, "interview_id")
    if not interview:
        return
    frame = state.shelf.frame
    mine = frame.loc[frame["interview_id"].astype("str") == interview, "remark_id"]
    coded = all(state.is_coded(str(name)) for name in mine)
    interviews = state.desk.frames("interviews")["interviews"]
    for found in interviews[interviews["interview_id"].astype("str") == interview].to_dict("records"):
        row = texts(found)
        if row["status"] != ("noted" if coded else "coded"):
            continue
        row |= {"status": "coded" if coded else "noted", "status_on": dt.date.today().isoformat()}
        try:
            state.desk.put("interviews", [row], why=f"{interview} is {row['status']}", batch=batch)
        except InputError:  # the code is saved, and that counts: the tracker follows with the next
            state.desk.read("interviews")
