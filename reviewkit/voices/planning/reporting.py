"""Who reports to whom, and which group sessions bring the two together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from reviewkit.model import LEVELS

COLUMNS = ("interview_id", "status", "manager", "report", "why")
_RANK = {level: place for place, level in enumerate(LEVELS)}


@dataclass(frozen=True)
class Lines:
    """The lines of reporting in a register.

    Parameters
    ----------
    people : stakeholder id -> ``department, level, role, reports_to``.

    Examples
    --------
    >>> lines = Lines.of(pd.DataFrame({"stakeholder_id": ["a", "b", "c"], "department": "sales",
    ...     "level": ["department_head", "team_lead", "front_line"], "role": ["head", "lead", "seller"],
    ...     "reports_to": ["", "a", "b"]}))
    >>> lines.leads("a", "c"), lines.leads("c", "a")
    ('reports_to', '')
    """

    people: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, register: pd.DataFrame) -> Lines:
        """Return the lines of a register; columns that are missing count as empty."""
        names = ["department", "level", "role", "reports_to"]
        frame = register.reindex(columns=["stakeholder_id", *names]).astype("object").fillna("").astype("str")
        return cls({str(row["stakeholder_id"]): row for row in frame.to_dict("records")})  # type: ignore[misc]

    def leads(self, manager: str, report: str) -> str:
        """Return by what ``report`` answers to ``manager``: ``reports_to``, ``level``, or nothing.

        The register's ``reports_to`` is followed all the way up. Where it ends below the top, whoever
        is of the same department and of a higher level than the last in the line counts as manager.
        """
        if manager == report or report not in self.people:
            return ""
        last = report
        for boss in self._above(report):
            if boss == manager:
                return "reports_to"
            last = boss if boss in self.people else last
        here, there = self.people[last], self.people.get(manager)
        if there is None or self.people[last]["reports_to"] in self.people:
            return ""
        lower = _RANK.get(here["level"], 0) > _RANK.get(there["level"], len(LEVELS))
        return "level" if lower and here["department"] == there["department"] else ""

    def apart(self, people: Iterable[str]) -> list[str]:
        """Return those of ``people`` who may sit together, the first first.

        >>> Lines.of(pd.DataFrame({"stakeholder_id": ["a", "b"], "reports_to": ["", "a"]})).apart(["b", "a"])
        ['b']
        """
        kept: list[str] = []
        for one in people:
            if not any(self.leads(one, other) or self.leads(other, one) for other in kept):
                kept.append(one)
        return kept

    def role(self, who: str) -> str:
        """Return somebody's job title, or else their level; never a name."""
        about = self.people.get(who, {})
        return about.get("role") or about.get("level", "").replace("_", " ") or "somebody not in the register"

    def _above(self, who: str) -> list[str]:
        """The managers above somebody, nearest first; a loop in the register is walked once."""
        line: list[str] = []
        boss = self.people[who]["reports_to"]
        while boss and boss != who and boss not in line:
            line.append(boss)
            boss = self.people.get(boss, {}).get("reports_to", "")
        return line


def mixed_groups(
    interviews: pd.DataFrame, participants: pd.DataFrame, register: pd.DataFrame
) -> pd.DataFrame:
    """Return the sessions in which somebody sits with a manager of theirs, by role.

    Parameters
    ----------
    interviews, participants, register : the evidence tables of these names; sessions that nobody
        attended are left out.

    Returns
    -------
    ``interview_id, status, manager, report, why``; one row a session, manager's role and report's
    role. ``why`` is ``reports_to``, or ``level`` where the register leaves the line open.

    Examples
    --------
    >>> register = pd.DataFrame({"stakeholder_id": ["a", "b"], "department": "sales", "reports_to": ["", "a"],
    ...                          "level": ["team_lead", "front_line"], "role": ["lead", "seller"]})
    >>> held = pd.DataFrame({"interview_id": ["i1"], "kind": "group", "status": "planned"})
    >>> both = pd.DataFrame({"interview_id": "i1", "stakeholder_id": ["a", "b"]})
    >>> mixed_groups(held, both, register)[["manager", "report", "why"]].values.tolist()
    [['lead', 'seller', 'reports_to']]
    """
    lines = Lines.of(register)
    there = interviews.loc[interviews["status"] != "did_not_attend", ["interview_id", "status"]]
    joined = participants[["interview_id", "stakeholder_id"]].astype("str").merge(there, on="interview_id")
    rows: list[dict[str, Any]] = []
    for (interview, status), group in joined.groupby(["interview_id", "status"], sort=True):
        people = list(dict.fromkeys(group["stakeholder_id"]))
        for boss in people:
            for report in people:
                if why := lines.leads(boss, report):
                    who = {"manager": lines.role(boss), "report": lines.role(report), "why": why}
                    rows.append({"interview_id": interview, "status": status} | who)
    return pd.DataFrame(rows, columns=list(COLUMNS)).drop_duplicates(ignore_index=True)
