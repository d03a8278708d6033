"""Which table a client's heading is, and which of its columns are which of ours."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from reviewkit.model import TABLES, Column, Table

from .fitting import Fit, fit
from .grids import Grid
from .names import name_score, table_hint, words

Sureness = Literal["sure", "probably", "please check"]
_ORDER: tuple[Sureness, ...] = ("sure", "probably", "please check")
ACCEPTED = 0.5
"""Score from which a column is proposed."""
_PROBABLE = 0.68
_UNNAMED = 0.56
_SENTENCE = 4
_IDS = frozenset({"id", "reference", "number"})
_KNOWN_NAME, _FITTING, _CLEAR = 0.97, 0.9, 0.85
_SHARED = frozenset({"site", "team", "contract", "department", "level", "question"})
_TABLE_FOUND = 0.42
_TEAM_WRITES = frozenset(
    {
        "interviews",
        "participants",
        "observations",
        "walkthroughs",
        "scope",
        "opinions",
        "codings",
        "quotes",
        "decisions",
        "estimates",
        "progress",
    }
)
"""Tables that the review's own team fills in; a client has no export of them."""


@dataclass(frozen=True)
class Match:
    """A column of ours and the client's column that it is taken to be."""

    column: Column
    theirs: str
    score: float
    sureness: Sureness
    fit: Fit


@dataclass(frozen=True)
class Guess:
    """What a grid is taken to be: a table and its columns; ``other`` is the table it could be instead."""

    grid: Grid
    table: Table
    score: float
    sureness: Sureness
    matches: tuple[Match, ...]
    other: str = ""
    doubts: dict[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """Required columns for which none was found."""
        found = {match.column.name for match in self.matches}
        return tuple(name for name in self.table.required if name not in found)

    @property
    def unused(self) -> tuple[str, ...]:
        """The client's columns that are taken for none of ours."""
        used = {match.theirs for match in self.matches}
        return tuple(name for name in self.grid.headings if name not in used)


def guess(grid: Grid) -> Guess | None:
    """Return what a grid most likely is; None where it is like none of the tables."""
    tried = sorted((_try(grid, table) for table in TABLES.values()), key=lambda one: -one.score)
    best, second = tried[0], tried[1]
    if wide := _wide(grid, best):
        return wide
    if best.score < _TABLE_FOUND:
        return None
    near = second.score > 0.85 * best.score
    sureness: Sureness = "please check"
    if not best.missing and best.score >= 0.6:
        sureness = "probably" if near or best.score < 0.75 else "sure"
    other = second.table.name if near else ""
    matches, doubts = (
        match_columns(grid, best.table, settled=True) if best.missing else (best.matches, best.doubts)
    )
    capped = tuple(replace(match, sureness=_worse(match.sureness, sureness)) for match in matches)
    return Guess(grid, best.table, best.score, sureness, capped, other, doubts)


def _worse(one: Sureness, other: Sureness) -> Sureness:
    """Return the less sure of two: a column is no surer than its table."""
    return max(one, other, key=_ORDER.index)


def match_columns(
    grid: Grid, table: Table, *, settled: bool = False
) -> tuple[tuple[Match, ...], dict[str, str]]:
    """Pair the columns of a table with those of a grid, each at most once.

    Parameters
    ----------
    settled : the grid is this table: what must be there is looked for by its values, too.

    Returns
    -------
    The pairs in the order of the table, and by our column what speaks against one that was nearly
    taken.
    """
    from scipy.optimize import linear_sum_assignment

    ours, theirs = table.columns, grid.headings
    if not theirs:
        return (), {}
    named = np.array([[name_score(name, table.name, column.name) for name in theirs] for column in ours])
    elsewhere = _meant_for_another(named)
    named = np.where(elsewhere, 0.0, named)
    if settled:
        named = np.maximum(named, np.where(elsewhere, 0.0, _by_values(grid, table)))
    fits = [[fit(column, table, name, grid.profiles[name]) for name in theirs] for column in ours]
    scores = named * np.array([[0.3 + 0.7 * one.score if one.score else 0.0 for one in row] for row in fits])
    pairs = zip(*linear_sum_assignment(-_with_own_names_first(scores, table, theirs)), strict=True)
    matches, doubts = [], {}
    for row, place in pairs:
        same = ours[row].name == theirs[place]
        if same or (scores[row, place] >= ACCEPTED and _usable(ours[row], fits[row][place])):
            how = _sureness(named, scores, row, place, fits[row][place])
            matches.append(Match(ours[row], theirs[place], float(scores[row, place]), how, fits[row][place]))
    taken = {match.column.name for match in matches} | {match.theirs for match in matches}
    for row, column in enumerate(ours):
        place = int(named[row].argmax())
        near = named[row, place] >= 0.8 and column.name not in taken and theirs[place] not in taken
        if near and fits[row][place].question:
            doubts[column.name] = f"'{theirs[place]}' has the name, but {fits[row][place].question}"
    return tuple(matches), doubts


def _meant_for_another(named: np.ndarray) -> np.ndarray:
    """Where a heading is a name of another column alone: values that do not fit make it no other's."""
    known = named >= _KNOWN_NAME
    return np.asarray(known.any(axis=0) & ~known)


def _by_values(grid: Grid, table: Table) -> np.ndarray:
    """Names that must do for required columns: the only date, the only sentences, what is called an id."""
    scores = np.zeros((len(table.columns), len(grid.headings)))
    dated = [name for name in grid.headings if grid.profiles[name].dated]
    wordy = [name for name in grid.headings if grid.profiles[name].words >= _SENTENCE]
    for row, column in enumerate(table.columns):
        for place, name in enumerate(grid.headings):
            only_date = column.kind in ("date", "datetime") and dated == [name]
            an_id = column.name.endswith("_id") and bool(_IDS & set(words(name)))
            only_words = column.name == "text" and wordy == [name]
            if column.required and (only_date or an_id or only_words):
                # Of several, the first: exports begin with what they are about.
                scores[row, place] = _UNNAMED - 0.001 * place
    return scores


def _with_own_names_first(scores: np.ndarray, table: Table, theirs: tuple[str, ...]) -> np.ndarray:
    """A heading that is a name of ours is read as that column whatever the params say."""
    # What is not good enough must not tip the balance: a poor pair more is no gain.
    first = np.where(scores >= ACCEPTED, scores**2, 0.0)
    for row, column in enumerate(table.columns):
        if column.name in theirs:
            place = theirs.index(column.name)
            first[row, :] = 0
            first[:, place] = 0
            first[row, place] = max(scores[row, place], ACCEPTED) + 1
    return first


def _usable(column: Column, one: Fit) -> bool:
    """Whether the values can be read at all; an optional column that cannot be is left out."""
    return column.required or one.score >= 0.6


def _sureness(named: np.ndarray, scores: np.ndarray, row: int, place: int, one: Fit) -> Sureness:
    score = scores[row, place]
    rivals = [*np.delete(scores[row], place), *np.delete(scores[:, place], row)]
    clear = max(rivals, default=0.0) < _CLEAR * score
    if named[row, place] >= _KNOWN_NAME and one.score >= _FITTING and clear and not one.question:
        return "sure"
    return "probably" if score >= _PROBABLE and not one.question else "please check"


def _wide(grid: Grid, best: Guess) -> Guess | None:
    """Counts by period with a column for each measure: what kpis holds, but one row for each."""
    found = {match.column.name for match in best.matches}
    if best.table.name not in ("kpis", "resources") or "measure" in found:
        return None
    if not any(match.column.name == "period" and match.score >= _PROBABLE for match in best.matches):
        return None
    told = found - _SHARED - {"period"}
    used = {match.theirs for match in best.matches if match.column.name in _SHARED | {"period"}}
    counted = [n for n in grid.headings if n not in used and grid.profiles[n].numeric >= 0.95]
    if (told and best.table.name == "resources") or len(counted) < 2:
        return None
    kept = tuple(match for match in _try(grid, TABLES["kpis"]).matches if match.theirs in used)
    shown = ", ".join(f"'{name}'" for name in counted[:6]) + (" ..." if len(counted) > 6 else "")
    doubt = f"there is a column for each measure ({shown}); kpis has a row for each period, site and measure"
    return Guess(grid, TABLES["kpis"], best.score, "please check", kept, "", {"measure": doubt})


def _try(grid: Grid, table: Table) -> Guess:
    matches, doubts = match_columns(grid, table)
    score = _table_score(grid, table, matches)
    return Guess(grid, table, score, "please check", matches, "", doubts)


def _table_score(grid: Grid, table: Table, matches: tuple[Match, ...]) -> float:
    """How well the table explains the grid: its required columns found, and the grid's columns used."""
    found = {match.column.name: match.score for match in matches}
    needed = sum(found.get(name, 0.0) for name in table.required) / max(len(table.required), 1)
    told = sum(score * (0.4 if name in _SHARED else 1.0) for name, score in found.items())
    told /= told + 1.5
    used = sum(found.values()) / max(min(len(grid.headings), len(table.columns)), 1)
    hint = table_hint(grid.label, table.name)
    score = 0.45 * needed + 0.25 * told + 0.2 * used + 0.1 * hint
    # One column says little: many tables have an id or a date.
    if needed < 0.5 or len(found) < 2:
        score *= 0.7
    return score * (0.8 if table.name in _TEAM_WRITES else 1.0)
