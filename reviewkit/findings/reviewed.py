"""What people decided about each initial opinion, and what they know that the data do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from .wording import filled

DECIDED = ("status", "role", "reason", "words")


def review_opinions(
    opinions: pd.DataFrame, decisions: pd.DataFrame, annotations: pd.DataFrame
) -> pd.DataFrame:
    """Return the opinions with what was decided about each.

    A decision stands whatever the figures do afterwards; where they changed since (by
    fingerprint), or the figures no longer give rise to the opinion, it is flagged instead.

    Parameters
    ----------
    opinions : from :func:`reviewkit.findings.opinions`.
    decisions : evidence table ``opinions``: ``opinion_id, status, role, reason, words,
        decided_on, fingerprint``; the latest decision on an opinion counts.
    annotations : evidence table ``annotations``: ``at, measure, site, text, effect``.

    Returns
    -------
    The opinions' columns and ``status`` (confirmed, revised, withdrawn or open), ``role,
    reason, words, changed`` (figures changed since decided), ``gone`` (no longer in the
    data), ``knowledge`` (local knowledge that bears on it, as text, and why the same change of
    the whole was withdrawn) and ``stands`` (what the opinion now says: the revised words, else
    the statement).

    Examples
    --------
    >>> table = pd.DataFrame({"opinion_id": ["1.1/opinion/fcr"], "measure": ["fcr"], "site": [""],
    ...                       "statement": ["It fell."], "fingerprint": ["new"], "rank": [1]})
    >>> said = pd.DataFrame({"opinion_id": ["1.1/opinion/fcr"], "status": ["confirmed"],
    ...                      "role": ["head"], "reason": ["seen"], "words": [""],
    ...                      "decided_on": [pd.NaT], "fingerprint": ["old"]})
    >>> notes = pd.DataFrame(columns=["at", "measure", "site", "text", "effect"])
    >>> review_opinions(table, said, notes)[["status", "changed"]].values.tolist()
    [['confirmed', True]]
    """
    latest = decisions.sort_values("decided_on", na_position="first").drop_duplicates(
        "opinion_id", keep="last"
    )
    latest = latest[["opinion_id", *DECIDED, "fingerprint"]].rename(columns={"fingerprint": "agreed_on"})
    table = opinions.merge(latest, on="opinion_id", how="outer", indicator="found")
    table["gone"] = table["found"].eq("right_only").astype(bool)
    texts = ("statement", "measure", "name", "site", "contract", "tone", "fingerprint", *DECIDED)
    for column in [name for name in texts if name in table]:
        table[column] = table[column].astype("str").where(table[column].notna(), "")
    table["status"] = table["status"].replace("", "open")
    moved = table["agreed_on"].map(filled) & table["agreed_on"].ne(table["fingerprint"])
    table["changed"] = (moved | table["gone"]).astype(bool)
    gone = "An opinion decided earlier that the figures no longer give rise to."
    table["statement"] = table["statement"].mask(table["gone"] & table["statement"].eq(""), gone)
    table["stands"] = table["words"].where(table["words"].ne(""), table["statement"])
    table["knowledge"] = [
        _knowledge(str(row.measure), str(row.site), annotations) for row in table.itertuples()
    ]
    table["knowledge"] = _with_the_whole(table)
    return (
        table.drop(columns=["found", "agreed_on"])
        .sort_values("rank", na_position="last")
        .reset_index(drop=True)
    )


NEAR = pd.Timedelta(days=92)
"""A part's change this near to that of the whole is taken for the same one."""


def _with_the_whole(table: pd.DataFrame) -> list[str]:
    """Local knowledge of each opinion; for a part also why the same change of the whole was withdrawn."""
    if not {"site", "contract", "since"} <= set(table):
        return list(table["knowledge"])
    whole = table["site"].eq("") & table["contract"].eq("") & table["status"].eq("withdrawn")
    withdrawn = table[whole].drop_duplicates("measure").set_index("measure")
    told = []
    for row in table.to_dict("records"):
        same = (
            row["measure"] in withdrawn.index and (row["site"] or row["contract"]) and row["status"] == "open"
        )
        if same:
            other = withdrawn.loc[row["measure"]]
            same = bool(abs(row["since"] - other["since"]) <= NEAR)
        why = f"For all together the change was withdrawn: {other['reason']}" if same else ""
        told.append("; ".join(part.rstrip(".") for part in (row["knowledge"], why) if part))
    return told


def bearing_on(measure: str, site: str, annotations: pd.DataFrame) -> pd.DataFrame:
    """Return the annotations that bear on a measure at a site, oldest first.

    A note without a measure bears on all of them; one without a site on every site; a note
    about one site does not bear on the whole.

    >>> notes = pd.DataFrame({"at": ["2025-02-01", "2025-01-01"], "measure": ["fcr", None],
    ...                       "site": [None, "Quay"], "text": ["a", "b"]})
    >>> bearing_on("fcr", "", notes)["text"].tolist(), bearing_on("csat", "Quay", notes)["text"].tolist()
    (['a'], ['b'])
    """
    measures = [not filled(name) or name == measure for name in annotations["measure"]]
    sites = [not filled(name) or name == site for name in annotations["site"]]
    mine = pd.Series(measures, index=annotations.index, dtype=bool) & pd.Series(
        sites, index=annotations.index, dtype=bool
    )
    return annotations[mine].sort_values("at")


def _knowledge(measure: str, site: str, annotations: pd.DataFrame) -> str:
    mine = bearing_on(measure, site, annotations) if measure else annotations.iloc[:0]
    days = pd.to_datetime(mine["at"])
    return "; ".join(
        (f"{day.day} {day:%B %Y}: {text}" if pd.notna(day) else str(text)).rstrip(".")
        for day, text in zip(days, mine["text"], strict=True)
    )


def change_of_level(
    points: pd.DataFrame, note: Mapping[Any, Any], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the mean of the phases before and after a stated change of the process, as rows of one.

    Parameters
    ----------
    points : one series with ``period, mean`` and ``phase``, its limits begun anew at the change.
    note : the annotation: ``at, measure, site, text, role``.

    Returns
    -------
    No row where the change lies outside the series.
    """
    if points.empty:
        return []
    day = pd.Timestamp(note["at"])
    before, after = points[points["period"] < day], points[points["period"] >= day]
    if before.empty or after.empty:
        return []
    row = {name: note[name] if filled(note[name]) else "" for name in ("site", "text", "role")}
    row |= {"name": names.get(str(note["measure"]), str(note["measure"])), "at": day}
    return [row | {"before": float(before["mean"].iloc[-1]), "after": float(after["mean"].iloc[0])}]
