"""Somebody else was first."""

from __future__ import annotations

from typing import Any

from reviewkit.model import InputError

AGAIN = "Run it again, or read the row again and decide."


class Conflict(InputError):
    """A row was changed by somebody else since it was read; nothing was written.

    Examples
    --------
    >>> print(Conflict.of("codings", ("R1", "training", "Analyst"), by="Sponsor", at="2025-03-14T09:30"))
    table codings, row R1, training, Analyst: was changed by Sponsor on 2025-03-14 at 09:30 UTC, by
    another import or edit. Run it again, or read the row again and decide.
    """

    @classmethod
    def of(cls, table: str, key: tuple[str, ...], *, by: str, at: str, fix: str = AGAIN) -> Conflict:
        """Return the conflict over a row that ``by`` changed at ``at`` (ISO, UTC)."""
        when = f" on {at[:10]} at {at[11:16]} UTC" if at else ""
        return cls(
            f"was changed by {by or 'somebody else'}{when}, by another import or edit",
            file=f"table {table}, row {', '.join(key)}",
            fix=fix,
        )

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (self.problem, self.__dict__.copy()))


def _rebuild(problem: str, state: dict[str, Any]) -> Conflict:
    error = Conflict(problem)
    error.__dict__.update(state)
    return error
