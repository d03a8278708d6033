"""Notebooks that are not ours, put through the exporter."""

from __future__ import annotations

import base64
import logging

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from reviewkit.publish import check_page
from reviewkit.publish.exporter import ReviewExporter

FRAME = (
    '<div><style scoped>.a{}</style><table border="1" class="dataframe"><thead><tr><th></th><th>n</th></tr>'
    "</thead><tbody><tr><th>0</th><td>12</td></tr></tbody></table></div>"
)
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(8)).decode()


def exported(*outputs: NotebookNode, edition: str = "team", source: str = "# Sales\n\nHow many?") -> str:
    book = new_notebook(cells=[new_markdown_cell(source), new_code_cell("secret()", outputs=list(outputs))])
    made = ReviewExporter(edition=edition).from_notebook_node(book, {"metadata": {"name": "my_sales"}})
    return made[0]


def shown(kind: str, data: str, **metadata: object) -> NotebookNode:
    return new_output("display_data", data={kind: data, "text/plain": "<repr>"}, metadata=metadata)


def test_text_tables_and_pictures_of_a_plain_notebook_are_kept() -> None:
    html = exported(
        new_output("stream", name="stdout", text="12 rows"),
        shown("text/html", FRAME),
        shown("image/png", PNG, **{"image/png": {"alt": "Sales by month, rising"}}),
    )
    check_page("p.html", html)
    assert "12 rows" in html and '<th scope="col">n</th>' in html and '<th scope="row">0</th>' in html
    assert 'alt="Sales by month, rising"' in html and "secret()" not in html


def test_a_picture_without_description_says_so() -> None:
    assert "which does not describe it" in exported(shown("image/png", PNG))


def test_nothing_that_runs_or_loads_is_kept() -> None:
    html = exported(
        shown(
            "text/html", '<h1>x</h1><script>alert(1)</script><img src="https://x.org/a.png" onerror="x()">'
        ),
        shown("image/svg+xml", '<svg><script>alert(1)</script><rect width="1" onload="x()"/></svg>'),
        new_output("stream", name="stderr", text="Warning: /home/me"),
        new_output("error", ename="KeyError", evalue="'Ann Lee'", traceback=["Ann Lee"]),
    )
    check_page("p.html", html)
    assert "alert" not in html and "x.org" not in html and "/home/me" not in html
    assert "Ann Lee" not in html and "This cell failed (KeyError)" in html


def test_other_editions_have_no_outputs_without_an_edition_and_are_told_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        logging.getLogger("traitlets").propagate = True
        html = exported(new_output("stream", name="stdout", text="12 rows"), edition="leadership")
    assert "12 rows" not in html
    assert "1 output is without an edition left out" in caplog.text or "edition=team" in caplog.text


def test_a_notebook_without_a_title_has_that_of_its_file() -> None:
    assert "<h1>my sales</h1>" in exported(source="Only words.")


def test_a_second_first_heading_begins_a_section_and_comments_in_code_do_not() -> None:
    html = exported(source="# Sales\n\nOne.\n\n# More\n\nTwo.\n\n```\n# no heading\n```")
    check_page("p.html", html)
    assert "<h1>Sales</h1>" in html and ">More</h2>" in html and html.count("<h2") == 1
