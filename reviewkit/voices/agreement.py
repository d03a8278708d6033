"""How far coders agree: Cohen's kappa by pair and theme, Krippendorff's alpha over all."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd


def kappa(codings: pd.DataFrame) -> pd.DataFrame:
    """Return Cohen's kappa for each pair of coders, over all themes and for each.

    kappa = (observed - expected) / (1 - expected) on whether a theme was given or not, over
    the remarks that both coded. Source: J. Cohen, "A Coefficient of Agreement for Nominal
    Scales", Educational and Psychological Measurement 20 (1960), 37-46.

    Parameters
    ----------
    codings : ``remark_id, code, coder``, one row a code given.

    Returns
    -------
    ``coder_a, coder_b, code, remarks, both, observed, expected, kappa``; ``code`` is empty in
    the row over all themes. ``kappa`` is missing where neither coder ever used the theme or both
    always did: there is nothing to agree on beyond chance.

    Examples
    --------
    >>> codings = pd.DataFrame({"remark_id": list("abcdabcd"), "coder": ["one"] * 4 + ["two"] * 4,
    ...                         "code": ["x", "x", "y", "y", "x", "y", "y", "y"]})
    >>> kappa(codings).query("code == 'x'")[["observed", "kappa"]].round(2).values.tolist()
    [[0.75, 0.5]]
    """
    coded = codings[["remark_id", "code", "coder"]].drop_duplicates()
    rows: list[dict[str, object]] = []
    for first, second in combinations(sorted(coded["coder"].unique()), 2):
        a, b = coded[coded["coder"] == first], coded[coded["coder"] == second]
        both = np.intersect1d(a["remark_id"].unique(), b["remark_id"].unique())
        if len(both):
            rows += _pair(first, second, _given(a, both), _given(b, both))
    columns = ["coder_a", "coder_b", "code", "remarks", "both", "observed", "expected", "kappa"]
    return pd.DataFrame(rows, columns=columns)


def alpha(codings: pd.DataFrame) -> float:
    """Return Krippendorff's alpha for nominal data over all coders and remarks.

    alpha = 1 - (n - 1) (n - sum of o_cc) / (n^2 - sum of n_c^2), from the coincidence matrix o
    of pairable values. Coders need not have coded every remark. Where a coder gave a remark several
    codes, the set of them is the value, so only equal sets agree. Source: K. Krippendorff,
    "Computing Krippendorff's Alpha-Reliability" (2011), section C.

    Parameters
    ----------
    codings : ``remark_id, code, coder``, one row a code given.

    Returns
    -------
    At most 1 (perfect agreement); 0 is chance. NaN where no remark was coded twice or only
    one value occurs.

    Examples
    --------
    >>> codings = pd.DataFrame({"remark_id": list("abcabc"), "coder": ["one"] * 3 + ["two"] * 3,
    ...                         "code": ["x", "y", "y", "x", "y", "x"]})
    >>> round(alpha(codings), 3)
    0.444
    """
    coded = codings[["remark_id", "code", "coder"]].dropna().astype("str").drop_duplicates()
    sets = coded.groupby(["remark_id", "coder"])["code"].agg(lambda codes: "\x1f".join(sorted(codes)))
    values = sets.reset_index()
    return _nominal_alpha(values["remark_id"], values["code"])


def alpha_by_theme(codings: pd.DataFrame) -> pd.DataFrame:
    """Return ``code, alpha, remarks``: alpha on whether each theme was given, over remarks coded twice."""
    coded = codings[["remark_id", "code", "coder"]].drop_duplicates()
    judged = coded[["remark_id", "coder"]].drop_duplicates()
    times = judged.groupby("remark_id")["coder"].transform("size")
    judged = judged[times > 1]
    rows = []
    for code in sorted(coded["code"].unique()):
        given = coded[coded["code"] == code].assign(given=True)
        values = judged.merge(given, on=["remark_id", "coder"], how="left")
        value = values["given"].notna().astype("str")
        rows.append((code, _nominal_alpha(values["remark_id"], value), judged["remark_id"].nunique()))
    return pd.DataFrame(rows, columns=["code", "alpha", "remarks"])


def _nominal_alpha(units: pd.Series, values: pd.Series) -> float:
    table = pd.crosstab(units.to_numpy(), values.to_numpy()).to_numpy(dtype=float)
    per_unit = table.sum(axis=1) if table.size else np.zeros(0)
    table = table[per_unit > 1] if table.size else np.zeros((0, 0))
    if not len(table):
        return float("nan")
    # Pairs within a unit, each unit weighted by one over its number of values less one.
    weights = 1 / (table.sum(axis=1) - 1)
    agreeing = float((weights[:, None] * table * (table - 1)).sum())
    totals = table.sum(axis=0)
    n = float(totals.sum())
    expected = n * n - float((totals**2).sum())
    return 1 - (n - 1) * (n - agreeing) / expected if expected else float("nan")


def _given(coded: pd.DataFrame, remarks: np.ndarray) -> pd.DataFrame:
    """Remarks by themes: whether the coder gave it."""
    table = pd.crosstab(coded["remark_id"], coded["code"]) > 0
    return table.reindex(remarks)


def _pair(first: str, second: str, a: pd.DataFrame, b: pd.DataFrame) -> list[dict[str, object]]:
    themes = sorted(set(a.columns[a.any()]) | set(b.columns[b.any()]))
    a = a.reindex(columns=themes, fill_value=False)
    b = b.reindex(columns=themes, fill_value=False)
    rows = [_row(first, second, "", a.to_numpy().ravel(), b.to_numpy().ravel(), len(a))]
    rows += [_row(first, second, code, a[code].to_numpy(), b[code].to_numpy(), len(a)) for code in themes]
    return rows


def _row(first: str, second: str, code: str, a: np.ndarray, b: np.ndarray, remarks: int) -> dict[str, object]:
    observed = float((a == b).mean())
    expected = float(a.mean() * b.mean() + (1 - a.mean()) * (1 - b.mean()))
    value = (observed - expected) / (1 - expected) if expected < 1 else float("nan")
    return {
        "coder_a": first,
        "coder_b": second,
        "code": code,
        "remarks": remarks,
        "both": int((a & b).sum()),
        "observed": observed,
        "expected": expected,
        "kappa": value,
    }
