"""A params file is checked key by key; each complaint names file, line and key."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from reviewkit.model import Engagement, InputError, read_engagement
from reviewkit.model.engagement import Disclosure
from reviewkit.model.schedule import Schedule

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


@pytest.mark.parametrize(
    ("line", "cron", "zone"),
    [
        ('schedule: "0 6 * * 1"', "0 6 * * 1", "UTC"),
        ("schedule: 0 6 * * MON-FRI", "0 6 * * MON-FRI", "UTC"),
        ('schedule: {cron: "0  6 L * *", timezone: Europe/London}', "0 6 L * *", "Europe/London"),
    ],
)
def test_schedule_good(tmp_path: Path, line: str, cron: str, zone: str) -> None:
    schedule = read(tmp_path, GOOD + line + "\n").schedule
    assert schedule and (schedule.cron, schedule.timezone) == (cron, zone)


@pytest.mark.parametrize(
    ("line", "key", "words"),
    [
        ('schedule: "0 6 * *"', "schedule.cron", "'0 6 * *' is no schedule: write five fields"),
        ('schedule: "0 0 6 * * 1"', "schedule.cron", "is no schedule: write five fields"),
        ('schedule: "@daily"', "schedule.cron", "'@daily' is no schedule"),
        ('schedule: {cron: "60 6 * * 1"}', "schedule.cron", "the minute in '60 6 * * 1' is wrong: it goes"),
        ('schedule: {cron: "0 6 * * 8"}', "schedule.cron", "the day-of-week in '0 6 * * 8' is wrong"),
        ('schedule: {cron: "0 6 30 2 *"}', "schedule.cron", "a day that the month has"),
        ('schedule: {cron: "* * */20 * 1L"}', "schedule.cron", "never comes round"),
        ('schedule: {cron: "0 6 * * 1", timezone: Europe/Londn}', "schedule.timezone", "'Europe/London'?"),
        ('schedule: {cron: "0 6 * * 1", timezone: Europe}', "schedule.timezone", "is no time zone"),
        ('schedule: {cron: "0 6 * * 1", timezone: /etc/passwd}', "schedule.timezone", "is no time zone"),
        ('schedule: {cro: "0 6 * * 1"}', "schedule.cro", "Did you mean 'cron'?"),
        ("schedule: {timezone: UTC}", "schedule.cron", "this key is missing"),
        ("schedule: 6", "schedule", "write a cron line in quotes, or the keys cron and timezone"),
        ("secrets: [api_key]", "secrets.0", "'api_key' is no environment variable: use capital letters"),
    ],
)
def test_schedule_or_secret_that_is_wrong_names_line_and_key(
    tmp_path: Path, line: str, key: str, words: str
) -> None:
    text = message(tmp_path, GOOD + line + "\n")
    assert text.startswith(f"north.yaml, line 14, key {key}: ") and words in text


def test_schedule_that_begins_with_a_star_is_to_be_put_in_quotes(tmp_path: Path) -> None:
    text = message(tmp_path, GOOD + "schedule: */10 * * * *\n")
    assert text.startswith("north.yaml, line 14: is not valid YAML") and "begins with * in quotes" in text


def test_secrets_are_names(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD + "secrets: [API_KEY, DB_URL2]\n").secrets == ("API_KEY", "DB_URL2")
    assert read(tmp_path, GOOD).secrets == ()


@given(st.text("0123456789*/-,#LW MONTUE", max_size=20))
def test_any_cron_line_is_read_or_refused_with_words(text: str) -> None:
    try:
        schedule = Schedule(cron=text)
    except ValidationError as error:
        assert error.errors()[0]["type"] == "value_error"
    else:
        assert schedule.words


def test_cron_library_is_not_imported_without_a_schedule() -> None:
    code = "import sys, reviewkit.model; print('cronsim' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://reviewer:hunter2@db/x",
        "postgresql://reviewer:${DB}hunter2@db/x",
        "postgresql://reviewer@db/x?password=hunter2",
        "postgresql://reviewer@db/x?sslmode=require&sslpassword=hunter2",
        "duckdb:md:x?motherduck_token=hunter2",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_shown(tmp_path: Path, address: str) -> None:
    told = message(tmp_path, f"{GOOD}databases: {{warehouse: '{address}'}}\n")
    assert "write ${NAME} in its place" in told and "hunter2" not in told


def test_a_secret_named_in_an_address_is_needed_and_not_given_to_notebooks(tmp_path: Path) -> None:
    text = f"{GOOD}databases: {{warehouse: 'postgresql://r:${{DB_PASSWORD}}@db/x?sslpassword=${{SSL_SECRET}}'}}\n"
    engagement = read(tmp_path, text)
    assert engagement.needed_secrets == ("DB_PASSWORD", "SSL_SECRET")
    assert engagement.notebook_secrets == ()
