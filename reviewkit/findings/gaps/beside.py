"""What the measures do beside a topic that only people describe, as step 1.5 found it."""

from __future__ import annotations

import pandas as pd


def beside_measures(convergence: pd.DataFrame) -> dict[str, str]:
    """Return by topic, in half a sentence, how the measures stand to it; the leading row of a topic speaks.

    Parameters
    ----------
    convergence : one row a topic and measure from step 1.5: ``code, measure_does, leading``.

    Examples
    --------
    >>> row = {"code": "handoffs", "leading": True}
    >>> row["measure_does"] = "while referrals who start show the opposite"
    >>> beside_measures(pd.DataFrame([row]))
    {'handoffs': 'while referrals who start show the opposite'}
    """
    if convergence.empty:
        return {}
    rows = convergence[convergence["leading"].astype(bool) & convergence["code"].ne("")]
    rows = rows[rows["measure_does"].ne("")]
    return dict(zip(rows["code"].astype("str"), rows["measure_does"].astype("str"), strict=True))
