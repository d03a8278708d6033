"""The one style sheet: as it stands in pages, and as it stands in a notebook."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def stylesheet() -> str:
    """Return the style sheet of the pages: the pages' own, then that of charts, icons and key figures.

    >>> "--improvement" in stylesheet() and ".rk-latest" in stylesheet()
    True
    """
    folder = Path(__file__).parent
    return "".join((folder / name).read_text(encoding="utf-8") for name in ("review.css", "charts.css"))


@cache
def notebook_style() -> str:
    """Return the style sheet for views in a notebook, where it must not reach the rest of JupyterLab.

    JupyterLab right-aligns and stripes the tables of every output by rules of its own; the class
    named twice outranks them.

    >>> notebook_style().startswith("<style>.rk-notebook.rk-notebook{")
    True
    """
    scoped = stylesheet().replace(".rk-notebook{", "&{").replace(":root", "&")
    # JupyterLab has a theme of its own, which the system's preference does not tell.
    scoped = scoped.replace("prefers-color-scheme:dark", "width:0")
    return f"<style>.rk-notebook.rk-notebook{{{scoped}}}</style>"


def in_notebook(html: str) -> str:
    """Return a view's HTML marked as standing in a notebook.

    >>> in_notebook("<p>a</p>")
    '<div class="rk-notebook"><p>a</p></div>'
    """
    return f'<div class="rk-notebook">{html}</div>'
