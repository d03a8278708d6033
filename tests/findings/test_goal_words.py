"""Goals are read by their own words: each letter with the words that carry it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.findings.goals.dates import dates_in
from reviewkit.findings.goals.measure_names import measure_phrases, named_measures
from reviewkit.findings.goals.words import (
    Reading,
    asked_level,
    read_measurable,
    read_relevant,
    read_specific,
    read_time_bound,
)
from reviewkit.model import Measure

AS_OF = dt.date(2025, 9, 1)
FCR = Measure(
    id="first_contact_resolution",
    name="First-contact resolution",
    unit="percent",
    direction="increase",
    table="contacts",
    numerator="sum(resolved)",
)
PHRASES = measure_phrases([FCR])
LETTERS = ("specific", "measurable", "relevant", "time_bound")

ACTS = ["Raise", "Train the new advisers to lift", "Improve", "Agree how to raise"]
THINGS = ["first-contact resolution on billing calls", "FCR of my team", "First contact resolution"]
FIGURES = ["to 74 %", "from 68% to 74%", "by 6 per cent", "on 12 of 15 days"]
WHENS = ["by June 2026", "until 31 December 2025", "in Q4", "within six weeks", "by the end of the year"]
GOALS = st.builds(lambda *parts: " ".join(parts), *map(st.sampled_from, (ACTS, THINGS, FIGURES, WHENS)))


def readings(text: str) -> dict[str, Reading]:
    named, dates = named_measures(text, PHRASES), dates_in(text, AS_OF)
    read = (
        read_specific(text, named, dates),
        read_measurable(text, named, dates),
        read_relevant(named),
        read_time_bound(dates, AS_OF),
    )
    return dict(zip(LETTERS, read, strict=True))


@given(GOALS)
@settings(max_examples=60, deadline=None)
def test_deleting_the_carrying_words_unmeets_the_letter(text: str) -> None:
    for letter, reading in readings(text).items():
        assert reading.met, (letter, text)
        without = text
        for start, end in sorted(reading.spans, reverse=True):
            without = f"{without[:start]} {without[end:]}"
        assert not readings(without)[letter].met, (letter, text, without)


@given(st.text(max_size=80) | GOALS)
@settings(max_examples=120, deadline=None)
def test_carrying_words_stand_in_the_text_and_what_is_missing_is_said(text: str) -> None:
    for reading in readings(text).values():
        assert all(text[start:end] and 0 <= start < end <= len(text) for start, end in reading.spans)
        assert bool(reading.spans) == bool(reading.met)
        assert bool(reading.lacks) == (not reading.met)


@given(GOALS, st.sampled_from([str.upper, str.lower, str.title]), st.sampled_from(["  ", "\n", " \t "]))
@settings(max_examples=60, deadline=None)
def test_case_and_spacing_do_not_matter(text: str, case: object, space: str) -> None:
    other = f"{space}{case(text).replace(' ', space)}{space}"  # type: ignore[operator]
    assert {k: r.met for k, r in readings(text).items()} == {k: r.met for k, r in readings(other).items()}


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by June", "2026-06-30"),
        ("by December", "2025-12-31"),
        ("by the end of November 2025", "2025-11-30"),
        ("by 31/12/2025", "2025-12-31"),
        ("by 2025-12-24", "2025-12-24"),
        ("on 1st of October", "2025-10-01"),
        ("by October 3, 2025", "2025-10-03"),
        ("in Q3", "2025-09-30"),
        ("in Q2 2026", "2026-06-30"),
        ("in the fourth quarter of 2025", "2025-12-31"),
        ("next quarter", "2025-12-31"),
        ("within 6 weeks", "2025-10-13"),
        ("over the next three months", "2025-12-01"),
        ("in 2026", "2026-12-31"),
        ("during 2025/26", "2026-03-31"),
        ("by FY26", "2026-03-31"),
        ("by Friday", "2025-09-05"),
        ("before Christmas", "2025-12-24"),
        ("by year end", "2025-12-31"),
        ("by 30 February 2026", "2026-02-28"),
    ],
)
def test_dates_are_read_relative_to_the_end_of_the_data(words: str, day: str) -> None:
    text = f"Cut it {words}"
    found = dates_in(text, AS_OF)
    assert [str(one.day) for one in found] == [day]
    assert text[found[0].start : found[0].end].endswith(words.split()[-1])


@pytest.mark.parametrize(
    "text",
    [
        "Answer calls within 20 seconds",
        "Meet each customer within 9 days",
        "Pay 95 % of invoices within 30 days",
        "Close cases within 5 days of referral",
        "Call every Monday",
        "You may call them in the second room",
        "Coach weekly",
    ],
)
def test_standards_and_habits_are_no_dates(text: str) -> None:
    assert dates_in(text, AS_OF) == []


def test_a_date_long_past_is_past() -> None:
    assert "long past" in read_time_bound(dates_in("by June 2024", AS_OF), AS_OF).lacks
    assert read_time_bound(dates_in("by June 2025", AS_OF), AS_OF).met


@pytest.mark.parametrize(
    "text",
    [
        "Be number 1",
        "Ready for ISO 9001",
        "By 31 December 2025",
        "Work in phase 2",
        "Open 24/7",
        "Meet at 9 am",
    ],
)
def test_figures_that_count_nothing_do_not_measure(text: str) -> None:
    assert not readings(text)["measurable"].met


def test_a_bare_figure_measures_only_with_a_known_measure() -> None:
    assert readings("Bring FCR to 74")["measurable"].met
    assert not readings("Bring it to 74")["measurable"].met


@pytest.mark.parametrize("text", ["Raise it by 5 points", "Raise it by 5 %", "Raise it to 74 seconds"])
def test_a_change_or_another_unit_is_no_level_asked_for(text: str) -> None:
    assert asked_level(text, "percent") is None


def test_minutes_are_read_as_seconds_where_the_measure_counts_seconds() -> None:
    found = asked_level("Bring handle time under 8 minutes", "seconds")
    assert found is not None
    assert found[0] == 480


def test_measures_are_named_in_spite_of_a_slip_but_not_of_another_figure() -> None:
    waits = {"within 4 hours": "waits"}
    assert named_measures("See them withn 4 hours", waits)
    assert not named_measures("See them within 24 hours", waits)
