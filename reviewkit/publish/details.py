"""What a page says about the run it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reviewkit.model.finding import STATUSES as STATUS_WORDS

__all__ = ["STATUS_WORDS", "RunDetails"]


@dataclass(frozen=True)
class RunDetails:
    """One run: its id, when it began, the date of the data, versions, seconds and status by step, notes.

    ``brand`` is what :func:`reviewkit.publish.branding.branding` says of the client's logo and accent.
    """

    run: str
    started: dt.datetime
    data_as_of: dt.date
    versions: Mapping[str, str] = field(default_factory=dict)
    timings: Mapping[str, float] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()
    brand: Mapping[str, Any] = field(default_factory=dict)

    def status(self, number: str) -> str:
        """Return the status of a step; ``draft`` where nobody has said otherwise."""
        return self.statuses.get(number, "draft")
