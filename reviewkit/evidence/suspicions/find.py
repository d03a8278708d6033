"""All rules asked at once."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviewkit.model import Engagement

from .rules import RULES
from .suspicion import Suspicion


def suspicions(tables: Mapping[str, pd.DataFrame], engagement: Engagement) -> list[Suspicion]:
    """Return what is legal but suspicious in an engagement's tables, the most useful first.

    Parameters
    ----------
    tables : typed frames by the names of :data:`reviewkit.model.TABLES`, as ``load`` returns them;
        none is changed.

    Examples
    --------
    >>> from reviewkit.evidence.checking import empty
    >>> from reviewkit.model import TABLES
    >>> kpis = empty(TABLES["kpis"])
    >>> engagement = Engagement(id="e", name="E", client="E", purpose="P", data_as_of="2025-06-30", data=".")
    >>> kpis["period"] = pd.to_datetime(["2025-04-01", "2025-05-01", "2025-07-01"])
    >>> kpis = kpis.assign(measure="calls", site="North", numerator=1.0)
    >>> for found in suspicions({"kpis": kpis}, engagement):
    ...     print(found.rule, "-", found.problem)
    future - 1 of 3 rows are later than data_as_of (2025-06-30), the last of 2025-07-01
    gap - The table: 1 month is missing between first and last ('North' June 2025)
    """
    whole = {name: frame.reset_index(drop=True) for name, frame in tables.items() if len(frame)}
    return [found for rule in RULES for found in rule.find(whole, engagement)]
