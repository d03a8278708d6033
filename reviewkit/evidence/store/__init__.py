"""The evidence store: what people wrote and decided, every change kept, one home for each engagement.

Names are imported when they are asked for: :func:`versions` must cost next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .conflict import Conflict
    from .quick import versions
    from .retention import overdue
    from .store import Row, Store, existing_store, open_store

_HOMES = {
    "Conflict": ".conflict",
    "Row": ".store",
    "Store": ".store",
    "existing_store": ".store",
    "open_store": ".store",
    "overdue": ".retention",
    "versions": ".quick",
}

__all__ = ["Conflict", "Row", "Store", "existing_store", "open_store", "overdue", "versions"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)
