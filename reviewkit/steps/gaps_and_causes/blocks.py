"""Tables and charts of gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.findings import total_cost
from reviewkit.findings.convergence.next_steps import to_measure
from reviewkit.findings.wording import agree
from reviewkit.model import Engagement
from reviewkit.model.words import inline
from reviewkit.present import charts
from reviewkit.present.blocks import Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import date, listing, money, number, plural, sentence

from ..site_codes import codes_told


def gap_label(row: Mapping[Any, Any], engagement: Engagement | None = None) -> str:
    """Return the name of a gap with its site or contract.

    >>> gap_label({"name": "Handle time", "site": "North", "contract": ""})
    'Handle time, North'
    """
    where = row["site"] or (engagement.contract_name(row["contract"]) if engagement else row["contract"])
    return f"{row['name']}, {where}" if where else str(row["name"])


def measured_table(rows: pd.DataFrame, engagement: Engagement) -> Block:
    """Return each measured gap: size, since when, where, cost, who raised it; then the total."""
    if rows.empty:
        return Words(
            "No measure falls short of its target, or of its own earlier level, by more than chance."
        )
    currency = engagement.currency
    costs = [money(cost, currency) if pd.notna(cost) else "not valued" for cost in rows["cost_per_year"]]
    table = rows.assign(
        place=rows["site"]
        .where(rows["site"].ne(""), rows["contract"].map(engagement.contract_name))
        .replace("", "all together"),
        now=[f"{level} ({over})" for level, over in zip(rows["level"], rows["over"], strict=True)],
        size=[_size(row, engagement) for row in rows.to_dict("records")],
        from_when=[date(day, "month") for day in rows["since"]],
        cost=costs,
        inside=["yes" if text else "" for text in rows["overlaps"]],
    )
    headings = {"name": "Measure", "place": "Where", "expected": "Expected"}
    headings |= {"now": "Actual"}
    headings |= {"size": "Short by (95% interval)", "from_when": "Worse since", "cost": "Cost a year"}
    headings |= {"inside": "Overlaps", "raised_by": "Raised by"}
    codes = codes_told(rows["site"], engagement.site_label)
    shown = Table(table, caption="Measured gaps", headings=headings, limit=20, note=codes)
    return Stack(shown, Words(_total(rows, currency)))


def sizes_chart(rows: pd.DataFrame, engagement: Engagement) -> Block:
    """Return measured gaps on one scale: short of the target as a share of it."""
    rows = rows[rows["target"].abs().gt(0)]
    if rows.empty:
        return Words("There is no measured gap to draw.")
    shares = {name: 100 * rows[name] / rows["target"].abs() for name in ("gap", "lower", "upper")}
    table = rows.assign(**shares, label=[gap_label(row, engagement) for row in rows.to_dict("records")]).head(
        12
    )
    widest = table.sort_values("gap", ascending=False).iloc[0]
    measured = "How far each measure falls short of what is expected, as a share of it"
    return charts.dot_chart(
        table,
        "label",
        "gap",
        title=f"The widest gap for its target is {widest['label']}",
        unit="percent",
        subtitle=f"{measured}, with 95% interval.",
        source=f"{engagement.client}, latest twelve periods",
        key="2.1-sizes",
    )


def described_table(rows: pd.DataFrame) -> Block:
    """Return the gaps only people describe: expected, what is said, who raised it."""
    if rows.empty:
        return Words("No concern recurs that the measured gaps do not already speak to.")
    headings = {"name": "Topic", "expected": "Expected", "said": "What people say, beside the measures"}
    if rows["raised_by"].ne("").any():
        headings["raised_by"] = "Raised by"
    headings["measure_this"] = "What would measure it"
    table = rows.assign(
        said=[
            sentence(text.removeprefix(f"{name}: "))
            for text, name in zip(rows["statement"], rows["name"], strict=True)
        ],
        measure_this=[_to_count(row) for row in rows.to_dict("records")],
    )
    return Table(table, caption="Gaps only people describe", headings=headings, limit=20)


def _to_count(row: Mapping[Any, Any]) -> str:
    """What could be counted for a described gap, and where it would come from."""
    count = to_measure(str(row["code"]), str(row["name"]))
    return f"{count.what} (from {count.source})"


def _size(row: Mapping[Any, Any], engagement: Engagement) -> str:
    measure = engagement.measure(str(row["measure"]))
    if measure.unit == "percent":  # of shares, the difference is in points
        lower, upper = (f"{row[name]:.{measure.decimals}f}" for name in ("lower", "upper"))
        return f"{row['gap']:.{measure.decimals}f} points ({lower} to {upper})".replace("-", "−")
    size, lower, upper = (
        number(row[name], measure.unit, measure.decimals, short=True) for name in ("gap", "lower", "upper")
    )
    return f"{size} ({lower} to {upper})"


def _total(rows: pd.DataFrame, currency: str) -> str:
    costed = rows[rows["cost_per_year"].notna()]
    if costed.empty:
        return "No gap has a cost: what one unit of these measures is worth is not on file."
    total = money(total_cost(costed), currency)
    lone = int(costed["overlaps"].eq("").sum())
    alone = f"The gap that overlaps with no other costs about {total} a year"
    if lone != 1:
        alone = f"The {plural(lone, 'gap')} that overlap with no other cost about {total} a year together"
    rest = len(costed) > lone
    told = f"{alone}{'; the costs of the others overlap with these and are not added' if rest else ''}."
    return f"{told}{dearer(costed)}"


def dearer(costed: pd.DataFrame) -> str:
    """Say why a part may cost more than the whole it lies in; "" where none does."""
    whole = costed[costed["site"].fillna("").eq("") & costed["contract"].fillna("").eq("")]
    costs = dict(zip(whole["measure"], whole["cost_per_year"], strict=True))
    parts = costed[costed["site"].fillna("").ne("")]
    more = parts[parts["cost_per_year"] > parts["measure"].map(costs).astype("float64")]
    if more.empty:
        return ""
    named = listing([f"{inline(str(row['name']))} at {row['site']}" for row in more.to_dict("records")])
    verb = agree(str(more["name"].iloc[0]), "costs", "cost") if len(more) == 1 else "cost"
    return (
        f" {named[:1].upper()}{named[1:]} {verb} more than all together: that happens where other places do "
        "better than expected."
    )
