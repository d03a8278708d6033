"""The interval of a share."""

from __future__ import annotations

from typing import Any

import numpy as np

Z = 1.959963984540054
"""The normal deviate of a two-sided 95 % interval."""


def wilson(share: Any, number: Any) -> tuple[Any, Any]:
    """Return Wilson's (1927) 95 % interval of a share seen in ``number`` cases.

    >>> low, high = wilson(0.5, 100)
    >>> round(float(low), 3), round(float(high), 3)
    (0.404, 0.596)
    """
    middle = (share + Z**2 / (2 * number)) / (1 + Z**2 / number)
    half = Z / (1 + Z**2 / number) * np.sqrt(share * (1 - share) / number + Z**2 / (4 * number**2))
    return middle - half, middle + half
