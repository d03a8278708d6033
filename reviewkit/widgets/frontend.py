"""Whether somebody sits before the notebook, and who."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from reviewkit.model.files import write_whole

ANALYST = "REVIEWKIT_ANALYST"
_SERVED = ("JPY_SESSION_NAME", "VSCODE_PID", "COLAB_RELEASE_TAG")
_FILE = "reviewkit_analyst.txt"
_LONGEST = 60


def is_interactive(run: str | Path = "", environment: Mapping[str, str] = os.environ) -> bool:
    """Whether widgets make sense: a notebook server or editor started the kernel, and no run did.

    papermill, nbval and nbconvert start kernels without a session, and so does ``reviewkit run``.

    >>> is_interactive(environment={"JPY_SESSION_NAME": "/notebooks/coding.ipynb"})
    True
    >>> is_interactive(environment={}), is_interactive("runs/1", {"JPY_SESSION_NAME": "x"})
    (False, False)
    """
    return not str(run) and any(environment.get(name) for name in _SERVED)


def analyst(environment: Mapping[str, str] = os.environ) -> str:
    """Return who works here where the environment says so for certain; else empty, and it is asked.

    >>> analyst({"REVIEWKIT_ANALYST": " Analyst A "}), analyst({})
    ('Analyst A', '')
    """
    return environment.get(ANALYST, "").strip()[:_LONGEST]


def remembered() -> str:
    """Return who wrote last on this machine, to be confirmed; empty where nobody did."""
    try:
        return _remembered().read_text(encoding="utf-8").strip()[:_LONGEST]
    except (OSError, UnicodeDecodeError):
        return ""


def remember(who: str) -> None:
    """Keep who wrote, to be offered the next time; where that fails nothing is offered."""
    path = _remembered()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, who.strip()[:_LONGEST] + "\n")
    except OSError:
        return


def _remembered() -> Path:
    from jupyter_core.paths import jupyter_config_dir

    return Path(jupyter_config_dir()) / _FILE
