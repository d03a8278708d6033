"""Slides: a finding for each title, nothing that runs over, nothing lost."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from reviewkit.publish.handover.document import Page, Table
from reviewkit.publish.handover.fitting import height
from reviewkit.publish.handover.reading import read_page
from reviewkit.publish.handover.slide_cuts import FOOT, GAP, HALF, INDENT, MARGIN, TOP, WIDTH, cut, row_height
from reviewkit.publish.handover.slide_file import write_slides
from reviewkit.publish.handover.slides import Line, Slide, slides

from .conftest import ALT, page_html
from .test_documents import FIGURE

DAY = datetime(2025, 5, 1)
WORD = st.text("abcdefgh", min_size=1, max_size=14)
SENTENCE = st.lists(WORD, min_size=1, max_size=90).map(" ".join)


@pytest.fixture
def deck(page: Page, drawing: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "summary.pptx"
    write_slides(page, {figure.html: drawing for figure in page.figures()}, path, made=DAY)
    return path


def shown(slide: object) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]  # type: ignore[attr-defined]


def test_titles_are_findings(page: Page) -> None:
    titles = [slide.title for slide in slides(page)]
    assert titles[1:] == [
        "Waits: 12.4, up, for the worse",
        "What are the main points?",
        "Rota, beside waits: people and data agree",
        "They cost much.",
    ]


def test_ranked_list_stays_whole_under_the_bottom_line_that_sums_it_up() -> None:
    html = page_html().replace("People agree.", "To note: costs have risen.")
    made = slides(read_page(html))[2]
    assert made.title == "To note: costs have risen."
    assert [line.mark for line in made.lines] == ["3.", "4."]


def test_every_slide_says_status_and_that_data_are_simulated(deck: Path) -> None:
    found = list(Presentation(str(deck)).slides)
    assert len(found) == 5
    for slide in found:
        assert any(text.startswith("Draft · Simulated data.") for text in shown(slide))
        assert slide.shapes.title is not None and slide.shapes.title.text_frame.text


def test_chart_has_its_alternative_text_and_the_table_is_one(deck: Path) -> None:
    found = [shape for slide in Presentation(str(deck)).slides for shape in slide.shapes]
    pictures = [shape for shape in found if shape.shape_type == 13]
    assert [one._element.nvPicPr.cNvPr.get("descr") for one in pictures] == [ALT]
    (frame,) = [shape for shape in found if shape.has_table]
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == "The gaps"
    table = frame.table
    assert table.first_row and table.cell(0, 1).text == "Now"


def test_notes_lead_to_the_evidence(deck: Path) -> None:
    notes = [slide.notes_slide.notes_text_frame.text for slide in Presentation(str(deck)).slides]
    assert "Evidence: 4.2/headline/a" in notes[0] and "Evidence: 1.1/b" in notes[2]


def test_shapes_stay_on_their_slide_and_the_same_page_gives_the_same_bytes(
    deck: Path, page: Page, drawing: bytes, tmp_path: Path
) -> None:
    made = Presentation(str(deck))
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= made.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= made.slide_height
    again = tmp_path / "again.pptx"
    write_slides(page, {figure.html: drawing for figure in page.figures()}, again, made=DAY)
    assert again.read_bytes() == deck.read_bytes()


@settings(max_examples=40, deadline=None)
@given(st.lists(SENTENCE, min_size=1, max_size=30), st.booleans())
def test_words_fit_and_none_is_lost(texts: list[str], beside: bool) -> None:
    slide = Slide(
        "A title", lines=tuple(Line(text, "•") for text in texts), figure=FIGURE if beside else None
    )
    parts = cut(slide)
    width = (HALF if beside else WIDTH - 2 * MARGIN) - INDENT
    for part in parts:
        assert part.size >= 14
        used = sum(height(one.text, width, part.size) + GAP * part.size for one in part.slide.lines)
        assert used <= FOOT - TOP
    said = [word for part in parts for line in part.slide.lines for word in line.text.split()]
    assert said == " ".join(texts).split()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(WORD, SENTENCE), min_size=1, max_size=25))
def test_rows_go_on_to_further_slides(rows: list[tuple[str, str]]) -> None:
    parts = cut(Slide("A title", table=Table("T", ("one", "two"), tuple(rows))))
    tables = [part.slide.table for part in parts if part.slide.table]
    assert [row for table in tables for row in table.rows] == rows
    for part, table in zip(parts, tables, strict=True):
        tall = [row_height(row, part.widths, part.cell) for row in table.rows]
        assert len(tall) == 1 or sum(tall) <= FOOT - TOP
