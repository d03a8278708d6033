"""Saturation: whether further interviews still bring new topics, and how many they would bring."""

from __future__ import annotations

import pandas as pd

from .richness import richness

COLUMNS = (
    "stratum",
    "by",
    "interviews",
    "topics",
    "base_topics",
    "new_codes_last",
    "share_last",
    "saturated",
    "reached_at",
    "unheard",
    "next_five",
    "needed",
    "waiting",
    "undated",
    "detail",
)
BASE, RUN, THRESHOLD = 4, 2, 0.05
"""Interviews in the base, interviews in a run, and the largest share of new topics in a run."""


def saturation(
    coded: pd.DataFrame,
    remarks: pd.DataFrame,
    *,
    by: str = "",
    base: int = BASE,
    run: int = RUN,
    threshold: float = THRESHOLD,
    topics: int | None = None,
) -> pd.DataFrame:
    """Return one row a stratum: whether its last interviews still said anything new.

    The topics of the first ``base`` interviews are the base. The topics new in a run of ``run``
    interviews, divided by the base, are its new information. Saturation is reached with the first
    run at or under ``threshold``; the stratum is saturated where its last run is under it, too.
    Fewer interviews than ``base + run`` are too few to tell. Source: G. Guest, E. Namey, M. Chen,
    "A simple method to assess and report thematic saturation in qualitative research", PLOS ONE
    15(5), 2020, e0232076.

    Parameters
    ----------
    coded, remarks : as for :func:`themes`; interviews only, in the order of ``said_on``.
    by : ``department``, ``level``, ``site``, or empty for everybody together.
    topics : codes in the codebook: no more can be unheard than it holds.

    Returns
    -------
    ``COLUMNS``. Interviews in which nothing is coded yet would look as if they brought nothing new;
    they are left out and counted as ``waiting``. ``undated`` interviews come last. ``saturated`` is
    yes, no or too few; ``reached_at`` the interview that ends the first run at or under the
    threshold (missing where none is). ``unheard`` topics at least, by :func:`richness`;
    ``next_five`` is what five more interviews like these would bring; ``needed`` how many would
    bring 95 % of the topics. The three are missing where there are too few. ``detail`` says it.

    Examples
    --------
    >>> said = pd.DataFrame({"unit_id": list("abcdef"), "kind": "interview",
    ...                      "said_on": pd.date_range("2025-03-03", periods=6),
    ...                      "code": ["pay", "it", "pay", "it", "pay", "it"]})
    >>> saturation(said, said)[["interviews", "saturated", "reached_at"]].values.tolist()
    [[6, 'yes', 6]]
    """
    heard = remarks[remarks["kind"] == "interview"]
    codes = coded[coded["kind"] == "interview"]
    if by:
        heard = heard[heard[by] != ""]
    if heard.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    strata = [("everyone", heard)] if not by else list(heard.groupby(by, sort=True))
    rows = []
    for stratum, said in strata:
        mine = codes if not by else codes[codes[by] == stratum]
        judged = _judge(said, mine, base, run, threshold, topics)
        rows.append({"stratum": str(stratum), "by": by, **judged})
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"reached_at": "Int64", "needed": "Int64", "unheard": "float64"})


def curve(coded: pd.DataFrame, remarks: pd.DataFrame) -> pd.DataFrame:
    """Return ``interview, new, known``: topics new in each coded interview, in order, and known so far."""
    codes = coded[coded["kind"] == "interview"]
    heard = remarks[(remarks["kind"] == "interview") & remarks["unit_id"].isin(codes["unit_id"])]
    order = _in_order(heard)
    new = _new_codes(order, codes)
    return pd.DataFrame({"interview": range(1, len(order) + 1), "new": new}).assign(
        known=lambda f: f["new"].cumsum()
    )


def _in_order(said: pd.DataFrame) -> list[str]:
    first = said.groupby("unit_id", sort=True)["said_on"].min()
    return [str(unit) for unit in first.sort_values(kind="stable", na_position="last").index]


def _new_codes(order: list[str], coded: pd.DataFrame) -> list[int]:
    place = {unit: number for number, unit in enumerate(order)}
    first = coded["unit_id"].map(place).groupby(coded["code"]).min().dropna().astype("int64")
    return [int(n) for n in first.value_counts().reindex(range(len(order)), fill_value=0)]


def _judge(
    said: pd.DataFrame, coded: pd.DataFrame, base: int, run: int, threshold: float, topics: int | None
) -> dict[str, object]:
    known = said[said["unit_id"].isin(coded["unit_id"])]
    order = _in_order(known)
    new = _new_codes(order, coded)
    dated = known.groupby("unit_id")["said_on"].min().notna()
    row: dict[str, object] = {
        "interviews": len(order),
        "topics": sum(new),
        "base_topics": sum(new[:base]),
        "new_codes_last": sum(new[-run:]),
        "waiting": int(said["unit_id"].nunique()) - len(order),
        "undated": int((~dated).sum()),
    }
    if len(order) < base + run:
        detail = f"{base + run} coded interviews are needed to tell"
        return row | {"saturated": "too few", "share_last": None, "reached_at": None, "detail": detail}
    return row | _runs(new, base, run, threshold) | _to_expect(coded, topics)


def _runs(new: list[int], base: int, run: int, threshold: float) -> dict[str, object]:
    known = sum(new[:base])
    ends = range(base + run, len(new) + 1)
    shares = {end: _share(sum(new[end - run : end]), known) for end in ends}
    under = [end for end, share in shares.items() if share <= threshold]
    last, added = shares[len(new)], sum(new[-run:])
    reached = f"; first at or under {threshold:.0%} by interview {under[0]}" if under else ""
    return {
        "saturated": "yes" if last <= threshold else "no",
        "share_last": last,
        "reached_at": under[0] if under else None,
        "detail": f"the last {run} interviews added {added} to a base of {known} topics "
        f"from the first {base}{reached}",
    }


def _share(new: int, known: int) -> float:
    return new / known if known else float("inf") if new else 0.0


def _to_expect(coded: pd.DataFrame, topics: int | None) -> dict[str, object]:
    found = richness(coded)
    if found is None:
        return {}
    most = float("inf") if topics is None else float(max(0, topics - found.observed))
    return {
        "unheard": min(found.unheard, most),
        "next_five": min(found.after(5) - found.observed, most),
        "needed": found.needed() if found.unheard <= most else None,
    }
