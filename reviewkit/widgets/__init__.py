"""JupyterLab: capture what is said and seen, and code it; every change goes to the evidence store at once.

Names are imported when they are asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .capture_cell import capture
    from .coding_cell import coding
    from .deciding.cell import decide, wording

_HOMES = {
    "capture": ".capture_cell",
    "coding": ".coding_cell",
    "decide": ".deciding.cell",
    "wording": ".deciding.cell",
}

__all__ = ["capture", "coding", "decide", "wording"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)
