"""What the gate says to whoever may have to mend a page: the page, the place on it, and what comes next."""

from __future__ import annotations

import re

from reviewkit.model import ReviewError

from .forbidden import Forbidden
from .gate_reader import Reader

_NEXT = (
    (
        "may not see",
        "Look for it there on the team's page; redact it in the evidence, or approve the quote in "
        "notebooks/workbench/quotes.ipynb.",
    ),
    ("another engagement", "Take these words out of this engagement's evidence."),
    (
        "group smaller|count that is left out",
        "Put small groups together in the table of stakeholders: docs/confidentiality.md says what may be "
        "counted.",
    ),
    ("KB, more than", "Show fewer charts or shorter tables on it."),
    ("leads to no file", "Publish again; if it stays so, the run's folder was changed by hand."),
)
_MEND = "Mend the step that makes it: docs/publishing.md lists what a page may hold."
STAYS = "Pages published before stay."


class Refused(ReviewError):
    """A page that may not be published: why, where on it, and what to do.

    Parameters
    ----------
    page : such as ``leadership/index.html``. cause : what is wrong, without the words in question.
    place : the heading below which it stands; empty where that is not known.

    Examples
    --------
    >>> print(Refused("team/index.html", "a chart has no caption", "Where are the gaps?"))
    page team/index.html is not published: a chart has no caption, under "Where are the gaps?". Mend the \
step that makes it: docs/publishing.md lists what a page may hold. Pages published before stay.
    """

    def __init__(self, page: str, cause: str, place: str = "") -> None:
        super().__init__(page, cause, place)
        self.page, self.cause, self.place = page, cause, place

    def __str__(self) -> str:
        where = f', under "{self.place}"' if self.place else ""
        step = next((told for found, told in _NEXT if re.search(found, self.cause)), _MEND)
        return f"page {self.page} is not published: {self.cause}{where}. {step} {STAYS}"


def place_of(reader: Reader, forbidden: Forbidden) -> str:
    """Return the heading below which forbidden words stand; empty where it is not known or holds them."""
    for title, words in reader.sections():
        if any(forbidden.found(joint.join(words)) for joint in ("", " ")):
            return "" if forbidden.found(title) else title
    return ""
