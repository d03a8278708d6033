"""The steps that join voices and numbers, on engagements with both, or with only one, kind of evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.evidence import EvidenceSet, write_snapshot
from reviewkit.model import EDITIONS, read_engagement
from reviewkit.present.view import View
from reviewkit.steps import Step, step_class
from reviewkit.steps.review import Review

PARAMS = Path(__file__).parents[2] / "params"
NUMBERS = ("1.2", "1.5", "1.6", "2.1", "2.4")
HALF = ("emergency_care", "patient_voice")


@pytest.fixture(scope="module")
def reviews(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Review]:
    made = {}
    for name in (*HALF, "contact_centre"):
        params, folder = PARAMS / f"{name}.yaml", tmp_path_factory.mktemp(name)
        engagement = read_engagement(params)
        write_snapshot(engagement, params, folder / "evidence")
        made[name] = Review(engagement, EvidenceSet(engagement, folder / "evidence"), folder)
    return made


def views(step: Step) -> dict[str, View]:
    names = [name for name, member in vars(type(step)).items() if hasattr(member, "__wrapped__")]
    shown = {name: getattr(step, name) for name in ["bottom_line", *names] if not name.startswith("_")}
    return {name: view() for name, view in shown.items() if callable(view)}


@pytest.mark.slow
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("name", HALF)
def test_steps_half_the_evidence_still_answers(reviews: dict[str, Review], name: str, number: str) -> None:
    step = step_class(number)(reviews[name])
    if step.can_conclude:
        assert all(block.html() for view in views(step).values() for block in view.blocks.values())
    else:
        assert "Nothing can be concluded" in step.bottom_line()._repr_mimebundle_()["text/html"]


@pytest.mark.slow
@pytest.mark.parametrize("number", NUMBERS)
def test_steps_leadership_reads_no_register_name_nor_id(reviews: dict[str, Review], number: str) -> None:
    review = reviews["contact_centre"]
    step = step_class(number)(review)
    register = review.evidence.frame("stakeholders")
    html = "".join(
        view.blocks["leadership"].html() for view in views(step).values() if "leadership" in view.blocks
    )
    assert html
    assert not [name for name in register["name"].dropna() if name in html]
    assert not [
        finding.id for finding in step.findings if finding.personal and set(finding.audience) & {"leadership"}
    ]


@pytest.mark.slow
@pytest.mark.parametrize("number", NUMBERS)
def test_steps_hand_on_what_the_table_of_steps_says(reviews: dict[str, Review], number: str) -> None:
    step = step_class(number)(reviews["contact_centre"])
    assert set(step.tables) == set(step.spec.makes)
    assert len({finding.id for finding in step.findings}) == len(step.findings)
    assert all(finding.evidence and finding.statement for finding in step.findings)
    assert set(step.editions) <= set(EDITIONS)
