"""What is written keeps to the schemas, names nobody, and reads back equal."""

from __future__ import annotations

import datetime as dt
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reviewkit.content import load_codebook
from reviewkit.evidence.refi import (
    as_rows,
    codebook_yaml,
    match_codes,
    read_codebook,
    read_project,
    write_codebook,
    write_project,
)

from .conftest import REFERENCE

REMARKS = [
    {
        "remark_id": "R1",
        "source": "one_to_one",
        "interview_id": "I1",
        "stakeholder_id": "P7",
        "department": "Service",
        "level": "front_line",
        "on_record": True,
        "said_on": pd.Timestamp("2025-09-08"),
        "text": "Wir warten 🙂\r\nzu lange.",
    },
    {"remark_id": "R2", "source": "observation", "interview_id": None, "text": "A queue & <no> sign."},
]
CODINGS = [
    {"remark_id": "R1", "code": "morale", "coder": "analyst A", "stance": "concern", "prompting": "asked"},
    {"remark_id": "R1", "code": "morale", "coder": "analyst B", "stance": "", "memo": "Said <twice> & loud."},
    {"remark_id": "R2", "code": "waiting_and_access", "coder": "analyst A"},
]


def _valid(xml: bytes, schema: str) -> None:
    etree.XMLSchema(etree.parse(REFERENCE / schema)).assertValid(etree.fromstring(xml))


def _write(path: Path, remarks: Any = REMARKS, codings: Any = CODINGS, feedback: Any = ()) -> bytes:
    write_project(
        path,
        name="A review",
        codebook=load_codebook(),
        remarks=remarks,
        codings=codings,
        feedback=feedback,
        at=dt.date(2025, 9, 30),
    )
    with zipfile.ZipFile(path) as archive:
        return archive.read("project.qde")


def test_a_project_keeps_to_the_schema(tmp_path: Path) -> None:
    _valid(_write(tmp_path / "p.qdpx"), "Project.xsd")


def test_a_project_without_remarks_keeps_to_the_schema(tmp_path: Path) -> None:
    _valid(_write(tmp_path / "p.qdpx", [], []), "Project.xsd")


def test_a_codebook_keeps_to_the_schema_and_reads_back_with_its_hierarchy(tmp_path: Path) -> None:
    book = load_codebook()
    write_codebook(book, tmp_path / "b.qdc")
    _valid((tmp_path / "b.qdc").read_bytes(), "Codebook.xsd")
    codes = read_codebook(tmp_path / "b.qdc")
    assert dict(match_codes(codes, book).ids).keys() == {code.guid for code in codes if code.codable}
    (tmp_path / "b.yaml").write_text(codebook_yaml(codes), encoding="utf-8")
    again = load_codebook(tmp_path / "b.yaml")
    for code in book.codes.values():
        found = next(each for each in again.codes.values() if each.name == code.name)
        assert again.headings[found.heading].name == book.headings[code.heading].name
        assert (found.definition, found.use_when, found.not_when) == (
            code.definition,
            code.use_when,
            code.not_when,
        )


def test_the_schemas_refuse_what_is_wrong(reference: Path) -> None:
    with pytest.raises(etree.DocumentInvalid):
        _valid((reference / "taguette_codebook.qdc").read_bytes(), "Codebook.xsd")


def test_remarks_and_codings_read_back_as_they_were(tmp_path: Path) -> None:
    _write(tmp_path / "p.qdpx")
    project = read_project(tmp_path / "p.qdpx")
    rows = as_rows(project, load_codebook())
    assert rows.tables["remarks"] == [
        {
            "remark_id": "R1",
            "source": "one_to_one",
            "interview_id": "I1",
            "stakeholder_id": "P7",
            "department": "Service",
            "level": "front_line",
            "on_record": "true",
            "said_on": "2025-09-08",
            "text": "Wir warten 🙂\r\nzu lange.",
        },
        {"remark_id": "R2", "source": "observation", "interview_id": "", "text": "A queue & <no> sign."},
    ]
    empty = {"stance": "", "prompting": "", "memo": ""}
    assert rows.tables["codings"] == [empty | row for row in CODINGS]
    assert not rows.left_out and not project.left_out


def test_what_the_engagement_has_is_coded_and_not_written_again(tmp_path: Path) -> None:
    _write(tmp_path / "p.qdpx")
    known = [REMARKS[0], {"remark_id": "R2", "text": "Other words."}]
    rows = as_rows(read_project(tmp_path / "p.qdpx"), load_codebook(), known=known)
    assert not rows.tables["remarks"] and len(rows.tables["codings"]) == 3
    assert rows.allowances == {"remarks worded otherwise there, for which our words stay": 1}


def test_customers_comments_are_a_source_and_their_codings_come_back(tmp_path: Path) -> None:
    feedback = [{"feedback_id": "F1", "site": "North", "text": "Quick and kind."}]
    codings = [{"remark_id": "F1", "code": "morale", "coder": "analyst A"}]
    _valid(_write(tmp_path / "p.qdpx", [], codings, feedback), "Project.xsd")
    rows = as_rows(read_project(tmp_path / "p.qdpx"), load_codebook())
    assert [row["remark_id"] for row in rows.tables["codings"]] == ["F1"]
    assert not rows.tables["remarks"]


def test_codings_of_nothing_that_is_there_are_counted(tmp_path: Path) -> None:
    codings = [*CODINGS, {**CODINGS[0], "remark_id": "R9"}, {**CODINGS[0], "code": "unheard_of"}]
    written = write_project(
        tmp_path / "p.qdpx", name="A", codebook=load_codebook(), remarks=REMARKS, codings=codings
    )
    assert (written.codings, written.lost) == (3, 2)


def test_the_same_content_gives_the_same_bytes_without_path_or_name_of_this_machine(tmp_path: Path) -> None:
    xml = _write(tmp_path / "a.qdpx")
    _write(tmp_path / "b.qdpx")
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()
    assert str(tmp_path).encode() not in xml and b"basePath" not in xml
    users = etree.fromstring(xml).findall("{*}Users/{*}User")
    assert [user.get("name") for user in users] == ["reviewkit", "analyst A", "analyst B"]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
MEMOS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(str.strip)
ROWS = st.lists(st.tuples(st.sampled_from(["I1", "I2", ""]), TEXTS), min_size=1, max_size=6)
GIVEN = st.dictionaries(
    st.tuples(
        st.integers(0, 5), st.sampled_from(sorted(load_codebook().codes)), st.sampled_from(["A", "B", "é ü"])
    ),
    st.tuples(st.sampled_from(["", "concern", "strength"]), st.sampled_from(["", "asked"]), MEMOS),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(ROWS, GIVEN)
def test_any_texts_codes_and_coders_read_back_equal(
    said: list[tuple[str, str]], given: dict[tuple[int, str, str], tuple[str, str, str]]
) -> None:
    remarks = [
        {"remark_id": f"R{n}", "source": "one_to_one", "interview_id": interview, "text": text}
        for n, (interview, text) in enumerate(said)
    ]
    codings = [
        dict(zip(("remark_id", "code", "coder", "stance", "prompting", "memo"), row, strict=True))
        for row in ((f"R{n}", *key, *rest) for (n, *key), rest in given.items() if n < len(said))
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.qdpx"
        _valid(_write(path, remarks, codings), "Project.xsd")
        rows = as_rows(read_project(path), load_codebook())
    assert _sorted(rows.tables["remarks"]) == _sorted(remarks)
    assert _sorted(rows.tables["codings"]) == _sorted(codings)


def _sorted(rows: list[dict[str, Any]]) -> list[tuple[tuple[str, str], ...]]:
    return sorted(tuple(sorted(row.items())) for row in rows)
