"""What papermill finds under the name ``reviewkit``; the engine itself is imported when it is used.

papermill loads its plug-ins while it is being imported, when nothing that needs papermill can be.
"""

from __future__ import annotations

from typing import Any


class Engine:
    """Stands for :class:`reviewkit.run.warm.engine.ReviewEngine`."""

    @classmethod
    def execute_notebook(cls, *args: Any, **options: Any) -> Any:
        """Run a notebook."""
        return _engine().execute_notebook(*args, **options)

    @classmethod
    def nb_kernel_name(cls, *args: Any, **options: Any) -> Any:
        """Return the name of a notebook's kernel."""
        return _engine().nb_kernel_name(*args, **options)

    @classmethod
    def nb_language(cls, *args: Any, **options: Any) -> Any:
        """Return the language of a notebook."""
        return _engine().nb_language(*args, **options)


def _engine() -> Any:
    from .engine import ReviewEngine

    return ReviewEngine
