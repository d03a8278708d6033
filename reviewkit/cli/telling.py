"""Errors as a user of the command line meets them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer


@contextmanager
def told() -> Iterator[None]:
    """Say an error that a user can cause in one line, and leave with status 2."""
    from reviewkit.model import ReviewError

    try:
        yield
    except ReviewError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
