"""How far a long command is, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[str, int, int], None]


@contextmanager
def shown() -> Iterator[Tell]:
    """Show what ended last, how much is done and how long the rest may take.

    Where standard error is no terminal, nothing is drawn. The bar appears with the first news,
    so that a command with nothing to do does not load it.
    """
    bar = _Bar() if sys.stderr and sys.stderr.isatty() else None
    try:
        yield bar.tell if bar else lambda what, done, total: None
    finally:
        if bar:
            bar.close()


class _Bar:
    def __init__(self) -> None:
        self._progress: object = None

    def tell(self, what: str, done: int, total: int) -> None:
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        if self._progress is None:
            from rich.console import Console

            self._progress = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("left about"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
            )
            self._progress.start()
            self._task = self._progress.add_task(what, total=total)
        assert isinstance(self._progress, Progress)
        self._progress.update(self._task, description=what, completed=done, total=total)

    def close(self) -> None:
        from rich.progress import Progress

        if isinstance(self._progress, Progress):
            self._progress.stop()
