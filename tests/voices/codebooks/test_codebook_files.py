"""A codebook goes out as CSV, REFI-QDA and YAML and comes back the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewkit.content import Code, Codebook, Heading, load_codebook
from reviewkit.model import InputError
from reviewkit.voices.codebooks import changed, merge, read_codebook_file, retire, write_codebook_file

BOOK = load_codebook()
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs"))
WORDS = st.text(LETTERS, min_size=2, max_size=12)
PHRASES = st.lists(WORDS, max_size=3).map(tuple)


@st.composite
def books(draw: st.DrawFn) -> Codebook:
    heading = Heading(id="care", name=draw(WORDS), definition=draw(WORDS))
    names = draw(st.lists(WORDS, min_size=1, max_size=4, unique_by=str.casefold))
    codes = [
        Code(
            id=f"c{place}",
            name=name,
            heading="care",
            definition=draw(WORDS),
            use_when=draw(WORDS),
            not_when=draw(WORDS),
            example=draw(st.just("") | WORDS),
            cues=draw(PHRASES),
            strengths=draw(PHRASES),
            measures=("csat",),
            retired=draw(st.booleans()),
        )
        for place, name in enumerate(names)
    ]
    return Codebook(headings={"care": heading}, codes={code.id: code for code in codes})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(books(), st.sampled_from(["csv", "yaml"]))
def test_whatever_the_words_a_codebook_comes_back_the_same(tmp_path: Path, book: Codebook, form: str) -> None:
    path = tmp_path / f"book.{form}"
    write_codebook_file(book, path)
    assert read_codebook_file(path, book) == (None, [])


@pytest.mark.parametrize("form", ["csv", "yaml", "qdc"])
def test_ours_comes_back_the_same_in_every_form(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"book.{form}"
    write_codebook_file(BOOK, path)
    assert read_codebook_file(path, BOOK) == (None, [])


@pytest.mark.parametrize(
    "words", ["0o17", "1e5", "no", "12:30", "2025-03-14", "-.5", "a | b", '"', "=x", "#x"]
)
@pytest.mark.parametrize("form", ["csv", "yaml"])
def test_words_that_look_like_something_else_come_back_as_words(
    tmp_path: Path, words: str, form: str
) -> None:
    other = BOOK.codes["morale"].model_copy(update={"cues": (words * 2, words + " x"), "name": words * 2})
    book = BOOK.model_copy(update={"codes": BOOK.codes | {"morale": other}})
    path = tmp_path / f"book.{form}"
    write_codebook_file(book, path)
    assert read_codebook_file(path, book) == (None, [])


def test_refi_brings_new_words_and_keeps_our_cue_phrases(tmp_path: Path) -> None:
    path = tmp_path / "book.qdc"
    write_codebook_file(BOOK, path)
    text = path.read_text(encoding="utf-8").replace('name="Morale"', 'name="Spirits"')
    path.write_text(
        text.replace("How people feel about coming to work and staying.", "Mood."), encoding="utf-8"
    )
    change, _ = read_codebook_file(path, BOOK)
    assert change is not None and change.codes == ("morale",)
    now = changed(BOOK, change).codes["morale"]
    assert (now.name, now.definition, now.cues) == ("Spirits", "Mood.", BOOK.codes["morale"].cues)


def test_codes_that_a_file_does_not_have_are_named_and_stay(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    write_codebook_file(changed(changed(BOOK, merge(["morale"], "culture")), retire("strategy")), path)
    change, missing = read_codebook_file(path, BOOK)
    assert missing == ["morale"] and change is not None and change.codes == ("culture", "strategy")
    assert "morale" in changed(BOOK, change).codes


def test_csv_of_two_columns_is_enough_and_deeper_codes_come_under_the_top(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text(
        "id,name,parent\ncare,Care,\nwaits,Waits,care\nqueue,Queues,waits\n", encoding="utf-8-sig"
    )
    change, _ = read_codebook_file(path, BOOK)
    assert change is not None
    now = changed(BOOK, change)
    assert now.codes["queue"].heading == "care" and now.codes["waits"].definition == "Waits"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("a,Aa,b\nb,Bb,a\n", "row 3, column parent: a code stands beneath itself (a > b > a)"),
        ("a,Aa,a\n", "row 2, column parent: a code stands beneath itself (a > a)"),
        ("h,Head,\na,Aa,h\na,Ab,h\n", "row 4, column id: 'a' is used twice"),
        ("h,Head,\na,Aa,g\n", "row 3, column parent: there is no row 'g'"),
        ("h,Head,\nA-b,Aa,h\n", "row 3, column id"),
        ("h,Head,\n", "there is no code in it"),
    ],
)
def test_csv_fault_is_named_with_row_and_column(tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / "book.csv"
    path.write_text(f"id,name,parent\n{rows}", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_codebook_file(path, BOOK)
    assert message in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("b.csv", b"id\xff", "is not UTF-8"),
        ("b.csv", b"name\nx\n", "column id: this column is missing"),
        ("b.csv", b"id,name,colour\n", "column colour: no such column"),
        ("b.csv", b'id,name\n"x', "is no CSV table"),
        ("b.docx", b"", "ends in none of"),
    ],
)
def test_file_that_is_no_codebook_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_codebook_file(path, BOOK)


def test_write_refuses_another_ending(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ends in none of"):
        write_codebook_file(BOOK, tmp_path / "book.txt")
