"""What a step reads is what it says it reads: a run relies on that to skip what is unchanged."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reviewkit.evidence import EvidenceSet, write_snapshot
from reviewkit.model import STEPS, Finding, StepSpec, read_engagement
from reviewkit.run.dependence import FOR_EVERY_STEP, why
from reviewkit.steps import Review, Step, step_class


class Watched(EvidenceSet):
    """Evidence that notes which tables are asked for."""

    asked: set[str]

    def has(self, name: str) -> bool:
        self.asked.add(name)
        return super().has(name)

    def frame(self, name: str) -> pd.DataFrame:
        self.asked.add(name)
        return super().frame(name)


class WatchedReview(Review):
    """A review that notes of which other steps results are asked for."""

    asked: set[str]

    def table(self, number: str, name: str) -> pd.DataFrame:
        self.asked.add(number)
        return super().table(number, name)

    def findings(self, number: str) -> list[Finding]:
        self.asked.add(number)
        return super().findings(number)


def show_all(step: Step) -> None:
    """Ask every question of a step's notebook."""
    for name in dir(type(step)):
        if hasattr(getattr(type(step), name), "__wrapped__") and not name.startswith("_") and name != "guide":
            getattr(step, name)()._repr_mimebundle_()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["contact_centre", "patient_voice"])
def test_steps_read_what_they_say(
    name: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Drawing reads nothing, and takes most of the time.
    monkeypatch.setattr("reviewkit.present.chart.svg", lambda *_, **__: "")
    params = root / f"params/{name}.yaml"
    engagement = read_engagement(params)
    write_snapshot(engagement, params, tmp_path / "evidence")
    undeclared: dict[str, set[str]] = {}
    for spec in STEPS:
        evidence = Watched(engagement, tmp_path / "evidence")
        evidence.asked = set()
        review = WatchedReview(engagement, evidence, tmp_path)
        review.asked = set()
        step = step_class(spec.number)(review)
        show_all(step)
        review.keep(step)
        # Decisions are told apart by the step whose findings they are about.
        extra = (evidence.asked - declared(spec) - {"decisions"}) | (
            review.asked - {*spec.after, spec.number}
        )
        if extra:
            undeclared[spec.number] = extra
    assert undeclared == {}


def declared(spec: StepSpec) -> set[str]:
    return {*spec.needs, *spec.uses, *spec.reads, *FOR_EVERY_STEP}


def test_why_names_what_is_new_changed_and_gone() -> None:
    assert why({"a": "1", "b": "2"}, {"a": "0", "c": "3"}) == "a changed; b came; c went"
    assert why({"a": "1"}, {"a": "1"}) == "" and why({}, None) == "it has not run before"
