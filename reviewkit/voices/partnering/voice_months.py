"""Customers' concerns by month beside what goes on inside: what came first, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import Measure

from .compare import Z, benjamini_hochberg

FEWEST_MONTHS = 3
_FOUND = ("before", "after", "difference", "lower", "upper", "p_value", "adjusted", "turn", "lag")
COLUMNS = ("code", "measure", "name", "site", "since", *_FOUND, "words")


def voice_by_month(coded: pd.DataFrame, feedback: pd.DataFrame, codes: Iterable[str]) -> pd.DataFrame:
    """Return in how many of a month's coded comments customers raise a concern.

    Parameters
    ----------
    coded : ``remark_id, kind, code, stance`` of step 1.4. feedback : ``feedback_id, at`` and
        ``site``; comments without a date are left out. codes : the concerns to count.

    Returns
    -------
    ``code, month`` (first day), ``raised, comments, share``; months with comments only.
    """
    said = _dated(coded, feedback)
    comments = said.groupby("month")["remark_id"].nunique()
    concerns = said[said["stance"].eq("concern")]
    tables = []
    for code in codes:
        raised = concerns[concerns["code"].eq(code)].groupby("month")["remark_id"].nunique()
        counts = pd.DataFrame({"raised": raised.reindex(comments.index).fillna(0).astype("int64")})
        tables.append(counts.assign(comments=comments, code=code).reset_index())
    if not tables:
        return pd.DataFrame(columns=["code", "month", "raised", "comments", "share"])
    table = pd.concat(tables, ignore_index=True)
    return table.assign(share=table["raised"] / table["comments"])[
        ["code", "month", "raised", "comments", "share"]
    ]


def voice_and_signals(
    coded: pd.DataFrame,
    feedback: pd.DataFrame,
    signals: pd.DataFrame,
    measures: Iterable[Measure],
    codes: Iterable[str],
) -> pd.DataFrame:
    """Return for each concern and internal signal of the same code whether customers' voice moved with it.

    The share of comments that raise the concern, before and after the date since which the
    signal holds, is compared on comments of the same site (all for the whole): difference
    with the interval of Newcombe ("Interval estimation for the difference between independent
    proportions", Statistics in Medicine 17 (1998), 873-890, method 10), z test, p-values adjusted
    for all pairs looked at (Benjamini-Hochberg). ``turn`` is the month that divides the
    comments best into two shares (the largest likelihood), searched only where the shares
    clearly differ. Movement together is association, not cause; what interviews say is
    not tested, for they were chosen and held in a few weeks.

    Parameters
    ----------
    coded, feedback : as in :func:`voice_by_month`.
    signals : table of step 1.1: ``measure, name, site, since, promoted``; those of a single
        contract (``contract``) are left out.
    measures : the engagement's; ``codes`` of a measure link it to concerns.

    Returns
    -------
    ``COLUMNS``: shares ``before`` and ``after``; ``lag`` in months (positive: customers later
    than the signal); ``words``.
    """
    linked = {measure.id: set(measure.codes) for measure in measures}
    said, rows = _dated(coded, feedback), []
    for signal in _lasting(signals).to_dict("records"):
        here = said[said["site"].eq(signal["site"])] if signal["site"] else said
        rows += [
            {"code": code, **{name: signal[name] for name in ("measure", "name", "site", "since")}, **found}
            for code in codes
            if code in linked.get(str(signal["measure"]), set())
            for found in [_moved(here, code, pd.Timestamp(signal["since"]))]
            if found
        ]
    table = pd.DataFrame(rows, columns=[name for name in COLUMNS if name not in ("adjusted", "words")])
    table["adjusted"] = benjamini_hochberg(table["p_value"].astype("float64"))
    clear = table["adjusted"].lt(0.05)
    table["lag"] = table["lag"].astype("float64").where(clear)
    table["words"] = [
        lag_words(row, bool(sure)) for row, sure in zip(table.to_dict("records"), clear, strict=True)
    ]
    return table.sort_values(["adjusted", "code"], kind="stable", ignore_index=True)[list(COLUMNS)]


def lag_words(row: Mapping[Any, Any], clear: bool) -> str:
    """Return in words whether customers' voice moved, and before or after the signal.

    >>> lag_words({"before": 0.04, "after": 0.12, "lag": 2.0}, True)
    'raised more often since (4 % of comments before, 12 % after); customers turned 2 months later'
    >>> lag_words({"before": 0.04, "after": 0.05, "lag": 2.0}, False)
    'no clear change (4 % of comments before, 5 % after)'
    """
    shares = f"{100 * row['before']:.0f} % of comments before, {100 * row['after']:.0f} % after"
    if not clear:
        return f"no clear change ({shares})"
    way = "more" if row["after"] > row["before"] else "less"
    months = int(row["lag"])
    when = (
        "in the same month, or the next"
        if abs(months) <= 1
        else f"{abs(months)} months {'later' if months > 0 else 'earlier'}"
    )
    return f"raised {way} often since ({shares}); customers turned {when}"


def _dated(coded: pd.DataFrame, feedback: pd.DataFrame) -> pd.DataFrame:
    """Customers' coded comments with month and site."""
    customers = coded[coded["kind"].eq("customer")][["remark_id", "code", "stance"]]
    dates = feedback[["feedback_id", "at", "site"]].rename(columns={"feedback_id": "remark_id"})
    said = customers.merge(dates.drop_duplicates("remark_id"), on="remark_id")
    at = pd.to_datetime(said["at"])
    said = said.assign(month=at.dt.to_period("M").dt.start_time, site=said["site"].fillna("").astype("str"))
    return said[at.notna()]


def _lasting(signals: pd.DataFrame) -> pd.DataFrame:
    if signals.empty:
        return signals
    table = signals[signals["promoted"].astype(bool) & signals["since"].notna()]
    # Signals of one contract repeat those of the whole, or of a part that comments are not split by.
    table = table[table["contract"].fillna("").eq("")] if "contract" in table else table
    return table.assign(site=table["site"].fillna("").astype("str"))


def _moved(said: pd.DataFrame, code: str, since: pd.Timestamp) -> dict[str, Any]:
    comments = said.groupby("month")["remark_id"].nunique()
    concern = said[said["code"].eq(code) & said["stance"].eq("concern")]
    raised = concern.groupby("month")["remark_id"].nunique().reindex(comments.index).fillna(0)
    start = since.to_period("M").start_time
    after = comments.index >= start
    if min(int(after.sum()), int((~after).sum())) < FEWEST_MONTHS:
        return {}
    x = [float(raised[~after].sum()), float(raised[after].sum())]
    n = [float(comments[~after].sum()), float(comments[after].sum())]
    if sum(x) == 0:
        return {}
    turn = _turn(raised.to_numpy(dtype=float), comments.to_numpy(dtype=float))
    at = comments.index[turn]
    lower, upper = _newcombe_difference(x[1], n[1], x[0], n[0])
    return {
        "before": x[0] / n[0],
        "after": x[1] / n[1],
        "difference": x[1] / n[1] - x[0] / n[0],
        "lower": lower,
        "upper": upper,
        "p_value": _z_test(x, n),
        "turn": at,
        "lag": (at.year - start.year) * 12 + at.month - start.month,
    }


def _turn(raised: np.ndarray, comments: np.ndarray) -> int:
    """The month that begins the second of two shares under which the counts are most likely."""
    places = range(FEWEST_MONTHS, len(raised) - FEWEST_MONTHS + 1)

    def likelihood(place: int) -> float:
        return sum(
            _binomial(float(raised[part].sum()), float(comments[part].sum()))
            for part in (slice(None, place), slice(place, None))
        )

    return max(places, key=likelihood)


def _binomial(x: float, n: float) -> float:
    return sum(k * float(np.log(k / n)) for k in (x, n - x) if k > 0)


def _z_test(x: list[float], n: list[float]) -> float:
    from scipy.special import ndtr

    share = sum(x) / sum(n)
    error = (share * (1 - share) * (1 / n[0] + 1 / n[1])) ** 0.5
    return float(2 * ndtr(-abs(x[1] / n[1] - x[0] / n[0]) / error)) if error else 1.0


def _newcombe_difference(x1: float, n1: float, x2: float, n2: float) -> tuple[float, float]:
    """Newcombe's hybrid score limits of p1 - p2."""
    (p1, l1, u1), (p2, l2, u2) = _wilson(x1, n1), _wilson(x2, n2)
    low = ((p1 - l1) ** 2 + (u2 - p2) ** 2) ** 0.5
    high = ((u1 - p1) ** 2 + (p2 - l2) ** 2) ** 0.5
    return p1 - p2 - low, p1 - p2 + high


def _wilson(x: float, n: float) -> tuple[float, float, float]:
    p, z2 = x / n, Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * (p * (1 - p) / n + z2 / (4 * n * n)) ** 0.5
    return p, middle - half, middle + half
