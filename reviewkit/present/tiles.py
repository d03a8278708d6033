"""Key figures in a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from .icons import icon
from .trail import trail_link


@dataclass(frozen=True)
class Tile:
    """One key figure: what it is, the figure, which way it goes in words.

    ``tone`` is ``improvement``, ``concern``, ``common_cause``, ``neutral`` or empty.
    """

    label: str
    value: str
    direction_words: str = ""
    tone: str = ""
    finding_id: str = ""

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        return str(
            Markup('<li class="rk-tile rk-{}"{}><p class="rk-label">{}</p>{}{}{}</li>').format(
                self.tone or "plain",
                Markup(' data-finding="{}"').format(self.finding_id) if self.finding_id else "",
                self.label,
                Markup('<p class="rk-value{}">{}</p>').format(
                    "" if any(sign.isdigit() for sign in self.value) else " rk-text", self.value
                ),
                Markup('<p class="rk-direction">{}{}</p>').format(icon(self.tone), self.direction_words)
                if self.direction_words
                else "",
                Markup('<p class="rk-source">{}</p>').format(trail_link(self.finding_id))
                if self.finding_id
                else "",
            )
        )


@dataclass(frozen=True)
class Tiles:
    """Three to five key figures in a row."""

    tiles: Iterable[Tile]

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        inner = "".join(tile.html() for tile in self.tiles)
        return f'<ul class="rk-tiles">{inner}</ul>' if inner else ""
