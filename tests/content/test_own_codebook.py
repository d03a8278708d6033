"""An engagement's own codebook is checked, and what is wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.content import load_codebook
from reviewkit.model import InputError

GOOD = """
headings:
  - {id: care, name: Care, definition: How people are cared for.}
codes:
  - id: waiting
    name: Waiting
    heading: care
    definition: Waits.
    use_when: A wait is described.
    not_when: Otherwise.
    cues: [waited]
    strengths: [prompt]
"""


def _book(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "codebook.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_load_codebook_own_one_is_read(tmp_path: Path) -> None:
    assert list(load_codebook(_book(tmp_path, GOOD)).codes) == ["waiting"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("heading: care\n", "heading: cure\n", "line 7, key codes.0.heading: 'cure' is no heading"),
        ("    cues: [waited]\n", "", "key codes.0.cues: Field required"),
        ("    name: Waiting\n", "    name: Waiting\n    nam: x\n", "line 7, key codes.0.nam"),
        ("codes:", "coeds:", "key codes: this list is missing"),
    ],
)
def test_load_codebook_fault_is_named_with_file_and_key(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = _book(tmp_path, GOOD.replace(old, new))
    with pytest.raises(InputError) as error:
        load_codebook(path)
    assert message in str(error.value)
    assert str(path) in str(error.value)


def test_load_codebook_id_used_twice_is_named(tmp_path: Path) -> None:
    twice = GOOD + GOOD.split("codes:\n")[1]
    with pytest.raises(InputError, match="'waiting' is used twice"):
        load_codebook(_book(tmp_path, twice))
