"""The blind sample: how many remarks to have coded twice, and which."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
import pandas as pd

from reviewkit.model import InputError

from .cohen import Z


def size_for_width(width: float, *, kappa: float = 0.7, prevalence: float = 0.15) -> int:
    """Return how many remarks two coders must both code for kappa's 95 % interval to be so wide.

    n = (2 z / width)^2 (1 - kappa) ((1 - kappa)(1 - 2 kappa) + kappa (2 - kappa) / (2 p (1 - p))), the
    large-sample variance of kappa for two coders who give the theme to the same share p. Source: D. A.
    Bloch and H. C. Kraemer, "2 x 2 Kappa Coefficients: Measures of Agreement or Association", Biometrics
    45 (1989), 269-287.

    Parameters
    ----------
    width : from the lower limit to the upper.
    kappa, prevalence : what is expected of the theme; a rarer theme takes more remarks.

    Examples
    --------
    >>> size_for_width(0.3), size_for_width(0.4), size_for_width(0.3, prevalence=0.05)
    (177, 100, 485)
    """
    for name, value in (("width", width), ("kappa", kappa), ("prevalence", prevalence)):
        if not 0 < value < (2 if name == "width" else 1):
            raise InputError(f"the {name} is {value:g}", fix="Give a share between 0 and 1, such as 0.3.")
    skew = kappa * (2 - kappa) / (2 * prevalence * (1 - prevalence))
    variance = (1 - kappa) * ((1 - kappa) * (1 - 2 * kappa) + skew)
    return ceil((2 * Z / width) ** 2 * variance)


def blind_sample(
    remarks: pd.DataFrame, size: int, *, by: Sequence[str] = ("theme", "department"), seed: int = 20250801
) -> pd.DataFrame:
    """Return the remarks to be coded a second time, drawn from each stratum in proportion.

    Each stratum gives its share of ``size``, rounded by the largest remainder; while there is room each
    gives one at least. Their order is drawn as well, so that it tells a coder nothing.

    Parameters
    ----------
    remarks : ``remark_id`` and the columns of ``by``; rows that may not be drawn are left out beforehand.
    size : how many; all where there are not as many.
    by : columns that make the strata: the theme suggested, the department.
    seed : the same seed draws the same remarks of the same table.

    Returns
    -------
    ``remark_id, stratum``.

    Examples
    --------
    >>> said = pd.DataFrame({"remark_id": list("abcdefgh"), "department": ["Sales"] * 6 + ["Service"] * 2})
    >>> blind_sample(said, 4, by=["department"])["stratum"].value_counts().to_dict()
    {'Sales': 3, 'Service': 1}
    """
    if size < 1:
        raise InputError(f"a sample of {size} was asked for", fix="Ask for one remark or more.")
    rng = np.random.default_rng(seed)
    # Sorted, so that the order of the table says nothing about who is drawn.
    table = remarks.drop_duplicates("remark_id").sort_values("remark_id", ignore_index=True)
    parts = [table[name].astype("str").fillna("").replace("", "not known") for name in by]
    stratum = pd.concat(parts, axis=1).agg(", ".join, axis=1) if len(table) else parts[0]
    order = rng.permutation(len(table))
    mixed = pd.DataFrame({"remark_id": table["remark_id"], "stratum": stratum}).iloc[order]
    sizes = mixed["stratum"].value_counts().sort_index()
    wanted = mixed["stratum"].map(_shares(sizes, min(size, len(table))))
    drawn = mixed[mixed.groupby("stratum").cumcount() < wanted]
    return drawn.reset_index(drop=True)


def _shares(sizes: pd.Series, size: int) -> pd.Series:
    """How many each stratum gives: in proportion, one at least where there is room."""
    least = sizes.clip(upper=1) if size >= len(sizes) else sizes * 0
    rest = sizes - least
    exact = rest * ((size - least.sum()) / max(1, rest.sum()))
    whole = np.floor(exact).astype(int)
    missing = int(size - least.sum() - whole.sum())
    larger = (exact - whole).sort_values(ascending=False, kind="stable").index[:missing]
    whole.loc[larger] += 1
    shares: pd.Series = least + whole
    return shares
