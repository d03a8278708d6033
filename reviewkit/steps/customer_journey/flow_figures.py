"""The figures of flow in step 2.2: who comes on and leaves, how long they stay, what is still needed."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

import pandas as pd

from reviewkit import performance as numbers
from reviewkit.performance.traps.closing import selected_by_closing
from reviewkit.performance.traps.hangups import handled, hang_ups
from reviewkit.performance.traps.trap import Looked, Trap
from reviewkit.present.words import span

from ..review import Review

EVENT: dict[str, Any] = {"case": "customer", "activity": "activity", "at": "at"}
UNIT = ["site", "contract"]
YEAR = 12
"""Months over which rates are taken."""
LONG = 90
"""Days after which the share still in service is told."""
MATCH = 0.15
"""How far a measure's count may lie from the customers who finished and still be taken for them."""


class FlowFigures:
    """Flow of customers, worked out where the log lies: only counts are read, each once.

    Parameters
    ----------
    review : gives the evidence and the engagement.
    """

    def __init__(self, review: Review) -> None:
        self.review, self.engagement = review, review.engagement
        self.goals = {steps[-1] for steps in self.engagement.journey.values() if steps}

    @cached_property
    def parts(self) -> pd.DataFrame:
        """Flow by month, site and contract."""
        if not self.review.evidence.has("journey"):
            return numbers.flow(self.review.evidence.frame("journey"), (), **EVENT, by=UNIT)
        until = self.engagement.data_as_of
        return numbers.flow(self._log, (), **EVENT, by=UNIT, goals=self.goals, as_of=until)

    @cached_property
    def months(self) -> pd.DataFrame:
        """Flow by month for the whole."""
        return self.of()

    def of(self, **unit: str) -> pd.DataFrame:
        """Return flow by month of one site or contract, or of the whole."""
        rows = _only(self.parts, unit)
        counts = ["on_flow", "off_flow", "throughput", "caseload"]
        made = {**dict.fromkeys(counts, "sum"), "settled": "first"}
        return rows.groupby("period").agg(made).reset_index()

    @cached_property
    def counts(self) -> pd.DataFrame:
        """How many customers stayed for how long, by site and contract, and whether they are still there."""
        known: dict[str, Any] = {**EVENT, "by": UNIT, "as_of": self.engagement.data_as_of}
        log = self._log if self.review.evidence.has("journey") else self.review.evidence.frame("journey")
        return numbers.duration_counts(log, self.goals, **known)

    @cached_property
    def units(self) -> list[dict[str, str]]:
        """The whole, each contract where there are several, and each site."""
        found: list[dict[str, str]] = [{}]
        for key in ("contract", "site"):
            names = sorted(set(self.parts[key]) - {""}) if len(self.parts) else []
            found += [{key: name} for name in names] if key == "site" or len(names) > 1 else []
        return found

    @cached_property
    def stays(self) -> pd.DataFrame:
        """Time in service and monthly flow of each unit: the whole, contracts, sites."""
        rows = []
        for unit in self.units:
            stay = numbers.time_in_service(_only(self.counts, unit))
            recent = _recent(self.of(**unit))
            if len(stay) and len(recent):
                rates = recent[["on_flow", "off_flow", "throughput"]].mean().to_dict()
                row: dict[str, Any] = {"site": unit.get("site", ""), "contract": unit.get("contract", "")}
                still = numbers.still_in_service(_only(self.counts, unit), [LONG]).iloc[0]
                row |= {f"still_{name}": still[name] for name in ("share", "lower", "upper")}
                rows.append({**row, **stay.iloc[0], **rates, "caseload": float(recent["caseload"].iloc[-1])})
        return pd.DataFrame(rows)

    @cached_property
    def check(self) -> dict[str, Any] | None:
        """The caseload against Little's law."""
        rows: pd.DataFrame = self.counts.groupby(["days", "closed"])[["customers"]].sum().reset_index()
        return numbers.caseload_check(self.months, rows) if len(self.months) else None

    @cached_property
    def conversion(self) -> pd.DataFrame:
        """How many get to the journey's end, by contract; ``""`` for the whole."""
        known = {**EVENT, "as_of": self.engagement.data_as_of}
        if self.counts.empty:
            none = numbers.conversion(self.review.evidence.frame("journey"), (), follow_up=0, **known)
            return none.assign(contract="")
        longest = float(self.counts["days"].max())
        follow_up = int(numbers.time_in_service(self.counts)["q90"].fillna(longest).iloc[0])
        whole = numbers.conversion(self._log, self.goals, follow_up=follow_up, **known).assign(contract="")
        parts = numbers.conversion(self._log, self.goals, follow_up=follow_up, by=["contract"], **known)
        return pd.concat([whole, parts[parts["contract"] != ""]], ignore_index=True)

    def activity(self, ramps: list[dict[str, Any]], points: pd.DataFrame) -> list[dict[str, Any]]:
        """Return the customers and contact hours needed for the ramps whose measure counts journeys' ends."""
        several = len(self.engagement.contracts) > 1
        rows, short = [], [ramp for ramp in ramps if ramp["short"]]
        ends = {ramp["measure"]: self._counts_ends(ramp["measure"], points) for ramp in short}
        for ramp in short:
            contract = str(ramp["contract"]) if several else ""
            recent = _recent(self.of(contract=contract) if contract else self.months)
            found = self.conversion[self.conversion["contract"] == contract]
            if len(recent) and len(found) and ends[ramp["measure"]]:
                rows.append(self._needed(ramp, contract, recent, found.iloc[0].to_dict()))
        return rows

    def _needed(
        self, ramp: dict[str, Any], contract: str, recent: pd.DataFrame, row: dict[Any, Any]
    ) -> dict[str, Any]:
        measure = self.engagement.measure(ramp["measure"])
        share = 100 if measure.unit == "percent" else 1
        each = ramp["needed"] * ramp["volume"] / share
        on_flow = float(recent["on_flow"].tail(3).mean())
        period = str(ramp["cadence"])
        rate = on_flow * (1 if period == "month" else 7 * 12 / 365.25)
        needed = numbers.on_flow_needed(each * ramp["left"], ramp["left"], rate, row, period=period)
        hours = self._hours.get(contract, float("nan")) / float(recent["on_flow"].sum())
        last = ramp["ends"] - dt.timedelta(days=int(row["days_to"])) if pd.notna(row["days_to"]) else None
        kept = {key: ramp[key] for key in ("measure", "name", "contract", "contract_name", "cadence", "ends")}
        made = {"outcomes": each, "on_flow": rate, "hours_each": hours, "last_start": last}
        return {**kept, **row, **needed, **made, "contract": ramp["contract"]}

    def _counts_ends(self, measure: str, points: pd.DataFrame) -> bool:
        """Whether a measure counts what the journey ends with.

        Its numerators match those who finished, for the whole and for every contract.
        """
        mine = points[(points["measure"] == measure) & (points["site"] == "")]
        months = mine["period"].dt.to_period("M").dt.to_timestamp()
        units = [unit for unit in self.units if "site" not in unit]
        return bool(units) and all(
            _alike(mine, months, unit.get("contract", ""), _recent(self.of(**unit))) for unit in units
        )

    @cached_property
    def _hours(self) -> dict[str, float]:
        """Contact hours by contract (``""`` for all) in the months over which rates are taken."""
        recent = _recent(self.months)
        if not self.review.evidence.has("contacts") or recent.empty:
            return {}
        table = self.review.evidence.table("contacts")
        until = recent["period"].iloc[-1] + pd.offsets.MonthBegin(1)
        when = table["at"].cast("timestamp")
        kept = table.filter((when >= recent["period"].iloc[0]) & (when < until))
        asked = kept.group_by(contract=kept["contract"].fill_null("")).aggregate(
            time=kept["handle_seconds"].sum()
        )
        sums = asked.execute().set_index("contract")["time"].astype("float64") / 3600
        return {**{str(name): float(value) for name, value in sums.items()}, "": float(sums.sum())}

    @cached_property
    def readiness(self) -> pd.DataFrame:
        """Contact time by readiness, for all (contract ``""``) and by contract where there are several."""
        if not self.review.evidence.has("contacts"):
            return pd.DataFrame(
                columns=["contract", "readiness", "contacts", "minutes", "share", "no_length"]
            )
        table = self.review.evidence.table("contacts")
        whole = numbers.contact_time(table).assign(contract="")
        if len(self.engagement.contracts) < 2 or whole.empty:
            return whole
        parts = numbers.contact_time(table, by=["contract"])
        return pd.concat([whole, parts[parts["contract"] != ""]], ignore_index=True)

    @cached_property
    def contact_period(self) -> str:
        """From which month to which the contacts are, in words; empty where there are none."""
        if self.readiness.empty:
            return ""
        when = self.review.evidence.table("contacts")["at"].cast("timestamp")
        ends = [pd.Timestamp(when.min().execute()), pd.Timestamp(when.max().execute())]
        return "" if any(pd.isna(at) for at in ends) else span(*ends)

    @cached_property
    def traps(self) -> list[Trap]:
        """Traps in the log and in the contact times."""
        evidence = self.review.evidence
        counted = handled(evidence.table("contacts")) if evidence.has("contacts") else None
        log = evidence.frame("journey") if evidence.has("journey") else None
        looked = Looked(self.engagement, handled=counted, journey=log)
        return [found for trap in (selected_by_closing, hang_ups) if (found := trap(looked))]

    @property
    def _log(self) -> Any:
        return self.review.evidence.table("journey")


def _only(frame: pd.DataFrame, unit: dict[str, str]) -> pd.DataFrame:
    for key, name in unit.items():
        frame = frame[frame[key] == name]
    return frame


def _alike(rows: pd.DataFrame, months: pd.Series[Any], contract: str, recent: pd.DataFrame) -> bool:
    own = (rows["contract"] == contract) & months.isin(recent["period"])
    counted, ended = float(rows.loc[own, "numerator"].sum()), float(recent["throughput"].sum())
    return ended > 0 and abs(counted / ended - 1) <= MATCH


def _recent(months: pd.DataFrame) -> pd.DataFrame:
    """Return the last twelve months that can be read."""
    return months[months["settled"].astype(bool)].tail(YEAR) if len(months) else months


def time_to(events: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Return days from first to last event by month of beginning, for months old enough to be compared.

    A log is cut at its end: customers who came late can only show short journeys. Months are
    kept whose customers have had as long as nine in ten journeys take.
    """
    groups = events.groupby("customer")["at"]
    table = pd.DataFrame(
        {"first": groups.min(), "days": (groups.max() - groups.min()).dt.total_seconds() / 86400}
    )
    enough = pd.Timestamp(as_of) - pd.Timedelta(days=float(table["days"].quantile(0.9)))
    table["period"] = table["first"].dt.to_period("M").dt.to_timestamp()
    by = table.groupby("period")["days"].agg(customers="size", median="median").reset_index()
    return by.assign(comparable=by["period"] + pd.offsets.MonthBegin(1) <= enough)
