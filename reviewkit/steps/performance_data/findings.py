"""What step 1.1 says: findings made from its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from reviewkit.model import Engagement, Evidence, Finding, Measure
from reviewkit.model.words import plural_of
from reviewkit.performance import site_events
from reviewkit.performance.measures.missing import IMPOSSIBLE
from reviewkit.performance.traps.find import find_traps
from reviewkit.performance.traps.hangups import handled
from reviewkit.performance.traps.trap import Looked, Trap
from reviewkit.present.words import currency_mark, date, listing, money, number, plural, span

from .site_findings import site_findings as site_findings

if TYPE_CHECKING:
    from reviewkit.evidence import EvidenceSet

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


def caveat_findings(
    panel: pd.DataFrame, engagement: Engagement, evidence: EvidenceSet | None = None
) -> list[Finding]:
    """Return what the figures cannot tell, and the traps in them, each counted.

    ``evidence`` gives the contacts, whose times are looked at where they lie.
    """
    told = [
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
        for subject, text, count in _left_out(panel, engagement) + _site_caveats(panel, engagement.site_label)
    ]
    counted = handled(evidence.table("contacts")) if evidence and evidence.has("contacts") else None
    traps = find_traps(Looked(engagement, panel=panel, handled=counted))
    return told + [trap_finding("1.1", trap) for trap in traps]


def trap_finding(step: str, trap: Trap) -> Finding:
    """Return a trap as a finding of kind ``caveat``."""
    evidence = Evidence(source=trap.source, rule=trap.rule, rows=trap.of)
    made = {"count": trap.count, "of": trap.of, **trap.figures}
    return Finding.of(step, "caveat", trap.name, statement=trap.statement, figures=made, evidence=(evidence,))


def _left_out(panel: pd.DataFrame, engagement: Engagement) -> list[tuple[str, str, int]]:
    """Say which periods the series leave out, and of which measures."""
    notes, label = panel.attrs.get("said", {}), engagement.site_label
    titles = {name: engagement.measure(name).name for name in notes}
    said = []
    reasons = {"left_out": ("empty", "nothing to divide by"), "impossible": ("impossible", IMPOSSIBLE)}
    for key, (subject, reason) in reasons.items():
        counts = {titles[name]: int(note[key]) for name, note in notes.items() if note.get(key)}
        if counts:
            of = listing([f"{title} ({count:,})" for title, count in counts.items()], limit=6)
            total = sum(counts.values())
            said.append((subject, f"{plural(total, 'period')} of a {label} left out ({reason}): {of}", total))
    cut: dict[str, list[str]] = {}
    for name, note in notes.items():
        if note.get("partial"):
            cut.setdefault(str(note["partial"]), []).append(titles[name])
    for at, names in sorted(cut.items()):
        of = listing(names, limit=6)
        said.append((f"partial_{at}", f"The period from {date(at)} is not complete and is left out: {of}", 1))
    return said


def _site_caveats(panel: pd.DataFrame, label: str) -> list[tuple[str, str, int]]:
    """Say which sites began late or stopped."""
    events, said = site_events(panel), []
    words = {
        "begins": "began later and stand on fewer points",
        "ends": "stopped reporting and are left out of comparisons",
    }
    for kind, text in words.items():
        rows = events[events["kind"] == kind]
        if len(rows):
            named = listing([f"{row.site} ({date(row.at, 'month')})" for row in rows.itertuples()], limit=8)
            said.append((kind, f"{len(rows)} of all {plural_of(label)} {text}: {named}", len(rows)))
    return said
