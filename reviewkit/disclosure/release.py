"""Releases: what was said since the last published run waits until enough people have said something.

Two weekly pages that differ by one interview tell what was said in it, however well each page
keeps its promise. So interviews and answers come into published runs several at a time: the
difference between two runs is always that of ``minimum`` people or more, or of nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Unit:
    """What a table counts: the column of the person or interview, a row's key, values that may change."""

    table: str
    column: str
    key: tuple[str, ...]
    values: tuple[str, ...] = ()


UNITS = (
    Unit("remarks", "interview_id", ("remark_id",)),
    Unit("perceptions", "respondent_id", ("respondent_id", "statement"), ("answer",)),
)
DEPENDENT = ("codings", "quotes", "blind_sample", "resolutions")
"""Tables about remarks: their rows wait with the remark."""


@dataclass(frozen=True)
class Release:
    """Tables as they may be published, and how many units of each wait or were withdrawn."""

    tables: dict[str, pd.DataFrame]
    waiting: dict[str, int] = field(default_factory=dict)
    withdrawn: dict[str, int] = field(default_factory=dict)

    def told(self, minimum: int) -> list[str]:
        """Return what is held back, in sentences for the team.

        >>> Release({}, {"remarks": 2}, {}).told(5)
        ['remarks: 2 new or changed interviews wait until there are 5']
        """
        nouns = {"remarks": "interview", "perceptions": "respondent"}
        lines = []
        for table, n in self.waiting.items():
            what = f"{n} new or changed {nouns[table]}{'' if n == 1 else 's'} wait{'s' if n == 1 else ''}"
            lines.append(f"{table}: {what} until there are {minimum}")
        for table, n in self.withdrawn.items():
            what = (
                f"{n} {nouns[table]}{' was' if n == 1 else 's were'} withdrawn since the last published run"
            )
            lines.append(f"{table}: {what}; whoever kept the earlier pages could compare them")
        return lines


def released(
    now: Mapping[str, pd.DataFrame], before: Mapping[str, pd.DataFrame], *, minimum: int = 5
) -> Release:
    """Return the tables of a run as they may be published after an earlier run.

    Parameters
    ----------
    now : ``remarks``, ``perceptions``, ``codings``, ``quotes`` as they are; those absent are left out.
    before : the same tables as the last published run had them. Empty: everything is released.
    minimum : how many units (interviews, respondents) must be new or changed for any to come in.

    Returns
    -------
    Of each table, all rows where no unit or at least ``minimum`` units are new or changed; else
    the rows there were, without those taken away since. What was withdrawn goes at once.

    Examples
    --------
    >>> was = pd.DataFrame({"interview_id": ["i1", "i2"], "remark_id": ["r1", "r2"]})
    >>> new = pd.DataFrame({"interview_id": ["i1", "i2", "i3"], "remark_id": ["r1", "r2", "r3"]})
    >>> made = released({"remarks": new}, {"remarks": was})
    >>> made.tables["remarks"]["remark_id"].tolist(), made.waiting
    (['r1', 'r2'], {'remarks': 1})
    """
    tables, waiting, withdrawn = dict(now), dict[str, int](), dict[str, int]()
    for unit in UNITS:
        if unit.table not in now or unit.table not in before or before[unit.table].empty:
            continue
        frame, gone, wait = _of_table(now[unit.table], before[unit.table], unit, minimum)
        tables[unit.table] = frame
        waiting |= {unit.table: wait} if wait else {}
        withdrawn |= {unit.table: gone} if 0 < gone < minimum else {}
    if "remarks" in waiting:
        held = set(now["remarks"]["remark_id"]) - set(tables["remarks"]["remark_id"])
        for name in DEPENDENT:
            if name in now:
                tables[name] = now[name][~now[name]["remark_id"].isin(held)]
    return Release(tables, waiting, withdrawn)


def _of_table(
    now: pd.DataFrame, before: pd.DataFrame, unit: Unit, minimum: int
) -> tuple[pd.DataFrame, int, int]:
    """Return the rows to publish, and how many units were withdrawn and wait."""
    whole = [*unit.key, *unit.values]
    keys, was = _joined(now, list(unit.key)), _joined(before, list(unit.key))
    counted = now[unit.column].notna() & now[unit.column].astype("str").ne("")
    changed = counted & ~_joined(now, whole).isin(set(_joined(before, whole)))
    units = set(now.loc[changed, unit.column])
    gone = len(set(before[unit.column].dropna()) - set(now[unit.column].dropna()) - {""})
    if not 0 < len(units) < minimum:
        return now, gone, 0
    kept = now[~changed | keys.isin(set(was))].copy()
    for name in unit.values:  # an answer changed since stands as it did, until others come with it
        old = dict(zip(was, before[name], strict=True))
        mine = keys[kept.index].map(old)
        kept[name] = mine.where(mine.notna(), kept[name]).astype(kept[name].dtype)
    return kept, gone, len(units)


def _joined(frame: pd.DataFrame, columns: list[str]) -> pd.Series[str]:
    parts = frame[columns].astype("str")
    return parts.apply("\x1f".join, axis=1) if len(columns) > 1 else parts[columns[0]]
