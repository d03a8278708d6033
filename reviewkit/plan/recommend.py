"""Recommendations: what, why, with what evidence, to what effect, and which few come first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.content import Codebook, Intervention, load_codebook
from reviewkit.findings.gaps.measured import COLUMNS as GAP_COLUMNS
from reviewkit.findings.wording import filled
from reviewkit.model import Engagement, slug

from . import recommend_words as words
from .choice import SETTLE, WEIGHTS, candidates
from .estimates import Estimate, told
from .joint_return import joint_return, rounded
from .priority import gap_weights, longest, with_first
from .returns import first_year
from .rows import records

_WORDS = (
    "recommendation_id intervention title action_area type department what why gap_ids cause verdict measure "
)
_WORDS += "site effect_contract effect_improvement expected"
_FIGURES = (
    "impact effort return_low return_high first_year_low first_year_high assumptions priority first stop "
)
_DECIDED = "status role decided_on dissent flag owner days weeks shows watch strength support"
_ESTIMATED = "library_says estimated"
_UNDECIDED = {"status": "proposed", "decided_on": pd.NaT} | dict.fromkeys(
    ("role", "dissent", "flag", "estimated"), ""
)
COLUMNS: tuple[str, ...] = (*_WORDS.split(), *_FIGURES.split(), *_DECIDED.split(), *_ESTIMATED.split())


def recommendations(
    causes: pd.DataFrame,
    gaps: pd.DataFrame,
    themes: pd.DataFrame,
    interventions: Mapping[str, Intervention],
    engagement: Engagement,
    *,
    codebook: Codebook | None = None,
    levels: pd.DataFrame | None = None,
    departments: Collection[str] | None = None,
    decided: Mapping[str, str] | None = None,
    estimates: Mapping[str, Estimate] | None = None,
) -> pd.DataFrame:
    """Return what should be done or stopped, most worthwhile first.

    Parameters
    ----------
    causes, gaps : tables of step 2.1. themes : table of step 1.4; concerns count where
        there are no gaps at all.
    interventions : the library to choose from.
    codebook : the engagement's; the package's where left out.
    levels : as :func:`reviewkit.plan.sustained_levels` returns them; they cap the returns.
    departments : those the client has, no other being named; None where that is not known.
    decided : recommendation -> its latest decision: what was decided is never cut from the list, and
        what was overruled never comes first.
    estimates : recommendation -> what people estimate of it. It goes before the library, and before one
        off the impact for want of a test; what is estimated is never cut from the list either.

    Returns
    -------
    One row a recommendation: an intervention with all the gaps it acts on. ``impact`` is one
    lower where no test supports the cause. ``return_low, return_high`` in a full year, counting each
    overlapping gap once, ``first_year_low, first_year_high`` what of it falls in the first year;
    ``expected`` where the measure may come to. ``priority`` is the sum over its gaps of weight x
    verdict x impact over the square root of effort; ``first`` marks the few to begin with, one a gap and
    cause. ``department`` is ``common`` where it concerns everybody. ``library_says`` is what effect, effort,
    days and weeks are without estimates. Every row begins as ``proposed``:
    :func:`reviewkit.plan.with_decisions` adds what was decided.

    Examples
    --------
    >>> from reviewkit.content import load_interventions
    >>> measure = {"id": "first_contact_resolution", "name": "Resolution", "unit": "percent",
    ...            "direction": "increase", "table": "contacts", "numerator": "sum(resolved)"}
    >>> review = Engagement.model_validate({"id": "demo", "name": "Demo", "client": "Demo", "data": ".",
    ...     "purpose": "Answer", "data_as_of": "2025-06-30", "measures": [measure]})
    >>> gap = {"gap_id": "2.1/gap/fcr", "kind": "measured", "measure": measure["id"], "name": "Resolution",
    ...        "unit": "percent", "site": "", "contract": "", "target": 75.0, "actual": 65.0, "gap": 10.0,
    ...        "lower": 8.0, "upper": 12.0, "cost_per_year": 50_000.0, "overlaps": "", "code": "",
    ...        "raised_by": "", "statement": "Resolution is 10 points short."}
    >>> cause = {"gap_id": "2.1/gap/fcr", "cause": "training", "verdict": "supported", "statement": "",
    ...          "settle": "", "p_value": 0.01, "n": 24}
    >>> found = recommendations(pd.DataFrame([cause]), pd.DataFrame([gap]), pd.DataFrame(),
    ...                         load_interventions(), review)
    >>> found["intervention"].tolist()
    ['train_on_top_reasons', 'stop_cancelling_training', 'restore_training_hours']
    """
    codebook = codebook or load_codebook()
    gaps = _with_themes(gaps, themes)
    decided, estimates = decided or {}, estimates or {}
    chosen = candidates(gaps, causes, interventions, codebook, engagement, departments)
    if chosen.empty:
        return empty_recommendations()
    weights = gap_weights(gaps, engagement)
    by_gap = {str(row["gap_id"]): row for row in records(gaps)}
    keys = chosen["intervention"].where(chosen["intervention"].ne(SETTLE), SETTLE + chosen["gap_id"])
    rows = [
        _recommendation(
            part,
            interventions[str(part["intervention"].iloc[0])],
            by_gap,
            weights,
            engagement,
            levels,
            estimates,
        )
        for _, part in chosen.groupby(keys, sort=False)
    ]
    table = pd.DataFrame(rows).sort_values(
        ["priority", "recommendation_id"], ascending=[False, True], kind="stable"
    )
    overruled = {name for name, decision in decided.items() if decision == "overruled"}
    table = longest(with_first(table.reset_index(drop=True), overruled), keep=[*decided, *estimates])
    return table.reindex(columns=list(COLUMNS)).reset_index(drop=True)


def empty_recommendations() -> pd.DataFrame:
    """Return a table of recommendations without rows."""
    money = ("return_low", "return_high", "first_year_low", "first_year_high")
    kinds: dict[str, Any] = dict.fromkeys((*money, "priority", "days"), "float64")
    kinds |= dict.fromkeys(("impact", "effort", "weeks", "shows"), "int64")
    kinds |= dict.fromkeys(("first", "stop"), "bool")
    kinds |= {"decided_on": "datetime64[us]"}
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in COLUMNS})


def _with_themes(gaps: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Concerns stand in for gaps where an engagement has none of either kind."""
    if len(gaps) or themes.empty:
        return gaps.reindex(columns=list(dict.fromkeys([*gaps.columns, *GAP_COLUMNS])))
    concerns = themes[themes["stance"].eq("concern")].sort_values("units", ascending=False).head(5)
    return pd.DataFrame(
        {
            "gap_id": "1.4/theme/" + concerns["code"],
            "kind": "described",
            "name": concerns["name"],
            "code": concerns["code"],
            "n": concerns["units"],
        }
    ).reindex(columns=list(GAP_COLUMNS))


def _recommendation(
    part: pd.DataFrame,
    entry: Intervention,
    by_gap: Mapping[str, dict[str, Any]],
    weights: Mapping[str, float],
    engagement: Engagement,
    levels: pd.DataFrame | None,
    estimates: Mapping[str, Estimate],
) -> dict[str, Any]:
    part = part.assign(weight=part["gap_id"].map(weights) * part["verdict"].map(WEIGHTS))
    part = part.sort_values("weight", ascending=False, kind="stable")
    best = part.iloc[0]
    # Where one test supports the cause, gaps for which none does would only blur the reason.
    part = part[part["verdict"].eq(best["verdict"])]
    gap, verdict = by_gap[best["gap_id"]], str(best["verdict"])
    name = _identify(entry, gap)
    entry, impact, says = _estimated(entry, verdict, estimates.get(name, Estimate()))
    low, high, assumptions = joint_return(part, impact, by_gap, engagement, levels)
    reach = float(part.drop_duplicates("gap_id")["weight"].sum())
    shows = shows_after(entry, gap, engagement)
    return {
        **_of_library(entry),
        "recommendation_id": name,
        "title": words.title(entry, gap, bool(part["trial"].all())),
        "department": words.department(part, by_gap),
        "what": words.what(entry, part, best),
        "why": words.why(entry, part, by_gap),
        "gap_ids": ", ".join(dict.fromkeys(part["gap_id"])),
        "cause": best["cause"],
        "verdict": verdict,
        "measure": best["measure"] or (f"theme:{gap['code']}" if filled(gap["code"]) else ""),
        "site": best["site"] if filled(best["site"]) else "",
        "impact": impact,
        "trial": bool(part["trial"].all()),
        "expected": words.expected(gap, impact, verdict, engagement, levels) if entry.id != SETTLE else "",
        **_returning(low, high, assumptions, shows),
        "watch": words.watch(entry, engagement),
        "support": entry.evidence,
        "priority": round(reach * impact / np.sqrt(entry.effort), 3),
        "library_says": says,
        **_UNDECIDED,
    }


def _estimated(entry: Intervention, verdict: str, estimate: Estimate) -> tuple[Intervention, int, str]:
    """Return the intervention and its impact as people estimate them, and what would hold without that."""
    impact = max(1, entry.impact - (verdict != "supported"))
    says = told(impact, entry.effort, entry.days, entry.weeks, verdict)
    return estimate.over(entry), estimate.impact or impact, says


def _identify(entry: Intervention, gap: Mapping[str, Any]) -> str:
    """The recommendation's finding id; one that settles a cause is known by its gap too."""
    subject = [entry.id, gap["measure"] or gap["code"]] if entry.id == SETTLE else [entry.id]
    return "/".join(["3.1", "recommendation", *(slug(str(word)) for word in subject)])


def _returning(low: float, high: float, assumptions: str, shows: int) -> dict[str, Any]:
    """The return in a full year and in the first, which counts from the week its measure can show it."""
    return {
        "return_low": low,
        "return_high": high,
        "first_year_low": rounded(first_year(low, shows)),
        "first_year_high": rounded(first_year(high, shows)),
        "assumptions": " ".join(part for part in (assumptions, words.months(high, shows)) if part),
        "shows": shows,
    }


def shows_after(entry: Intervention, gap: Mapping[str, Any], engagement: Engagement) -> int:
    """Return the weeks from the start until a gap's measure can show that something was done.

    A measure with a lag (an outcome counted 26 weeks later) shows nothing sooner than its lag after what
    is done is in place.
    """
    lags = [measure.lag_weeks for measure in engagement.measures if measure.id == gap["measure"]]
    if entry.id == SETTLE or not any(lags):
        return entry.shows
    return max(entry.shows, entry.weeks + max(lags))


def _of_library(entry: Intervention) -> dict[str, Any]:
    """What a recommendation takes from the library as it stands."""
    names = "type effect_contract effect_improvement effort stop owner weeks shows strength"
    taken = {name: getattr(entry, name) for name in names.split()}
    return taken | {"intervention": entry.id, "action_area": entry.action_areas[0], "days": float(entry.days)}
