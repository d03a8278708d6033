"""When those still to be interviewed, the sites and the interviewers can be met."""

from __future__ import annotations

import pandas as pd

from .contacts import Scene


def availability(scene: Scene, register: pd.DataFrame, interviews: pd.DataFrame) -> pd.DataFrame:
    """Return the table availability: the week after the last interview on the timetable.

    Every team lead is free in the mornings only, the last site is closed on the first day, and the
    analyst is away on the second.
    """
    first = interviews["planned_at"].max().normalize() + pd.offsets.BDay(1)
    days = pd.bdate_range(first, periods=5)
    leads = register.loc[register["level"] == "team_lead", "stakeholder_id"]
    rows = [
        {
            "stakeholder_id": lead,
            "begins": day + pd.Timedelta(hours=9),
            "ends": day + pd.Timedelta(hours=12.5),
        }
        | {"free": True}
        for lead in leads
        for day in days
    ]
    whole = pd.Timedelta(days=1)
    rows += [
        {"site": list(scene.world.sites)[-1], "begins": days[0], "ends": days[0] + whole, "free": False},
        {"interviewer": "Analyst", "begins": days[1], "ends": days[1] + whole, "free": False},
    ]
    columns = ["stakeholder_id", "interviewer", "site", "begins", "ends", "free"]
    return pd.DataFrame(rows).reindex(columns=columns)
