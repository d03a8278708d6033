"""A params file is checked key by key; each complaint names file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from reviewkit.model import Engagement, InputError, read_engagement
from reviewkit.model.engagement import Disclosure

GOOD = """\
id: north
name: North review
client: North Ltd
purpose: Answer calls
data_as_of: 2026-01-31
data: ../data/north
measures:
  - id: csat
    name: Satisfaction
    unit: score
    direction: increase
    table: contacts
    numerator: mean(csat)
"""


def read(folder: Path, text: str) -> Engagement:
    """The engagement that this text describes."""
    path = folder / "north.yaml"
    path.write_text(text, encoding="utf-8")
    return read_engagement(path)


def message(folder: Path, text: str) -> str:
    """What reading this text complains about, without the folder."""
    with pytest.raises(InputError) as caught:
        read(folder, text)
    assert "\n" not in str(caught.value)
    return str(caught.value).replace(f"{folder}/", "")


def test_read_engagement_good(tmp_path: Path) -> None:
    engagement = read(tmp_path, GOOD)
    assert (engagement.id, engagement.measure("csat").direction, engagement.period) == (
        "north",
        "increase",
        "month",
    )


def test_unknown_key_names_line_and_suggests(tmp_path: Path) -> None:
    text = message(tmp_path, GOOD.replace("purpose:", "purpos:"))
    place = "north.yaml, line 4, key purpos: this key is not known."
    assert text == f"{place} Did you mean 'purpose'? 1 more problem in this file."


def test_unknown_key_of_a_measure_names_its_line(tmp_path: Path) -> None:
    text = message(tmp_path, GOOD + "    decimal: 2\n")
    assert text == (
        "north.yaml, line 14, key measures.0.decimal: this key is not known. Did you mean 'decimals'?"
    )


def test_missing_key_is_named(tmp_path: Path) -> None:
    text = message(tmp_path, GOOD.replace("client: North Ltd\n", ""))
    assert text == "north.yaml, line 1, key client: this key is missing. Add it."


def test_missing_key_of_a_measure_names_the_measure(tmp_path: Path) -> None:
    text = message(tmp_path, GOOD.replace("    unit: score\n", ""))
    assert text == "north.yaml, line 8, key measures.0.unit: this key is missing. Add it."


def test_duplicate_key_is_refused(tmp_path: Path) -> None:
    text = message(tmp_path, GOOD + "name: Another\n")
    assert text.startswith("north.yaml, line 14: is not valid YAML")


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ("data_as_of: 2026-01-31", "data_as_of: 2026-13-31", 5, "data_as_of"),
        ("name: North review", "name: [1]", 2, "name"),
        ("unit: score", "unit: stars", 10, "measures.0.unit"),
        ("direction: increase", "direction: up", 11, "measures.0.direction"),
        ("table: contacts", "table: calls", 12, "measures.0.table"),
        ("id: north", "id: North West", 1, "id"),
    ],
)
def test_wrong_value_names_line_and_key(tmp_path: Path, old: str, new: str, line: int, key: str) -> None:
    assert message(tmp_path, GOOD.replace(old, new)).startswith(f"north.yaml, line {line}, key {key}: ")


def test_bad_yaml_names_the_line(tmp_path: Path) -> None:
    assert message(tmp_path, GOOD.replace("name: North review", "name: [North")).startswith(
        "north.yaml, line "
    )


def test_two_measures_of_one_id_are_refused(tmp_path: Path) -> None:
    measure = GOOD.split("measures:\n")[1]
    assert "two measures are called 'csat'" in message(tmp_path, GOOD + measure)


def test_further_problems_are_counted(tmp_path: Path) -> None:
    text = message(tmp_path, GOOD.replace("unit: score", "unit: stars").replace("increase", "up"))
    assert text.endswith("1 more problem in this file.")


@pytest.mark.parametrize("threshold", ["minimum_survey", "minimum_comments", "minimum_pool"])
def test_lower_threshold_needs_a_written_reason(threshold: str) -> None:
    with pytest.raises(ValidationError, match="written reason"):
        Disclosure.model_validate({threshold: 3, "reason": "  "})
    assert Disclosure.model_validate({threshold: 3, "reason": "Agreed with the works council."})


def test_engagement_cannot_be_changed(tmp_path: Path) -> None:
    engagement = read(tmp_path, GOOD)
    with pytest.raises(ValidationError, match="frozen"):
        engagement.name = "Another"
