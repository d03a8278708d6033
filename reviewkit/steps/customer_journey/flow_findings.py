"""What step 2.2 says of flow: caseload, time in service, contact time, and what is still needed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.model import Engagement, Evidence, Finding, Measure
from reviewkit.performance import adds_up, ramp_up, ramps_from
from reviewkit.plan.sustained import achievable, sustained_levels
from reviewkit.present.words import date, listing, number, percent, plural, span

from ..performance_data.findings import figure, trap_finding
from .flow_figures import FlowFigures

READINESS = {"ready": "ready", "nearly_ready": "nearly ready", "not_ready": "not ready"}
_SILENT = "90 days without an event count as left"


def flow_findings(flow: FlowFigures, ramps: list[dict[str, Any]], points: pd.DataFrame) -> list[Finding]:
    """Return findings on caseload, time in service, what each contract still needs, and traps in the log."""
    found = _caseload(flow.months) + stay_findings(flow.stays)
    for row in ramps:
        made = {name: row[name] for name in ("needed", "now", "left", "change", "sustained")}
        subject = f"{row['measure']}_{row['contract'] or 'all'}"
        rule = "Level needed in each period that remains; sustained: half a year without a break"
        found.append(_finding("ramp_up", subject, row["statement"], made, row["rows"], row["table"], rule))
    found += [_activity_finding(row) for row in flow.activity(ramps, points)]
    return found + [trap_finding("2.2", trap) for trap in flow.traps]


def _finding(
    kind: str, subject: str, text: str, made: dict[str, Any], rows: int, source: str, rule: str
) -> Finding:
    evidence = Evidence(source=source, rule=rule, rows=rows)
    return Finding.of("2.2", kind, subject, statement=text, figures=made, evidence=(evidence,))


def _caseload(months: pd.DataFrame) -> list[Finding]:
    settled = months[months["settled"].astype(bool)] if len(months) else months
    if len(settled) < 2:
        return []
    first, last, recent = settled.iloc[0], settled.iloc[-1], settled.tail(12)
    text = (
        f"The caseload went from {int(first['caseload']):,} to {int(last['caseload']):,} between "
        f"{span(first['period'], last['period']).replace(' to ', ' and ')}; in the last "
        f"{plural(len(recent), 'month')} of these {int(recent['on_flow'].sum()):,} came on and "
        f"{int(recent['off_flow'].sum()):,} left, {int(recent['throughput'].sum()):,} at the journey's end."
    )
    made = {"first": int(first["caseload"]), "last": int(last["caseload"])}
    rule = f"On-flow less off-flow; {_SILENT}"
    return [_finding("flow", "caseload", text, made, len(months), "journey", rule)]


def stay_findings(stays: pd.DataFrame) -> list[Finding]:
    """Return how long customers stay, open cases counted, and how far the naive median is off."""
    whole = stays[stays["site"].eq("") & stays["contract"].eq("")] if len(stays) else stays
    if whole.empty:
        return []
    row = whole.iloc[0]
    still = f"{int(row['open']):,} of {int(row['customers']):,} customers judged were still in service"
    if pd.isna(row["median"]):
        text = f"More than half stay longer than the log can show; {still}."
    else:
        text = f"Half leave within {row['median']:,.0f} days{days_range(row)}, counting that {still}."
    if pd.notna(row["naive"]) and pd.notna(row["median"]):
        apart = float(row["median"] - row["naive"])
        text += f" Those who left alone would show {row['naive']:,.0f} days"
        text += (
            f", {plural(round(abs(apart)), 'day')} too {'few' if apart > 0 else 'many'}."
            if round(apart)
            else ", the same."
        )
    names = ("median", "median_lower", "median_upper", "naive", "open")
    rule = f"Kaplan-Meier, interval by Brookmeyer and Crowley (log-log); {_SILENT}"
    made = {name: float(row[name]) for name in names}
    return [_finding("stay", "whole", text, made, int(row["customers"]), "journey", rule)]


def days_range(row: Any) -> str:
    """Return the interval of a median stay in brackets; open above where the log is too short.

    >>> days_range({"median_lower": 40.0, "median_upper": float("nan")})
    ' (95% interval from 40 days, no upper end yet)'
    """
    if pd.isna(row["median_lower"]):
        return ""
    if pd.isna(row["median_upper"]):
        return f" (95% interval from {row['median_lower']:,.0f} days, no upper end yet)"
    return f" (95% interval {row['median_lower']:,.0f} to {row['median_upper']:,.0f})"


def about(value: float) -> str:
    """Return a number of customers or hours to two significant digits.

    >>> about(1234.0), about(7.4), about(46.2)
    ('1,200', '7.4', '46')
    """
    return f"{float(f'{value:.2g}'):,.0f}" if value >= 10 else f"{value:.2g}"


def _activity_finding(row: dict[str, Any]) -> Finding:
    need = (
        f"{row['name']} under {row['contract_name']} takes about {about(row['outcomes'])} a {row['cadence']}"
    )
    if pd.isna(row["needed"]):
        text = f"{need}; no later start can count by {date(row['ends'])}."
        if pd.isna(row["share"]):
            text = f"{need}; too few customers have had time to get there to say how many must come on."
    else:
        text = (
            f"{need}. {percent(row['share'])} of {int(row['came']):,} who had time to get there did ("
            f"{percent(row['lower'])} to {percent(row['upper'])}). Half of these took longer than "
            f"{row['days_to']:.0f} days, so that most who start after {date(row['last_start'])} cannot "
            f"count: until then about {about(row['needed'])} must come on each {row['cadence']} "
            f"({about(row['low'])} to {about(row['high'])}); {about(row['on_flow'])} do now."
        )
    names = ("needed", "low", "high", "on_flow", "share", "lower", "upper", "outcomes", "days_to")
    made = {name: float(row[name]) for name in names}
    rule = "Outcomes needed over conversion (Wilson's interval), later by the median time to the end"
    subject = f"{row['measure']}_{row['contract'] or 'all'}"
    return _finding("activity", subject, text, made, int(row["came"]), "journey", rule)


def readiness_findings(table: pd.DataFrame, period: str = "") -> list[Finding]:
    """Return how contact time is shared between customers who are ready and those who are not.

    ``period`` says in words from when to when the contacts are.
    """
    whole = table[table["contract"] == ""] if len(table) else table
    if whole.empty:
        return []
    by = whole.set_index("readiness")
    parts = [
        f"{percent(by.loc[key, 'share'])} on customers who are {name}"
        for key, name in READINESS.items()
        if key in by.index
    ]
    made: dict[str, Any] = {f"share_{key}": float(by.loc[key, "share"]) for key in by.index}
    left = int(whole["no_length"].sum())
    text = f"{f'{period}: contact' if period else 'Contact'} time goes {listing(parts)}."
    text += f" {plural(left, 'contact')} of no length left out." if left else ""
    rule = "Handle time summed by the customer's readiness"
    count = int(whole["contacts"].sum())
    return [_finding("readiness", "contact_time", text, made, count, "contacts", rule)]


def ramps(points: pd.DataFrame, engagement: Engagement) -> list[dict[str, Any]]:
    """Return what each contract needs from now on, for each of its measures with a target."""
    rows: list[dict[str, Any]] = []
    ends = {contract.id: contract.ends for contract in engagement.contracts if contract.ends}
    several = len(engagement.contracts) > 1
    measures = [m for m in engagement.measures if m.contract_kpi and m.direction != "neutral"]
    levels = sustained_levels(points, measures, period=engagement.period)
    for measure in measures:
        for contract, end in ends.items():
            mine = points[(points["measure"] == measure.id) & (points["site"] == "")]
            mine = mine[mine["contract"] == (contract if several else "")].sort_values("period")
            cadence = str(mine["cadence"].iloc[0]) if len(mine) else "month"
            need = ramp_up(mine, end, adds_up=adds_up(measure), period=cadence) if len(mine) and end else None
            if need and end:
                best = achievable(levels, measure, contract=contract if several else "")
                known = {"measure": measure.id, "contract": contract, "cadence": cadence, "ends": end}
                row = {**need, **known, "rows": len(mine), "table": measure.table, "name": measure.name}
                rows.append(_ramp_row(row, measure, best, engagement))
    return rows


def _ramp_row(row: dict[str, Any], measure: Measure, best: Any, engagement: Engagement) -> dict[str, Any]:
    name = {item.id: item.name for item in engagement.contracts}[row["contract"]]
    up = measure.direction == "increase"

    def said(value: float) -> str:
        return figure(value, measure, engagement)

    def as_good(value: float, other: float) -> bool:
        return value >= other if up else value <= other

    short, cadence = not as_good(row["now"], row["needed"]), row["cadence"]
    later = ramps_from(row, period=cadence) if short else pd.DataFrame(columns=["starts_in"])
    every = "" if measure.denominator else f" a {cadence}"  # a share is no amount of a period
    text = f"{measure.name} under {name} must run at {said(row['needed'])}{'' if up else ' or less'}{every}"
    text += f" until {date(row['ends'])} for the contract to be met on the whole"
    text += f"; it runs at {said(row['now'])} now." if short else f"; at {said(row['now'])} it does now."
    out = row["needed"] > 100 > row["due"] if up and measure.unit == "percent" else row["needed"] < 0
    if out and (measure.denominator or not up):
        text += " That is out of reach."
    elif short and best:
        known = as_good(best.level, row["needed"])
        text += f" {'That has' if known else 'Nothing as good has'} been sustained: the best is "
        text += f"{said(best.level)}, {best.by}."
    told = {"now_text": said(row["now"]), "needed_text": said(row["needed"]), "statement": text}
    told |= {f"in_{int(at['starts_in'])}": said(at["step_to"]) for at in later.to_dict("records")}
    told["line"] = said(later["line_to"].iloc[0]) if len(later) else "–"
    told["best"] = f"{said(best.level)}, {_held_by(best.by)}" if best else "–"
    return {**row, **told, "contract_name": name, "sustained": best.level if best else None, "short": short}


def _held_by(words: str) -> str:
    """Return who held a level, for a table.

    >>> _held_by("North has held it for half a year"), _held_by("held here before, for half a year")
    ('North', 'here before')
    """
    short = words.removesuffix(" for half a year").removesuffix(",").removeprefix("held ")
    return short.removesuffix(" has held it").removesuffix(" have held it")


def caseload_title(months: pd.DataFrame) -> str:
    """Return the finding of the flow chart."""
    settled = months[months["settled"].astype(bool)]
    if len(settled) < 2:
        return f"{int(months['on_flow'].sum()):,} customers came on; the log is too short to read a caseload"
    first, last = settled.iloc[0], settled.iloc[-1]
    recent = settled.tail(12)
    came, left = float(recent["on_flow"].sum()), float(recent["off_flow"].sum())
    even = abs(came - left) <= 0.03 * came
    kind = "about as many came on as left" if came or left else "nobody came on or left"
    if not even:
        kind = f"{'more' if came > left else 'fewer'} came on than left"
    ends = [f"{number(row['caseload'])} ({date(row['period'], 'month')})" for row in (first, last)]
    whole = "" if len(recent) == len(settled) else f"in the last {len(recent)} of these months "
    return f"The caseload went from {ends[0]} to {ends[1]}; {whole}{kind}"
