"""Finding a person in a text: whole words, in any case, and nobody else."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.evidence.store.person import Person, find_person
from reviewkit.model import InputError

BETHAN = Person("P014", ("Bethan O'Connor-Shah",), others=("Ravi Shah", "Connor House"))


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Bethan O'Connor-Shah told us.", "[name] told us."),
        ("BETHAN O’CONNOR-SHAH told us.", "[name] told us."),
        ("bethan   o'connor shah", "[name]"),
        ("Ask Bethan, or Shah.", "Ask [name], or [name]."),
        ("Write to bethan.o.shah@example.org", "Write to [name].o.[name]@example.org"),
        ("bethan_notes.docx", "[name]_notes.docx"),
        ("Bethan's rota", "[name]'s rota"),
        ("p014 was there", "[name] was there"),
        ("Béthan was there", "[name] was there"),
        ("Ravi Shah was there", "Ravi Shah was there"),
        ("Ravi Shah met Shah", "Ravi Shah met [name]"),
        ("Elizabethan, Shahi and P0145 stay", "Elizabethan, Shahi and P0145 stay"),
        ("", ""),
    ],
)
def test_whole_words_go_in_any_case_and_other_people_stay(text: str, without: str) -> None:
    assert BETHAN.removed(text)[0] == without


def test_letters_with_accents_are_found_however_they_are_written() -> None:
    zoe = Person("P1", ("Zoë Núñez",))
    for text in ("Zoë said", unicodedata.normalize("NFD", "Zoë said"), "ZOE said", "Nuñez said"):
        assert zoe.removed(text)[0] == "[name] said"


def test_a_name_that_is_a_word_counts_where_it_has_a_capital() -> None:
    may = Person("P1", ("May Long",))
    assert may.removed("It may take long, May said.")[0] == "It may take long, [name] said."
    assert may.removed("may long")[0] == "[name]"


def test_titles_particles_and_short_parts_are_no_names() -> None:
    person = Person("P1", ("Dr Jo van den Berg",))
    assert person.removed("Dr Khan took the van to Jo's den.")[1] == 0
    assert person.removed("Ask Berg.")[0] == "Ask [name]."


def test_an_id_of_digits_alone_is_no_word() -> None:
    assert Person("12", ("Ann Lee",)).removed("12 calls")[1] == 0


def test_files_are_searched_more_strictly_than_the_store() -> None:
    assert BETHAN.is_named_in("From Bethan") and BETHAN.is_named_in("bethan o'connor-shah")
    assert not BETHAN.is_named_in("bethan")


@given(st.text(max_size=60))
def test_what_was_removed_is_not_found_again(text: str) -> None:
    for given_text in (text, f"{text} Bethan {text}", f"{text}shah{text}"):
        without, _ = BETHAN.removed(given_text)
        assert BETHAN.removed(without) == (without, 0)


def row(stakeholder_id: str, name: str, **more: Any) -> dict[str, str]:
    return {"stakeholder_id": stakeholder_id, "name": name, "headcount": "1", "site": "Brook House"} | more


REGISTER = [row("P1", "Ann Brook"), row("P2", "Bo Brook"), row("P3", ""), row("G1", "", headcount="30")]


@pytest.mark.parametrize("given_as", ["P1", "Ann Brook", " ann  BROOK "])
def test_a_person_is_found_by_id_or_name(given_as: str) -> None:
    found = find_person(given_as, REGISTER)
    assert (found.id, found.names) == ("P1", ("Ann Brook",))
    assert found.removed("Ann Brook and Bo Brook of Brook House, Brook")[0] == (
        "[name] and Bo Brook of Brook House, [name]"
    )


def test_every_name_a_person_ever_had_is_theirs() -> None:
    found = find_person("Ann Marsh", [*REGISTER, row("P1", "Ann Marsh")])
    assert found.id == "P1" and set(found.names) == {"Ann Brook", "Ann Marsh"}


def test_a_person_without_a_name_is_found_by_id() -> None:
    assert find_person("P3", REGISTER).names == ()


def test_two_of_one_name_are_asked_for_by_id() -> None:
    with pytest.raises(InputError, match="Give the id: P1, P9"):
        find_person("Ann Brook", [*REGISTER, row("P9", "ann brook")])


def test_a_group_is_not_a_person() -> None:
    with pytest.raises(InputError, match="a group in the register"):
        find_person("G1", REGISTER)


def test_somebody_outside_the_register_is_known_by_name_alone() -> None:
    found = find_person("Tom Reed", REGISTER)
    assert (found.id, found.names) == ("", ("Tom Reed",))
