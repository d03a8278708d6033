"""The fifteen steps and ``what_we_heard``: each joins evidence, analysis and pictures."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reviewkit.model import step as spec_of

from .base import Step
from .review import Review

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Review", "Step", "open_step", "step_class"]


def step_class(number: str) -> type[Step]:
    """Return the class of a step: module ``reviewkit.steps.<name>``, class in CamelCase.

    >>> step_class("1.1").__name__
    'PerformanceData'
    """
    name = spec_of(number).name
    module = import_module(f"{__name__}.{name}")
    found: type[Step] = getattr(module, "".join(part.capitalize() for part in name.split("_")))
    return found


def open_step(number: str, engagement: str | Path, run: str | Path = "") -> Step:
    """Run one step of an engagement; what a notebook's first code cell calls.

    Parameters
    ----------
    number : such as ``"1.1"``.
    engagement : id of an engagement in ``params/``, or the path of a params file.
    run : folder of a run begun by ``reviewkit run``; left empty, results go to the
        engagement's workbench folder ``runs/<id>/workbench``.
    """
    from .workbench import open_review, run_by_hand

    if str(run):
        return step_class(number)(open_review(engagement, run))
    return run_by_hand(step_class(number), engagement)
