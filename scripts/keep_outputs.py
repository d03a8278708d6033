"""Copy the outputs that are meant to be compared from a run's notebooks into the notebooks.

python scripts/keep_outputs.py runs/contact_centre/latest
"""

import sys
from pathlib import Path

import nbformat

from reviewkit.model import STEPS

ROOT = Path(__file__).parents[1]


def keep(source: Path, executed: Path) -> None:
    """Give the cells of ``source`` tagged ``keep_output`` the outputs they had in ``executed``."""
    notebook = nbformat.read(source, 4)
    ran = {cell.id: cell for cell in nbformat.read(executed, 4).cells}
    for cell in notebook.cells:
        if "keep_output" in cell.metadata.get("tags", []):
            cell.outputs = ran[cell.id].outputs
            cell.execution_count = ran[cell.id].execution_count - 1  # the run has one cell more
    nbformat.write(notebook, source)


for spec in STEPS:
    keep(ROOT / "notebooks" / spec.notebook, Path(sys.argv[1]) / "notebooks" / Path(spec.notebook).name)
