"""Targets in force: which target held for which site and contract at which date."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

# From the most to the least specific: which of site and contract a target must name.
_SPECIFIC = ((True, True), (True, False), (False, True), (False, False))


def targets_in_force(
    targets: pd.DataFrame, measure: str, site: str, periods: pd.Series[Any], contract: str = ""
) -> pd.Series[Any]:
    """Return the target in force at each period, missing where there is none yet.

    A target that names the site comes before one for all sites, and one that names the
    contract before one for all contracts. Each holds from its ``valid_from`` until the next.

    Parameters
    ----------
    targets : ``measure, site, contract, valid_from, target``; site and contract may be empty.
    periods : first days of periods.

    Examples
    --------
    >>> targets = pd.DataFrame({"measure": "fcr", "site": "", "contract": "",
    ...                         "valid_from": pd.to_datetime(["2024-01-01", "2025-01-01"]),
    ...                         "target": [70.0, 75.0]})
    >>> periods = pd.Series(pd.to_datetime(["2023-12-01", "2024-12-01", "2025-01-01"]))
    >>> targets_in_force(targets, "fcr", "", periods).tolist()
    [nan, 70.0, 75.0]
    """
    points = pd.DataFrame(
        {"measure": measure, "site": site, "contract": contract, "period": periods.to_numpy()}
    )
    return with_targets(points, targets)["target"].set_axis(periods.index)


def with_targets(
    panel: pd.DataFrame, targets: pd.DataFrame, *, own_only: Collection[str] = ()
) -> pd.DataFrame:
    """Return the panel with a column ``target``: the target in force at each point.

    ``own_only`` names measures that add up over sites, such as a number of starts: the
    target of the whole is no target for a site, so a site has one only where it is named.

    >>> panel = pd.DataFrame({"measure": ["fcr"], "site": ["A"], "contract": [""],
    ...                       "period": pd.to_datetime(["2025-01-01"])})
    >>> targets = pd.DataFrame({"measure": ["fcr"], "site": [""], "contract": [""],
    ...                         "valid_from": pd.to_datetime(["2024-01-01"]), "target": [70.0]})
    >>> with_targets(panel, targets)["target"].tolist()
    [70.0]
    >>> with_targets(panel, targets, own_only=["fcr"])["target"].tolist()
    [nan]
    """
    known = targets.assign(site=targets["site"].fillna(""), contract=targets["contract"].fillna(""))
    known["valid_from"] = pd.to_datetime(known["valid_from"]).astype("datetime64[us]")
    known = known[["measure", "site", "contract", "valid_from", "target"]].sort_values(
        "valid_from", kind="stable"
    )
    result = panel.reset_index(drop=True)
    result["target"] = float("nan")
    known = known[known["measure"].isin(result["measure"].unique())]
    if known.empty or result.empty:
        return result
    # Where no target names a site (or a contract), asking for one finds what the next question finds.
    named = {True: {True, False}, False: {False}}
    sites, contracts = (named[bool(known[key].ne("").any())] for key in ("site", "contract"))
    for own_site, own_contract in _SPECIFIC:
        if own_site not in sites or own_contract not in contracts:
            continue
        found = _matched(result, known, own_site, own_contract)
        if not (own_site and own_contract):
            found = found.mask(
                result["measure"].isin(list(own_only)) & _is_part(result, own_site, own_contract)
            )
        result["target"] = result["target"].fillna(found)
    return result


def _is_part(panel: pd.DataFrame, own_site: bool, own_contract: bool) -> pd.Series[bool]:
    """Whether a row is of one site or contract that the target it was matched with does not name."""
    part = pd.Series(False, index=panel.index)
    if not own_site:
        part |= panel["site"] != ""
    if not own_contract:
        part |= panel["contract"] != ""
    return part


def _matched(panel: pd.DataFrame, known: pd.DataFrame, own_site: bool, own_contract: bool) -> pd.Series[Any]:
    points = panel[["measure", "site", "contract", "period"]].copy()
    points["period"] = points["period"].astype("datetime64[us]")
    points["site"] = points["site"] if own_site else ""
    points["contract"] = points["contract"] if own_contract else ""
    points = points.sort_values("period", kind="stable")
    matched = pd.merge_asof(
        points.reset_index(names="row"),
        known,
        left_on="period",
        right_on="valid_from",
        by=["measure", "site", "contract"],
    )
    return matched.set_index("row")["target"].reindex(panel.index)
