"""Whether the statements of a kind hang together well enough to be read as one scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from reviewkit.content import Statement

from .scales import oriented

ENOUGH = 30
"""Respondents with every answer below which reliability is not judged."""
COLUMNS = ("kind", "statements", "respondents", "alpha", "lower", "upper", "omega", "verdict")


class Alpha(NamedTuple):
    """Cronbach's alpha with its interval."""

    alpha: float
    lower: float
    upper: float


def cronbach_alpha(scores: np.ndarray, level: float = 0.95) -> Alpha:
    """Return Cronbach's alpha of ``scores`` (respondents by statements) with Feldt's interval.

    alpha = k / (k - 1) x (1 - sum of the statements' variances / variance of the sum). Source:
    L. J. Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16
    (1951), 297-334. Limits: 1 - (1 - alpha) F at n - 1 and (n - 1)(k - 1) degrees of freedom;
    L. S. Feldt, D. J. Woodruff and F. A. Salih, "Statistical inference for coefficient alpha",
    Applied Psychological Measurement 11 (1987), 93-103. Missing where nobody differs.

    >>> scores = np.array([[1, 2, 1], [2, 2, 3], [4, 3, 4], [5, 5, 4], [3, 4, 3]])
    >>> round(cronbach_alpha(scores).alpha, 3)
    0.918
    """
    from scipy.special import fdtri

    n, k = scores.shape
    total = float(scores.sum(axis=1).var(ddof=1)) if n > 1 else 0.0
    if n < 3 or k < 2 or total <= 0:
        return Alpha(np.nan, np.nan, np.nan)
    alpha = k / (k - 1) * (1 - float(scores.var(axis=0, ddof=1).sum()) / total)
    tail, below, above = (1 - level) / 2, n - 1, (n - 1) * (k - 1)
    limits = [1 - (1 - alpha) * float(fdtri(below, above, share)) for share in (1 - tail, tail)]
    return Alpha(alpha, limits[0], limits[1])


def omega_total(scores: np.ndarray) -> float:
    """Return McDonald's omega of ``scores`` (respondents by statements): one factor, by maximum likelihood.

    omega = (sum of loadings)^2 / ((sum of loadings)^2 + sum of unique variances). Source: R. P.
    McDonald, "Test theory", 1999, chapter 6. The factor is found by Lawley's iteration: loadings
    from the first eigenvector of the covariances scaled by the unique variances, then unique
    variances anew. Missing under three statements, or where one does not vary.

    >>> scores = np.array([[1, 2, 1], [2, 2, 3], [4, 3, 4], [5, 5, 4], [3, 4, 3], [2, 1, 2]])
    >>> round(omega_total(scores), 2)
    0.94
    """
    n, k = scores.shape
    if k < 3 or n <= k:
        return float("nan")
    covariance = np.cov(scores.T)
    variances = np.diag(covariance)
    if (variances <= 0).any():
        return float("nan")
    unique, loadings = variances / 2, np.zeros(k)
    for _ in range(2000):
        root = np.sqrt(unique)
        values, vectors = np.linalg.eigh(covariance / np.outer(root, root))
        loadings = root * vectors[:, -1] * np.sqrt(max(float(values[-1]) - 1, 0.0))
        after = np.maximum(variances - loadings**2, 0.005 * variances)
        done, unique = bool(np.abs(after - unique).max() < 1e-9 * variances.max()), after
        if done:
            break
    common = float(loadings.sum()) ** 2
    return common / (common + float(unique.sum()))


def reliability(
    perceptions: pd.DataFrame, statements: Mapping[str, Statement], *, minimum: int = 5
) -> pd.DataFrame:
    """Return how well the statements of each kind hang together.

    Only respondents who answered every statement that was asked of that kind count. ``verdict``:
    ``one scale`` where alpha's lower limit is 0.6 or more, ``apart`` where its upper limit is
    under 0.7, ``unsure`` between, and ``too few`` under 30 respondents. Where the verdict
    is not ``one scale``, statements are to be read one by one.

    Returns
    -------
    ``COLUMNS``, one row a kind; under ``minimum`` respondents without figures.
    """
    scored = oriented(perceptions, statements)
    rows = []
    for kind, part in scored.groupby("kind", sort=False):
        wide = part.pivot(index="respondent_id", columns="statement", values="score").dropna()
        row = {"kind": kind, "statements": wide.shape[1], "respondents": len(wide)}
        if len(wide) >= max(minimum, 3) and wide.shape[1] > 1:
            scores = wide.to_numpy(dtype=float)
            row |= cronbach_alpha(scores)._asdict() | {"omega": omega_total(scores)}
        rows.append(row)
    table = pd.DataFrame(rows, columns=list(COLUMNS[:-1]))
    figures = ["alpha", "lower", "upper", "omega"]
    table[figures] = table[figures].astype("float64")
    table["verdict"] = np.select(
        [
            table["respondents"].lt(ENOUGH) | table["alpha"].isna(),
            table["lower"] >= 0.6,
            table["upper"] < 0.7,
        ],
        ["too few", "one scale", "apart"],
        "unsure",
    )
    return table


def same_answer_throughout(
    perceptions: pd.DataFrame, statements: Mapping[str, Statement], *, fewest: int = 10
) -> int:
    """Return how many respondents gave the same answer to every one of ``fewest`` statements or more.

    Agreeing is good for some statements and bad for others, so that such answers say little.

    >>> from reviewkit.content import load_statements
    >>> said = pd.DataFrame({"respondent_id": "a", "statement": list(load_statements())[:12], "answer": 4})
    >>> same_answer_throughout(said, load_statements())
    1
    """
    known = perceptions[perceptions["statement"].isin(list(statements))]
    spread = known.groupby("respondent_id")["answer"].agg(["nunique", "size"])
    return int((spread["nunique"].eq(1) & spread["size"].ge(fewest)).sum())
