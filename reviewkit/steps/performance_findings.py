"""What step 1.1 says: findings made from its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.model import Engagement, Evidence, Finding, Measure
from reviewkit.performance import missing_periods, site_events
from reviewkit.present.words import currency_mark, date, listing, money, number, plural, span

_IN_MONEY = {"unit": "money", "table": "resources", "period": "month", "decimals": 0}
MONEY = (
    Measure.model_validate(
        {
            "id": "revenue",
            "name": "Revenue",
            "direction": "increase",
            "numerator": "sum(revenue)",
            **_IN_MONEY,
        }
    ),
    Measure.model_validate(
        {"id": "cost", "name": "Cost", "direction": "decrease", "numerator": "sum(cost)", **_IN_MONEY}
    ),
)


def figure(value: Any, measure: Measure, engagement: Engagement) -> str:
    """Return a figure of a measure with its unit; small sums of money with pence."""
    if measure.unit == "money" and pd.notna(value) and abs(value) < 100:
        return f"{currency_mark(engagement.currency)}{value:,.2f}"
    return number(value, measure.unit, measure.decimals, currency=engagement.currency)


def measure_findings(whole: pd.DataFrame, engagement: Engagement) -> list[Finding]:
    """Return one finding a measure: its latest value against the target in force."""
    return [_measure_finding(row, engagement) for row in whole.to_dict("records")]


def _measure_finding(row: Mapping[Any, Any], engagement: Engagement) -> Finding:
    measure = engagement.measure(row["measure"])
    target = (
        f" against a target of {figure(row['target'], measure, engagement)}"
        if pd.notna(row["target"])
        else ""
    )
    cadence = engagement.cadence(measure)
    at = date(row["period"], "month") if cadence == "month" else f"the week of {date(row['period'])}"
    evidence = Evidence(
        source=measure.table,
        rule="Process behaviour chart (XmR), rules of Making Data Count",
        rows=int(row["n"]),
        query=f"{measure.numerator}{' / ' + measure.denominator if measure.denominator else ''} by {cadence}"
        + (f", where {measure.where}" if measure.where else ""),
    )
    figures = {name: float(row[name]) for name in ("latest", "mean", "lower", "upper", "target")}
    return Finding.of(
        "1.1",
        "measure",
        measure.id,
        statement=f"{measure.name} stood at {figure(row['latest'], measure, engagement)} in {at}{target}.",
        figures={**figures, "variation": str(row["icon"]), "assurance": str(row["assurance"])},
        evidence=(evidence,),
    )


def site_findings(comparison: pd.DataFrame, engagement: Engagement) -> list[Finding]:
    """Return one finding a measure: how many sites differ from the whole, and which most."""
    return [
        _site_finding(str(name), rows, engagement) for name, rows in comparison.groupby("measure", sort=False)
    ]


def _site_finding(name: str, rows: pd.DataFrame, engagement: Engagement) -> Finding:
    measure, label = engagement.measure(name), engagement.site_label
    out, plain, method = (
        int(rows["outlier"].sum()),
        int(rows["plain_outlier"].sum()),
        str(rows["method"].iloc[0]),
    )
    period = span(rows["first"].min(), rows["last"].max())
    if method == "funnel":
        text = f"{out} of {plural(len(rows), label)} {'lies' if out == 1 else 'lie'} beyond the 99.8% limits "
        text += "once over-dispersion is allowed for"
        text += f"; limits that ignore it would flag {plain}"
        rule = "Funnel plot, over-dispersion by phi and tau2 (Spiegelhalter 2005)"
    else:
        ends = rows.loc[rows["outlier"], ["site", "direction"]].values.tolist()
        named = listing([f"{site} ({direction})" if direction else site for site, direction in ends], limit=4)
        text = (
            f"{named} {'differs' if out == 1 else 'differ'} from all together"
            if out
            else f"no {label} differs"
        )
        text += " by more than small numbers would explain"
        rule = "Differences drawn towards the whole by empirical Bayes, 95% intervals"
    evidence = Evidence(
        source=measure.table, rule=rule, rows=len(rows), query=f"{measure.name} by {label}, {period}"
    )
    return Finding.of(
        "1.1",
        "sites",
        name,
        statement=f"{measure.name}, {period}: {text}.",
        figures={
            "sites": len(rows),
            "outliers": out,
            "plain_outliers": plain,
            "centre": float(rows["centre"].iloc[0]),
        },
        evidence=(evidence,),
    )


def money_findings(panel: pd.DataFrame, engagement: Engagement) -> list[Finding]:
    """Return findings on revenue and cost: the last twelve periods, and what a pound spent brings in."""
    if panel.empty:
        return []
    wide = panel.pivot(index="period", columns="measure", values="value").tail(12)
    sums = {name: float(wide[name].sum()) for name in wide.columns}
    found, label = [], span(wide.index.min(), wide.index.max())
    evidence = Evidence(
        source="resources", rule="Sums over all sites", rows=len(panel), query=f"revenue and cost, {label}"
    )
    for name, total in sums.items():
        statement = f"{name.capitalize()} came to {money(total, engagement.currency)} from {label}."
        found.append(
            Finding.of(
                "1.1", "money", name, statement=statement, figures={"sum": total}, evidence=(evidence,)
            )
        )
    if sums.get("revenue") and sums.get("cost"):
        margin = sums["revenue"] - sums["cost"]
        kind = "above" if margin >= 0 else "below"
        statement = (
            f"Revenue lay {money(abs(margin), engagement.currency)} {kind} the cost of delivery from {label}."
        )
        found.append(
            Finding.of(
                "1.1",
                "money",
                "margin",
                statement=statement,
                figures={"margin": margin},
                evidence=(evidence,),
            )
        )
    return found


def caveat_findings(panel: pd.DataFrame, engagement: Engagement) -> list[Finding]:
    """Return what the figures cannot tell, each with its evidence."""
    said: list[tuple[str, str, int]] = []
    label = engagement.site_label
    for name, notes in panel.attrs.get("said", {}).items():
        title = engagement.measure(name).name
        if notes.get("left_out"):
            number_left = notes["left_out"]
            said.append(
                (
                    f"empty_{name}",
                    f"{title}: {plural(number_left, 'period')} of a {label} with nothing to divide by left "
                    f"out",
                    number_left,
                )
            )
        if notes.get("partial"):
            said.append(
                (
                    f"partial_{name}",
                    f"{title}: the period from {date(notes['partial'])} is not complete and is left out",
                    1,
                )
            )
    said += _site_caveats(panel, label) + _small_caveats(panel, engagement)
    return [
        Finding.of(
            "1.1",
            "caveat",
            subject,
            statement=f"{text}.",
            figures={"count": count},
            evidence=(
                Evidence(source="measures over time", rule="Completeness of the series", rows=len(panel)),
            ),
        )
        for subject, text, count in said
    ]


def _site_caveats(panel: pd.DataFrame, label: str) -> list[tuple[str, str, int]]:
    events, said = site_events(panel), []
    words = {
        "begins": "began later and stand on fewer points",
        "ends": "stopped reporting and are left out of comparisons",
    }
    for kind, text in words.items():
        rows = events[events["kind"] == kind]
        if len(rows):
            named = listing([f"{row.site} ({date(row.at, 'month')})" for row in rows.itertuples()], limit=8)
            said.append((kind, f"Among {label}s some {text}: {named}", len(rows)))
    for (at, other), rows in events[events["kind"] == "grew"].groupby(["at", "other"]):
        named, ended = listing(rows["site"], limit=6), listing(str(other).split(", "))
        text = f"{named} may have taken over work when {ended} ended in {date(at, 'month')}"
        said.append((f"grew_{at:%Y_%m}", f"{text}; figures before and after are not alike", len(rows)))
    sites = panel[panel["site"] != ""]
    if sites.empty:
        return said
    gaps = sites.groupby(["measure", "site"])["period"].agg(lambda part: len(missing_periods(part)))
    gaps = gaps[gaps > 0]
    if len(gaps):
        named = listing(dict.fromkeys(gaps.index.get_level_values("site")), limit=6)
        said.append(
            ("gaps", f"{int(gaps.sum())} periods are missing in between, at {named}", int(gaps.sum()))
        )
    return said


def _small_caveats(panel: pd.DataFrame, engagement: Engagement) -> list[tuple[str, str, int]]:
    rates = [m.id for m in engagement.measures if m.unit == "percent" and m.denominator]
    rows = panel[panel["measure"].isin(rates) & (panel["site"] != "")]
    typical = rows.groupby(["measure", "site"])["denominator"].median()
    small = typical[typical < 30]
    if small.empty:
        return []
    named = listing(
        dict.fromkeys(f"{engagement.measure(name).name} at {site}" for name, site in small.index), limit=5
    )
    return [
        (
            "small",
            f"Fewer than 30 cases a period stand behind {named}: read the percentages with care",
            len(small),
        )
    ]
