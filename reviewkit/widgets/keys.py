"""Keys that belong to a widget: JupyterLab would take those pressed in a list for commands of its own."""

from __future__ import annotations

KEEP = """
const place = element.closest('.jp-OutputArea') || document;
place.addEventListener('focusin', event => {
  if (event.target.matches('select')) event.target.setAttribute('data-lm-suppress-shortcuts', 'true');
});
"""


def keep_keys() -> None:
    """Leave arrow keys and letters to the lists of this cell's output.

    JupyterLab knows fields that are typed into, but takes an arrow pressed in a list for a move to the next
    cell, and letters for commands such as one that deletes a cell.
    """
    from IPython.core.getipython import get_ipython
    from IPython.display import Javascript, display

    if get_ipython() is not None:
        display(Javascript(KEEP))  # type: ignore[no-untyped-call]  # IPython does not say
