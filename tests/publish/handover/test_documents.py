"""Documents: the words of the page in its order, with headings, lists, tables and charts that are such."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document

from reviewkit.publish.handover.document import Figure, Page
from reviewkit.publish.handover.document_file import write_document
from reviewkit.publish.handover.texts import office_texts

from .conftest import ALT

FIGURE = Figure("A chart", "By week.", "A chart of waits.", "<div></div>")


@pytest.fixture
def path(page: Page, drawing: bytes, tmp_path: Path) -> Path:
    made = tmp_path / "report.docx"
    write_document(page, {figure.html: drawing for figure in page.figures()}, made, made=datetime(2025, 5, 1))
    return made


def test_words_come_in_the_order_of_the_page(path: Path) -> None:
    said = " ".join(office_texts(path))
    parts = ["Leadership summary", "People agree.", "up, for the worse",
             "Costs have risen. It is a contract measure.",
             "Rota, beside waits", "Both stand out.", "9 of 14 interviews.", "— front line",
             "Waits have grown at Dale Mill", "Source: contacts", "The gaps", "They cost much."]  # fmt: skip
    places = [said.find(part, 0) for part in parts]
    assert -1 not in places
    body = said[said.rindex("Leadership summary", 0, places[1]) :]
    found = [body.index(part) for part in parts]
    assert found == sorted(found)


def test_headings_lists_and_tables_are_what_they_look_like(path: Path) -> None:
    made = Document(str(path))
    styles = [(one.style.name, one.text) for one in made.paragraphs if one.style is not None]
    assert ("Title", "Leadership summary") in styles
    assert ("Heading 1", "Where are the gaps?") in styles
    assert [text for name, text in styles if name == "List Number"][1] == "Two."
    header = made.tables[1].rows[0]
    assert header._tr.trPr is not None and "tblHeader" in header._tr.trPr.xml


def test_parts_of_a_table_come_in_the_order_word_wants(path: Path) -> None:
    order = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblLook", "tblCaption", "tblDescription"]
    for table in Document(str(path)).tables:
        names = [part.tag.rpartition("}")[2] for part in table._tbl.tblPr]
        assert names == [name for name in order if name in names] and "tblBorders" in names


def test_tables_have_their_captions_for_alternative_texts(path: Path) -> None:
    from docx.oxml.ns import qn

    told = [table._tbl.tblPr.find(qn("w:tblDescription")) for table in Document(str(path)).tables]
    assert [one.get(qn("w:val")) for one in told] == ["Key figures", "The gaps", "Findings by number"]


def test_chart_has_its_alternative_text(path: Path) -> None:
    (chart,) = Document(str(path)).inline_shapes
    assert chart._inline.docPr.get("descr") == ALT


def test_properties_and_header_say_what_it_is(path: Path) -> None:
    made = Document(str(path))
    assert (made.core_properties.title, made.core_properties.language) == ("Leadership summary", "en")
    assert made.sections[0].header.paragraphs[0].text.startswith("Draft · Simulated data.")


def test_claims_lead_to_findings(path: Path) -> None:
    made = Document(str(path))
    numbered = next(one.text for one in made.paragraphs if one.text.startswith("Costs have risen."))
    number = re.search(r"\[(\d+)\]$", numbered)
    assert number
    assert [row.cells[1].text for row in made.tables[-1].rows if row.cells[0].text == number[1]] == ["1.1/b"]


def test_the_same_page_gives_the_same_bytes(path: Path, page: Page, drawing: bytes, tmp_path: Path) -> None:
    again = tmp_path / "again.docx"
    write_document(
        page, {figure.html: drawing for figure in page.figures()}, again, made=datetime(2025, 5, 1)
    )
    assert again.read_bytes() == path.read_bytes()
