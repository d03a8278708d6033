"""A notebook's cells with nothing around them; in a module of its own, for other processes to import."""

from __future__ import annotations

import contextlib
import io
import os
import time
from pathlib import Path

from reviewkit.model import step
from reviewkit.run.notebooks import notebook_path


def cells_alone(number: str, folder: Path) -> float:
    """Run a notebook's cells in this process with nothing around them; return the seconds."""
    import nbformat
    from IPython.core.interactiveshell import InteractiveShell

    os.chdir(folder)
    book = nbformat.read(notebook_path(step(number)), as_version=4)
    shell = InteractiveShell.instance()
    shell.user_ns |= {"engagement": "engagement.yaml", "run": "."}
    began = time.perf_counter()
    for cell in book.cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            with contextlib.redirect_stdout(io.StringIO()):
                shell.run_cell(cell.source).raise_error()
    return time.perf_counter() - began
