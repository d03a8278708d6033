"""Saturation: whether further interviews still bring new codes."""

from __future__ import annotations

import pandas as pd

COLUMNS = ("stratum", "by", "interviews", "new_codes_last", "saturated", "detail")


def saturation(
    coded: pd.DataFrame,
    remarks: pd.DataFrame,
    *,
    by: str = "",
    base: int = 4,
    run: int = 2,
    threshold: float = 0.05,
) -> pd.DataFrame:
    """Return one row a stratum: whether its last interviews still said anything new.

    The first ``base`` interviews give the base of codes; a stratum is saturated when the last
    ``run`` interviews together added no more than ``threshold`` of it. Fewer interviews
    than ``base + run`` are too few to tell. Source: G. Guest, E. Namey, M. Chen, "A simple
    method to assess and report thematic saturation in qualitative research", PLOS ONE 15(5),
    2020, e0232076.

    Parameters
    ----------
    coded, remarks : as for :func:`themes`; interviews only, in the order of ``said_on``.
    by : ``department``, ``level``, ``site``, or empty for everybody together.

    Returns
    -------
    ``stratum, by, interviews, new_codes_last, saturated`` (yes, no, too few), ``detail``.
    """
    heard = remarks[remarks["kind"] == "interview"]
    if by:
        heard = heard[heard[by] != ""]
    codes = coded[coded["kind"] == "interview"]
    if heard.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    strata = [("everyone", heard)] if not by else list(heard.groupby(by, sort=True))
    rows = []
    for stratum, said in strata:
        mine = codes if not by else codes[codes[by] == stratum]
        rows.append((str(stratum), by, *_judge(_in_order(said), mine, base, run, threshold)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def curve(coded: pd.DataFrame, remarks: pd.DataFrame) -> pd.DataFrame:
    """Return ``interview, new, known``: codes new in each interview, in the order held, and known so far."""
    order = _in_order(remarks[remarks["kind"] == "interview"])
    new = _new_codes(order, coded[coded["kind"] == "interview"])
    return pd.DataFrame({"interview": range(1, len(order) + 1), "new": new}).assign(
        known=lambda f: f["new"].cumsum()
    )


def _in_order(said: pd.DataFrame) -> list[str]:
    first = said.groupby("unit_id", sort=False)["said_on"].min()
    return [str(unit) for unit in first.sort_index().sort_values(kind="stable", na_position="last").index]


def _new_codes(order: list[str], coded: pd.DataFrame) -> list[int]:
    by_unit = coded.groupby("unit_id")["code"].agg(set).to_dict()
    known: set[str] = set()
    new = []
    for unit in order:
        fresh = by_unit.get(unit, set()) - known
        known |= fresh
        new.append(len(fresh))
    return new


def _judge(
    order: list[str], coded: pd.DataFrame, base: int, run: int, threshold: float
) -> tuple[int, int, str, str]:
    held, new = len(order), _new_codes(order, coded)
    last = sum(new[-run:])
    if held < base + run:
        return held, last, "too few", f"{base + run} interviews are needed to tell"
    known = sum(new[:base])
    share = last / known if known else float("inf") if last else 0.0
    saturated = "yes" if share <= threshold else "no"
    detail = f"the last {run} interviews added {last} to a base of {known} codes from the first {base}"
    return held, last, saturated, detail
