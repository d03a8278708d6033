"""Signals that stand once people have spoken: not explained by a changed process, not withdrawn."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.model import slug


def standing_signals(
    signals: pd.DataFrame,
    annotations: pd.DataFrame,
    decisions: pd.DataFrame,
    days: int = 62,
    *,
    new_limits: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the signals, those that a changed process explains or that people withdrew no longer promoted.

    A series whose process changed is judged by its points since then (``new_limits``, from
    :func:`reviewkit.findings.new_limits.signals_since`), unless people confirmed its opinion as a change
    of its own. A promoted signal that began within ``days`` of a ``process_changed`` note on its measure
    (and its site, where the note names one) is no longer promoted, unless people confirmed it as a
    change of its own; nor is one whose opinion was withdrawn. ``reason`` says why.

    >>> rows = pd.DataFrame({"measure": ["fcr"], "site": [""], "promoted": [True], "reason": ["promoted"],
    ...                      "since": pd.to_datetime(["2025-02-03"]), "assurance": ["fails"]})
    >>> notes = pd.DataFrame({"at": pd.to_datetime(["2025-02-10"]), "measure": ["fcr"], "site": [None],
    ...                       "text": ["New counting rule."], "effect": ["process_changed"]})
    >>> none = pd.DataFrame(columns=["opinion_id", "status", "role", "reason", "decided_on"])
    >>> standing_signals(rows, notes, none)["promoted"].tolist()
    [False]
    """
    table = signals.copy()
    latest = decisions.sort_values("decided_on", na_position="first").drop_duplicates(
        "opinion_id", keep="last"
    )
    ids = opinion_ids(table)
    confirmed = ids.isin(latest.loc[latest["status"].eq("confirmed"), "opinion_id"])
    table = _judged_anew(table, new_limits, confirmed)
    since = pd.to_datetime(table["since"]) if len(table) else pd.Series(dtype="datetime64[us]")
    for note in annotations[annotations["effect"].eq("process_changed")].to_dict("records"):
        mine = table["promoted"].fillna(False).astype(bool) & table["measure"].eq(note["measure"])
        if isinstance(note["site"], str) and note["site"]:
            mine &= table["site"].eq(note["site"])
        mine &= ~confirmed & (since - pd.Timestamp(note["at"])).abs().le(pd.Timedelta(days=days))
        table.loc[mine, "promoted"] = False
        table.loc[mine, "reason"] = f"explained by local knowledge: {note['text']}"
    for row in latest[latest["status"].eq("withdrawn")].to_dict("records"):
        mine = ids.eq(row["opinion_id"])
        table.loc[mine, "promoted"] = False
        table.loc[mine, "reason"] = f"withdrawn by the {row['role']}: {row['reason']}"
    return table


def _judged_anew(table: pd.DataFrame, new: pd.DataFrame | None, confirmed: pd.Series[bool]) -> pd.DataFrame:
    """The signals, each that has limits of its own since a changed process in place of the one over all."""
    if new is None or "promoted" not in new or not new["enough"].any():
        return table
    keys = ["measure", "site", "contract"]
    known = new[new["enough"]].drop_duplicates(keys).set_index(keys)
    found = known.reindex(pd.MultiIndex.from_frame(table[keys])).set_axis(table.index)
    mine = found["enough"].eq(True) & ~confirmed
    columns = [str(name) for name in table if name in found]
    anew = table[mine].assign(**{name: found.loc[mine, name] for name in columns})
    anew = anew.astype(table.dtypes.to_dict())
    fell = table.loc[mine, "promoted"].fillna(False).astype(bool) & ~anew["promoted"]
    anew.loc[fell, "reason"] = "explained by local knowledge: " + found.loc[mine, "change"][fell].astype(
        "str"
    )
    return pd.concat([table[~mine], anew]).sort_index()


def opinion_ids(signals: pd.DataFrame) -> pd.Series[Any]:
    """Return the id that the opinion on each signal has, whether or not it is one.

    >>> opinion_ids(pd.DataFrame({"measure": ["fcr"], "site": ["Castle Quay"], "contract": [""]})).tolist()
    ['1.1/opinion/fcr/castle_quay']
    """
    names = [name for name in ("measure", "site", "contract") if name in signals]
    rows = signals[names].itertuples(index=False)
    ids = ["/".join(["1.1", "opinion", *(slug(part) for part in row if part)]) for row in rows]
    return pd.Series(ids, index=signals.index, dtype="str")
