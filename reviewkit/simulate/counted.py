"""The monthly contract report counted from customers' journeys, and the revenue they earn."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .contacts import Scene

ATTACHMENT_FEE = 450
_BY = ["period", "site", "contract"]


def contract_report(scene: Scene, table: pd.DataFrame) -> pd.DataFrame:
    """Return kpis by month, site and contract: referrals, starts, days, job starts, sustained outcomes.

    Only customers who have had their time are counted, so that the last month is no worse than
    the others merely because it is young.
    """
    parts = [
        _referrals(table),
        _starts(scene, table),
        _days(table),
        _job_starts(scene, table),
        _sustained(table),
    ]
    months = scene.world.months
    kpis = pd.concat(parts, ignore_index=True)
    kpis = kpis[kpis["period"].between(months[0], months[-1])]
    late = (kpis["period"] == months[-1]) & (kpis["site"] == list(scene.world.sites)[-1])
    kpis = kpis[~late]
    return kpis.sort_values(["measure", *_BY], ignore_index=True)[["period", "measure", *_BY[1:], *_FIGURES]]


_FIGURES = ["numerator", "denominator", "value"]


def _count(table: pd.DataFrame, at: str, **columns: pd.Series) -> pd.DataFrame:
    frame = table.assign(period=table[at].dt.to_period("M").dt.to_timestamp(), **columns)
    frame = frame[frame["period"].notna()]
    return frame.groupby(_BY)[list(columns)].sum().reset_index()


def _referrals(table: pd.DataFrame) -> pd.DataFrame:
    counted = _count(table, "referral", value=pd.Series(1, index=table.index))
    return counted.assign(measure="referrals")


def _starts(scene: Scene, table: pd.DataFrame) -> pd.DataFrame:
    """Of the people referred in a month, and at least three weeks ago, those who came."""
    old = table[table["referral"] <= scene.world.end - pd.Timedelta(days=21)]
    came = old["first_meeting"].notna().astype(int)
    counted = _count(old, "referral", numerator=came, denominator=pd.Series(1, index=old.index))
    return counted.assign(measure="starts")


def _days(table: pd.DataFrame) -> pd.DataFrame:
    """Days waited, by the month of the first meeting."""
    days = (table["first_meeting"] - table["referral"]).dt.total_seconds() / 86400
    met = table["first_meeting"].notna().astype(int)
    counted = _count(table, "first_meeting", numerator=days.round(1), denominator=met)
    return counted.assign(measure="days_to_first_meeting")


def _job_starts(scene: Scene, table: pd.DataFrame) -> pd.DataFrame:
    """Job starts beside the number the contract's profile asks for."""
    plan, world = scene.world.journey, scene.world
    counted = _count(table, "job_start", numerator=table["job_start"].notna().astype(int))
    keys = pd.MultiIndex.from_product([world.months, world.sites, world.contracts], names=_BY)
    counted = counted.set_index(_BY).reindex(keys, fill_value=0).reset_index()
    weeks = counted["period"].dt.days_in_month / 7
    share = counted["site"].map({name: site.share for name, site in world.sites.items()})
    part = counted["contract"].map(world.contracts) * counted["contract"].map(plan.contracted)
    profile = plan.cases_per_week * scene.size.volume * weeks * share * part
    return counted.assign(measure="job_starts", denominator=profile.astype(float).round(1))


def _sustained(table: pd.DataFrame) -> pd.DataFrame:
    """Of the job starts due at 26 weeks in a month, those still in work."""
    due = table["job_start"] + pd.Timedelta(days=182)
    frame = table.assign(due=due)
    kept = frame["sustained"].notna().astype(int)
    counted = _count(frame, "due", numerator=kept, denominator=frame["job_start"].notna().astype(int))
    return counted.assign(measure="sustained_outcomes")


def caseload(scene: Scene, table: pd.DataFrame, resources: pd.DataFrame) -> pd.DataFrame:
    """Return customers with a coach at each month's end, and the staff in post they share."""
    left = table["job_start"].fillna(table["first_meeting"] + pd.Timedelta(days=400))
    rows = []
    for row in resources.itertuples():
        end = pd.Timestamp(str(row.period)) + pd.offsets.MonthEnd(0)
        active = (table["site"] == row.site) & (table["first_meeting"] <= end) & (left > end)
        rows.append((row.period, "caseload", row.site, int(active.sum()), row.fte))
    return pd.DataFrame(rows, columns=["period", "measure", "site", "numerator", "denominator"])


def with_revenue(resources: pd.DataFrame, table: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Return resources with the revenue earned: a fee for each start and the price of each outcome."""
    month = outcomes["at"].dt.to_period("M").dt.to_timestamp()
    paid = outcomes.groupby([month, "site"])["value"].sum()
    met = table["first_meeting"].dt.to_period("M").dt.to_timestamp()
    starts = table.groupby([met, "site"]).size() * ATTACHMENT_FEE
    keys = pd.MultiIndex.from_frame(resources[["period", "site"]])
    revenue = paid.reindex(keys).fillna(0).to_numpy() + starts.reindex(keys).fillna(0).to_numpy()
    return resources.assign(revenue=np.round(revenue))
