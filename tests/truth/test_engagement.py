"""One planted and one clean engagement of the smallest size, from the simulation to the score."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.truth.__main__ import plans
from benchmarks.truth.report import report
from benchmarks.truth.run import analysed
from reviewkit.simulate import Size

SMALLEST = Size(volume=0.1, agents_per_team=4, interviews=14, remarks=(4, 6), feedback=40, survey=0.5)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    chosen = {each.name: each for each in plans("development", 6)}
    return [analysed(chosen[name], SMALLEST) for name in ("planted_005", "clean_005")]


@pytest.mark.slow
def test_engagement_every_truth_is_scored(rows: list[dict[str, Any]]) -> None:
    planted, clean = rows
    kinds = {truth["kind"] for truth in planted["found"] + planted["missed"]}
    assert kinds >= {"opinion", "theme", "relationship", "cause", "journey", "partner", "leader"}
    assert planted["found"]  # even so little evidence shows some of it
    assert not clean["found"] and not clean["missed"]
    assert clean["promoted"]  # people talk: themes are promoted, and hold


@pytest.mark.slow
def test_engagement_rows_are_plain_and_make_a_page(rows: list[dict[str, Any]]) -> None:
    page = report(json.loads(json.dumps(rows)), "development")
    assert "Found, missed, false" in page
    assert "development seeds" in page
