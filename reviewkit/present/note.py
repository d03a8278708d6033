"""A sentence that explains what stands above it, smaller than it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Note:
    """A quiet sentence below what it is about; nothing where it is empty.

    >>> Note("3 < 4").html(), Note("").html()
    ('<p class="rk-note">3 &lt; 4</p>', '')
    """

    words: str

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        return str(Markup('<p class="rk-note">{}</p>').format(self.words)) if self.words else ""
