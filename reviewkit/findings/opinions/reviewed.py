"""What people decided about each initial opinion, and what they know that the data do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.model.words import inline

from ..wording import day_words, filled, place
from .flags import flags
from .new_limits import KEYS
from .standing import opinion_ids

DECIDED = ("status", "role", "reason", "words")


def review_opinions(
    opinions: pd.DataFrame,
    decisions: pd.DataFrame,
    annotations: pd.DataFrame,
    *,
    new_limits: pd.DataFrame | None = None,
    signals: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the opinions with what was decided about each.

    A decision stands whatever the figures do afterwards; where they changed since (by
    fingerprint, or because the change began after the decision), or the figures no longer give
    rise to the opinion, it is flagged instead.

    Parameters
    ----------
    opinions : from :func:`reviewkit.findings.opinions.tested`.
    decisions : evidence table ``opinions``: ``opinion_id, status, role, reason, words,
        decided_on, fingerprint``; the latest decision on an opinion counts.
    annotations : evidence table ``annotations``: ``at, measure, site, text, effect, role``.
    new_limits : ``measure, site, contract, remains, words``: what is left of a change once limits
        begin anew where the process changed (:func:`reviewkit.findings.new_limits.what_remains`).
    signals : from step 1.1; they say why an opinion is no longer in the figures.

    Returns
    -------
    The opinions' columns and ``status`` (confirmed, revised, withdrawn or open), ``role,
    reason, words, decided_on, changed`` (figures changed since decided), ``gone`` (no longer in
    the data), ``traced`` (it is on file which figures it was decided on), ``knowledge`` (local
    knowledge that bears on it, as text, and why the same change of the whole was withdrawn),
    ``remains`` and ``new_limits`` (what is left of it under new limits), ``stands`` (what the
    opinion now says: the revised words, else the statement) and ``flag`` (what to look at again).

    Examples
    --------
    >>> table = pd.DataFrame({"opinion_id": ["1.1/opinion/fcr"], "measure": ["fcr"], "site": [""],
    ...                       "statement": ["It fell."], "fingerprint": ["new"], "rank": [1]})
    >>> said = pd.DataFrame({"opinion_id": ["1.1/opinion/fcr"], "status": ["confirmed"],
    ...                      "role": ["head"], "reason": ["seen"], "words": [""],
    ...                      "decided_on": [pd.NaT], "fingerprint": ["old"]})
    >>> notes = pd.DataFrame(columns=["at", "measure", "site", "text", "effect", "role"])
    >>> review_opinions(table, said, notes)[["status", "changed"]].values.tolist()
    [['confirmed', True]]
    """
    latest = decisions.sort_values("decided_on", na_position="first").drop_duplicates(
        "opinion_id", keep="last"
    )
    latest = latest[["opinion_id", *DECIDED, "decided_on", "fingerprint"]].rename(
        columns={"fingerprint": "agreed_on"}
    )
    table = opinions.merge(latest, on="opinion_id", how="outer", indicator="found")
    table["gone"] = table["found"].eq("right_only").astype(bool)
    texts = ("statement", "measure", "name", "site", "contract", "tone", "fingerprint", *DECIDED)
    for column in [name for name in texts if name in table]:
        table[column] = table[column].astype("str").where(table[column].notna(), "")
    table["status"] = table["status"].replace("", "open")
    table["decided_on"] = pd.to_datetime(table["decided_on"]).astype("datetime64[us]")
    table["traced"] = table["agreed_on"].map(filled).astype(bool)
    moved = table["traced"] & table["agreed_on"].ne(table["fingerprint"])
    table["changed"] = (moved | table["gone"] | _began_later(table)).astype(bool)
    subjects = _subjects(signals)
    gone = table["opinion_id"].map(lambda one: _named_by_id(str(one), subjects.get(str(one), "")))
    table["statement"] = table["statement"].mask(table["gone"] & table["statement"].eq(""), gone)
    table["stands"] = table["words"].where(table["words"].ne(""), table["statement"])
    table["knowledge"] = [
        _knowledge(str(row.measure), str(row.site), annotations) for row in table.itertuples()
    ]
    table["knowledge"] = _with_the_whole(table)
    table = _under_new_limits(table, new_limits)
    table["flag"] = flags(table, signals)
    return (
        table.drop(columns=["found", "agreed_on"])
        .sort_values("rank", na_position="last")
        .reset_index(drop=True)
    )


def _subjects(signals: pd.DataFrame | None) -> dict[str, str]:
    """Name what each opinion would be about, by its id, where step 1.1 still has figures for it."""
    if signals is None or signals.empty or not {"name", "site", "contract"} <= set(signals):
        return {}
    rows = signals.to_dict("records")
    said = [f"{inline(str(row['name']))}{place(row['site'], row['contract'])}" for row in rows]
    return dict(zip(opinion_ids(signals), said, strict=True))


def _named_by_id(opinion_id: str, subject: str = "") -> str:
    """Words for an opinion that only its id is left of; ``subject`` is what it would be about."""
    subject = subject or ", ".join(part.replace("_", " ") for part in opinion_id.split("/")[2:])
    return f"An opinion decided earlier on {subject or opinion_id}, which the figures no longer give rise to."


def left_standing(reviewed: pd.DataFrame) -> pd.Series[bool]:
    """Return which opinions may be told as findings: not withdrawn, nor explained and undecided.

    >>> table = pd.DataFrame({"status": ["confirmed", "withdrawn", "open", "open"],
    ...                       "remains": ["no", "", "no", "yes"]})
    >>> left_standing(table).tolist()
    [True, False, False, True]
    """
    explained = reviewed["remains"].eq("no") & reviewed["status"].eq("open")
    return reviewed["status"].ne("withdrawn") & ~explained


def _began_later(table: pd.DataFrame) -> pd.Series[bool]:
    if "since" not in table:
        return pd.Series(False, index=table.index)
    return pd.to_datetime(table["since"]).gt(table["decided_on"])


def _under_new_limits(table: pd.DataFrame, new_limits: pd.DataFrame | None) -> pd.DataFrame:
    """Add what is left of each opinion where the process behind it changed."""
    if new_limits is None or new_limits.empty or not set(KEYS) <= set(table):
        return table.assign(remains="", new_limits="")
    told = new_limits[[*KEYS, "remains", "words"]].rename(columns={"words": "new_limits"})
    both = table.merge(told, on=KEYS, how="left")
    return both.assign(**{name: both[name].fillna("").astype("str") for name in ("remains", "new_limits")})


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
        told.append(". ".join(part.rstrip(".") for part in (row["knowledge"], why) if part))
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
    roles = mine["role"] if "role" in mine else pd.Series("", index=mine.index)
    return ". ".join(
        _told(day, str(text), str(effect), role)
        for day, text, effect, role in zip(mine["at"], mine["text"], mine["effect"], roles, strict=True)
    )


def _told(day: object, text: str, effect: str, role: object) -> str:
    """One note in words: when, what, whether the process changed, and by which role it was said."""
    dated = f"{day_words(day)}: {text.rstrip('.')}" if pd.notna(pd.Timestamp(str(day))) else text.rstrip(".")
    means = "the process changed" if effect == "process_changed" else "explains points"
    return f"{dated} ({means}{f', says the {role}' if filled(role) else ''})"


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
