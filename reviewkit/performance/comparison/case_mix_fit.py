"""How much harder one kind of case is than another, learnt within units from sums by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ..spc.runs import Flags, Floats, Ints
from .checked import kinds

STEPS = 60
"""Halvings of an interval of 80 log-odds: exact to the last digits."""
WEAK = 1e6
"""Inverse strength of the penalty: it only keeps effects finite where a kind always succeeds."""


@dataclass(frozen=True)
class Grid:
    """Sums of each pair of unit and group (rows), trials by kind of case (columns).

    ``design`` holds one row a kind: 0 and 1 for each value of each mix column but the first.
    """

    unit_of: Ints
    group_of: Ints
    tried: Floats
    wins: Floats
    squares: Floats
    design: Floats
    units: int

    @property
    def won(self) -> Floats:
        """Successes, or sums, of each pair."""
        total: Floats = self.wins.sum(axis=1)
        return total

    @classmethod
    def of(
        cls, rows: pd.DataFrame, unit: str, within: str | None, used: Sequence[str], sums: Sequence[str]
    ) -> Grid:
        """Return the sums of cells; ``sums`` names trials, successes and, for means, squares."""
        table = pd.DataFrame({name: kinds(rows[name]) for name in used}, index=rows.index)
        kind = table.groupby(list(used)).ngroup().to_numpy() if used else np.zeros(len(rows), dtype="int64")
        unit_of, names = pd.factorize(rows[unit], sort=True)
        group = pd.factorize(kinds(rows[within]), sort=True)[0] if within else np.zeros_like(unit_of)
        pair, _ = pd.factorize(unit_of * (int(group.max()) + 1) + group, sort=True)
        first = np.unique(pair, return_index=True)[1]
        shape = (int(pair.max()) + 1, int(kind.max()) + 1)
        flat = pair * shape[1] + kind
        cells = shape[0] * shape[1]
        made: list[Floats] = [
            np.bincount(flat, rows[name].to_numpy("float64"), minlength=cells)
            .astype("float64")
            .reshape(shape)
            for name in sums
        ]
        design = np.zeros((shape[1], 0))
        if used:
            distinct = table.iloc[np.unique(kind, return_index=True)[1]]
            design = pd.get_dummies(distinct, drop_first=True, dtype="float64").to_numpy("float64")
        squares = made[2] if len(made) > 2 else np.zeros(shape)
        return cls(unit_of[first], group[first], made[0], made[1], squares, design, len(names))

    def only(self, kept: Flags) -> Grid:
        """Return the grid with the pairs that are kept."""
        return replace(self, unit_of=self.unit_of[kept], group_of=self.group_of[kept], tried=self.tried[kept],
                       wins=self.wins[kept], squares=self.squares[kept])  # fmt: skip

    def others(self, values: Floats) -> Floats:
        """Return, for each pair, the sums of its group without it."""
        sums = np.zeros((int(self.group_of.max(initial=0)) + 1, values.shape[1]))
        np.add.at(sums, self.group_of, values)
        rest: Floats = np.maximum(sums[self.group_of] - values, 0.0)
        return rest

    def by_unit(self, values: Floats) -> Floats:
        """Return the sums of each unit by kind."""
        sums = np.zeros((self.units, values.shape[1]))
        np.add.at(sums, self.unit_of, values)
        return sums


def share_effects(grid: Grid) -> Floats:
    """Return the log-odds of each kind of case, from a logistic regression with an effect for each unit."""
    if not grid.design.shape[1]:
        return np.zeros(len(grid.design))
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    tried, won = grid.by_unit(grid.tried), grid.by_unit(grid.wins)
    # A unit that solved none or all says nothing about what makes cases hard.
    tells = (won.sum(axis=1) > 0) & (won.sum(axis=1) < tried.sum(axis=1))
    unit, kind = np.nonzero(tried * tells[:, None])
    if not len(unit):
        return np.zeros(len(grid.design))
    row = np.arange(len(unit))
    own = sparse.csr_array((np.ones(len(unit)), (row, unit)), shape=(len(unit), grid.units))
    half = sparse.hstack([own, sparse.csr_array(grid.design[kind])], format="csr")
    good = won[unit, kind]
    weights = np.concatenate([good, tried[unit, kind] - good])
    outcome = np.repeat([1, 0], len(unit))
    model = LogisticRegression(C=WEAK, solver="newton-cholesky", fit_intercept=False, tol=1e-8, max_iter=200)
    model.fit(sparse.vstack([half, half], format="csr")[weights > 0], outcome[weights > 0],
              sample_weight=weights[weights > 0])  # fmt: skip
    effects: Floats = grid.design @ model.coef_[0][grid.units :]
    return effects


def mean_effects(grid: Grid) -> tuple[Floats, float]:
    """Return the effect of each kind of case on a mean, and the spread of cases within unit and kind.

    The effect of each unit is taken out first (Frisch and Waugh, 1933), so that only a few
    columns remain however many units there are.
    """
    tried, sums = grid.by_unit(grid.tried), grid.by_unit(grid.wins)
    unit, kind = np.nonzero(tried)
    weight, mean = tried[unit, kind], sums[unit, kind] / tried[unit, kind]
    sizes = np.bincount(unit, weight, minlength=grid.units)

    def centred(values: Floats) -> Floats:
        middle = np.bincount(unit, weight * values, minlength=grid.units) / np.maximum(sizes, 1e-12)
        moved: Floats = (values - middle[unit]) * np.sqrt(weight)
        return moved

    columns = [centred(grid.design[kind, place]) for place in range(grid.design.shape[1])]
    target = centred(mean)
    design = np.column_stack(columns) if columns else np.zeros((len(unit), 0))
    found = np.linalg.lstsq(design, target, rcond=1e-9)[0] if columns else np.zeros(0)
    # What varies within unit and kind, and what the regression leaves.
    within = float(grid.squares.sum() - (sums[unit, kind] ** 2 / weight).sum())
    left = within + float(((target - design @ found) ** 2).sum())
    free = weight.sum() - len(np.unique(unit)) - np.linalg.matrix_rank(design) if len(unit) else 0
    spread = float(np.sqrt(max(left, 0.0) / free)) if free > 0 else np.nan
    return grid.design @ found, spread


def expit(values: Floats) -> Floats:
    """Return chances from log-odds."""
    chances: Floats = 1 / (1 + np.exp(-np.clip(values, -700, 700)))
    return chances


def logit(chance: float) -> float:
    """Return log-odds from a chance; those of 0 and 1 are infinite."""
    with np.errstate(divide="ignore"):
        return float(np.log(chance) - np.log1p(-chance))


def bisect(expected: Callable[[Floats], Floats], wanted: Floats, number: int) -> Floats:
    """Return the log-odds at which each rising function gives what is wanted, within 40 of 0."""
    low, high = np.full(number, -40.0), np.full(number, 40.0)
    for _ in range(STEPS):
        middle = (low + high) / 2
        short = expected(middle) < wanted
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    found: Floats = (low + high) / 2
    return found


def solve(tried: Floats, effect: Floats, wanted: Floats) -> Floats:
    """Return the level of each row at which its trials give as many successes as wanted."""

    def expected(level: Floats) -> Floats:
        chances: Floats = (tried * expit(level[:, None] + effect)).sum(axis=1)
        return chances

    return bisect(expected, wanted, len(tried))
