"""SMART quality of the goals on file, letter by letter with the words that carry it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from reviewkit.model import Measure
from reviewkit.model.tables.schema import LEVELS

from ..wording import amount, filled
from . import words as words
from .dates import dates_in
from .measure_names import measure_phrases, named_measures

LETTERS = {
    "specific": "Specific",
    "measurable": "Measurable",
    "achievable": "Achievable",
    "relevant": "Relevant",
    "time_bound": "Time-bound",
}
NO_LEVEL = "it asks for no level of a known measure, so nobody can tell"
NO_RECORD = "no level of this measure is known to have been held, so nobody can tell"


class Held(NamedTuple):
    """A level that was held for half a year, and who held it, in words."""

    level: float
    by: str


def read_goals(
    goals: pd.DataFrame,
    measures: Sequence[Measure],
    as_of: dt.date,
    *,
    held: Mapping[str, Held] | None = None,
    outcomes: Iterable[str] = (),
) -> pd.DataFrame:
    """Return each goal with the letters of SMART it meets, and the words that carry each.

    *Specific*: an act, and something concrete it is done to. *Measurable*: a figure that says
    what it counts, or a measure and a target on file. *Achievable*: a level that this or some
    other site has held for half a year; where no level is asked for or none is known, it
    cannot be judged, and is never met by default. *Relevant*: it names a measure of the
    engagement or an outcome of the contract. *Time-bound*: a date on file or in the words,
    not more than a year before ``as_of``.

    Parameters
    ----------
    goals : ``goal_id, owner, department, level, text, measure, target, due``.
    measures : the engagement's.
    as_of : date up to which data reach.
    held : for each measure the best level that was sustained.
    outcomes : names of the contract's outcomes.

    Returns
    -------
    ``goal_id, owner, department, level, text``; ``points_at`` (measure or outcome, "" where
    none), ``asks`` (level asked for), ``ends`` (date); a letter's column (true, false or
    missing where nobody can judge), ``<letter>_words`` (exactly as they stand in the text, or
    "on file: ..."), ``<letter>_lacks``; and ``smart`` (all five letters met).

    Examples
    --------
    >>> fcr = Measure(id="fcr", name="First-contact resolution", unit="percent", direction="increase",
    ...               table="contacts", numerator="sum(resolved)", denominator="count(resolved)")
    >>> goals = pd.DataFrame({"goal_id": ["g1", "g2"], "owner": "p", "department": "d", "level": "team_lead",
    ...     "text": ["Improve service", "Raise first-contact resolution to 74 % by June"],
    ...     "measure": None, "target": None, "due": pd.NaT})
    >>> read = read_goals(goals, [fcr], dt.date(2025, 1, 31), held={"fcr": Held(76.0, "held in North")})
    >>> read["smart"].tolist(), read["measurable_words"][1], read["time_bound_words"][1]
    ([False, True], '74 %', 'by June')
    """
    phrases, known = measure_phrases(measures, outcomes), {measure.id: measure for measure in measures}
    rows = [_read(row, phrases, known, as_of, held or {}) for row in goals.to_dict("records")]
    table = pd.DataFrame(rows, columns=_columns())
    kinds = dict.fromkeys(LETTERS, "boolean") | {"smart": "bool", "asks": "float64"}
    table["ends"] = pd.to_datetime(table["ends"]).astype("datetime64[us]")
    return table.astype(kinds)


def goal_summary(read: pd.DataFrame) -> pd.DataFrame:
    """Return ``letter, met, not_met, unknown, goals, share`` (of those judged) a letter and for all five.

    >>> goal_summary(pd.DataFrame({**dict.fromkeys(LETTERS, [True, None]), "smart": [True, False]}))[
    ...     ["letter", "met", "not_met", "unknown"]].values.tolist()[0]
    ['Specific', 1, 0, 1]
    """
    rows = []
    for name, title in {**LETTERS, "smart": "All five"}.items():
        column = read[name].astype("boolean")
        met, judged = int(column.sum()), int(column.notna().sum())
        counts = {"met": met, "not_met": judged - met, "unknown": len(read) - judged, "goals": len(read)}
        rows.append(
            {"key": name, "letter": title, **counts, "share": met / judged if judged else float("nan")}
        )
    return pd.DataFrame(rows)


def owners_of(owners: pd.Series[Any]) -> int:
    """Return how many people own goals; each goal without an owner on file may be another's.

    >>> owners_of(pd.Series(["a", "a", None]))
    2
    """
    return int(owners.nunique() + owners.isna().sum())


def summary_by_level(read: pd.DataFrame) -> pd.DataFrame:
    """Return ``level, goals, owners`` and how many goals meet each letter, from the top."""
    levels = read.assign(level=read["level"].fillna("").astype("str"))
    for name in LETTERS:
        levels[name] = levels[name].astype("boolean").fillna(False).astype("int64")
    groups = levels.groupby("level")
    table = groups[[*LETTERS, "smart"]].sum().astype("int64")
    table = table.assign(goals=groups.size(), owners=groups["owner"].agg(owners_of))
    return table.loc[[level for level in (*LEVELS, "") if level in table.index]].reset_index()


def _columns() -> list[str]:
    kept = ["goal_id", "owner", "department", "level", "text", "points_at", "asks", "ends"]
    for name in LETTERS:
        kept += [name, f"{name}_words", f"{name}_lacks"]
    return [*kept, "smart"]


def _read(
    row: Mapping[Any, Any],
    phrases: Mapping[str, str],
    known: Mapping[str, Measure],
    as_of: dt.date,
    held: Mapping[str, Held],
) -> dict[str, Any]:
    text = row["text"] if filled(row["text"]) else ""
    dates, named = dates_in(text, as_of), named_measures(text, phrases)
    filed = str(row["measure"]) if filled(row["measure"]) else ""
    points_at = filed if filed in known else named[0].measure if named else ""
    measure = known.get(points_at)
    asked, ends = _asked(row, text, measure, dates), _ends(row, dates)
    letters = {
        "specific": _told(words.read_specific(text, named, dates), text),
        "measurable": _measurable(row, text, measure, named, dates),
        "achievable": _achievable(asked, measure, held),
        "relevant": _relevant(text, filed, known, named),
        "time_bound": _time_bound(row, text, dates, as_of),
    }
    result = {name: row.get(name) for name in ("goal_id", "owner", "department", "level")}
    result |= {"text": text, "points_at": points_at, "asks": asked[0] if asked else None, "ends": ends}
    for name, (met, carried, lacks) in letters.items():
        result |= {name: met, f"{name}_words": carried, f"{name}_lacks": lacks}
    return result | {"smart": all(met is True for met, _, _ in letters.values())}


_Letter = tuple[bool | None, str, str]


def _told(reading: words.Reading, text: str) -> _Letter:
    return reading.met, reading.words(text), reading.lacks


def _asked(
    row: Mapping[Any, Any], text: str, measure: Measure | None, dates: Any
) -> tuple[float, str] | None:
    """The level asked for, and the words or the file that ask for it."""
    if measure is None:
        return None
    if pd.notna(row["target"]):
        level = float(row["target"])
        return level, f"on file: {amount(level, measure.unit, measure.decimals)}"
    found = words.asked_level(text, measure.unit, dates)
    return (found[0], text[slice(*found[1])]) if found else None


def _ends(row: Mapping[Any, Any], dates: Any) -> Any:
    if pd.notna(row["due"]):
        return pd.Timestamp(row["due"])
    return pd.Timestamp(max(found.day for found in dates)) if dates else pd.NaT


def _measurable(
    row: Mapping[Any, Any], text: str, measure: Measure | None, named: Any, dates: Any
) -> _Letter:
    reading = words.read_measurable(text, named, dates)
    if reading.met or measure is None or pd.isna(row["target"]):
        return _told(reading, text)
    return (
        True,
        f"on file: {measure.name}, {amount(float(row['target']), measure.unit, measure.decimals)}",
        "",
    )


def _achievable(
    asked: tuple[float, str] | None, measure: Measure | None, held: Mapping[str, Held]
) -> _Letter:
    if asked is None or measure is None or measure.direction == "neutral":
        return None, "", NO_LEVEL
    best = held.get(measure.id)
    if best is None:
        return None, "", NO_RECORD
    lacks = words.beyond_reach(asked[0], best.level, measure.direction, measure.unit, measure.decimals)
    return (False, "", lacks) if lacks else (True, asked[1], "")


def _relevant(text: str, filed: str, known: Mapping[str, Measure], named: Any) -> _Letter:
    reading = words.read_relevant(named)
    if reading.met:
        return _told(reading, text)
    if filed in known:
        return True, f"on file: {known[filed].name}", ""
    return False, "", "the measure on file is none of the engagement's" if filed else reading.lacks


def _time_bound(row: Mapping[Any, Any], text: str, dates: Any, as_of: dt.date) -> _Letter:
    reading = words.read_time_bound(dates, as_of)
    if reading.met or pd.isna(row["due"]):
        return _told(reading, text)
    day = pd.Timestamp(row["due"]).date()
    lacks = words.past(day, as_of)
    return not lacks, "" if lacks else f"on file: {day.day} {day:%B %Y}", lacks
