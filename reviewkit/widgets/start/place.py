"""Where a file stands for the JupyterLab that serves this kernel."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

ROOT = "REVIEWKIT_LAB_ROOT"
"""Set by ``reviewkit lab``: the folder that JupyterLab shows."""


def lab_path(file: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Return the path by which JupyterLab opens a file; empty where it does not show it.

    >>> lab_path(Path("/reviews/runs/a.ipynb"), {"REVIEWKIT_LAB_ROOT": "/reviews"})
    'runs/a.ipynb'
    >>> lab_path(Path("/elsewhere/a.ipynb"), {"REVIEWKIT_LAB_ROOT": "/reviews"})
    ''
    """
    root = environment.get(ROOT) or _served(environment.get("JPY_PARENT_PID", ""))
    if not root:
        return ""
    place, top = file.resolve(), Path(root).resolve()
    return place.relative_to(top).as_posix() if place.is_relative_to(top) else ""


def _served(process: str) -> str:
    """The folder shown by the server that started this kernel; empty where that cannot be told."""
    from jupyter_core.paths import jupyter_runtime_dir

    try:
        told = Path(jupyter_runtime_dir()) / f"jpserver-{process}.json"
        return str(json.loads(told.read_text(encoding="utf-8"))["root_dir"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
