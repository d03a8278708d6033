"""The tracker follows the coding: an interview is coded with the last of its remarks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from reviewkit.model import InputError

from .capture_state import texts
from .desk import new_batch

if TYPE_CHECKING:
    from .coding_state import CodingState


def follow(state: CodingState, remark: str) -> None:
    """Say in the tracker that the interview of a remark is coded, or is not any more.

    It follows an undo too, and is no part of what is undone: what others coded meanwhile counts.
    """
    interview = state.shelf.value(remark, "interview_id")
    if not interview:
        return
    frame = state.shelf.frame
    mine = frame.loc[frame["interview_id"].astype("str") == interview, "remark_id"]
    coded = all(state.is_coded(str(name)) for name in mine)
    state.desk.read("interviews")
    interviews = state.desk.frames("interviews")["interviews"]
    for found in interviews[interviews["interview_id"].astype("str") == interview].to_dict("records"):
        row = texts(found)
        if row["status"] != ("noted" if coded else "coded"):
            continue
        row |= {"status": "coded" if coded else "noted", "status_on": dt.date.today().isoformat()}
        try:
            state.desk.put(
                "interviews", [row], why=f"{interview} is {row['status']}", batch=f"follows-{new_batch()}"
            )
        except InputError:  # the code is saved, and that counts: the tracker follows with the next
            return
