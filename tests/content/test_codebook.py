"""Every code of the codebook is complete, and its own words find it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.content import load_codebook
from reviewkit.model import InputError, read_engagement
from reviewkit.voices import ThemeCoder

BOOK = load_codebook()
each = pytest.mark.parametrize("name", BOOK.codes)
ENTRY = "heading: care, definition: Ww., use_when: Uu., not_when: Nn., cues: [], strengths: []}"
OWN = f"""
headings: [{{id: care, name: Care, definition: How people are cared for.}}]
codes:
  - {{id: waits, name: Waits, {ENTRY}
  - {{id: queues, name: Queues, {ENTRY}
"""


@each
def test_code_says_all_that_a_coder_needs(name: str) -> None:
    code = BOOK.codes[name]
    assert all(len(words) > 15 for words in (code.definition, code.use_when, code.not_when, code.example))
    assert code.measures and code.causes and code.action_areas and not code.retired


@each
def test_example_is_found_by_the_code_s_own_cue_phrases(name: str) -> None:
    made = ThemeCoder(BOOK).suggest([BOOK.codes[name].example]).iloc[0]
    assert (made["theme"], bool(made["accepted"]), made["stance"]) == (name, True, "concern")


def test_measures_are_those_of_the_sample_engagements(root: Path) -> None:
    params = sorted((root / "params").glob("*.yaml"))
    known = {measure.id for path in params for measure in read_engagement(path).measures}
    # Conversion of leads is counted where single leads are recorded; no sample has it as a measure.
    named = {measure for code in BOOK.codes.values() for measure in code.measures}
    assert named - known == {"lead_conversion"}


def test_examples_say_different_things() -> None:
    assert len({code.example for code in BOOK.codes.values()}) == len(BOOK.codes)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "id: queues, name: Queues, heading: care",
            "id: queues, name: Queues, heading: waits",
            "'waits' is a code",
        ),
        (
            "id: queues, name: Queues, heading: care",
            "id: queues, name: Queues, heading: queues",
            "beneath itself",
        ),
        ("name: Queues", "name: waits", "'waits' is the name of 'waits' as well"),
        ("headings: [", "version: one\nheadings: [", "no whole number"),
    ],
)
def test_loops_and_twins_are_refused_in_one_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "book.yaml"
    path.write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_codebook(path)
    assert message in str(error.value) and "\n" not in str(error.value)


def test_active_leaves_out_what_is_retired() -> None:
    retired = BOOK.codes["morale"].model_copy(update={"retired": True})
    book = BOOK.model_copy(update={"codes": BOOK.codes | {"morale": retired}})
    assert "morale" not in book.active.codes and len(book.active.codes) == len(BOOK.codes) - 1
    assert BOOK.active is BOOK
