"""Bottom lines in people's own words: they survive a run, say when figures changed, and can be given back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.evidence.store import open_store
from reviewkit.model import read_engagement
from reviewkit.present.view import View
from reviewkit.steps import Step, open_step
from reviewkit.steps.wording import bottom_line, keep_words, read_words

OWN = "Two things <people> say come first."


def worded(params: Path, name: str, fingerprint: str, words: str = OWN) -> Step:
    row = {"finding_id": name, "decision": "words", "role": "Editor", "words": words}
    with open_store(read_engagement(params), params) as store:
        store.put("decisions", [row | {"decided_on": "2025-03-31", "fingerprint": fingerprint}], by="Editor")
    return open_step("1.4", params)


@pytest.fixture
def params(small: Callable[[Path], Path], tmp_path: Path) -> Path:
    return small(tmp_path)


@pytest.fixture
def step(params: Path) -> Step:
    return open_step("1.4", params)


def test_a_sentence_that_tells_no_finding_can_be_worded(
    params: Path, step: Step, html: Callable[[View, str], str]
) -> None:
    first = step.answer("team")[0]
    line = bottom_line("1.4", "team", 1, first)
    (before,) = [one for one in step.worded_lines("team") if one.statement == first]
    now = worded(params, before.id, before.fingerprint)
    page = html(now.bottom_line(), "team")
    assert "Two things &lt;people&gt; say come first." in page and "rk-flag" not in page
    assert "1 statement on this page is in the words of the Editor (31 March 2025)." in page
    flagged = worded(params, before.id, "of other figures")
    assert "Figures changed since these words were written." in html(flagged.bottom_line(), "team")
    back = worded(params, before.id, before.fingerprint, words="")
    assert first in [one.statement for one in back.worded_lines("team")]
    assert "in the words of" not in html(back.bottom_line(), "team")
    assert line.fingerprint != bottom_line("1.4", "team", 1, f"{first} more").fingerprint


def test_words_for_one_edition_stay_in_it(params: Path, step: Step, html: Callable[[View, str], str]) -> None:
    """A line for leadership may be banded: what the team writes for itself never reaches it."""
    mine = next(one for one in step.worded_lines("team") if "/bottom_line/team/" in one.id)
    now = worded(params, mine.id, mine.fingerprint)
    assert "Two things" in html(now.bottom_line(), "team")
    shown = html(now.bottom_line(), "leadership")
    assert "Two things" not in shown and "in the words of" not in shown


def test_what_a_step_tells_is_kept_for_the_workbench(params: Path, step: Step) -> None:
    keep_words(step)
    (told,) = read_words(step.review.folder)
    assert told.step == "1.4" and [line.computed for line in told.lines]
    assert {edition for line in told.lines for edition in line.editions} == {"team", "leadership"}
    file = step.review.folder / "words/1.4.json"
    file.write_text(json.dumps({"step": 1}))
    assert read_words(step.review.folder) == []
