"""The joint display: what people say beside what the numbers show, and what the two mean together."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from .blocks import Beside
from .trail import trail_link
from .view import Block
from .words import sentence


@dataclass(frozen=True)
class Joint:
    """One topic: voices on the left, the chart on the right, the relationship above both.

    ``relationship`` and ``meaning`` say how the two stand to one another; ``finding_id`` leads
    to the evidence.
    """

    topic: str
    relationship: str
    meaning: str
    voices: Block
    numbers: Block
    finding_id: str = ""

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        link = trail_link(self.finding_id) if self.finding_id else ""
        return str(
            Markup(
                '<div class="rk-joint"{}><h3>{}</h3>'
                '<p class="rk-relation"><strong>{}</strong> {} {}</p>{}</div>'
            ).format(
                Markup(' data-finding="{}"').format(self.finding_id) if self.finding_id else "",
                self.topic,
                sentence(self.relationship),
                sentence(self.meaning),
                link,
                Markup(Beside(self.voices, self.numbers).html()),
            )
        )
