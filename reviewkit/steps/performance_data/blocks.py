"""What step 1.1 shows and says: titles, tables and findings made from its figures."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.findings.opinions.met import met_words
from reviewkit.findings.wording import agree
from reviewkit.model import Engagement, Measure
from reviewkit.performance import summarise_xmr, xmr
from reviewkit.present.blocks import Chart, Folded, Stack, Table, Words
from reviewkit.present.charts import display_of, xmr_chart
from reviewkit.present.view import Block
from reviewkit.present.words import MISSING, date, listing, money, plain, plural, span

from .findings import MONEY, figure
from .site_blocks import site_charts as site_charts
from .site_blocks import sites_compared as sites_compared

_WHOLE = "all together"
_REASONS = {
    "no lasting change": "without a lasting change",
    "withheld": "withheld",
    "promoted": "told as an opinion",
}


def coverage(rows: pd.DataFrame) -> str:
    """Return what a chart covers: each period from first to last."""
    return f"By {rows['cadence'].iloc[0]}, {span(rows['period'].min(), rows['period'].max())}."


def caveats(engagement: Engagement, whole: pd.DataFrame) -> list[str]:
    """Return the caveats written beside the measures that are shown."""
    shown = set(whole["measure"])
    return [f"{m.name}: {m.caveat}" for m in engagement.measures if m.caveat and m.id in shown]


def drawn_first(whole: pd.DataFrame, opinions: pd.DataFrame) -> list[str]:
    """Return measures of the whole in the order to draw them: of opinions first, then the contract's."""
    of_all = opinions[opinions["site"].eq("") & opinions["contract"].eq("")]
    told = list(dict.fromkeys(of_all["measure"]))
    others = whole.sort_values(["promoted", "contract_kpi"], ascending=False, kind="stable")["measure"]
    known = set(whole["measure"])
    return [str(name) for name in dict.fromkeys([*told, *others]) if name in known]


def changing_words(rows: pd.DataFrame) -> str:
    """Return how many measures improve and worsen at the last point.

    >>> changing_words(pd.DataFrame({"icon": ["concern", "common_cause", ""]}))
    '3 measures, 1 worsening, 0 improving'
    """
    worse, better = int(rows["icon"].eq("concern").sum()), int(rows["icon"].eq("improvement").sum())
    return f"{plural(len(rows), 'measure')}, {worse} worsening, {better} improving"


def title_of(row: Any, measure: Measure, engagement: Engagement) -> str:
    """Return the finding of a chart in words: a lasting change, a target out of reach, or neither."""
    has, stands, varies = (
        agree(measure.name, *pair) for pair in (("has", "have"), ("averages", "average"), ("varies", "vary"))
    )
    if row["promoted"]:
        verb = "risen" if row["effect"] > 0 else "fallen"
        size = figure(abs(row["effect"]), measure, engagement)
        size = f"{size[:-1]} percentage points" if measure.unit == "percent" else size
        since = date(row["since"], "month")
        return f"{measure.name} {has} {verb} by {size} since {since}, and the change lasts"
    if row["assurance"] == "fails":
        return (
            f"{measure.name} {stands} {figure(row['mean'], measure, engagement)} and, run as now, "
            f"will keep missing {figure(row['target'], measure, engagement)}"
        )
    if not row["icon"]:
        return f"{measure.name} {has} too few points for limits to be read as a verdict"
    low, high = (figure(_roughly(row[name]), measure, engagement) for name in ("lower", "upper"))
    each = f" a {engagement.cadence(measure)}" if measure.unit in ("count", "money") else ""
    return f"{measure.name} {varies} between about {low} and {high}{each}, without a change that lasts"


def since_change(rows: pd.DataFrame, engagement: Engagement) -> list[str]:
    """Return for each signal how often its target was met since it last changed, in words; "" for none."""
    told = []
    for row in rows.to_dict("records"):
        words = met_words(row["periods_since"], row["met_since"])
        cadence = engagement.cadence(engagement.measure(str(row["measure"])))
        noun = cadence if words.endswith(" of 1") else f"{cadence}s"
        since = date(row["since"], "month" if cadence == "month" else "short")
        told.append(f"{words} {noun} since {since}" if words else "")
    return told


def measure_chart(
    rows: pd.DataFrame, row: Any, measure: Measure, engagement: Engagement, notes: pd.DataFrame
) -> Chart:
    """Return the chart of one measure with target and dated local knowledge."""
    about = notes["measure"].fillna("").isin(["", measure.id]) & (notes["site"].fillna("") == "")
    return xmr_chart(
        rows,
        display_of(measure, engagement),
        title=title_of(row, measure, engagement),
        subtitle=f"All {engagement.site_labels} together. {coverage(rows)}",
        source=measure.table,
        annotations=notes[about & notes["at"].between(rows["period"].min(), rows["period"].max())],
        key=f"xmr-{measure.id}",
    )


def changed_sites(signals: pd.DataFrame, most: int) -> tuple[str, list[str]]:
    """Return the measure in which sites changed most, contract measures first, and those sites."""
    rows = signals[(signals["site"] != "") & signals["promoted"]]
    if rows.empty:
        return "", []
    ranked = rows.groupby("measure").agg(kpi=("contract_kpi", "max"), sites=("site", "size"))
    measure = str(ranked.sort_values(["kpi", "sites"], ascending=False, kind="stable").index[0])
    mine = rows[rows["measure"] == measure]
    order = mine["effect"].abs().sort_values(ascending=False).index[:most]
    return measure, mine.loc[order, "site"].tolist()


def targets_table(targets: pd.DataFrame, engagement: Engagement) -> Block:
    """Return which target held from when, for whom."""
    names = {measure.id: measure for measure in engagement.measures}
    known = targets[targets["measure"].isin(list(names))].sort_values(
        ["measure", "site", "contract", "valid_from"]
    )
    if known.empty:
        return Words(
            "No target is on file: take targets and their dates from the contract and its variations."
        )
    table = known.assign(
        name=known["measure"].map({name: measure.name for name, measure in names.items()}),
        where=known["site"].fillna("").replace("", "all"),
        under=known["contract"].fillna("").replace("", "all"),
        level=[figure(row.target, names[str(row.measure)], engagement) for row in known.itertuples()],
    )
    headings = {"name": "Measure", "where": engagement.site_label.capitalize(), "under": "Contract"}
    headings |= {"valid_from": "In force from", "level": "Target"}
    caption = "Targets and the date from which each is in force"
    changed = known.groupby(["measure", table["where"], table["under"]]).size().gt(1)
    names_changed = listing([names[str(name)].name for name in changed[changed].index.unique("measure")])
    lead = f"The target has changed for {names_changed}." if names_changed else "No target has changed."
    shown = Table(table, caption=caption, headings=headings, limit=30)
    title = f"All {len(table)} targets, with their dates" if len(table) > 1 else "The target, with its date"
    return Stack(Words(lead), Folded(title, shown))


def _roughly(value: float) -> float:
    """Large figures to three digits: a limit is no count.

    >>> _roughly(1107727.3), _roughly(38.25)
    (1110000.0, 38.25)
    """
    return float(f"{value:.3g}") if abs(value) >= 1000 else value


def money_charts(panel: pd.DataFrame, engagement: Engagement) -> list[Chart]:
    """Return the process behaviour charts of revenue and cost."""
    charts = []
    for measure in MONEY:
        rows = panel[panel["measure"] == measure.id]
        if len(rows) > 1:
            points = xmr(rows, direction=measure.direction)
            row = summarise_xmr(points).iloc[0]
            low, high = (money(row[name], engagement.currency) for name in ("lower", "upper"))
            varies = agree(measure.name, "varies", "vary")
            title = f"{measure.name} {varies} between about {low} and {high} a {rows['cadence'].iloc[0]}"
            charts.append(
                xmr_chart(
                    points,
                    display_of(measure, engagement),
                    key=f"money-{measure.id}",
                    title=title,
                    subtitle=coverage(rows),
                    source="resources",
                )
            )
    return charts


def withheld_table(signals: pd.DataFrame, engagement: Engagement) -> Block:
    """Return every series that is not told, with the reason, nearest to an opinion first."""
    rows = signals[~signals["promoted"]].sort_values("chance", na_position="last")
    decimals = rows["measure"].map({measure.id: measure.decimals for measure in engagement.measures})
    rows = rows.assign(
        effect=[
            MISSING if pd.isna(effect) else plain(effect, int(places))
            for effect, places in zip(rows["effect"], decimals, strict=True)
        ]
    )
    counts = signals["reason"].str.split(":").str[0].map(_REASONS).value_counts()
    lead = listing([f"{count} {name}" for name, count in counts.items()])
    headings = {
        "name": "Measure",
        "site": "Where",
        "contract": "Contract",
        "effect": "Best step, in the measure's unit",
        "reason": "Why it is not told",
    }
    table = Table(rows, caption="Signals that did not become opinions", headings=headings, limit=20)
    return Stack(Words(f"{plural(len(signals), 'series', 'series')}: {lead}."), table)


def worth_table(opinions: pd.DataFrame, engagement: Engagement) -> Block:
    """Return what each change is worth a year, in words; changes overlap and are not added up."""
    rows = opinions[opinions["worth"].notna() & (opinions["worth"] != 0)]
    if rows.empty:
        return Words(
            "What one unit is worth is not on file for any measure that changed: no sum can be given."
        )
    table = rows.assign(
        where=[
            _where(str(site), str(contract), engagement)
            for site, contract in zip(rows["site"], rows["contract"], strict=True)
        ],
        amount=[money(abs(worth), engagement.currency) for worth in rows["worth"]],
        kind=rows["tone"].map({"concern": "cost", "strength": "gain"}).fillna("change"),
    )
    headings = {"name": "Measure", "where": "Where", "kind": "Cost or gain", "amount": "A year, about"}
    caption = (
        "What each change is worth a year; a site's part is within the whole's, so they are not added up"
    )
    whole = table["where"].eq(_WHOLE)
    parts = Table(table[~whole], caption=f"{caption}: its parts", headings=headings)
    if not whole.any():
        return Table(table, caption=caption, headings=headings)
    folded = Folded(
        f"The same for single {engagement.site_labels} and contracts ({int((~whole).sum())})", parts
    )
    return Stack(Table(table[whole], caption=caption, headings=headings), folded if (~whole).any() else None)


def _where(site: str, contract: str, engagement: Engagement) -> str:
    """Whom a figure is of: a site, a contract by name, or all together."""
    names = {one.id: one.name for one in engagement.contracts}
    return site or names.get(contract, contract) or _WHOLE
