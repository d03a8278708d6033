"""A failure written into the notebook of a step whose process was lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reviewkit.model.files import write_whole


def stamp(notebook: Path, reason: str) -> int | None:
    """Mark the cell that was running as failed, with the reason as its output.

    Returns
    -------
    The cell's index; None where no notebook was written, or no cell was running.
    """
    try:
        book: dict[str, Any] = json.loads(notebook.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    for index, cell in enumerate(book["cells"]):
        state = cell["metadata"].get("papermill", {})
        if state.get("status") == "running":
            state |= {"status": "failed", "exception": True}
            cell["outputs"].append(
                {
                    "output_type": "error",
                    "ename": "Stopped",
                    "evalue": reason,
                    "traceback": [f"Stopped: {reason}"],
                }
            )
            book["metadata"].setdefault("papermill", {})["exception"] = True
            write_whole(notebook, json.dumps(book, indent=1, ensure_ascii=False) + "\n")
            return index
    return None
