"""Tables made safe for readers outside the team: small counts suppressed, banded or left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.disclosure.suppress import SUPPRESSED
from reviewkit.model import Edition
from reviewkit.voices import is_banded, leading

_RATES = ("rate", "lower", "upper", "lower95", "upper95", "observed")
_SIDES = 3
"""Comparisons of a statement where front line, support and management all have respondents enough."""


def sites(frame: pd.DataFrame, gate: Discloser, edition: Edition) -> pd.DataFrame:
    """Return the comparison of sites without figures that rest on too few cases.

    A measure that is no ratio of cases has no denominator and is shown whole.
    """
    counted = frame["denominator"].notna()
    shown = gate.suppress(frame[counted], "denominator", values=_RATES, by="measure")
    whole = frame[~counted].assign(**{SUPPRESSED: False})
    parts = [part for part in (shown, whole) if len(part)]
    table = pd.concat(parts).sort_index() if parts else whole
    # An outlier's side would still tell roughly where it lies.
    hidden = table[SUPPRESSED].astype(bool)
    for name in ("outlier", "plain_outlier"):
        table[name] = table[name].astype("boolean").mask(hidden)
    return table.assign(direction=table["direction"].mask(hidden, ""))


def themes(frame: pd.DataFrame, gate: Discloser, edition: Edition) -> pd.DataFrame:
    """Return the themes that recur, counts in words: exact where large, else a band."""
    found = [leading(frame, stance) for stance in ("concern", "strength")]
    table = pd.concat([part for part in found if len(part)] or found[:1], ignore_index=True)
    rows = table.to_dict("records")
    return table.assign(
        raised_in=_texts(gate.count(int(row["units"]), int(row["units_total"]), edition) for row in rows),
        in_departments=_texts(_departments(row, gate, edition) for row in rows),
        unprompted=_texts(
            "" if pd.isna(row["spontaneous"])
            else gate.count(int(row["spontaneous"]), int(row["units_total"]), edition)
            for row in rows
        ),
    )  # fmt: skip


def issues(frame: pd.DataFrame, gate: Discloser, edition: Edition) -> pd.DataFrame:
    """Return the ranked issues, counts in words: exact where large, else a band."""
    pairs = zip(frame["units"], frame["units_total"], strict=True)
    return frame.assign(raised_in=_texts(gate.count(int(n), int(total), edition) for n, total in pairs))


def variants(frame: pd.DataFrame, gate: Discloser, edition: Edition) -> pd.DataFrame:
    """Return the paths of each contract over all sites, those of few customers suppressed.

    Sites are left out: a path's number there could be worked out from that of the whole.
    """
    rows = frame[frame["site"].eq("")]
    several = rows["contract"].ne("").any()
    rows = rows[rows["contract"].ne("")] if several else rows
    return gate.suppress(rows, "cases", values=("share",), by="contract")


def consistency(frame: pd.DataFrame, gate: Discloser, edition: Edition) -> pd.DataFrame:
    """Return the sites' journeys, contract by contract where there are several, small ones suppressed."""
    rows = frame[frame["site"].ne("")]
    several = rows["contract"].ne("").any()
    rows = rows[rows["contract"].ne("")] if several else rows
    figures = ("index", "lower", "upper", "conformance", "outcome_rate", "attainment")
    return gate.suppress(rows, "cases", values=figures, by="contract")


def partners(frame: pd.DataFrame, gate: Discloser, edition: Edition) -> pd.DataFrame:
    """Return the comparisons of sides; means only where no side of the statement is small.

    Where one side is not compared, two known means and that of everybody would give it away.
    """
    minimum = gate.disclosure.minimum_survey
    table = frame[frame["n_a"].ge(minimum) & frame["n_b"].ge(minimum)]
    whole = table.groupby("statement")["statement"].transform("size").ge(_SIDES)
    for name in ("mean_a", "mean_b", "n_a", "n_b"):
        table = table.assign(**{name: table[name].where(whole)})
    return table


def gaps_to_close(frame: pd.DataFrame, gate: Discloser, edition: Edition) -> pd.DataFrame:
    """Return the leaders' gaps for which there is a way to close them."""
    return frame[frame["route"].ne("")]


def enough_contacts(frame: pd.DataFrame, gate: Discloser, edition: Edition) -> pd.DataFrame:
    """Return the agents' figures that rest on enough contacts."""
    return frame[frame["n"].ge(gate.disclosure.minimum_survey)]


def _departments(row: Mapping[Any, Any], gate: Discloser, edition: Edition) -> str:
    n, total, reached, whole = (
        int(row[name]) for name in ("units", "units_total", "departments", "departments_total")
    )
    if row["kind"] != "interview":
        return ""
    if is_banded(gate, n, total, edition):
        return "more than one" if reached > 1 else ""
    return f"{reached} of {whole}"


def _texts(words: Iterable[str]) -> pd.Series[str]:
    return pd.Series(list(words), dtype="str")
