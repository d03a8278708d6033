"""Names of columns that would collide with the ones worked out here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reviewkit.model import InputError


def refuse_clash(asked: Iterable[str], made: Sequence[str]) -> None:
    """Raise an ``InputError`` where a column that is asked for bears the name of one of the result.

    >>> refuse_clash(["site"], ["mean", "rule"])
    >>> refuse_clash(["rule"], ["mean", "rule"])
    Traceback (most recent call last):
    ...
    reviewkit.model.errors.InputError: column rule: the result has a column of that name, too.
    Rename yours.
    """
    for name in asked:
        if name in made:
            raise InputError(
                "the result has a column of that name, too", column=str(name), fix="Rename yours."
            )
