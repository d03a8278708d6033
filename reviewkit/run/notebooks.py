"""Where the notebooks are: in the checkout, or in the installed package."""

from __future__ import annotations

from pathlib import Path

from reviewkit.model import STEPS, Engagement, InputError, StepSpec

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


def workbench_notebook(name: str) -> Path:
    """Return a notebook that analysts work in beside those of the steps, such as ``coding``.

    >>> workbench_notebook("coding").name
    'coding.ipynb'
    """
    for home in (_PACKAGE / "notebooks", _PACKAGE.parent / "notebooks"):
        if (home / f"workbench/{name}.ipynb").is_file():
            return home / f"workbench/{name}.ipynb"
    raise FileNotFoundError(f"notebook workbench/{name} is in neither the package nor the checkout")


def own_notebooks(engagement: Engagement, params: Path) -> Path | None:
    """Return the folder of an engagement's own notebooks; None where it has none.

    Raises
    ------
    InputError : it is no folder, or holds no step's notebook.
    """
    if not engagement.notebooks:
        return None
    folder = (params.parent / engagement.notebooks).resolve()
    if not any((folder / spec.notebook).is_file() for spec in STEPS):
        problem = f"'{engagement.notebooks}' has no notebook of a step, such as {STEPS[0].notebook}"
        raise InputError(problem, file=params, key="notebooks", fix="Put one there, or take the key out.")
    return folder
