"""What is done in processes of its own; what a task imports, it imports there.

The process that hands tasks out stays light: where nothing has changed it imports neither
pandas nor papermill.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reviewkit.model import Edition

if TYPE_CHECKING:
    from .begin import Snapshot
    from .execute import Executed
    from .finish import Published


def snapshot(params: Path, folder: Path) -> Snapshot:
    """See :func:`reviewkit.run.begin.take_snapshot`."""
    from .begin import take_snapshot

    return take_snapshot(params, folder)


def execute(number: str, notebook: Path, folder: Path, engagement: str, cell_seconds: int) -> Executed:
    """See :func:`reviewkit.run.execute.execute_step`."""
    from .execute import execute_step

    return execute_step(number, notebook, folder, engagement=engagement, cell_seconds=cell_seconds)


def publish(folder: Path, edition: Edition) -> None:
    """See :func:`reviewkit.run.finish.publish_edition`."""
    from .finish import publish_edition

    publish_edition(folder, edition)


def place(folder: Path) -> Published:
    """See :func:`reviewkit.run.finish.place`."""
    from .finish import place

    return place(folder)


def index(runs: Path, tries: dict[Path, str]) -> Path:
    """See :func:`reviewkit.publish.publish_index` and :func:`reviewkit.publish.tries.keep_tries`."""
    from reviewkit.publish import publish_index
    from reviewkit.publish.tries import keep_tries

    keep_tries(runs, tries)
    return publish_index(runs)
