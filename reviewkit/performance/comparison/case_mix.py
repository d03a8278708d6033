"""Like compared with like: what a unit reached beside what colleagues reach on the same mix of cases.

Two things must not leak into what is expected of a unit: its own results, and the results of units
that happen to have its kind of cases. So

1. how much harder one kind of case is than another is learnt *within* units, from a regression
   with an effect of its own for each unit (Kalbfleisch and Wolfe, 2013, *On monitoring outcomes of
   medical providers*; He et al., 2013), logistic for shares and linear for means;
2. the level is that of the others in the same group, the unit itself left out (external
   standardisation; Normand and Shahian, 2007, *Statistical and clinical aspects of hospital
   outcomes profiling*; Spiegelhalter, 2005).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from reviewkit.model import InputError

from ..names import refuse_clash
from ..spc.runs import Floats
from .case_mix_fit import Grid, bisect, expit, logit, mean_effects, share_effects, solve
from .checked import figures, not_negative
from .mix import usable

COLUMNS = ["n", "uncompared", "observed", "expected", "ratio", "centre", "adjusted", "effective", "error"]


def adjust(
    cells: pd.DataFrame,
    *,
    unit: str,
    successes: str,
    trials: str,
    mix: Sequence[str],
    within: str | None = None,
    squares: str | None = None,
) -> pd.DataFrame:
    """Return each unit's figure beside what others reach on its mix of cases.

    Parameters
    ----------
    cells : one row a covariate cell: the unit, the columns of ``mix`` and ``within``, and sums.
    unit : column that names the unit.
    successes, trials : columns of sums and of how many cases they come from. Successes are
        counts; with ``squares`` they are sums of a measurement.
    mix : columns that make cases alike. Those that cannot be used are named in ``adjusted_for``.
    within : compare only units that share this column, such as the site. Cases of a unit
        without anybody to compare with there are left out and counted in ``uncompared``.
    squares : column of sums of squares, for means.

    Returns
    -------
    One row a unit, sorted: ``unit, n`` (cases compared), ``uncompared`` (cases left out),
    ``observed, expected`` (sums), ``ratio`` (observed / expected), ``centre`` (all cases
    together), ``adjusted`` (the figure of the unit on the mix of all: for shares on the
    odds-ratio scale, so it stays within 0 and 1; for means ``centre + (observed - expected) / n``),
    ``effective`` (for shares, how many simple trials it is worth, never more than ``n``),
    ``error`` (standard error of ``adjusted``, that of the others' level included, that of the
    regression not), ``adjusted_for`` (in words).

    Raises
    ------
    InputError : sums are missing, infinite or negative, or successes exceed trials.

    Examples
    --------
    >>> cells = pd.DataFrame({"agent": list("aabb"), "kind": ["easy", "hard"] * 2,
    ...                       "solved": [81, 5, 9, 45], "calls": [90, 10, 10, 90]})
    >>> found = adjust(cells, unit="agent", successes="solved", trials="calls", mix=["kind"])
    >>> found[["agent", "observed", "expected", "adjusted"]].round(2).values.tolist()
    [['a', 86.0, 86.0, 0.7], ['b', 54.0, 54.0, 0.7]]
    """
    rows, how = (
        _checked(cells, unit, successes, trials, squares),
        usable(cells, mix, unit=unit, trials=trials),
    )
    if rows.empty:
        return pd.DataFrame(columns=[unit, *COLUMNS, "adjusted_for"])
    sums = [trials, successes] + ([squares] if squares else [])
    grid = Grid.of(rows, unit, within, how.used, sums)
    names = pd.Index(pd.factorize(rows[unit], sort=True)[1], name=unit)
    made = _shares(grid) if squares is None else _means(grid)
    result = pd.DataFrame(made, index=names).reset_index()
    return result[[unit, *COLUMNS]].assign(adjusted_for=how.words())


def _checked(
    cells: pd.DataFrame, unit: str, successes: str, trials: str, squares: str | None
) -> pd.DataFrame:
    if unit not in cells:
        raise InputError("the column is not there", column=unit)
    refuse_clash([unit], [*COLUMNS, "adjusted_for"])
    sums = {name: figures(cells, name) for name in (successes, trials, squares) if name}
    not_negative(sums[trials], trials)
    if squares is None:
        not_negative(sums[successes], successes)
        if (sums[successes] > sums[trials]).any():
            raise InputError(f"'{successes}' exceeds '{trials}'", column=successes)
    kept: pd.DataFrame = cells[(sums[trials] > 0) & cells[unit].notna()]
    return kept


def _summed(grid: Grid, values: Floats) -> Floats:
    """Sums over the pairs of a unit."""
    return np.bincount(grid.unit_of, values, minlength=grid.units).astype("float64")


def _compared(grid: Grid) -> tuple[Grid, Floats]:
    """The grid without pairs that have nobody to compare with, and how many cases of each unit those are."""
    alone = grid.others(grid.tried).sum(axis=1) <= 0
    return grid.only(~alone), _summed(grid, np.where(alone, grid.tried.sum(axis=1), 0.0))


def _shares(grid: Grid) -> dict[str, Floats]:
    effect = share_effects(grid)
    grid, left = _compared(grid)
    others, solved = grid.others(grid.tried), grid.others(grid.won[:, None])[:, 0]
    size = others.sum(axis=1)
    # Where the others solved none or all, half a case stands in.
    level = solve(others, effect, np.clip(solved, 0.5, size - 0.5))
    chance = expit(level[:, None] + effect)
    own, rest = ((n * chance * (1 - chance)).sum(axis=1) for n in (grid.tried, others))
    n, observed = _summed(grid, grid.tried.sum(axis=1)), _summed(grid, grid.won)
    expected, known = _summed(grid, (grid.tried * chance).sum(axis=1)), _summed(grid, own)
    apart = _apart(grid, level[:, None] + effect, observed)
    centre = observed.sum() / n.sum() if n.sum() else np.nan
    adjusted = expit(logit(centre) + apart)
    with np.errstate(divide="ignore", invalid="ignore"):
        doubt = 1 / known + _summed(grid, own**2 / rest) / known**2
        flat = centre * (1 - centre)
        effective = np.where(flat > 0, np.minimum(n, 1 / (doubt * flat)), n)
        error = np.sqrt(np.where(effective > 0, flat / effective, np.nan))
    empty = n == 0
    return _columns(n, left, observed, expected, centre, np.where(empty, np.nan, adjusted)) | {
        "effective": np.where(empty, 0.0, effective),
        "error": error,
    }


def _apart(grid: Grid, offset: Floats, observed: Floats) -> Floats:
    """Log-odds by which each unit lies apart from the others on its own mix."""

    def expected(shift: Floats) -> Floats:
        return _summed(grid, (grid.tried * expit(offset + shift[grid.unit_of, None])).sum(axis=1))

    return bisect(expected, observed, grid.units)


def _means(grid: Grid) -> dict[str, Floats]:
    effect, spread = mean_effects(grid)
    grid, left = _compared(grid)
    others, total = grid.others(grid.tried), grid.others(grid.won[:, None])[:, 0]
    size, own = others.sum(axis=1), grid.tried.sum(axis=1)
    level = (total - others @ effect) / size
    n, observed = _summed(grid, own), _summed(grid, grid.won)
    expected = _summed(grid, grid.tried @ effect + own * level)
    centre = observed.sum() / n.sum() if n.sum() else np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        adjusted = centre + (observed - expected) / n
        error = spread * np.sqrt(1 / n + _summed(grid, own**2 / size) / n**2)
    empty = n == 0
    return _columns(n, left, observed, expected, centre, np.where(empty, np.nan, adjusted)) | {
        "effective": n,
        "error": np.where(empty, np.nan, error),
    }


def _columns(
    n: Floats, left: Floats, observed: Floats, expected: Floats, centre: float, adjusted: Floats
) -> dict[str, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = observed / expected
    return {"n": n, "uncompared": left, "observed": observed, "expected": expected, "ratio": ratio,
            "centre": np.full(len(n), centre), "adjusted": adjusted}  # fmt: skip
