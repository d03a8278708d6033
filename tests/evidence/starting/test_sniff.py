"""How a CSV file is written, told from its bytes."""

from __future__ import annotations

import csv
import io
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.evidence.starting import Dialect, sniff_csv
from reviewkit.evidence.starting.sniff import decoded, parsed

WORDS = st.text("abcdefghij éöüñç,;|'", min_size=1, max_size=12).map(lambda text: f"x{text}y")
NAMES = st.lists(
    st.text(string.ascii_letters, min_size=2, max_size=9), min_size=2, max_size=6, unique_by=str.lower
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")


@st.composite
def written(draw: st.DrawFn) -> tuple[bytes, Dialect, list[list[str]]]:
    """A frame in some encoding and dialect, with title rows above its heading, and what is to be found."""
    heading = draw(NAMES)
    decimal = draw(st.sampled_from([".", ","]))
    separator = draw(st.sampled_from([",", ";", "\t", "|"]))
    count = draw(st.integers(3, 30))
    number = st.tuples(st.integers(0, 999), st.integers(1, 99)).map(lambda n: f"{n[0]}{decimal}{n[1]:02d}")
    cells = [
        number if place == 0 else draw(st.sampled_from([number, WORDS])) for place in range(len(heading))
    ]
    body = [[draw(cell) for cell in cells] for _ in range(count)]
    titles = draw(
        st.sampled_from(
            [[], [["Report"]], [["Report"], []], [["Report of the month"], ["Made 05.09.2025"], []]]
        )
    )
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([*titles, heading, *body])
    encoding = draw(st.sampled_from(ENCODINGS))
    data = text.getvalue().encode(encoding)
    seen = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    plain = encoding == "cp1252" and data.isascii()
    found = Dialect(
        "utf-8" if plain else seen, separator, decimal, len(titles) + 1, seen != "cp1252" or plain
    )
    return data, found, [heading, *body]


@given(written())
def test_a_frame_in_any_dialect_and_encoding_is_sniffed_back(
    case: tuple[bytes, Dialect, list[list[str]]],
) -> None:
    data, expected, rows = case
    found = sniff_csv(data)
    assert found == expected
    records, valid = parsed(decoded(data, found.encoding), found.separator)
    assert valid
    assert records[found.header - 1 :] == rows


@given(st.binary(max_size=400))
def test_no_bytes_are_too_odd(data: bytes) -> None:
    found = sniff_csv(data)
    assert found.header >= 1
    assert isinstance(decoded(data, found.encoding), str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b\n1,5;2\n2,5;3\n", ",;"),
        ("a,b\n\"1,5\",2\n\"2,5\",3\n", ",,"),
        ("a,b\n1.5,2\n2.5,3\n", ".,"),
        ("a;b\n1.234,50;x\n2.345,60;y\n", ",;"),
        ("a;b\n1,234.50;x\n2,345.60;y\n", ".;"),
        ("a\tb\n0,123\t5\n0,456\t6\n", ",\t"),
        ("one column\n1\n2\n", ".,"),
        ("", ".,"),
    ],
)  # fmt: skip
def test_decimal_and_separator_of_small_files(text: str, expected: str) -> None:
    found = sniff_csv(text.encode())
    assert found.decimal + found.separator == expected


def test_a_file_cut_within_a_character_and_within_quotes_is_still_read() -> None:
    data = 'Ref;Text\n1;"zwei\nZeilen"\n2;"größe'.encode()[:-2]
    found = sniff_csv(data)
    assert (found.encoding, found.separator) == ("utf-8", ";")


def test_a_heading_of_two_rows_is_the_lower_one() -> None:
    data = b"Calls,,,Customers,\nRef,Start,Site,Name,Score\n1,09:00,Leeds,A,4\n2,09:05,Hull,B,5\n"
    assert sniff_csv(data).header == 2
