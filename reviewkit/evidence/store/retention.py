"""How long evidence may be kept."""

from __future__ import annotations

import datetime as dt

from reviewkit.model import Engagement


def overdue(engagement: Engagement, today: dt.date) -> str:
    """Return a line saying that the evidence should have been deleted; empty where it may be kept.

    Examples
    --------
    >>> review = Engagement(id="acme", name="Acme", client="Acme", purpose="P", data_as_of="2025-01-31",
    ...                     data=".", keep_until="2025-12-31")
    >>> overdue(review, dt.date(2025, 12, 31))
    ''
    >>> print(overdue(review, dt.date(2026, 1, 2)))
    acme: its evidence was to be kept until 2025-12-31 and is 2 days over. Delete it: reviewkit forget --all
    PARAMS.
    """
    until = engagement.keep_until
    if until is None or today <= until:
        return ""
    days = (today - until).days
    over = f"{days} day{'s' if days > 1 else ''} over"
    kept = f"its evidence was to be kept until {until.isoformat()} and is {over}"
    return f"{engagement.id}: {kept}. Delete it: reviewkit forget --all PARAMS."
