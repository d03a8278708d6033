"""Whether people are measured by what they do or by what comes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from reviewkit.model import Measure
from reviewkit.model.tables.schema import LEVELS
from reviewkit.performance.comparison.correlation import rank_correlation_interval

from .smart import owners_of
from .vocabulary import RESULT_WORDS, TASK_WORDS

Kind = Literal["result", "task", "both", "neither"]
FEWEST_PEOPLE = 10
_TASK_NAMES = re.compile(
    r"\b(?:handled|calls? made|visits|meetings held|appointments|hours|occupancy|caseload|activity|time with"
    r"|handle time|handling time|talk time|attended|completed forms|training)\b",
    re.IGNORECASE,
)


def measure_kind(measure: Measure) -> Kind:
    """Return whether a measure counts results, tasks, or neither.

    A result: the contract pays by it, or it is made from the table of outcomes. A task: its
    name says that it counts work done or time spent, or it is a plain count of which neither
    more nor less is better (contacts, referrals). Anything else (absence, cost) is neither.

    Examples
    --------
    >>> def named(name, **more):
    ...     return Measure(id="m", name=name, unit="count", direction="increase", table="kpis",
    ...                    numerator="sum(numerator)", **more)
    >>> measure_kind(named("Calls made")), measure_kind(named("Meetings kept", contract_kpi=True))
    ('task', 'result')
    """
    if measure.contract_kpi or measure.table == "outcomes":
        return "result"
    volume = measure.direction == "neutral" and measure.unit == "count" and measure.denominator is None
    return "task" if volume or _TASK_NAMES.search(measure.name) else "neither"


def goal_kinds(read: pd.DataFrame, measures: Sequence[Measure]) -> pd.DataFrame:
    """Return the goals with ``kind``: what they ask for, in their own words.

    Words come first: naming a measure of results or a result makes it one, naming only work
    done a task. Where words say neither, the measure on file decides.

    Parameters
    ----------
    read : from ``read_goals`` (``text, points_at, relevant_words``). measures : the engagement's.

    Returns
    -------
    ``read`` with ``kind`` (``result, task, both, neither``) and ``kind_by`` (``words``,
    ``measure`` or "").

    Examples
    --------
    >>> read = pd.DataFrame({"text": ["Make 40 calls a day", "Raise customer satisfaction", "Be kind"],
    ...                      "points_at": "", "relevant_words": ""})
    >>> goal_kinds(read, [])["kind"].tolist()
    ['task', 'result', 'neither']
    """
    by_measure = {measure.id: measure_kind(measure) for measure in measures}
    found = [_goal_kind(row, by_measure) for row in read.to_dict("records")]
    return read.assign(kind=[kind for kind, _ in found], kind_by=[by for _, by in found])


def kinds_by_level(kinds: pd.DataFrame) -> pd.DataFrame:
    """Return ``level, goals, owners, result, task, both, neither`` (counts of goals), from the top."""
    table = kinds.assign(level=kinds["level"].fillna("").astype("str"))
    counts = table.groupby(["level", "kind"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["result", "task", "both", "neither"], fill_value=0)
    groups = table.groupby("level")
    counts = counts.assign(goals=groups.size(), owners=groups["owner"].agg(owners_of))
    order = [level for level in (*LEVELS, "") if level in counts.index]
    kept = ["level", "goals", "owners", "result", "task", "both", "neither"]
    return counts.loc[order].reset_index()[kept].rename_axis(None, axis=1)


def load_and_result(
    load: pd.Series[Any], result: pd.Series[Any], group: pd.Series[Any]
) -> dict[str, float] | None:
    """Return how far the work people did goes with the result they reached, people of a group compared.

    Spearman's rank correlation of the ranks within each group (a site), pooled: both are
    ranked within the group and centred, so that differences between sites play no part. The
    interval is Fisher's with the standard error of Bonett and Wright (2000, "Sample size
    requirements for estimating Pearson, Kendall and Spearman correlations"):
    ``sqrt((1 + r^2 / 2) / (n - g - 2))``, where ``g`` groups cost ``g - 1`` further degrees of
    freedom. It is an association: part-time work, the mix of contacts and time in post may
    stand behind both.

    Parameters
    ----------
    load, result, group : one value a person, on the same index; people without one of the
        figures and groups of one are left out.

    Returns
    -------
    ``correlation, lower, upper, n`` (people) and ``groups``; none under ten people, or where
    one side does not vary.

    Examples
    --------
    >>> load = pd.Series(range(12), dtype="float64")
    >>> found = load_and_result(load, -load, pd.Series(["north"] * 6 + ["south"] * 6))
    >>> round(found["correlation"], 3), found["n"]
    (-1.0, 12.0)
    """
    table = pd.DataFrame({"load": load, "result": result, "group": group}).dropna()
    table = table[table.groupby("group")["load"].transform("size") > 1]
    groups, n = table["group"].nunique(), len(table)
    if n < FEWEST_PEOPLE or n - groups - 2 < 1:
        return None
    ranks = table.groupby("group")[["load", "result"]].rank()
    # Ranks of a large group would count for more than those of a small one.
    ranks = ranks.div(table.groupby("group")["load"].transform("size") + 1, axis=0)
    centred = ranks - ranks.groupby(table["group"]).transform("mean")
    if bool((centred.std() < 1e-12).any()):
        return None
    r = float(np.corrcoef(centred.to_numpy().T)[0, 1])
    lower, upper = rank_correlation_interval(r, n - groups - 2)
    return {
        "correlation": r,
        "lower": lower,
        "upper": upper,
        "n": float(n),
        "groups": float(groups),
    }


def _goal_kind(row: Mapping[Any, Any], by_measure: Mapping[str, Kind]) -> tuple[Kind, str]:
    text, filed = str(row["text"] or ""), by_measure.get(row["points_at"], "neither")
    named = (
        filed if row.get("relevant_words") and not str(row["relevant_words"]).startswith("on file") else ""
    )
    result = named == "result" or _has(text, RESULT_WORDS)
    task = named == "task" or _has(text, TASK_WORDS)
    if result and task:
        # A result with the work that is to bring it about asks for the result.
        return ("result" if named == "result" else "both"), "words"
    if result or task:
        return ("result" if result else "task"), "words"
    return filed, "measure" if filed != "neither" else ""


def _has(text: str, phrases: Sequence[str]) -> bool:
    low = " ".join(text.lower().split())
    return any(re.search(rf"\b{re.escape(phrase)}\b", low) for phrase in phrases)
