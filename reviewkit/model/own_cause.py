"""A likely cause that the client names: the figure that would show it, and the gaps it may go with."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pydantic import Field

from .strict import Strict


class OwnCause(Strict):
    """A cause of the client's own, tested by one of the engagement's measures.

    >>> OwnCause(id="parking", name="Full car parks", measure="late_arrivals", explains=["csat"]).measure
    'late_arrivals'
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    name: str
    description: str = ""
    measure: str = Field(description="Measure that shows the condition, by its id")
    explains: tuple[str, ...] = Field(description="Measures whose gaps it may go with, by their ids")
    settle: str = Field(
        default="The condition changed on purpose at some sites, drawn by lot, the gap watched at all.",
        description="What would settle it",
    )


def known(causes: Sequence[OwnCause], measures: Collection[str]) -> None:
    """Raise ``ValueError`` where a cause names a measure that is not there, or is told by its own gap."""
    for cause in causes:
        for name in (cause.measure, *cause.explains):
            if name not in measures:
                raise ValueError(f"the cause '{cause.id}' names '{name}', which is no measure of this file")
        if cause.measure in cause.explains:
            raise ValueError(f"the cause '{cause.id}' cannot explain the measure that shows it")
