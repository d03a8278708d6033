"""The exporter as nbconvert uses it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from traitlets import TraitError

from reviewkit.publish.exporter import ReviewExporter
from reviewkit.publish.gate import check_page


def test_review_exporter_makes_a_page_that_passes_the_gate(make: SimpleNamespace) -> None:
    book = make.book(make.text("## Q?\n\nHow."), make.cell(make.shown(leadership="<p>a</p>")))
    html, resources = ReviewExporter(edition="leadership").from_notebook_node(book)
    check_page("p.html", html)
    assert "<h1>What the data say</h1>" in html and resources["output_extension"] == ".html"


def test_review_exporter_drops_a_script_in_an_output(make: SimpleNamespace) -> None:
    book = make.book(make.cell(make.shown(team="<p>a</p><script>alert(1)</script><svg onload='x()'></svg>")))
    html, _ = ReviewExporter(edition="team").from_notebook_node(book)
    assert "<p>a</p>" in html and "alert" not in html and "onload" not in html


def test_review_exporter_escapes_the_title(make: SimpleNamespace) -> None:
    book = make.book()
    book.cells[0].source = "# <script>alert(1)</script>"
    assert "<script" not in ReviewExporter(edition="team").from_notebook_node(book)[0]


def test_review_exporter_knows_its_editions() -> None:
    with pytest.raises(TraitError):
        ReviewExporter(edition="everybody")
