"""Initial opinions: what the hard data say, ranked and plain, and what people decide about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import Engagement, Evidence, Finding, Measure
from reviewkit.model.finding import Figure
from reviewkit.model.words import money, plural
from reviewkit.performance import speaking

from ..wording import agree, amount, difference, measures_by_id, place, when

COLUMNS: tuple[str, ...] = (
    "opinion_id",
    "rank",
    "measure",
    "name",
    "site",
    "contract",
    "statement",
    "tone",
    "size",
    "since",
)
COLUMNS += ("worth", "contract_kpi", "fails", "fingerprint")
RULE = (
    "A signal becomes an opinion when it lasts, passes the measure's smallest change worth acting on and "
    "survives the checks for chance; so does a target outside the limits of the process"
)


def opinions(signals: pd.DataFrame, engagement: Engagement) -> pd.DataFrame:
    """Return the initial opinions, most important first.

    Only promoted signals speak, and targets that the process consistently fails (of a site only
    where the whole does not fail it too); a site or contract that only moves with the whole does not
    speak.

    They are ranked by four rules, each deciding only where those before it tie: contract
    measures first; then worth in money a year, the largest sum first and an unknown worth last;
    then size, a target that is consistently failed first and the others by whole smallest
    changes worth acting on; then duration, the oldest first. The whole precedes its parts where
    all four tie.

    Parameters
    ----------
    signals : one row a measure, site and contract, as step 1.1 makes it.
    engagement : names the measures, their units and smallest changes.

    Returns
    -------
    ``opinion_id, rank, measure, name, site, contract, statement, tone`` (concern, strength or
    change), ``size`` (in smallest changes worth acting on; missing where none is set),
    ``since, worth, contract_kpi, fails, fingerprint`` (of the figures).

    Examples
    --------
    >>> from reviewkit.model import Engagement
    >>> review = Engagement.model_validate({
    ...     "id": "demo", "name": "Demo", "client": "Demo", "purpose": "Answer", "data_as_of": "2025-06-30",
    ...     "data": ".", "measures": [{"id": "fcr", "name": "First-contact resolution", "unit": "percent",
    ...     "direction": "increase", "table": "contacts", "numerator": "sum(resolved)",
    ...     "minimum_effect": 2}]})
    >>> row = {"measure": "fcr", "site": "", "contract": "", "n": 24, "latest": 61.2, "mean": 62.0,
    ...        "target": 75.0, "variation": "concern", "assurance": "fails", "rule": "shift",
    ...        "since": pd.Timestamp("2025-01-01"), "effect": -8.0, "worth": float("nan"), "promoted": True}
    >>> opinions(pd.DataFrame([row]), review)["statement"][0]  # doctest: +NORMALIZE_WHITESPACE
    'First-contact resolution has fallen by 8.0 percentage points since January 2025, 4.0 times the smallest
    change worth acting on. As things run now, the target of 75.0% will keep being missed.'
    """
    findings = opinion_findings(signals, engagement)
    if not findings:
        return _empty()
    table = pd.DataFrame([_row(finding, measures_by_id(engagement)) for finding in findings])
    table["rank"] = np.arange(1, len(table) + 1)
    return table[list(COLUMNS)]


def opinion_findings(signals: pd.DataFrame, engagement: Engagement) -> list[Finding]:
    """Return the initial opinions as findings, in the order of :func:`opinions`."""
    measures = measures_by_id(engagement)
    if signals.empty:
        return []
    known = signals[signals["measure"].isin(list(measures))]
    chosen = speaking(
        known.assign(direction=known["measure"].map({m.id: m.direction for m in engagement.measures}))
    )
    if chosen.empty:
        return []
    ranked = _ranked(_without_repeats(chosen), measures)
    findings = [_finding(row, measures[row["measure"]], engagement) for row in ranked.to_dict("records")]
    return list({finding.id: finding for finding in findings}.values())


def _without_repeats(chosen: pd.DataFrame, days: int = 92, times: float = 1.5) -> pd.DataFrame:
    """Leave out a part that moves with the whole: same way, within three months, not half as much again."""
    promoted = chosen["promoted"].fillna(False).astype(bool)
    whole = chosen[promoted & chosen["site"].eq("") & chosen["contract"].eq("")].drop_duplicates("measure")
    known = whole.set_index("measure")
    part = promoted & (chosen["site"].ne("") | chosen["contract"].ne(""))
    # Reindexed, not mapped: a mapping without entries has no dates to map to.
    matched = known[["effect", "since"]].reindex(chosen["measure"]).set_index(chosen.index)
    apart = (pd.to_datetime(chosen["since"]) - pd.to_datetime(matched["since"])).abs()
    ratio = chosen["effect"].astype("float64") / matched["effect"].astype("float64")
    return chosen[~(part & apart.le(pd.Timedelta(days=days)) & ratio.gt(0) & ratio.lt(times))]


def _ranked(chosen: pd.DataFrame, measures: dict[str, Measure]) -> pd.DataFrame:
    table = chosen.reset_index(drop=True)
    # A value below nought would call every fall a gain: more likely a wrong sign, so nothing is valued.
    doubted = [name for name, measure in measures.items() if (measure.value_per_unit or 0.0) < 0]
    table["worth"] = table["worth"].astype("float64").mask(table["measure"].isin(doubted))
    smallest = table["measure"].map(
        {name: measure.minimum_effect or np.nan for name, measure in measures.items()}
    )
    promoted = table["promoted"].fillna(False).astype(bool)
    move = table["effect"].where(promoted, table["mean"] - table["target"]).astype("float64")
    keys = pd.DataFrame(
        {
            "kpi": table["measure"].map({name: measure.contract_kpi for name, measure in measures.items()}),
            "worth": table["worth"].abs().fillna(0.0),
            "fails": table["assurance"].eq("fails"),
            "size": (move.abs() / smallest).round().fillna(0.0),
            "since": -pd.to_datetime(table["since"]).map(
                lambda day: day.toordinal() if pd.notna(day) else 10**6
            ),
            "whole": table["site"].eq(""),
        }
    )
    order = keys.sort_values(list(keys.columns), ascending=False, kind="stable").index
    return table.assign(size=(move.abs() / smallest), move=move, promoted=promoted).loc[order]


def _finding(row: Mapping[Any, Any], measure: Measure, engagement: Engagement) -> Finding:
    fails = row["assurance"] == "fails"
    figures: dict[str, Figure] = {
        name: _number(row[name]) for name in ("latest", "mean", "target", "effect", "size", "worth")
    }
    since = pd.to_datetime(row["since"])
    figures["since"] = f"{since:%Y-%m-%d}" if row["promoted"] and pd.notna(since) else None
    figures["variation"] = str(row["variation"]) if row["promoted"] else "common_cause"
    figures |= {"fails": fails, "site": row["site"], "contract": row["contract"], "measure": measure.id}
    contract = engagement.contract_name(row["contract"])
    where = place(row["site"], contract, "all sites together").strip()
    evidence = Evidence(
        source=measure.table,
        rule=RULE,
        rows=None if pd.isna(row["n"]) else int(row["n"]),
        query=f"{measure.name}, {where}: one row a {engagement.cadence(measure)}",
    )
    return Finding.of(
        "1.1",
        "opinion",
        measure.id,
        row["site"],
        row["contract"],
        statement=_statement(row, measure, engagement, fails),
        figures=figures,
        evidence=(evidence,),
    )


def _statement(row: Mapping[Any, Any], measure: Measure, engagement: Engagement, fails: bool) -> str:
    where = place(row["site"], engagement.contract_name(row["contract"]))
    parts = []
    if row["promoted"]:
        moved = difference(row["effect"], measure.unit, measure.decimals, engagement.currency)
        verb = "risen" if row["effect"] > 0 else "fallen"
        has = agree(measure.name, "has", "have")
        since = when(row["since"], engagement.cadence(measure))
        text = f"{measure.name}{where} {has} {verb} by {moved} since {since}"
        size = (
            f", {row['size']:.1f} times the smallest change worth acting on" if pd.notna(row["size"]) else ""
        )
        parts.append(text + size)
        if pd.notna(row["worth"]) and row["worth"]:
            kind = "a gain of" if _tone(row, measure) == "strength" else "a cost of"
            parts[-1] += f", {kind} about {money(abs(row['worth']), engagement.currency)} a year"
    if fails:
        target = amount(row["target"], measure.unit, measure.decimals, engagement.currency)
        level = amount(row["mean"], measure.unit, measure.decimals, engagement.currency)
        stands = agree(measure.name, "averages", "average")
        missed = f"s things run now, the target of {target} will keep being missed"
        over = f" over {plural(int(row['n']), engagement.cadence(measure))}" if pd.notna(row["n"]) else ""
        parts.append(f"A{missed}" if parts else f"{measure.name}{where} {stands} {level}{over}: a{missed}")
    return ". ".join(parts) + "."


def _tone(row: Mapping[Any, Any], measure: Measure) -> str:
    if row["promoted"] and measure.direction != "neutral":
        better = row["effect"] > 0 if measure.direction == "increase" else row["effect"] < 0
        return "strength" if better else "concern"
    return "concern" if row["assurance"] == "fails" else "change"


def _row(finding: Finding, measures: dict[str, Measure]) -> dict[str, Any]:
    figures = finding.figures
    measure = measures[str(figures["measure"])]
    promoted = figures["variation"] != "common_cause"
    known = {
        "promoted": promoted,
        "effect": figures["effect"],
        "assurance": "fails" if figures["fails"] else "",
    }
    return {
        "opinion_id": finding.id,
        "measure": measure.id,
        "name": measure.name,
        "site": figures["site"],
        "contract": figures["contract"],
        "statement": finding.statement,
        "tone": _tone(known, measure),
        "size": figures["size"],
        "since": pd.to_datetime(str(figures["since"])) if figures["since"] else pd.NaT,
        "worth": figures["worth"],
        "contract_kpi": measure.contract_kpi,
        "fails": figures["fails"],
        "fingerprint": finding.fingerprint,
    }


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _empty() -> pd.DataFrame:
    kinds = {"rank": "int64", "size": "float64", "worth": "float64", "contract_kpi": "bool", "fails": "bool"}
    kinds["since"] = "datetime64[us]"
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in COLUMNS})
