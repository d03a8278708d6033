"""Whether an engagement and its store are there, asked without making anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reviewkit.model import InputError

if TYPE_CHECKING:
    from .desk import Desk


def still_there(params: Path) -> None:
    """Raise an `InputError` where the engagement was deleted or moved while it was open.

    A store made anew in its place would hold what nobody ever reads.
    """
    if not params.is_file():
        raise InputError(
            "the engagement is no longer there", fix="Put its folder back; what you typed waits here."
        )


def has_store(desk: Desk) -> bool:
    """Whether something was ever written for the engagement; nothing is made by asking."""
    from reviewkit.evidence.store import existing_store

    store = existing_store(desk.engagement, desk.params, read_only=True)
    if store is not None:
        store.close()
    return store is not None
