"""Time in service with open cases counted: Kaplan-Meier from counts of durations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import InputError

from ..journeys.interval import Z
from .cases import DAY, Events, served

COUNTS = ("days", "closed", "customers")
QUANTILES = {"q25": 0.25, "median": 0.5, "q75": 0.75, "q90": 0.9}


def duration_counts(
    events: Events,
    goals: Collection[str],
    *,
    case: str,
    activity: str,
    at: str,
    by: Sequence[str] = (),
    as_of: dt.date | None = None,
) -> pd.DataFrame:
    """Return how many customers were in service for how many whole days, and whether they are still.

    Somebody who stopped coming can be told from somebody who pauses only after 90 days, so
    everything is judged as it stood 91 days before the log's end. Who had finished or fallen silent by
    then is closed, after the days from first event to last. Who was heard of later was open then,
    after the days from first event to that moment, and would be cut short otherwise. Who came on
    later is not counted. Only the counts leave a database, never a row a customer.

    Parameters
    ----------
    events : one row an event, a frame or an Ibis table.
    goals : steps that end a journey.
    by : columns of units; a customer belongs to that of the first event.
    as_of : date up to which the log reaches; its last event where left out.

    Returns
    -------
    The columns of ``by``, ``days, closed, customers``. ``attrs``: ``left_out`` (events without
    customer, activity or time), ``later`` (customers who came on too late to be judged).

    Examples
    --------
    >>> log = pd.DataFrame({"c": [1, 1, 2, 2, 3], "what": ["in", "out", "in", "talk", "in"],
    ...      "at": pd.to_datetime(["2025-01-01", "2025-01-11", "2025-02-01", "2025-08-01", "2025-08-20"])})
    >>> counts = duration_counts(log, ["out"], case="c", activity="what", at="at", as_of=dt.date(2025, 8, 31))
    >>> counts.values.tolist(), counts.attrs["later"]
    ([[10, True, 1], [120, False, 1]], 1)
    """
    found = served(events, goals, case=case, activity=activity, at=at, by=by, as_of=as_of)
    if found is None:
        kinds = {"days": "int64", "closed": "bool", "customers": "int64"}
        return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in (*by, *COUNTS)})
    cases, known = found.cases, found.known
    until = cases.last.epoch_seconds() - cases.first.epoch_seconds()
    closed = cases.last <= known
    open_for = int(known.timestamp()) - cases.first.epoch_seconds()
    judged = cases.mutate(closed=closed, days=closed.ifelse(until, open_for) // DAY)
    early = judged.filter(judged.first <= known)
    counted = early.group_by(*by, "days", "closed").aggregate(customers=early.count())
    table: pd.DataFrame = counted.order_by([*by, "days", "closed"]).execute()
    table = table.astype({"days": "int64", "customers": "int64"})
    table.attrs = {
        "left_out": found.left_out,
        "later": int(cases.filter(cases.first > known).count().execute()),
    }
    return table


def time_in_service(counts: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return quartiles and ninth decile of the time in service, open cases counted, and the naive median.

    The share still in service after each day is Kaplan and Meier's (1958, Nonparametric estimation from
    incomplete observations), its variance Greenwood's (1926); a quantile's 95 % interval holds the
    days at which the log-log transformed share does not differ from it (Brookmeyer and Crowley 1982, A
    confidence interval for the median survival time). ``naive`` is the median of closed cases alone,
    which leaves out those who stay longest.

    Parameters
    ----------
    counts : as :func:`duration_counts` returns them: ``days, closed, customers``, and units.
    by : columns of units.

    Returns
    -------
    One row a unit: ``customers, closed, open``, ``q25, median, q75, q90`` (days), each with ``_lower`` and
    ``_upper`` (missing where the log is too short to tell), ``naive``.

    Raises
    ------
    InputError : days or customers are missing, negative or infinite.

    Examples
    --------
    >>> counts = pd.DataFrame({"days": [10, 20, 30, 40], "closed": [True, True, True, False],
    ...                        "customers": [3, 2, 2, 5]})
    >>> time_in_service(counts)[["median", "naive", "open"]].values.tolist()
    [[30.0, 20.0, 5.0]]
    """
    rows = [{**unit, **_quartiles(part)} for unit, part in _units(_checked(counts), by)]
    names = [f"{name}{end}" for name in QUANTILES for end in ("", "_lower", "_upper")]
    columns = [*by, "customers", "closed", "open", *names, "naive"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys([*names, "naive"], "float64"))


def still_in_service(counts: pd.DataFrame, days: Sequence[int], *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return the share of customers still in service after so many days, with its 95 % interval.

    Interval: ``S ** exp(+-1.96 * se / (S * ln S))`` (log-log; Kalbfleisch and Prentice 1980, The
    Statistical Analysis of Failure Time Data). A day beyond the longest time anybody was watched has no
    share.

    Returns
    -------
    ``by, day, share, lower, upper, watched`` (customers in service that long and still watched).

    Examples
    --------
    >>> counts = pd.DataFrame({"days": [10, 30], "closed": [True, False], "customers": [5, 5]})
    >>> still_in_service(counts, [20, 60])["share"].tolist()
    [0.5, nan]
    """
    parts = []
    for unit, part in _units(_checked(counts), by):
        share, se = _step_values(_fitted(part), days)
        watched = [int(part.loc[part["days"] >= day, "customers"].sum()) for day in days]
        share = np.where(np.array(watched) > 0, share, np.where(share == 0, 0.0, np.nan))
        with np.errstate(all="ignore"):
            spread = Z * se / (share * np.log(share))
            ends = share ** np.exp(-spread), share ** np.exp(spread)
        inside = (share > 0) & (share < 1)
        lower, upper = (np.where(inside, end, np.nan) for end in (np.minimum(*ends), np.maximum(*ends)))
        made = {"day": list(days), "share": share, "lower": lower, "upper": upper, "watched": watched}
        parts.append(pd.DataFrame({**{name: [unit[name]] * len(days) for name in unit}, **made}))
    empty = pd.DataFrame(columns=[*by, "day", "share", "lower", "upper", "watched"])
    return pd.concat(parts, ignore_index=True) if parts else empty


def mean_stay(counts: pd.DataFrame, days: int) -> float:
    """Return the mean days in service within the first ``days``: the area under the Kaplan-Meier curve.

    >>> counts = pd.DataFrame({"days": [10, 30], "closed": [True, False], "customers": [5, 5]})
    >>> mean_stay(counts, 20)
    15.0
    """
    fit = _fitted(_checked(counts))
    if fit is None:
        return float(days)
    times = np.concatenate([[0], fit.surv_times[fit.surv_times < days], [days]])
    shares = np.concatenate([[1.0], fit.surv_prob[fit.surv_times < days]])
    return float((np.diff(times) * shares).sum())


def _units(counts: pd.DataFrame, by: Sequence[str]) -> list[tuple[dict[str, Any], pd.DataFrame]]:
    if counts.empty:
        return []
    if not by:
        return [({}, counts)]
    return [(dict(zip(by, key, strict=True)), part) for key, part in counts.groupby(list(by), sort=True)]


def _quartiles(part: pd.DataFrame) -> dict[str, Any]:
    closed = part[part["closed"]].sort_values("days")
    total, ended = int(part["customers"].sum()), int(closed["customers"].sum())
    row: dict[str, Any] = {"customers": total, "closed": ended, "open": total - ended, "naive": np.nan}
    if ended:
        # The first day by which half have ended: what Kaplan and Meier's median is where nobody is open.
        days = np.repeat(closed["days"], closed["customers"])
        row["naive"] = float(np.quantile(days, 0.5, method="inverted_cdf"))
    fit = _fitted(part)
    for name, share in QUANTILES.items():
        with np.errstate(all="ignore"):
            row[name] = float(fit.quantile(share)) if fit is not None else np.nan
            lower, upper = fit.quantile_ci(share) if fit is not None else (np.nan, np.nan)
        ends = {f"{name}_lower": lower, f"{name}_upper": upper}
        row |= {key: float(end) if np.isfinite(end) else np.nan for key, end in ends.items()}
    return row


def _fitted(part: pd.DataFrame) -> Any:
    """Return statsmodels' estimate, each row counted as often as it has customers; none where none closed."""
    from statsmodels.duration.survfunc import SurvfuncRight

    part = part[part["customers"] > 0]
    if not part["closed"].any():
        return None
    weights = part["customers"].to_numpy("float64")
    fit = SurvfuncRight(
        part["days"].to_numpy("float64"), part["closed"].to_numpy("int64"), freq_weights=weights
    )
    # With weights statsmodels gives the error of the cumulative hazard; Greenwood's is that of the share.
    risk, ends = fit.n_risk, fit.n_events
    with np.errstate(all="ignore"):
        fit.surv_prob_se = fit.surv_prob * np.sqrt(np.cumsum(ends / (risk * (risk - ends))))
    return fit


def _step_values(fit: Any, days: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the curve and its error at each of the days."""
    if fit is None:
        return np.ones(len(days)), np.zeros(len(days))
    at = np.searchsorted(fit.surv_times, np.asarray(days), side="right")
    shares = np.concatenate([[1.0], fit.surv_prob])[at]
    return shares, np.concatenate([[0.0], fit.surv_prob_se])[at]


def _checked(counts: pd.DataFrame) -> pd.DataFrame:
    for name in COUNTS:
        if name not in counts:
            raise InputError("counts of durations have no such column", column=name)
    for name in ("days", "customers"):
        values = counts[name].to_numpy("float64", na_value=np.nan)
        wrong = np.flatnonzero(~np.isfinite(values) | (values < 0))
        if len(wrong):
            fix = "Leave such rows out, or correct the dates they come from."
            raise InputError(
                f"{len(wrong)} of {len(values)} rows are missing, negative or infinite", column=name,
                row=int(wrong[0]) + 1, fix=fix,
            )  # fmt: skip
    if counts["closed"].isna().any() or not counts["closed"].isin([True, False]).all():
        raise InputError("it is not true or false in every row", column="closed")
    return counts.astype({"closed": "bool"})
