"""What the gate says to whoever may have to mend a page: the page, the place on it, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.model import ReviewError

from .forbidden import Forbidden
from .gate_reader import Reader

_MEND = "Mend the step that makes it: docs/publishing.md lists what a page may hold."
_GROUP = (
    "Put small groups together in the table of stakeholders: docs/confidentiality.md says what may be "
    "counted."
)


@dataclass(frozen=True)
class Cause:
    """Why a page may not be published, without the words in question, and what to do about it."""

    words: str
    next_step: str = _MEND


def forbidden_words_held(letters: int) -> Cause:
    """Return the cause of a page with a name or remark; the words themselves must not travel on in a log."""
    return Cause(
        f"it holds a name or words this edition may not see ({letters} characters long)",
        "Look for it there on the team's page; redact it in the evidence, or approve the quote in "
        "notebooks/workbench/quotes.ipynb.",
    )


OTHERS_WORDS = Cause(
    "it holds words of another engagement", "Take these words out of this engagement's evidence."
)


def small_group(heading: str, least: int) -> Cause:
    """Return the cause of a table that counts fewer than ``least`` under a heading."""
    return Cause(f"it counts {heading} of a group smaller than {least}", _GROUP)


def count_given_away(what: str) -> Cause:
    """Return the cause of pages that together give away a count that was left out."""
    return Cause(f"a count that is left out can be had: {what}", _GROUP)


def too_large(size: int, limit: int) -> Cause:
    """Return the cause of a page of ``size`` bytes, more than ``limit``."""
    words = f"it has {size // 1000} KB, more than {limit // 1000}"
    return Cause(words, "Show fewer charts or shorter tables on it.")


def link_lost(link: str) -> Cause:
    """Return the cause of a link to a file of data that is not there."""
    step = "Publish again; if it stays so, the run's folder was changed by hand."
    return Cause(f"the link {link} leads to no file", step)


STAYS = "Pages published before stay."


class Refused(ReviewError):
    """A page that may not be published: why, where on it, and what to do.

    Parameters
    ----------
    page : such as ``leadership/index.html``. cause : what is wrong, and what to do.
    place : the heading below which it stands; empty where that is not known.

    Examples
    --------
    >>> print(Refused("team/index.html", Cause("a chart has no caption"), "Where are the gaps?"))
    page team/index.html is not published: a chart has no caption, under "Where are the gaps?". Mend the \
step that makes it: docs/publishing.md lists what a page may hold. Pages published before stay.
    """

    def __init__(self, page: str, cause: Cause, place: str = "") -> None:
        super().__init__(page, cause, place)
        self.page, self.cause, self.place = page, cause, place

    def __str__(self) -> str:
        where = f', under "{self.place}"' if self.place else ""
        cause = self.cause
        return f"page {self.page} is not published: {cause.words}{where}. {cause.next_step} {STAYS}"


def place_of(reader: Reader, forbidden: Forbidden) -> str:
    """Return the heading below which forbidden words stand; empty where it is not known or holds them."""
    for title, words in reader.sections():
        if any(forbidden.found(joint.join(words)) for joint in ("", " ")):
            return "" if forbidden.found(title) else title
    return ""
