"""Keys and focus that belong to a widget: JupyterLab would take them for its own, or let them go."""

from __future__ import annotations

from pathlib import Path


def keep_keys() -> None:
    """Leave arrow keys and letters to the lists of this cell's output, and the keyboard a place in it.

    JupyterLab knows fields that are typed into, but takes an arrow pressed in a list for a move to the next
    cell, and letters for commands such as one that deletes a cell. A button that goes once it is pressed
    would take the focus with it: the next control has it then.
    """
    from IPython.core.getipython import get_ipython
    from IPython.display import Javascript, display

    if get_ipython() is not None:
        script = (Path(__file__).parent / "keys.js").read_text(encoding="utf-8")
        display(Javascript(script))  # type: ignore[no-untyped-call]  # IPython does not say
