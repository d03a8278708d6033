"""What an edition sees of an executed notebook."""

from __future__ import annotations

from types import SimpleNamespace

from nbformat.v4 import new_output

from reviewkit.model import EDITIONS
from reviewkit.publish.page import read_page, view_html


def body(page: object) -> str:
    return str([(section.heading, section.pieces) for section in (page.opening, *page.sections)])  # type: ignore[attr-defined]


def test_read_page_takes_the_editions_own_version(make: SimpleNamespace) -> None:
    book = make.book(make.cell(make.shown(team="<p>ours</p>", leadership="<p>theirs</p>")))
    assert "theirs" in body(read_page(book, "leadership"))
    assert "ours" not in body(read_page(book, "leadership"))


def test_read_page_drops_a_section_whose_view_shows_nothing(make: SimpleNamespace) -> None:
    book = make.book(make.text("## Individuals?"), make.cell(make.shown(managers="<p>A. Person</p>")))
    assert [section.heading for section in read_page(book, "managers").sections] == ["Individuals?"]
    assert read_page(book, "leadership").sections == []


def test_read_page_drops_code_prompts_streams_and_errors(make: SimpleNamespace) -> None:
    outputs = (
        new_output("stream", text="printed"),
        new_output("error", ename="E", evalue="failed", traceback=[]),
    )
    shown = body(read_page(make.book(make.cell(*outputs, make.shown(team="<p>kept</p>"))), "team"))
    assert "kept" in shown
    assert not any(word in shown for word in ("printed", "failed", "secret_code"))


def test_read_page_drops_html_that_is_no_view(make: SimpleNamespace) -> None:
    other = new_output("display_data", data={"text/html": "<b>raw</b>", "image/png": "AAAA"})
    assert "raw" not in body(read_page(make.book(make.cell(other)), "team"))


def test_read_page_keeps_team_cells_for_the_team(make: SimpleNamespace) -> None:
    book = make.book(
        make.text("## For us\n\nA private word.", "team"), make.text("Not tagged, same section.")
    )
    assert "private word" in body(read_page(book, "team"))
    assert "private word" not in body(read_page(book, "leadership"))
    assert "same section" not in body(read_page(book, "leadership"))


def test_read_page_keeps_cells_for_every_edition_named(make: SimpleNamespace) -> None:
    book = make.book(make.text("## Personal\n\nFor two.", "team", "managers"))
    seen = {edition: "For two" in body(read_page(book, edition)) for edition in EDITIONS}
    assert seen == {"team": True, "leadership": False, "managers": True, "participants": False}


def test_read_page_drops_parameters(make: SimpleNamespace) -> None:
    book = make.book(
        make.text("engagement = x", "parameters"),
        make.cell(make.shown(team="<p>p</p>"), tags=("parameters",)),
    )
    shown = body(read_page(book, "team"))
    assert "engagement" not in shown and "<p>p</p>" not in shown


def test_read_page_escapes_markdown_html(make: SimpleNamespace) -> None:
    book = make.book(make.text("A **bold** word <script>alert(1)</script> <img src=x onerror=alert(1)>"))
    shown = body(read_page(book, "team"))
    assert "<script" not in shown and "<img" not in shown and "<strong>bold</strong>" in shown


def test_view_html_survives_a_broken_bundle() -> None:
    mime = "application/vnd.reviewkit.view+json"
    for made in (
        None,
        [],
        {"html": "x"},
        {"html": ["a"], "editions": {"team": 5}},
        {"html": [3], "editions": {"team": 0}},
    ):
        assert view_html({"data": {mime: made}}, "team") == ""
