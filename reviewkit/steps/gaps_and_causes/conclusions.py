"""What can and cannot be concluded about gaps and causes with the evidence there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from reviewkit.content import Cause
from reviewkit.findings.wording import amount
from reviewkit.model import Engagement, Measure
from reviewkit.model.words import inline, listing, plural

FEW_INTERVIEWS = 5
"""Interviews below which what recurs cannot be told from what one group of friends says."""
LIMITS = (
    "What all sites share in a month, such as trend and season, and what sets a site apart for good were "
    "taken out first; with fewer than three sites, a straight line and the calendar month.",
    "Months that resemble the month before count for less than a month each.",
    "A link found over all sites counts for a site only where the condition was there: worse than before, "
    "or worse than elsewhere. Two things that change at one site in one month are still one coincidence, "
    "not proof.",
    "Costs of gaps that overlap are never added: a site lies inside the whole, two measures can count the "
    "same money.",
    "Fewer than twelve periods or cases leave a verdict inconclusive.",
)
"""What the tests of causes cannot tell, whatever the evidence."""


def counted_tests(causes: pd.DataFrame, measured: int, most: int) -> list[str]:
    """Return how many tests were run on how many gaps, and what was left out, in plain sentences.

    A cause whose condition was looked at without a link to the gap, or that nothing on file tests, is
    no test. One test can speak to the gaps of a measure at several places, and is counted once.

    Parameters
    ----------
    causes : ``measure, cause, verdict, statement, p_value``, one row a gap and candidate cause.
    measured, most : measured gaps there are, and how many of them are tested at most.

    Examples
    --------
    >>> none = pd.DataFrame(columns=["measure", "cause", "verdict", "statement", "p_value"])
    >>> counted_tests(none, 0, 20)
    ['No test of a cause against a gap could be run.']
    """
    run = causes[causes["p_value"].notna() & causes["verdict"].ne("untested")]
    different = len(run.drop_duplicates(["measure", "cause", "statement"]))
    if not different:
        return ["No test of a cause against a gap could be run."]
    several = f"{different} tests of a cause against a gap were run, some for several places at once"
    counted = "One test of a cause against a gap was run" if different == 1 else several
    lines = [f"{counted}; p-values are corrected for all the causes tested for the same gap (Holm's method)."]
    looked = causes[causes["p_value"].isna() & causes["verdict"].ne("untested")]
    if len(looked):
        names = listing([inline(str(name)) for name in looked["name"].drop_duplicates()], limit=6)
        lines.append(f"Of {names} the condition alone was looked at; whether it goes with the gap was not.")
    if measured > most:
        lines.append(f"The {most} first of {measured} measured gaps were tested.")
    return lines


def conclusions(
    engagement: Engagement,
    signals: pd.DataFrame,
    gaps: pd.DataFrame,
    causes: pd.DataFrame,
    themes: pd.DataFrame,
    content: Mapping[str, Cause],
    levels: Mapping[str, float],
) -> list[str]:
    """Return sentences on what the evidence allows, the widest holes first.

    Parameters
    ----------
    engagement : its measures.
    signals : one row a measure, site and contract, from step 1.1.
    gaps, causes : this step's.
    themes : from step 1.4.
    content : causes by id, for the tables their tests need.
    levels : measure -> its level now over all together, as gaps are measured from.
    """
    lines = _sides(signals, themes)
    lines += _targets(engagement, signals, gaps, levels)
    lines += _values(engagement, gaps)
    described = gaps[gaps["kind"].eq("described")]
    if len(described):
        names = listing([inline(name) for name in described["name"]], limit=4)
        one = len(described) == 1
        bare = f"{plural(len(described), 'topic')} ({names}) {'is' if one else 'are'}"
        lines.append(
            f"{bare} borne out by no measure: how large such a gap is, since when, and what it costs cannot "
            "be concluded."
        )
    return lines + _untested(causes, content)


def _sides(signals: pd.DataFrame, themes: pd.DataFrame) -> list[str]:
    """Say what is missing where only one side was heard, or hardly anybody."""
    lines = []
    interviews = themes.loc[themes["kind"].eq("interview"), "units_total"]
    heard = int(interviews.to_numpy().max()) if len(interviews) else 0
    if signals.empty:
        lines.append(
            "There are no figures: no gap has a size, a date or a cost, and no cause can be tested. What "
            "people say tells where to look; it does not tell how large a gap is."
        )
    if themes.empty:
        lines.append(
            "Nobody has been heard: who raises a gap, and what people think lies behind it, cannot be said. "
            "Candidate causes come from the codebook alone."
        )
    elif heard == 0:
        lines.append("Only comments are there, no interviews: what staff and managers see is not known.")
    elif heard < FEW_INTERVIEWS:
        lines.append(
            f"Fewer than {FEW_INTERVIEWS} interviews were held: what recurs cannot be told from what "
            "happened to be said, and a topic that nobody raised may only be one that nobody was asked about."
        )
    return lines


def _targets(
    engagement: Engagement, signals: pd.DataFrame, gaps: pd.DataFrame, levels: Mapping[str, float]
) -> list[str]:
    """Say which measures have no target, meet theirs, or cannot be told from it."""
    if signals.empty:
        return []
    whole = signals[signals["site"].eq("") & signals["contract"].eq("")]
    short = set(
        gaps.loc[gaps["kind"].eq("measured") & gaps["site"].eq("") & gaps["contract"].eq(""), "measure"]
    )
    known = {measure.id: measure for measure in engagement.measures if measure.direction != "neutral"}
    rows = [row for row in whole.to_dict("records") if row["measure"] in known]
    rows = [row | {"mean": levels.get(row["measure"], row["mean"])} for row in rows]
    bare = [known[row["measure"]].name for row in rows if pd.isna(row["target"])]
    met: list[str] = []
    near: list[str] = []
    for row in rows:
        if row["measure"] in short or pd.isna(row["target"]) or pd.isna(row["mean"]):
            continue
        measure = known[row["measure"]]
        (met if _meets(row, measure) else near).append(_standing(row, measure, engagement))
    lines = []
    if bare:
        lines.append(
            f"No target is on file for {listing([inline(name) for name in bare], limit=4)}: each is held "
            "against its own earlier level only, and whether it meets the contract cannot be concluded."
        )
    if met:
        lines.append(f"Already met over all together, so no gap is claimed: {listing(met, limit=6)}.")
    if near:
        lines.append(f"Short by no more than chance or than is worth acting on: {listing(near, limit=6)}.")
    return lines


def _values(engagement: Engagement, gaps: pd.DataFrame) -> list[str]:
    """Say which gaps have no value, and which values cannot be right."""
    short = set(gaps.loc[gaps["kind"].eq("measured"), "measure"])
    mine = [measure for measure in engagement.measures if measure.id in short]
    negative = [measure for measure in mine if (measure.value_per_unit or 0) < 0]
    none = [inline(measure.name) for measure in mine if not measure.value_per_unit]
    lines = []
    for measure in negative:
        value = amount(float(measure.value_per_unit or 0), "money", 0, engagement.currency)
        lines.append(
            f"One unit of improvement in {inline(measure.name)} is put down as worth {value} a year: by "
            "that, closing the gap would lose money. Its cost is left out until the sign has been checked."
        )
    if none:
        lines.append(f"What a unit is worth is not known for {listing(none, limit=4)}: no cost is claimed.")
    return lines + _worth_unclaimed(mine, gaps)


def _worth_unclaimed(mine: Sequence[Measure], gaps: pd.DataFrame) -> list[str]:
    """Say why a gap of the whole has no cost though one unit has a value: the way of counting changed."""
    valued = [one for one in mine if (one.value_per_unit or 0) > 0]
    if not valued:
        return []
    whole = gaps["kind"].eq("measured") & gaps["site"].fillna("").eq("") & gaps["contract"].fillna("").eq("")
    bare = set(gaps.loc[whole & gaps["cost_per_year"].isna(), "measure"])
    told = [one for one in valued if one.id in bare]
    if not told:
        return []
    parts = gaps["measure"].isin([one.id for one in told]) & gaps["cost_per_year"].notna()
    return [
        f"No cost for {listing([inline(one.name) for one in told])} over all together, though a unit has a "
        "value: the way of counting or the process changed and no worsening was found after it, so how much "
        "of the gap is a loss is not known."
        + (" Parts that got worse later have a cost of their own." if parts.any() else "")
    ]


def _untested(causes: pd.DataFrame, content: Mapping[str, Cause]) -> list[str]:
    """Say which causes nothing could test, by the tables that their tests need."""
    tested = set(causes.loc[causes["verdict"].ne("untested"), "cause"])
    open_ = [name for name in causes["cause"].drop_duplicates() if name not in tested and name in content]
    if not open_:
        return []
    tables = dict.fromkeys(table.replace("_", " ") for name in open_ for table in content[name].needs)
    names = listing([inline(content[name].name) for name in open_], limit=6)
    return [
        f"Nothing on file tests {names}. It would take {listing(list(tables), limit=6)}, by month and site."
    ]


def _meets(row: Mapping[Any, Any], measure: Measure) -> bool:
    over = float(row["mean"]) - float(row["target"])
    return over >= 0 if measure.direction == "increase" else over <= 0


def _standing(row: Mapping[Any, Any], measure: Measure, engagement: Engagement) -> str:
    level, target = (
        amount(float(row[name]), measure.unit, measure.decimals, engagement.currency)
        for name in ("mean", "target")
    )
    return f"{inline(measure.name)} ({level}, target {target})"


def table_of(sentences: Sequence[str]) -> list[str]:
    """Return the sentences, or one that says nothing is missing."""
    return list(sentences) or ["Every measure has a target and a value, and both sides were heard."]
