"""The tracker as a table, where nobody can click."""

from __future__ import annotations

import pandas as pd

from reviewkit.present.blocks import Bottom, Stack, Table
from reviewkit.present.view import View

from .state import STATES, Tracked


def table(standing: Tracked) -> View:
    """Return how each step of an engagement stands, for the review team."""
    rows = [(one.number, one.title, STATES[one.state], one.why) for one in standing.steps]
    frame = pd.DataFrame(rows, columns=["step", "page", "state", "why"])
    headings = {"step": "Step", "page": "Page", "state": "How it stands", "why": "Why"}
    told = [f"{standing.name}: {standing.counted}.", standing.said]
    steps = Table(frame, "Steps of the review", headings)
    return View("start", {"team": Stack(Bottom(told), steps)}, styled=True)
