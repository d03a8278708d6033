"""One notebook run with papermill, and an honest word on how it ended."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from pathlib import Path

from reviewkit.model import StepError, file_hash, step
from reviewkit.model.files import write_whole

from .warm.kernel import SEED

CELL_SECONDS = 600


@dataclass(frozen=True)
class Executed:
    """A step that ran to its end: seconds, how its kernel was started, its seed and what it made."""

    number: str
    seconds: float
    kernel: str
    seed: int | None
    outputs: dict[str, str] = field(default_factory=dict)


def execute_step(
    number: str, notebook: Path, folder: Path, *, engagement: str, cell_seconds: int = CELL_SECONDS
) -> Executed:
    """Run the notebook of a step inside a run's folder.

    The kernel's working directory is ``folder``, which holds ``engagement.yaml`` and the
    evidence; the executed notebook is kept in ``folder/notebooks``.

    Raises
    ------
    StepError : a cell failed, ran too long, or the kernel died; the notebook as far as it
        came is kept.
    """
    from papermill import execute_notebook
    from papermill.exceptions import PapermillExecutionError
    from papermill.iorw import papermill_io

    output = (folder / "notebooks" / Path(step(number).notebook).name).resolve()
    output.parent.mkdir(parents=True, exist_ok=True)
    papermill_io.register("/", _whole_files())
    began = time.perf_counter()
    seed = seed_of(engagement, number)
    try:
        executed = execute_notebook(
            str(notebook),
            str(output),
            parameters={"engagement": "engagement.yaml", "run": "."},
            engine_name="reviewkit",
            progress_bar=False,
            log_output=False,
            kernel_name="python3",
            execution_timeout=cell_seconds,
            working_directory=folder,
            kernel_environment={SEED: str(seed)},
        )
    except PapermillExecutionError as error:
        raise StepError(number, error.cell_index, f"{error.ename}: {error.evalue}") from None
    except RuntimeError as error:  # the kernel did not start, or not in time
        raise StepError(number, None, " ".join(str(error).split())) from None
    _whole(number, executed)
    kernel = executed.metadata.papermill.get("kernel", "")
    return Executed(
        number,
        seconds=time.perf_counter() - began,
        kernel=kernel,
        seed=seed if kernel == "warm" else None,
        outputs=outputs(number, folder),
    )


def _whole_files() -> object:
    """Have papermill write notebooks whole or not at all, whenever this process is killed."""
    from papermill.iorw import LocalHandler

    class WholeFiles(LocalHandler):  # type: ignore[misc] # papermill ships no types
        def write(self, buf: str, path: str) -> None:
            write_whole(Path(path), buf)

    return WholeFiles()


def seed_of(engagement: str, number: str) -> int:
    """Return the seed of a step's global random generators: the same from run to run.

    >>> seed_of("contact_centre", "1.1") == seed_of("contact_centre", "1.1") != seed_of("other", "1.1")
    True
    """
    return int.from_bytes(hashlib.sha256(f"{engagement}/{number}".encode()).digest()[:4], "little")


def outputs(number: str, folder: Path) -> dict[str, str]:
    """Return the hash of every file a step made, by its path in the run's folder."""
    spec = step(number)
    made = [
        folder / "notebooks" / Path(spec.notebook).name,
        folder / "findings" / f"{number}.jsonl",
        folder / "words" / f"{number}.json",
        *(folder / "tables" / number).glob("*.parquet"),
        *(folder / "files" / name for name in spec.files),
    ]
    return {path.relative_to(folder).as_posix(): file_hash(path) for path in sorted(made) if path.is_file()}


def _whole(number: str, notebook: object) -> None:
    """Refuse a notebook of which a cell did not run: papermill calls some of those completed."""
    for index, cell in enumerate(notebook.cells):  # type: ignore[attr-defined]
        if cell.cell_type == "code" and cell.source.strip() and cell.execution_count is None:
            raise StepError(number, index, "the cell did not run")
