"""How far the periods of a series resemble those shortly before them."""

from __future__ import annotations

import numpy as np

from ..spc.runs import Floats


def far_reaching(residual: Floats) -> Floats:
    """Return how far points resemble all those shortly before them, one number a series.

    The autocorrelations of the first lags (one for every twelve points, eight at most) added
    up: ``s / (1 + s)`` is that at lag one of the first-order series that wanders as far. A slow
    wave under much noise shows little at lag one, and much altogether.

    Parameters
    ----------
    residual : series by points, what a fitted step leaves over.
    """
    total = (residual**2).sum(axis=1)
    last = min(8, max(1, residual.shape[1] // 12))
    product = sum((residual[:, lag:] * residual[:, :-lag]).sum(axis=1) for lag in range(1, last + 1))
    added = np.divide(product, total, out=np.zeros(len(total)), where=total > 0)
    return np.asarray(added / (1 + np.maximum(added, -0.5)))
