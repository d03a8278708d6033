from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reviewkit.evidence.notes import Passage, read_notes
from reviewkit.model import InputError


def saved(path: Path, *fill: Callable[[docx.document.Document], object]) -> tuple[Passage, ...]:
    document = docx.Document()
    for each in fill:
        each(document)
    document.save(str(path))
    return read_notes(path).passages


def xml(inner: str) -> Callable[[docx.document.Document], object]:
    return lambda d: d.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))


def test_headings_bullets_and_paragraphs_are_told_apart(tmp_path: Path) -> None:
    found = saved(
        tmp_path / "a.docx",
        lambda d: d.add_heading("What works well here?", 1),
        lambda d: d.add_paragraph("People help one another.", style="List Bullet"),
        lambda d: d.add_paragraph(""),
        lambda d: d.add_paragraph("The rota."),
    )
    assert [(one.kind, one.text) for one in found] == [
        ("heading", "What works well here?"),
        ("words", "People help one another."),
        ("words", "The rota."),
    ]


def test_a_bold_line_may_be_a_question(tmp_path: Path) -> None:
    bold = lambda d: setattr(d.add_paragraph().add_run("What should we stop doing?"), "bold", True)  # noqa: E731
    assert [one.kind for one in saved(tmp_path / "a.docx", bold)] == ["item"]


def test_tables_are_read_in_their_place_row_by_row(tmp_path: Path) -> None:
    def table(document: docx.document.Document) -> None:
        made = document.add_table(2, 2)
        for at, text in enumerate(("What should we stop doing?", "Typing twice.", "Anything else?", "No.")):
            made.cell(at // 2, at % 2).text = text

    found = saved(
        tmp_path / "a.docx", lambda d: d.add_paragraph("Before."), table, lambda d: d.add_paragraph("After.")
    )
    assert [one.text for one in found] == [
        "Before.",
        "What should we stop doing?",
        "Typing twice.",
        "Anything else?",
        "No.",
        "After.",
    ]


def test_a_table_at_the_top_says_what_the_notes_are_of(tmp_path: Path) -> None:
    def head(document: docx.document.Document) -> None:
        made = document.add_table(2, 2)
        for at, text in enumerate(("Interview", "I001", "Date", "4 March 2026")):
            made.cell(at // 2, at % 2).text = text

    saved(tmp_path / "a.docx", head, lambda d: d.add_paragraph("The rota."))
    notes = read_notes(tmp_path / "a.docx")
    assert notes.facts == {"interview": "I001", "said_on": "2026-03-04"}
    assert [one.text for one in notes.passages] == ["The rota."]


def test_a_table_of_names_and_words_is_read_as_turns(tmp_path: Path) -> None:
    def turns(document: docx.document.Document) -> None:
        made = document.add_table(2, 2)
        for at, text in enumerate(("Q", "What works well?", "Priya Shah", "The rota.")):
            made.cell(at // 2, at % 2).text = text

    found = saved(tmp_path / "a.docx", turns)
    assert [(one.speaker, one.text) for one in found] == [
        ("Q", "What works well?"),
        ("Priya Shah", "The rota."),
    ]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    inner = (
        "<w:r><w:t xml:space='preserve'>We </w:t></w:r>"
        "<w:ins w:id='1' w:author='x'><w:r><w:t xml:space='preserve'>always </w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='x'><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:moveFrom w:id='3' w:author='x'><w:r><w:t>moved </w:t></w:r></w:moveFrom>"
        "<w:hyperlink><w:r><w:t>wait</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r>"
    )
    assert [one.text for one in saved(tmp_path / "a.docx", xml(inner))] == ["We always wait."]


def test_line_breaks_and_content_controls_lose_no_words(tmp_path: Path) -> None:
    inner = (
        "<w:sdt><w:sdtContent><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r>"
        "</w:sdtContent></w:sdt>"
    )
    assert [one.text for one in saved(tmp_path / "a.docx", xml(inner))] == ["One\ntwo three"]


def test_an_empty_document_is_a_fault_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no words"):
        saved(tmp_path / "a.docx")


@pytest.mark.parametrize("missing", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_document_with_a_part_missing_is_a_fault_of_one_line(tmp_path: Path, missing: str) -> None:
    saved(tmp_path / "a.docx", lambda d: d.add_paragraph("x"))
    with zipfile.ZipFile(tmp_path / "a.docx") as whole, zipfile.ZipFile(tmp_path / "b.docx", "w") as part:
        for name in whole.namelist():
            if name != missing:
                part.writestr(name, whole.read(name))
    with pytest.raises(InputError, match="damaged") as caught:
        read_notes(tmp_path / "b.docx")
    assert "\n" not in str(caught.value)


def test_a_workbook_called_docx_is_a_fault_of_one_line(tmp_path: Path) -> None:
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "a.docx")
    with pytest.raises(InputError, match="no Word document"):
        read_notes(tmp_path / "a.docx")


def test_a_document_that_would_fill_the_memory_is_not_opened(tmp_path: Path) -> None:
    saved(tmp_path / "a.docx", lambda d: d.add_paragraph("x"))
    with zipfile.ZipFile(tmp_path / "a.docx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/a.bin", bytes(20_000_000))
    with pytest.raises(InputError, match="times when unpacked"):
        read_notes(tmp_path / "a.docx")


def test_a_document_with_entities_is_not_opened(tmp_path: Path) -> None:
    saved(tmp_path / "a.docx", lambda d: d.add_paragraph("secret"))
    with zipfile.ZipFile(tmp_path / "a.docx") as whole, zipfile.ZipFile(tmp_path / "b.docx", "w") as part:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "word/document.xml":
                entity = b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><w:document"
                content = content.replace(b"<w:document", entity, 1).replace(b"secret", b"&e;")
            part.writestr(name, content)
    with pytest.raises(InputError, match="entities"):
        read_notes(tmp_path / "b.docx")
