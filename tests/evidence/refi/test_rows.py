"""Coded passages become remarks and codings, the same each time, and nobody's name goes with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from reviewkit.content import load_codebook
from reviewkit.evidence.refi import Code, Rows, as_rows, codebook_yaml, match_codes, read_project, told
from reviewkit.evidence.refi.gathered import additions
from reviewkit.model import InputError

from .conftest import CODES, Make, coding, guid, selection, source

SAID = "It takes too long. We wait for weeks. Parking is a pain."


def _rows(make: Make, *marked: str, known: list[dict[str, Any]] | None = None, **options: Any) -> Rows:
    inner = options.pop("inner", "")
    name = options.pop("name", "I1")
    text = source(10, "".join(marked), text=SAID, name=name)
    project = read_project(make(f"{CODES}{inner}<Sources>{text}</Sources>{options.pop('notes', '')}"))
    return as_rows(project, load_codebook(), known=known or [], **options)


def _said(remark: str, words: str) -> dict[str, Any]:
    return {"remark_id": remark, "interview_id": "I1", "source": "one_to_one", "text": words}


def test_each_coded_passage_is_a_remark_and_each_code_a_coding(make: Make) -> None:
    rows = _rows(make, selection(20, 0, 18, coding(30, 2), coding(31, 3)), selection(21, 19, 37))
    assert [row["text"] for row in rows.tables["remarks"]] == ["It takes too long."]
    assert [row["code"] for row in rows.tables["codings"]] == ["morale", "staffing_and_workload"]
    assert rows.left_out == {"passages without a code": 1}


def test_reading_again_gives_the_same_rows(make: Make) -> None:
    marked = (selection(20, 0, 18, coding(30, 2)), selection(21, 4, 30, coding(31, 2)))
    first = _rows(make, *marked)
    again = _rows(make, *reversed(marked), known=first.tables["remarks"], interviews={"I1": "one_to_one"})
    key = {row["remark_id"] for row in first.tables["remarks"]}
    assert {row["remark_id"] for row in again.tables["remarks"]} == key and len(key) == 2
    pairs = {(row["remark_id"], row["code"]) for row in first.tables["codings"]}
    assert {(row["remark_id"], row["code"]) for row in again.tables["codings"]} == pairs


def test_a_passage_of_a_known_remark_codes_that_remark(make: Make) -> None:
    known = [_said("R1", "It takes too long."), _said("R2", "We wait for weeks.")]
    rows = _rows(
        make,
        selection(20, 3, 17, coding(30, 2)),  # within R1
        selection(21, 0, 37, coding(31, 3)),  # over both
        selection(22, 38, 56, coding(32, 2)),  # what nobody noted yet
        known=known,
        interviews={"I1": "group"},
    )
    new = rows.tables["remarks"]
    assert [row["text"] for row in new] == ["Parking is a pain."]
    assert (new[0]["source"], new[0]["interview_id"]) == ("group_work", "I1")
    pairs = {(row["remark_id"], row["code"]) for row in rows.tables["codings"]}
    assert pairs == {
        ("R1", "morale"),
        ("R1", "staffing_and_workload"),
        ("R2", "staffing_and_workload"),
        (new[0]["remark_id"], "morale"),
    }


def test_codes_that_are_not_ours_are_told_with_how_often_they_were_used(make: Make) -> None:
    inner = f"{CODES}<Sources>{source(10, selection(20, 38, 56, coding(30, 4)), text=SAID)}</Sources>"
    project = read_project(make(inner))
    rows = as_rows(project, load_codebook())
    assert not rows.tables["codings"] and len(rows.tables["remarks"]) == 1
    assert any("1 coding left out" in line and "'Parking' (1)" in line for line in told(project, rows))


def test_nobody_is_named_in_rows_or_in_what_is_told(make: Make) -> None:
    marked = selection(20, 0, 18, coding(30, 2), coding(31, 4))
    text = source(10, marked, text=SAID, name="Third Person.docx")
    project = read_project(make(f"{CODES}<Sources>{text}</Sources>"))
    rows = as_rows(project, load_codebook())
    shown = json.dumps(rows.tables) + " ".join(told(project, rows))
    assert not [name for name in ("First", "Second", "Third", "Person") if name in shown]


def test_a_coder_is_the_role_given_by_name_by_guid_or_by_label(make: Make) -> None:
    def coder(given: Mapping[str, str]) -> str:
        rows = _rows(make, selection(20, 0, 18, coding(30, 2)), coders=given)
        return str(rows.tables["codings"][0]["coder"])

    label = coder({})
    assert label.startswith("coder ")
    for key in ("First Person", guid(91), label):
        assert coder({key: "lead analyst"}) == "lead analyst"


def test_stance_and_prompting_at_the_head_of_a_codings_note_are_read(make: Make) -> None:
    note = "stance: concern\nprompting: asked\n\nSaid twice."
    notes = f'<Notes><Note guid="{guid(70)}"><PlainTextContent>{note}</PlainTextContent></Note></Notes>'
    rows = _rows(make, selection(20, 0, 18, coding(30, 2, note=70)), notes=notes)
    row = rows.tables["codings"][0]
    assert (row["stance"], row["prompting"], row["memo"]) == ("concern", "asked", "Said twice.")


def test_memos_of_the_project_as_a_whole_are_counted(reference: Path) -> None:
    rows = as_rows(read_project(reference / "atlasti84_project.qdpx"), load_codebook())
    assert rows.left_out["memos that belong to no passage"] == 2


def test_variables_named_as_our_columns_are_taken_over_and_unfit_values_told(make: Make) -> None:
    def value(number: int, text: str) -> str:
        return (
            f'<VariableValue><VariableRef targetGUID="{guid(number)}"/><TextValue>{text}</TextValue>'
            "</VariableValue>"
        )

    names = {80: "Level", 81: "department", 82: "said on", 83: "shoe size"}
    given = {80: "Front line", 81: "Service", 82: "last week", 83: "42"}
    variables = "".join(
        f'<Variable guid="{guid(n)}" name="{name}" typeOfVariable="Text"/>' for n, name in names.items()
    )
    values = "".join(value(number, text) for number, text in given.items())
    inner = (
        f'<Variables>{variables}</Variables><Cases><Case guid="{guid(85)}" name="Third Person">{values}'
        f'<SourceRef targetGUID="{guid(10)}"/></Case></Cases>'
    )
    rows = _rows(make, selection(20, 0, 18, coding(30, 2)), inner=inner)
    row = rows.tables["remarks"][0]
    assert (row["level"], row["department"], row.get("said_on")) == ("front_line", "Service", None)
    assert rows.left_out == {"values of the variable said_on that the column cannot hold": 1}


def test_what_a_project_leaves_empty_does_not_empty_what_is_there() -> None:
    there = [{"remark_id": "R1", "code": "morale", "coder": "a", "stance": "concern", "memo": ""}]
    row = {"remark_id": "R1", "code": "morale", "coder": "a", "stance": "", "memo": "Said twice."}
    assert additions("codings", [row], there) == [there[0] | {"memo": "Said twice."}]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Morale", "morale"),
        ("  MORALE ", "morale"),
        ("staffing_and_workload", "staffing_and_workload"),
        ("Themes::Training gap", "training_gap"),
        ("Trainings gap", "training_gap"),
        ("Mural", None),
    ],
)
def test_codes_are_matched_by_name(name: str, expected: str | None) -> None:
    found = match_codes([Code("A", name)], load_codebook())
    assert found.ids.get("A") == expected
    assert (not found.unmatched) == (expected is not None)


def test_names_that_are_near_are_not_taken_when_asked_for_the_same_letters() -> None:
    assert not match_codes([Code("A", "Trainings gap")], load_codebook(), cutoff=100).ids


def test_a_code_named_as_a_heading_is_no_code() -> None:
    found = match_codes([Code("A", "Resources")], load_codebook())
    assert not found.ids and [code.name for code in found.headings] == ["Resources"]


def test_codes_become_an_own_codebook_that_is_read_and_matches_them_all(
    reference: Path, tmp_path: Path
) -> None:
    project = read_project(reference / "atlasti84_project.qdpx")
    path = tmp_path / "book.yaml"
    path.write_text(codebook_yaml(project.codes), encoding="utf-8")
    book = load_codebook(path)
    assert len(book.codes) == 14
    assert len(match_codes(project.codes, book, cutoff=100).ids) == 14
    assert len(as_rows(project, book).tables["codings"]) == 5  # the other five have no words


def test_awkward_codes_become_a_codebook_that_is_read(tmp_path: Path) -> None:
    codes = [
        Code("1", "Wörk"),
        Code("2", "?", parent="1"),
        Code("3", "?", parent="1"),
        Code("4", "42: yes # no", "line\nline: 'x'", parent="3"),
        Code("5", ""),
        Code("6", "x" * 90),
        Code("7", "Empty branch", codable=False),
    ]
    path = tmp_path / "book.yaml"
    path.write_text(codebook_yaml(codes), encoding="utf-8")
    book = load_codebook(path)
    assert len(book.codes) == 7 and len(book.headings) == 2


def test_a_codebook_without_codes_is_told() -> None:
    with pytest.raises(InputError, match="no code that anything can be coded with"):
        codebook_yaml([])


def test_what_was_said_outside_of_interviews_is_found_in_the_source_of_its_kind(make: Make) -> None:
    known = [{"remark_id": "F1", "source": "customer_feedback", "text": "We wait for weeks."}]
    rows = _rows(make, selection(20, 19, 37, coding(30, 2)), known=known, name="customer_feedback.txt")
    assert [row["remark_id"] for row in rows.tables["codings"]] == ["F1"] and not rows.tables["remarks"]
