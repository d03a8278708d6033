"""One notebook run with papermill, and an honest word on how it ended."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reviewkit.model import StepError, step

from .notebooks import notebook_path

CELL_SECONDS = 600
_IPC_LIMIT = 105  # a socket path may have 107 bytes, two of them the port's suffix


@dataclass(frozen=True)
class Executed:
    """A step that ran to its end."""

    number: str
    seconds: float


def execute_step(number: str, folder: Path) -> Executed:
    """Run the notebook of a step inside a run's folder.

    The kernel's working directory is ``folder``, which holds ``engagement.yaml`` and the
    evidence; the executed notebook is kept in ``folder/notebooks`` and what the kernel wrote to
    standard error in ``folder/logs``.

    Raises
    ------
    StepError : a cell failed, ran too long, or the kernel died; the notebook as far as it
        came is kept.
    """
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from papermill import execute_notebook
    from papermill.exceptions import PapermillExecutionError

    output = folder / "notebooks" / Path(step(number).notebook).name
    output.parent.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    log = folder / "logs" / f"{number}.txt"
    with tempfile.TemporaryDirectory(prefix="rk-", dir=_short_folder()) as sockets, _stderr_to(log):
        try:
            notebook = execute_notebook(
                str(notebook_path(step(number))),
                str(output),
                parameters={"engagement": "engagement.yaml", "run": "."},
                cwd=str(folder),
                progress_bar=False,
                log_output=False,
                kernel_name="python3",
                execution_timeout=CELL_SECONDS,
                config=_over_ipc(sockets),
            )
        except PapermillExecutionError as error:
            raise StepError(number, error.cell_index, f"{error.ename}: {error.evalue}") from None
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            raise StepError(number, None, str(error).splitlines()[0]) from None
    _whole(number, notebook)
    return Executed(number, time.perf_counter() - began)


@contextmanager
def _stderr_to(log: Path) -> Iterator[None]:
    """Keep what the kernel writes to standard error; a log with nothing in it is taken away."""
    log.parent.mkdir(parents=True, exist_ok=True)
    sys.stderr.flush()
    own = os.dup(2)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(own, 2)
        os.close(own)
        if not log.stat().st_size:
            log.unlink()


def _over_ipc(sockets: str) -> object:
    # TCP ports are taken at random and collide when notebooks start side by side.
    from traitlets.config import Config

    return Config(KernelManager={"transport": "ipc", "ip": f"{sockets}/k"})


def _short_folder() -> str | None:
    default = tempfile.gettempdir()
    return None if len(os.fsencode(default)) + 30 < _IPC_LIMIT else "/tmp"


def _whole(number: str, notebook: object) -> None:
    """Refuse a notebook of which a cell did not run: papermill calls some of those completed."""
    for index, cell in enumerate(notebook.cells):  # type: ignore[attr-defined]
        if cell.cell_type == "code" and cell.source.strip() and cell.execution_count is None:
            raise StepError(number, index, "the cell did not run")
