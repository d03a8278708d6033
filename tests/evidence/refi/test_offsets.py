"""Places are counted in code points, or as the names of the passages show."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.evidence.refi import read_project
from reviewkit.evidence.refi.offsets import reading

from .conftest import CODES, Make, coding, selection, source

SAID = "🙂🙂 It takes too long.\r\nWe wait."


def _words(make: Make, start: int, end: int, name: str = "", text: bytes = SAID.encode()) -> str:
    inner = source(10, selection(20, start, end, coding(30, 2), name=name), path="internal://a.txt")
    return (
        read_project(make(f"{CODES}<Sources>{inner}</Sources>", {"Sources/a.txt": text})).selections[0].words
    )


def test_places_beyond_the_basic_plane_are_code_points(make: Make) -> None:
    assert _words(make, 23, 31) == "We wait."


def test_places_in_utf_16_units_are_seen_by_the_passages_name(make: Make) -> None:
    assert _words(make, 25, 33, name="We wait.") == "We wait."


def test_line_ends_counted_as_one_are_seen_by_the_passages_name(make: Make) -> None:
    assert _words(make, 22, 30, name="We wait.") == "We wait."


def test_a_mark_that_was_counted_is_seen_by_the_passages_name(make: Make) -> None:
    assert _words(make, 24, 32, name="We wait.", text=b"\xef\xbb\xbf" + SAID.encode()) == "We wait."


def test_a_name_of_its_own_moves_nothing(make: Make) -> None:
    assert _words(make, 23, 31, name="Quotation 1:1") == "We wait."


@settings(max_examples=60)
@given(st.text(st.sampled_from("ab🙂é\r\n "), min_size=1, max_size=40), st.data())
def test_every_place_in_utf_16_units_is_found_again(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    units = [len(text[:n].encode("utf-16-le")) // 2 for n in (start, end)]
    read, name = reading(text, [(units[0], units[1], text[start:end])])
    if name == "UTF-16 units":
        assert (read(units[0]), read(units[1])) == (start, end)
