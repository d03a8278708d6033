"""Every step says something, or what is missing, with whatever evidence is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.evidence import EvidenceSet, write_snapshot
from reviewkit.model import STEPS, read_engagement
from reviewkit.steps import Review, Step, step_class

SETS = {
    "numbers alone": ("contacts", "kpis", "targets"),
    "contacts and remarks": ("contacts", "stakeholders", "remarks"),
    "remarks alone": ("remarks",),
    "journey alone": ("journey",),
    "walk-throughs and observations": ("walkthroughs", "observations"),
    "leads and targets": ("leads", "targets"),
    "resources and actions": ("resources", "actions", "progress"),
    "survey and leaders": ("perceptions", "leaders"),
    "competencies and goals": ("competencies", "goals", "feedback_given"),
    "no codings": ("stakeholders", "interviews", "participants", "remarks", "kpis", "targets"),
}


def views(step: Step) -> list[str]:
    named = [name for name in dir(type(step)) if hasattr(getattr(type(step), name), "__wrapped__")]
    return [name for name in named if not name.startswith("_")]


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_every_step_and_view_with_part_of_the_evidence(name: str, root: Path, tmp_path: Path) -> None:
    params = root / "params/contact_centre.yaml"
    whole = read_engagement(params)
    sources = {table: whole.sources[table] for table in SETS[name]}
    engagement = whole.model_copy(update={"sources": sources})
    write_snapshot(engagement, params, tmp_path / "evidence")
    review = Review(engagement, EvidenceSet(engagement, tmp_path / "evidence"), tmp_path)
    for spec in STEPS:
        step = step_class(spec.number)(review)
        review.keep(step)
        for view in views(step):
            if view != "guide":  # asks for a level
                getattr(step, view)()._repr_mimebundle_()
        assert step.bottom_line()._repr_mimebundle_()["text/html"]
