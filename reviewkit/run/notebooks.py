"""Where the notebooks are: in the checkout, or in the installed package."""

from __future__ import annotations

from pathlib import Path

from reviewkit.model import Engagement, StepSpec

_PACKAGE = Path(__file__).resolve().parents[1]


def notebook_path(spec: StepSpec, own: Path | None = None) -> Path:
    """Return the notebook of a step: the one in the folder ``own`` where there is one.

    >>> from reviewkit.model import step
    >>> notebook_path(step("1.1")).name
    'step1_performance_data.ipynb'
    """
    for home in (*([own] if own else []), _PACKAGE / "notebooks", _PACKAGE.parent / "notebooks"):
        if (home / spec.notebook).is_file():
            return home / spec.notebook
    raise FileNotFoundError(f"notebook {spec.notebook} is in neither the package nor the checkout")


def own_notebooks(engagement: Engagement, params: Path) -> Path | None:
    """Return the folder of an engagement's own notebooks; None where it has none."""
    return (params.parent / engagement.notebooks).resolve() if engagement.notebooks else None
