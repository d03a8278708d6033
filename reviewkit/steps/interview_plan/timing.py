"""What step 1.3 proposes: which interviews to hold, when, and what stands against the others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from reviewkit.voices import planning

from ..review import Review

COMING = ("planned", "invited")


@dataclass(frozen=True)
class Timing:
    """The interviews of a review that have a time, and those that are to be given one."""

    review: Review
    coverage: pd.DataFrame

    @cached_property
    def problem(self) -> planning.Problem:
        """What is to be timed, from the day on which planning begins."""
        settings, evidence = self.review.engagement.interviews, self.review.evidence
        register, interviews = evidence.frame("stakeholders"), evidence.frame("interviews")
        asked = planning.open_requests(
            self.coverage, register, interviews, evidence.frame("participants"), settings
        )
        days = tuple(planning.working_days(self.begins, settings))
        table = planning.Availability.of(evidence.frame("availability"))
        return planning.Problem(tuple(asked), days, settings, table, self._fixed)

    @cached_property
    def placed(self) -> planning.Placed:
        """The timetable proposed."""
        return planning.place(self.problem)

    @cached_property
    def refused(self) -> list[planning.Refusal]:
        """The interviews that no time was found for, and why."""
        lines = planning.Lines.of(self.review.evidence.frame("stakeholders"))
        return planning.refusals(self.problem, self.placed, lines)

    @property
    def begins(self) -> dt.date:
        """The first day on which a further interview can be held."""
        engagement = self.review.engagement
        last = planning.as_of(self.review.evidence.frame("interviews"), engagement.data_as_of)
        return engagement.interviews.begins or last + dt.timedelta(days=1)

    def table(self) -> pd.DataFrame:
        """Return the proposed times: ``interview, begins, ends, kind, site, interviewer, label, weight``."""
        asked = {one.id: one for one in self.problem.requests}
        rows = [
            {
                "interview": slot.id if asked[slot.id].must else "new",
                "begins": slot.begins,
                "ends": slot.ends,
                "kind": asked[slot.id].kind,
                "site": slot.site,
                "interviewer": slot.interviewer,
                "label": asked[slot.id].label,
                "people": ", ".join(slot.people),
                "weight": asked[slot.id].weight,
            }
            for slot in self.placed.slots
        ]
        columns = ["interview", "begins", "ends", "kind", "site", "interviewer", "label", "people", "weight"]
        return pd.DataFrame(rows, columns=columns)

    def write_calendar(self, path: Path) -> Path | None:
        """Write the interviews still to come to a calendar file; nothing where there is none."""
        asked = {one.id: one for one in self.problem.requests}
        interviews = self.review.evidence.frame("interviews").set_index("interview_id")
        coming = [slot for slot in self._fixed if interviews["status"].get(slot.id) in COMING]
        rows = ((slot, interviews.loc[slot.id]) for slot in coming)
        entries = [
            planning.Entry(slot, str(row["kind"]), "", str(row["status"]) == "invited") for slot, row in rows
        ]
        proposed = ((slot, asked[slot.id]) for slot in self.placed.slots)
        entries += [
            planning.Entry(slot, one.kind, "" if one.must else one.label, False) for slot, one in proposed
        ]
        if not entries:
            path.unlink(missing_ok=True)
            return None
        engagement = self.review.engagement
        return planning.write_invitations(
            path, entries, engagement=engagement.id, timezone=engagement.interviews.timezone,
            made_on=engagement.data_as_of,
        )  # fmt: skip

    @cached_property
    def _fixed(self) -> tuple[planning.Slot, ...]:
        """Interviews whose time is set, those held among them; what did not take place takes no time."""
        interviews = self.review.evidence.frame("interviews")
        participants = self.review.evidence.frame("participants")
        register = self.review.evidence.frame("stakeholders")
        groups = register.loc[register["headcount"].fillna(1) > 1, "stakeholder_id"]
        single = participants[~participants["stakeholder_id"].isin(groups)]
        people = single.groupby("interview_id")["stakeholder_id"].agg(tuple).to_dict()
        standing = planning.timetable(interviews[interviews["status"] != "did_not_attend"])
        return tuple(
            planning.Slot(
                str(row["interview_id"]),
                _text(row["interviewer"]),
                row["begins"].to_pydatetime(),
                row["ends"].to_pydatetime(),
                _text(row["site"]),
                tuple(people.get(row["interview_id"], ())),
            )
            for row in standing.to_dict("records")
        )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
