"""Cohen's kappa for each pair of coders, over all themes and for each."""

from __future__ import annotations

from dataclasses import asdict
from itertools import combinations

import numpy as np
import pandas as pd

from reviewkit.content import NO_CODE

from .bootstrap import interval, weights
from .cohen import cohen

_FIGURES = ("observed", "expected", "kappa", "low", "high", "pabak")
COLUMNS = ("coder_a", "coder_b", "code", "remarks", "given", "both", *_FIGURES)


def kappa(codings: pd.DataFrame, *, draws: int = 1000, seed: int = 20250801) -> pd.DataFrame:
    """Return Cohen's kappa for each pair of coders, over all themes and for each.

    A theme's kappa is on whether it was given or not, over the remarks that both coded; formula, interval
    and sources: :func:`reviewkit.voices.agreement.cohen.cohen`. The row over all themes takes every remark
    and theme together; as the themes of one remark hang together, its interval comes from drawing remarks
    with replacement (percentile bootstrap).

    Parameters
    ----------
    codings : ``remark_id, code, coder``, one row a code given; the code ``no_code`` says that a coder found
        none that fits.
    draws, seed : of the bootstrap.

    Returns
    -------
    ``COLUMNS``; ``code`` is empty in the row over all themes. ``given`` counts the remarks to which
    either gave the theme, ``both`` those to which both did. ``kappa`` is missing where neither coder
    ever used the theme or both always did: there is nothing to agree on beyond chance.

    Examples
    --------
    >>> codings = pd.DataFrame({"remark_id": list("abcdabcd"), "coder": ["one"] * 4 + ["two"] * 4,
    ...                         "code": ["x", "x", "y", "y", "x", "y", "y", "y"]})
    >>> kappa(codings).query("code == 'x'")[["observed", "kappa"]].round(2).values.tolist()
    [[0.75, 0.5]]
    """
    coded = codings[["remark_id", "code", "coder"]].dropna().astype("str").drop_duplicates()
    rows: list[dict[str, object]] = []
    for first, second in combinations(sorted(coded["coder"].unique()), 2):
        a, b = coded[coded["coder"] == first], coded[coded["coder"] == second]
        both = np.intersect1d(a["remark_id"].unique(), b["remark_id"].unique())
        if len(both):
            names = {"coder_a": first, "coder_b": second}
            rows += [names | row for row in _pair(_given(a, both), _given(b, both), draws, seed)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _given(coded: pd.DataFrame, remarks: np.ndarray) -> pd.DataFrame:
    """Remarks by themes: whether the coder gave it."""
    table = pd.crosstab(coded["remark_id"], coded["code"]) > 0
    return table.reindex(remarks).drop(columns=NO_CODE, errors="ignore")


def _pair(a: pd.DataFrame, b: pd.DataFrame, draws: int, seed: int) -> list[dict[str, object]]:
    themes = sorted(set(a.columns[a.any()]) | set(b.columns[b.any()]))
    first = a.reindex(columns=themes, fill_value=False).to_numpy(dtype=bool)
    second = b.reindex(columns=themes, fill_value=False).to_numpy(dtype=bool)
    rows = [_over_all(first, second, draws, seed)]
    return rows + [_row(code, first[:, i], second[:, i]) for i, code in enumerate(themes)]


def _row(code: str, a: np.ndarray, b: np.ndarray) -> dict[str, object]:
    made = asdict(cohen([[(a & b).sum(), (a & ~b).sum()], [(~a & b).sum(), (~a & ~b).sum()]]))
    counts = {"remarks": made.pop("n"), "given": int((a | b).sum()), "both": int((a & b).sum())}
    return {"code": code, **counts, **made}


def _over_all(a: np.ndarray, b: np.ndarray, draws: int, seed: int) -> dict[str, object]:
    row = _row("", a.ravel(), b.ravel()) | {
        "remarks": len(a),
        "given": int((a | b).any(axis=1).sum()),
        "both": int((a & b).any(axis=1).sum()),
    }
    # By remark: cells both gave, the first gave, the second gave; every remark has as many cells.
    parts = np.stack([(a & b).sum(axis=1), a.sum(axis=1), b.sum(axis=1)], axis=1).astype(float)
    cells = max(1, a.shape[0] * a.shape[1])
    drawn = weights(len(a), draws, seed) @ parts / cells
    together, one, two = drawn.T
    observed = 1 - one - two + 2 * together
    expected = one * two + (1 - one) * (1 - two)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(expected < 1, (observed - expected) / (1 - expected), np.nan)
    row["low"], row["high"] = interval(values)
    return row
