"""What step 2.2 says: findings made from its figures."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.model import Engagement, Evidence, Finding
from reviewkit.performance import adds_up, ramp_up, wilson
from reviewkit.present.words import date, listing, number, percent, plural, span

from . import journey_figures as figures
from .performance_findings import figure

READINESS = {"ready": "ready", "nearly_ready": "nearly ready", "not_ready": "not ready"}
_RULE = "Customers whose journey is over; a step is skipped where a later one was reached"


def journey_findings(table: pd.DataFrame, judged: pd.DataFrame, engagement: Engagement) -> list[Finding]:
    """Return findings on how far the journey is followed, and which sites reach more than their contract."""
    found = []
    judged = figures.on_the_way(judged)
    if len(judged):
        sites = judged[judged["site"] != ""].groupby("site")["conforms"].mean().sort_values()
        whole, skipped = float(judged["conforms"].mean()), skips(judged)
        text = (
            f"{percent(whole)} of customers who got beyond the first step took the journey their "
            f"contract asks for"
        )
        if len(sites) > 1:
            text += (
                f", from {percent(sites.iloc[0])} at {sites.index[0]} to {percent(sites.iloc[-1])} at "
                f"{sites.index[-1]}"
            )
        if len(skipped):
            text += f"; most often skipped: {skipped['step'].iloc[0].replace('_', ' ')}"
        found.append(
            _finding("conformance", "whole", f"{text}.", {"share": whole, "cases": len(judged)}, len(judged))
        )
    above = table[(table["site"] != "") & (table["contract"] == "") & table["attainment"].notna()]
    if len(above):
        high = above[above["attainment"] > 1].sort_values("attainment", ascending=False)
        label = plural(len(above), engagement.site_label)
        named = [f"{row.site} ({percent(row.attainment)})" for row in high.itertuples()]
        text = (
            f"{listing(named)} {'is' if len(high) == 1 else 'are'} above 100% of contract"
            if named
            else "None is above 100% of contract"
        )
        low = above.sort_values("attainment").iloc[0]
        statement = (
            f"Of {label}, over the last twelve months: {text}; lowest is {low['site']} with "
            f"{percent(low['attainment'])}."
        )
        found.append(
            _finding("attainment", "sites", statement, {"above": len(high), "sites": len(above)}, len(above))
        )
    return found


def _finding(
    kind: str,
    subject: str,
    statement: str,
    made: dict[str, Any],
    rows: int,
    source: str = "journey",
    rule: str = _RULE,
) -> Finding:
    evidence = Evidence(source=source, rule=rule, rows=rows)
    return Finding.of("2.2", kind, subject, statement=statement, figures=made, evidence=(evidence,))


def clarity_findings(perceptions: pd.DataFrame, minimum: int) -> list[Finding]:
    """Return how many staff say they can describe the journey."""
    table = figures.agreeing(perceptions, figures.CLEAR, minimum=minimum)
    whole = table[table["site"].eq("") & table["share"].notna()]
    if whole.empty:
        return []
    share, answers = float(whole["share"].iloc[0]), int(whole["answers"].iloc[0])
    low, high = wilson(share, answers)
    text = f"{percent(share)} of {answers} who answered say they can describe the steps of the journey "
    text += f"(95% interval {percent(low)} to {percent(high)})."
    rule = f"Share answering 4 or 5; sites with fewer than {minimum} answers are not shown"
    return [
        _finding("clarity", "whole", text, {"share": share, "answers": answers}, answers, "perceptions", rule)
    ]


def association_findings(
    table: pd.DataFrame, judged: pd.DataFrame, outcomes: pd.DataFrame, engagement: Engagement
) -> list[Finding]:
    """Return whether like customers who keep to the journey achieve more, and whether sites do."""
    found, often = [], skips(judged)
    if len(often) and len(outcomes):
        step = str(often["step"].iloc[0])
        found += _customers_compared(figures.past(judged, step, engagement.journey), step, outcomes)
    sites = table[(table["site"] != "") & (table["contract"] == "")]
    linked = figures.association(sites, "conformance", "attainment")
    if linked:
        way = "more" if linked["correlation"] > 0 else "less"
        text = f"Sites that follow the journey more reach {way} of their contract (rank correlation "
        text += f"{linked['correlation']:.2f} over {linked['units']} sites: too few to prove it)."
        found.append(_finding("association", "sites", text, linked, linked["units"]))
    return found


def _customers_compared(like: pd.DataFrame, step: str, outcomes: pd.DataFrame) -> list[Finding]:
    """Compare customers who got past a step: those who had it with those who skipped it.

    Only this one step is looked at: a skip of a later step shows only in those who went on to
    the end, which would make skipping look like success.
    """
    kept_to = ~like["missing"].str.split("; ").map(lambda names: step in names).astype(bool)
    sizes = kept_to.value_counts()
    if len(sizes) < 2 or sizes.min() < 20:
        return []
    rates = like["case"].isin(outcomes["customer"]).groupby(kept_to).mean()
    spread = 1.96 * sum(rates[kept] * (1 - rates[kept]) / sizes[kept] for kept in (True, False)) ** 0.5
    gap = float(rates[True] - rates[False])
    points = [number(value * 100, "count", 0) for value in (gap, gap - spread, gap + spread)]
    name = step.replace("_", " ")
    text = (
        f"Of customers who went on to a step after {name}, {percent(rates[True])} of those who "
        f"had it reached an outcome, "
    )
    text += (
        f"and {percent(rates[False])} of those who skipped it: {points[0]} percentage points "
        f"apart ({points[1]} to {points[2]})"
    )
    text += "; they may differ in other ways too."
    made = {"difference": gap, "lower": float(gap - spread), "upper": float(gap + spread)}
    return [_finding("association", "customers", text, made, len(like))]


def flow_findings(flow: pd.DataFrame, ramps: list[dict[str, Any]]) -> list[Finding]:
    """Return the caseload's course and what each contract still needs."""
    found = []
    settled = flow[flow["settled"].astype(bool)] if len(flow) else flow
    if len(settled) > 1:
        first, last = settled.iloc[0], settled.iloc[-1]
        recent = settled.tail(12)
        text = (
            f"The caseload went from {int(first['caseload']):,} to {int(last['caseload']):,} between "
            f"{span(first['period'], last['period']).replace(' to ', ' and ')}; "
        )
        text += (
            f"in the last {plural(len(recent), 'month')} {int(recent['on_flow'].sum()):,} came on and "
            f"{int(recent['off_flow'].sum()):,} left."
        )
        found.append(
            _finding(
                "flow",
                "caseload",
                text,
                {"first": int(first["caseload"]), "last": int(last["caseload"])},
                len(flow),
                rule="On-flow less off-flow; 90 days without an event count as left",
            )
        )
    for row in ramps:
        made = {name: row[name] for name in ("needed", "now", "left", "change")}
        subject, rule = (
            f"{row['measure']}_{row['contract'] or 'all'}",
            "Level needed in each period that remains",
        )
        found.append(_finding("ramp_up", subject, row["statement"], made, row["rows"], row["table"], rule))
    return found


def readiness_findings(table: pd.DataFrame) -> list[Finding]:
    """Return how contact time is shared between customers who are ready and those who are not."""
    if table.empty:
        return []
    by = table.set_index("readiness")
    parts = [
        f"{percent(by.loc[key, 'share'])} on customers who are {name}"
        for key, name in READINESS.items()
        if key in by.index
    ]
    made = {f"share_{key}": float(by.loc[key, "share"]) for key in by.index}
    rule = "Handle time summed by the customer's readiness"
    return [
        _finding(
            "readiness",
            "contact_time",
            f"Contact time goes {listing(parts)}.",
            made,
            int(table["contacts"].sum()),
            "contacts",
            rule,
        )
    ]


def ramps(points: pd.DataFrame, engagement: Engagement) -> list[dict[str, Any]]:
    """Return what each contract needs from now on, for each of its measures with a target."""
    rows: list[dict[str, Any]] = []
    ends = {contract.id: contract.ends for contract in engagement.contracts if contract.ends}
    several = len(engagement.contracts) > 1
    for measure in [m for m in engagement.measures if m.contract_kpi and m.direction == "increase"]:
        for contract, end in ends.items():
            mine = points[(points["measure"] == measure.id) & (points["site"] == "")]
            mine = mine[mine["contract"] == (contract if several else "")].sort_values("period")
            cadence = str(mine["cadence"].iloc[0]) if len(mine) else "month"
            need = ramp_up(mine, end, adds_up=adds_up(measure), period=cadence) if len(mine) and end else None
            if need and end:
                rows.append(_ramp_row(need, measure, contract, end, cadence, len(mine), engagement))
    return rows


def _ramp_row(
    need: dict[str, Any],
    measure: Any,
    contract: str,
    end: Any,
    cadence: str,
    rows: int,
    engagement: Engagement,
) -> dict[str, Any]:
    name = {item.id: item.name for item in engagement.contracts}[contract]
    now, needed = (figure(need[key], measure, engagement) for key in ("now", "needed"))
    text = f"{measure.name} under {name} must run at {needed} a {cadence} until {date(end)}"
    text += " for the contract to be met on the whole"
    text += f"; it runs at {now} now." if need["needed"] > need["now"] else f"; at {now} it does now."
    if measure.unit == "percent" and measure.denominator and need["needed"] > 100 and (need["due"] < 100):
        text += " That is out of reach."
    named = {"measure": measure.id, "name": measure.name, "contract": contract, "contract_name": name}
    said = {"statement": text, "now_text": now, "needed_text": needed, "ends": end}
    return {**need, **named, **said, "rows": rows, "table": measure.table}


def skips(judged: pd.DataFrame) -> pd.DataFrame:
    """Return how often each step was skipped, most often first: ``step, times``."""
    steps = judged.loc[judged["missing"] != "", ["site", "missing"]]
    long = steps.assign(step=steps["missing"].str.split("; ")).explode("step")
    return long["step"].value_counts().rename_axis("step").reset_index(name="times")
