"""What the causes' tests read: small tables, worked out where the rows lie."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from reviewkit.model import TABLES, Measure
from reviewkit.performance.measures.series import date_column, series, series_of

from .association import NONE, Association, group_association
from .graded import graded_association

if TYPE_CHECKING:
    import ibis

    from reviewkit.evidence import EvidenceSet

KEYS = ["site", "period"]
Panel = pd.DataFrame
"""``site, period`` (first of the month) and ``value``."""


class Inputs:
    """Monthly inputs, leads and journeys of one engagement, each worked out once.

    A table that is not there gives a frame without rows.
    """

    def __init__(self, evidence: EvidenceSet) -> None:
        self.evidence, self.engagement = evidence, evidence.engagement
        # Caches live as long as the instance: several gaps ask for the same series.
        self.measure = cache(self._measure)
        self.resource = cache(self._resource)
        self.leads = cache(self._leads)
        self.converted = cache(self._converted)
        self.graded = cache(self._graded)
        self.journeys = cache(self._journeys)
        self.weekly = cache(self._weekly)
        self.answers = cache(self._answers)
        self.results: dict[tuple[str, str], Any] = {}

    def has(self, *tables: str) -> bool:
        """Whether all of the tables are there."""
        return all(self.evidence.has(name) for name in tables)

    def sites(self, name: str) -> list[str]:
        """Sites that a measure is told apart by; "" alone where it is not."""
        return sorted(str(site) for site in self.measure(name)["site"].unique())

    def _measure(self, name: str) -> Panel:
        """A measure by month, by site where sites are told apart."""
        return self._monthly.get(name, _nothing())

    @cached_property
    def _monthly(self) -> dict[str, Panel]:
        """All measures of which the table is there, asked for together: each question takes time."""
        found: dict[str, Panel] = {}
        measures = [measure for measure in self.engagement.measures if self.has(measure.table)]
        for (name, _), alike in self._alike(measures).items():
            by = ("site",) if "site" in {column.name for column in TABLES[name].columns} else ()
            table, as_of = self.evidence.table(name), self.engagement.data_as_of
            asked = series_of(table, alike, levels=[by], period="month", as_of=as_of)
            for (measure, _), panel in asked.items():
                found[measure] = _by_site(panel.assign(site="") if not by else panel)
        return found

    def _alike(self, measures: Sequence[Measure]) -> dict[tuple[str, str], list[Measure]]:
        """Tell measures apart by table and by the column that dates them."""
        groups: dict[tuple[str, str], list[Measure]] = {}
        for measure in measures:
            date = date_column(measure, self.evidence.table(measure.table))
            groups.setdefault((measure.table, date), []).append(measure)
        return groups

    def _resource(self, column: str) -> Panel:
        """A column of ``resources`` by month and site."""
        return _by_site(self._resources[column].rename("value").dropna().reset_index())

    @cached_property
    def _resources(self) -> pd.DataFrame:
        """``resources`` by month and site: sums of people and money, means of the rest."""
        frame = self.evidence.frame("resources")
        frame = frame.assign(
            site=frame["site"].fillna(""), period=frame["period"].dt.to_period("M").dt.start_time
        )
        sums = frame.groupby(KEYS)[["fte", "cost", "downtime_minutes"]].sum(min_count=1)
        means = frame.groupby(KEYS)[["occupancy", "training_hours"]].mean()
        table = sums.join(means)
        table["cost_per_fte"] = table["cost"] / table["fte"].where(table["fte"] > 0)
        return table

    def _leads(self) -> pd.DataFrame:
        """Counts ``stratum, material, won, size`` of leads, within month, site and source."""
        if not self.has("leads"):
            return _no_counts().rename(columns={"exposed": "material"})
        known = self.evidence.table("leads").filter(lambda t: t.converted.notnull() & t.material.notnull())
        return _won(known, known.source.fill_null(""), material=known.material)

    def _graded(self, since: pd.Timestamp, site: str = "") -> Association:
        """How leads of high quality convert beside those of low, within month and site, from ``since`` on.

        High and low are the middles of the highest and the lowest third.
        """
        if not self.has("leads"):
            return NONE
        known = self.evidence.table("leads").filter(lambda t: t.converted.notnull() & t.quality.notnull())
        if pd.notna(since):
            known = known.filter(known["at"] >= since.to_pydatetime())
        if site:
            known = known.filter(known.site == site)
        low, high = (known.quality.quantile(part).execute() for part in (1 / 6, 5 / 6))
        if pd.isna(low):
            return NONE
        score, won = known.quality.cast("float64"), known.converted.cast("int64")
        stratum = known["at"].truncate("M").cast("string").concat("|", known.site.fill_null(""))
        counted = known.group_by(stratum=stratum).aggregate(
            n=known.count(), q=score.sum(), qq=(score * score).sum(), c=won.sum(), qc=(score * won).sum()
        )
        return graded_association(counted.execute().sort_values("stratum"), float(high) - float(low))

    def _converted(self, material: str, site: str = "") -> Association:
        """How leads convert that had seen a material, beside others of the same month, site and source."""
        counts = self.leads()
        if site:
            counts = counts[counts["stratum"].str.split("|").str[1].eq(site)]
        return group_association(counts.assign(exposed=counts["material"].eq(material)))

    def _weekly(self, name: str) -> Panel:
        """A measure of the whole by week."""
        known = {measure.id: measure for measure in self.engagement.measures}
        if name not in known or not self.has(known[name].table) or known[name].table == "kpis":
            return _nothing()
        table = self.evidence.table(known[name].table)
        found = series(table, known[name], period="week", as_of=self.engagement.data_as_of)
        return found.assign(site="")[[*KEYS, "value"]]

    def lead_quality(self) -> Panel:
        """Mean quality of the leads handed over, by week."""
        leads = self.evidence.frame("leads").dropna(subset=["quality", "at"])
        weeks = leads["at"].dt.to_period("W").dt.start_time
        means = leads.groupby(weeks)["quality"].mean().rename("value").rename_axis("period").reset_index()
        return means.assign(site="")

    def _answers(self, statements: tuple[str, ...]) -> pd.DataFrame:
        """Mean answer of everybody asked over some statements, a high score always the better one."""
        scored = self._scored[self._scored["statement"].isin(statements)]
        return scored.groupby(["respondent_id", "site", "group"])["score"].mean().reset_index()

    @cached_property
    def _scored(self) -> pd.DataFrame:
        """All answers, a high score always the better one."""
        from reviewkit.content import load_statements
        from reviewkit.voices import oriented
        from reviewkit.voices.partnering.scales import heard_sides

        minimum = self.engagement.disclosure.minimum_survey
        scored = oriented(heard_sides(self.evidence.frame("perceptions"), minimum), load_statements())
        return scored.assign(site=scored["site"].fillna(""))

    def materials(self) -> list[str]:
        """Marketing materials that customers had seen, by name."""
        if not self.has("leads"):
            return []
        names = self.evidence.table("leads").select("material").distinct().execute()["material"].dropna()
        return sorted(str(name) for name in names)

    def _journeys(self) -> pd.DataFrame:
        """One row a customer: ``customer, site, contract, period, step, past, skipped, repeated, won``.

        ``period`` is that of the first event; ``step`` the one of the contract's journey that is
        most often left out, ``past`` whether the customer went on to a later one, ``skipped``
        whether without it or one before it. Who dropped out before is not past it.
        """
        names = ("customer", "site", "contract", "period", "step", "past", "skipped", "repeated", "won")
        if not self.has("journey"):
            return pd.DataFrame({name: [] for name in names})
        events = self.evidence.frame("journey")
        events = events.assign(site=events["site"].fillna(""), contract=events["contract"].fillna(""))
        outcomes = self.evidence.frame("outcomes")
        groups = events.groupby("customer", sort=False)
        table = groups.agg(site=("site", "first"), contract=("contract", "first"), first=("at", "min"))
        table["period"] = table.pop("first").dt.to_period("M").dt.start_time
        table["repeated"] = (groups["activity"].size() > groups["activity"].nunique()).astype(float)
        table["won"] = table.index.isin(outcomes["customer"])
        table = table.assign(step="", past=False, skipped=False)
        done = events.groupby(["customer", "activity"]).size().unstack(fill_value=0) > 0
        for contract, part in table.groupby("contract"):
            steps = self._steps(str(contract), set(outcomes["outcome"].dropna()))
            mine = done.loc[part.index].reindex(columns=list(steps), fill_value=False)
            step, past = most_skipped(mine)
            table.loc[part.index, "step"] = step
            table.loc[part.index, "past"] = past
            before = mine.loc[:, :step] if step else mine.iloc[:, :0]
            table.loc[part.index, "skipped"] = past & ~before.all(axis=1)
        return table.reset_index().astype({"past": bool, "skipped": bool})

    def _steps(self, contract: str, outcomes: set[str]) -> Sequence[str]:
        """The steps the contract asks for before its outcome; an outcome is no step towards itself."""
        asked = self.engagement.journey.get(contract) or self.engagement.journey.get("all", ())
        return [step for step in asked if step not in outcomes]


def most_skipped(done: pd.DataFrame) -> tuple[str, pd.Series[bool]]:
    """Return the step most often left out, and who went on to a later one; "" where none was left out.

    Parameters
    ----------
    done : one row a customer, one column a step in its order, true where it was done.

    >>> step, past = most_skipped(pd.DataFrame({"in": [1, 1, 1], "plan": [1, 0, 0], "work": [1, 1, 0]}) > 0)
    >>> step, past.tolist()
    ('plan', [True, True, False])
    """
    found, most, nobody = "", 0.0, pd.Series(False, index=done.index)
    for place, step in enumerate(done.columns[:-1]):
        past = done.iloc[:, place + 1 :].any(axis=1)
        share = float((~done.loc[past, step]).mean()) if past.any() else 0.0
        if share > most:
            found, most, nobody = str(step), share, past
    return found, nobody


def _won(known: ibis.Table, source: Any, **exposure: Any) -> pd.DataFrame:
    """Count leads, and those that converted, by stratum and exposure."""
    stratum = known["at"].truncate("M").cast("string").concat("|", known.site.fill_null(""), "|", source)
    counted = known.group_by(stratum=stratum, **exposure).aggregate(
        won=known.converted.cast("int64").sum(), size=known.count()
    )
    return pd.DataFrame(counted.execute())


def _by_site(frame: pd.DataFrame) -> Panel:
    named = frame[frame["site"].ne("")]
    return (named if len(named) else frame)[[*KEYS, "value"]].reset_index(drop=True)


def _nothing() -> Panel:
    return pd.DataFrame(
        {"site": pd.Series(dtype="str"), "period": pd.to_datetime([]), "value": pd.Series(dtype="float64")}
    )


def _no_counts() -> pd.DataFrame:
    return pd.DataFrame(
        {"stratum": pd.Series(dtype="str"), "exposed": pd.Series(dtype="bool"), "won": [], "size": []}
    )
