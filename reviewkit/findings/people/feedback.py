"""Feedback on file: its cadence, balance, specificity and timeliness."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from .feedback_words import names_act_and_effect

LATE_DAYS = 7
QUIET_DAYS = (60, 90)
FEWEST_GAPS = 3
BALANCE = ["praise", "corrections", "ratio", "praise_share", "specific", "timely", "days"]


def with_reading(given: pd.DataFrame) -> pd.DataFrame:
    """Return the feedback with ``specific`` read from its ``text`` where there is one, else as marked.

    >>> given = pd.DataFrame({"text": ["Well done.", None], "specific": [True, True]})
    >>> with_reading(given)["specific"].tolist()
    [False, True]
    """
    if "text" not in given:
        return given
    read = given["text"].map(lambda text: names_act_and_effect(str(text)), na_action="ignore")
    return given.assign(specific=read.astype("boolean").fillna(given["specific"].astype("boolean")))


def quality(given: pd.DataFrame) -> dict[str, float]:
    """Return balance, specificity and timeliness of the pieces on file.

    Returns
    -------
    ``pieces, givers, receivers``; ``praise, corrections`` (counts), ``ratio`` (praise to one
    correction; missing where there is no correction); ``praise_share``, ``specific`` and
    ``timely`` (within seven days) as shares 0 to 1 of those that say; ``days`` (median days
    after the act).

    Examples
    --------
    >>> given = pd.DataFrame({"giver": "m", "receiver": ["a", "b", "b"], "kind": ["praise", "correction",
    ...     "correction"], "specific": [True, False, None], "days_after": [1, 21, 3]})
    >>> made = quality(given)
    >>> made["ratio"], made["specific"], round(made["timely"], 2)
    (0.5, 0.5, 0.67)
    """
    days = given["days_after"].dropna().astype("float64")
    kinds = given["kind"].value_counts()
    praise, corrections = int(kinds.get("praise", 0)), int(kinds.get("correction", 0))
    return {
        "pieces": float(len(given)),
        "givers": float(given["giver"].nunique()),
        "receivers": float(given["receiver"].nunique()),
        "praise": float(praise),
        "corrections": float(corrections),
        "ratio": praise / corrections if corrections else float("nan"),
        "praise_share": praise / (praise + corrections) if praise + corrections else float("nan"),
        "specific": _share(given["specific"].dropna().astype(bool)),
        "timely": _share(days <= LATE_DAYS),
        "days": float(days.median()) if len(days) else float("nan"),
    }


def quality_by(given: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return :func:`quality` for each value of a column, most pieces first; rows without one are left out."""
    rows = [{by: name, **quality(part)} for name, part in given.groupby(by, sort=True)]
    table = pd.DataFrame(rows, columns=[by, "pieces", "givers", "receivers", *BALANCE])
    return table.sort_values(["pieces", by], ascending=[False, True], kind="stable", ignore_index=True)


def gaps_of_receivers(given: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Return for each receiver how often feedback came.

    Returns
    -------
    ``receiver, pieces, last`` (date), ``quiet`` (days from the last piece to ``as_of``),
    ``gap`` (median days between two pieces; missing with one piece) and ``unevenness``: the
    standard deviation of the gaps over their mean, where there are three gaps or more; 0 is as
    regular as a clock, 1 what chance alone would give (the gaps of a Poisson process are
    exponential, and their deviation equals their mean).

    Examples
    --------
    >>> days = pd.to_datetime(["2025-01-01", "2025-01-08", "2025-01-15", "2025-01-22"])
    >>> given = pd.DataFrame({"receiver": "a", "at": days})
    >>> found = gaps_of_receivers(given, dt.date(2025, 1, 31))
    >>> found[["pieces", "quiet", "gap", "unevenness"]].values.tolist()
    [[4.0, 9.0, 7.0, 0.0]]
    """
    rows = given.dropna(subset=["receiver", "at"]).assign(at=lambda rows: pd.to_datetime(rows["at"]))
    rows = rows.sort_values(["receiver", "at"])
    rows["between"] = rows.groupby("receiver")["at"].diff().dt.days
    groups = rows.groupby("receiver")
    table = groups.agg(pieces=("at", "size"), last=("at", "max"), gap=("between", "median")).reset_index()
    table["quiet"] = (pd.Timestamp(as_of) - table["last"]).dt.days
    spread = groups["between"].std(ddof=0).div(groups["between"].mean().replace(0, np.nan))
    enough = groups["between"].count() >= FEWEST_GAPS
    table["unevenness"] = table["receiver"].map(spread.where(enough))
    return table


def cadence(given: pd.DataFrame, people: Collection[str], as_of: dt.date) -> dict[str, float]:
    """Return how often people hear anything, by what is on file.

    Parameters
    ----------
    given : ``receiver, at``. people : who could have received feedback, such as all in the
        register who report to somebody; where it is empty, those on file.
    as_of : date up to which data reach; what is dated later is not counted.

    Returns
    -------
    ``people``; ``quiet_60, quiet_90`` (people without a piece on file in the last 60 and 90
    days), ``never``; ``gap`` (median over receivers of the median days between pieces),
    ``with_gap`` (receivers with two pieces or more); ``unevenness`` (median) and
    ``with_unevenness``; ``days`` (length of the file) and ``first`` to ``as_of`` in days
    (``reach``): a file that reaches back less than 90 days cannot say who was quiet for 90.
    """
    given = given[pd.to_datetime(given["at"]) <= pd.Timestamp(as_of)]
    table = gaps_of_receivers(given, as_of)
    everybody = set(people) or set(table["receiver"])
    last = table.set_index("receiver")["quiet"].reindex(sorted(everybody))
    made = {f"quiet_{days}": float((~(last <= days)).sum()) for days in QUIET_DAYS}
    first = pd.to_datetime(given["at"]).min()
    return made | {
        "people": float(len(everybody)),
        "never": float(last.isna().sum()),
        "gap": float(table["gap"].median()),
        "with_gap": float(table["gap"].notna().sum()),
        "unevenness": float(table["unevenness"].median()),
        "with_unevenness": float(table["unevenness"].notna().sum()),
        "reach": float((pd.Timestamp(as_of) - first).days) if pd.notna(first) else float("nan"),
    }


def heard_by_standing(given: pd.DataFrame, standings: pd.DataFrame) -> pd.DataFrame:
    """Return whether results and feedback go together, by standing of the receiver.

    Parameters
    ----------
    given : feedback on file. standings : one row a person: ``agent, standing``
        (``recognise``, ``support`` or "").

    Returns
    -------
    ``standing, people, any`` (have feedback on file), ``praised``, ``specific`` (have a piece
    that names an act and its effect): counts of people.

    Examples
    --------
    >>> given = pd.DataFrame({"receiver": ["a", "b"], "kind": ["praise", "correction"],
    ...                       "specific": [False, True]})
    >>> people = pd.DataFrame({"agent": ["a", "b", "c"], "standing": ["recognise", "support", "support"]})
    >>> heard_by_standing(given, people)[["standing", "people", "praised", "specific"]].values.tolist()
    [['recognise', 1, 1, 0], ['support', 2, 0, 1]]
    """
    heard = {
        "any": given["receiver"],
        "praised": given.loc[given["kind"].eq("praise"), "receiver"],
        "specific": given.loc[given["specific"].astype("boolean").fillna(False), "receiver"],
    }
    table = standings[["agent", "standing"]].drop_duplicates("agent")
    table = table.assign(**{name: table["agent"].isin(set(who.dropna())) for name, who in heard.items()})
    groups = table.groupby("standing")
    counts = groups[list(heard)].sum().astype("int64").assign(people=groups.size())
    order = [name for name in ("recognise", "support", "") if name in counts.index]
    return counts.loc[order].reset_index()[["standing", "people", *heard]]


def _share(truths: pd.Series[Any]) -> float:
    return float(truths.mean()) if len(truths) else float("nan")
