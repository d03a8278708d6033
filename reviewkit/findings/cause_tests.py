"""The declared test of each cause against one gap: what is compared, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from reviewkit.model import Measure

from .association import NONE, Association, group_association, panel_association
from .inputs import Inputs


@dataclass(frozen=True)
class Trial:
    """One test that was run: what was compared and what came of it.

    ``words`` completes "… goes with the gap: <words>"; ``kind`` says how to read the effect
    (``series`` correlation, difference in ``rate`` or in survey ``points``); a test that only
    asks whether the condition is there has ``linked`` False and cannot support a cause.
    """

    test: str
    found: Association
    words: str
    kind: str = "series"
    linked: bool = True
    rows: str = ""


class Input(NamedTuple):
    """An input that can go with a measure: its name, and whether more of it is worse."""

    column: str
    name: str
    more_is_worse: bool
    lags: tuple[int, ...] = (0,)


RESOURCES: dict[str, tuple[Input, ...]] = {
    "staffing": (Input("fte", "staff in post", False), Input("occupancy", "occupancy", True)),
    "training": (Input("training_hours", "training hours", False, (0, 1, 2)),),
    "systems": (Input("downtime_minutes", "system downtime", True),),
    "resources": (Input("cost_per_fte", "spending a full-time equivalent", False),),
}
# Survey statements that ask for the condition; scores are turned so that 5 is good.
STATEMENTS = {
    "leadership": ("support_1", "key_6", "sign_2"),
    "communication": ("sign_4", "sign_5", "sign_7", "key_1", "key_2"),
    "recognition": ("support_3",),
    "training": ("support_2",),
    "contract_knowledge": ("expectation_2", "expectation_3"),
    "goal_alignment": ("expectation_2", "key_5", "sign_6"),
    "morale": ("key_6", "sign_8"),
}
# A measure is not explained by itself under another name.
SAME_THING = {"occupancy": "occupancy", "downtime": "downtime_minutes", "cost_per_contact": "cost_per_fte"}
SALES = ("sales_conversion", "lead_conversion", "revenue")


def run_tests(cause: str, measure: Measure, site: str, inputs: Inputs) -> list[Trial]:
    """Return the tests of ``cause`` that the evidence allows for a gap in ``measure`` at ``site``.

    Effects are turned so that a positive one means: the worse the condition, the worse the measure.
    """
    found = _of_measure(cause, measure, inputs)
    if not found and inputs.has("perceptions") and cause in STATEMENTS:
        found += _survey(cause, site, inputs)
    return [tested for tested in found if not np.isnan(tested.found.effect)]


def _of_measure(cause: str, measure: Measure, inputs: Inputs) -> list[Trial]:
    """The tests that are alike for every site; each is run once."""
    key = (cause, measure.id)
    if key not in inputs.results:
        entries = RESOURCES.get(cause, ()) if inputs.has("resources") else ()
        found = [_resource(entry, measure, inputs) for entry in entries if _apart(entry, measure)]
        special = _SPECIAL.get(cause)
        inputs.results[key] = found + (special(measure, inputs) if special else [])
    kept: list[Trial] = inputs.results[key]
    return list(kept)


def _apart(entry: Input, measure: Measure) -> bool:
    return SAME_THING.get(measure.id) != entry.column


def _badness(measure: Measure, inputs: Inputs) -> pd.DataFrame:
    frame = inputs.measure(measure.id)
    return frame.assign(value=-frame["value"]) if measure.direction == "increase" else frame


def _resource(entry: Input, measure: Measure, inputs: Inputs) -> Trial:
    table = inputs.resource(entry.column)
    return _series(entry, table, measure, inputs, "resources")


def _series(entry: Input, table: pd.DataFrame, measure: Measure, inputs: Inputs, source: str) -> Trial:
    table = table if entry.more_is_worse else table.assign(value=-table["value"])
    found = panel_association(_badness(measure, inputs), table, lags=entry.lags)
    more = "higher" if entry.more_is_worse else "lower"
    worse = "lower" if measure.direction == "increase" else "higher"
    later = f" {found.lag} month{'s' if found.lag > 1 else ''} later" if found.lag else ""
    sites = table["site"].nunique()
    over = f"{found.n} months" + (f" at {sites} sites" if sites > 1 else "")
    words = (
        f"where and when {entry.name} {_were(entry.name)} {more}, {measure.name.lower()} was {worse}{later}"
    )
    test = f"Rank correlation by month and site, with trend, season and what all sites share taken out: {entry.name}"
    return Trial(test, found, f"{words} ({over})", rows=source)


def _were(name: str) -> str:
    return "were" if name in ("training hours", "leads") else "was"


def _absence(measure: Measure, inputs: Inputs) -> list[Trial]:
    if measure.id == "absence" or inputs.measure("absence").empty:
        return []
    return [_series(Input("absence", "absence", True), inputs.measure("absence"), measure, inputs, "kpis")]


def _rework(measure: Measure, inputs: Inputs) -> list[Trial]:
    cases = inputs.journeys()
    if cases.empty or not cases["repeated"].any():
        return []
    table = cases.groupby(["site", "period"])["repeated"].mean().rename("value").reset_index()
    entry = Input("repeated", "the share of cases with a step done twice", True)
    return [_series(entry, table, measure, inputs, "journey")]


def _lead_quality(measure: Measure, inputs: Inputs) -> list[Trial]:
    if measure.id not in SALES:
        return []
    found = group_association(inputs.leads("quality"))
    found = found._replace(effect=-found.effect)
    words = (
        f"leads in the lower half of quality converted {100 * found.effect:.1f} percentage points less often"
    )
    test = "Conversion of leads below the median quality against the others, within month and site"
    made = [
        Trial(
            test,
            found,
            f"{words} than the others in the same month ({found.n:,} leads)",
            "rate",
            rows="leads",
        )
    ]
    weekly = inputs.weekly(measure.id)
    if weekly.empty:
        return made
    moved = weekly.assign(value=-weekly["value"])
    quality = inputs.lead_quality()
    over_time = panel_association(moved, quality.assign(value=-quality["value"]), lags=(0, 1, 2, 3, 4))
    later = f" {plural_weeks(over_time.lag)} later" if over_time.lag else ""
    said = f"in weeks when the leads handed over were of lower quality, {measure.name.lower()} was lower{later} ({over_time.n} weeks)"
    return [
        *made,
        Trial("Rank correlation by week, trend taken out: quality of leads", over_time, said, rows="leads"),
    ]


def plural_weeks(n: int) -> str:
    """Return "1 week", "2 weeks".

    >>> plural_weeks(1), plural_weeks(3)
    ('1 week', '3 weeks')
    """
    return f"{n} week{'' if n == 1 else 's'}"


def _materials(measure: Measure, inputs: Inputs) -> list[Trial]:
    if measure.id not in SALES:
        return []
    names = inputs.materials()
    made = []
    for name in names if len(names) > 1 else ():
        found = group_association(inputs.leads(name))
        # Each material is one look at the same leads.
        found = found._replace(effect=-found.effect, p_value=min(1.0, found.p_value * len(names)))
        shown = name.replace("_", " ")
        words = (
            f"leads who had seen '{shown}' converted {100 * found.effect:.1f} percentage points less often"
        )
        words += f" than others of the same month and source ({found.n:,} leads)"
        test = "Conversion by marketing material, within month, site and source"
        made.append(Trial(test, found, words, "rate", rows="leads"))
    made = [tested for tested in made if not np.isnan(tested.found.p_value)]
    return [max(made, key=lambda tested: tested.found.effect)] if made else []


def _journey(measure: Measure, inputs: Inputs) -> list[Trial]:
    if not inputs.has("journey", "outcomes") or measure.id not in _OUTCOMES:
        return []
    cases = inputs.journeys()
    cases = cases[cases["reached"]]
    if cases.empty or cases["skipped"].nunique() < 2:
        return []
    counts = cases.assign(stratum=cases["site"] + "|" + cases["contract"], exposed=cases["skipped"])
    counts = counts.groupby(["stratum", "exposed"])["won"].agg(won="sum", size="size").reset_index()
    found = group_association(counts)
    found = found._replace(effect=-found.effect)
    words = (
        "customers who missed a step of the journey, of those who came to its last step, reached an outcome "
    )
    words += f"{100 * found.effect:.1f} percentage points less often at the same site ({found.n:,} customers)"
    return [
        Trial(
            "Outcomes with and without all steps, within site and contract",
            found,
            words,
            "rate",
            rows="journey",
        )
    ]


_OUTCOMES = (
    "job_starts",
    "sustained_outcomes",
    "starts",
    "first_contact_resolution",
    "csat",
    "revenue",
    "repeat_contacts",
)


def _goals(measure: Measure, inputs: Inputs) -> list[Trial]:
    goals = inputs.evidence.frame("goals")
    if goals.empty:
        return []
    from scipy.stats import binomtest

    kpis = {entry.id for entry in inputs.engagement.measures if entry.contract_kpi}
    linked = int(goals["measure"].isin(list(kpis)).sum())
    p = float(binomtest(linked, len(goals), 0.5).pvalue)
    spread = float(np.sqrt(0.25 / len(goals)))
    found = Association(0.5 - linked / len(goals), p, spread, len(goals)) if len(goals) >= 12 else NONE
    words = f"{linked} of {len(goals)} goals on file name a measure of the contract"
    return [
        Trial(
            "Share of goals on file tied to a contract measure, against half",
            found,
            words,
            "rate",
            False,
            "goals",
        )
    ]


def _survey(cause: str, site: str, inputs: Inputs) -> list[Trial]:
    from reviewkit.content import load_statements
    from reviewkit.voices import oriented

    scored = oriented(inputs.evidence.frame("perceptions"), load_statements())
    scored = scored[scored["statement"].isin(STATEMENTS[cause])]
    keys = ["respondent_id", "site", "group"]
    means = scored.assign(site=scored["site"].fillna("")).groupby(keys)["score"].mean().reset_index()
    # Like with like: sites differ in how many managers and support staff they have.
    alike = means[means["group"].eq("front_line") & means["site"].ne("")]
    here, rest = alike.loc[alike["site"].eq(site), "score"], alike.loc[alike["site"].ne(site), "score"]
    if site and min(len(here), len(rest)) >= 12:
        found = _mean_difference(rest, here)
        words = f"answers of the front line there score {abs(found.effect):.1f} points of 5 {'lower' if found.effect > 0 else 'higher'}"
        words += f" than elsewhere ({len(here)} and {len(rest)} answers)"
        # One statement is one question asked once: too little to support a cause by itself.
        several = len(STATEMENTS[cause]) > 1
        return [
            Trial(
                "Survey answers at the site against the other sites",
                found,
                words,
                "points",
                several,
                "perceptions",
            )
        ]
    if len(means) < 12:
        return []
    found = _mean_difference(pd.Series(3.0, index=means.index), means["score"])
    words = f"survey answers on it average {means['score'].mean():.1f} of 5 ({len(means)} people)"
    return [
        Trial("Survey answers against the middle of the scale", found, words, "points", False, "perceptions")
    ]


def _mean_difference(better: pd.Series[Any], worse: pd.Series[Any]) -> Association:
    from scipy.stats import norm

    error = float(np.sqrt(better.var(ddof=1) / len(better) + worse.var(ddof=1) / len(worse)))
    effect = float(better.mean() - worse.mean())
    p = float(2 * norm.sf(abs(effect) / error)) if error else (0.0 if effect else 1.0)
    return Association(effect, p, error, len(better) + len(worse))


_SPECIAL: dict[str, Callable[[Measure, Inputs], list[Trial]]] = {
    "morale": _absence,
    "process": _rework,
    "lead_quality": _lead_quality,
    "marketing_materials": _materials,
    "journey_inconsistency": _journey,
    "goal_alignment": _goals,
}
