"""A client's logo and accent on its pages."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from reviewkit.model import Engagement, InputError, StepSpec, step
from reviewkit.publish import RunDetails, check_page
from reviewkit.publish.about import about
from reviewkit.publish.branding import branding, clean_svg
from reviewkit.publish.exporter import ReviewExporter
from reviewkit.publish.handover.reading import read_page

MARK = '<svg viewBox="0 0 9 9"><title>Acme</title><g fill="#123456"><path d="M0 0h9v9z"/></g></svg>'


def published(engagement: Engagement, run: RunDetails, spec: StepSpec, evidence: Path) -> str:
    told = about("leadership", engagement, [spec], replace(run, brand=branding(engagement, evidence)), spec)
    book = new_notebook(cells=[new_markdown_cell("# T\n\nWhat?")])
    return ReviewExporter().from_notebook_node(book, {"review": told})[0]


def test_a_logo_stands_in_the_page_with_the_clients_name(
    engagement: Engagement, run: RunDetails, tmp_path: Path
) -> None:
    (tmp_path / "logo.svg").write_text(MARK)
    branded = Engagement(**engagement.model_dump() | {"brand": {"logo": "x.svg", "accent": "#7a1f5c"}})
    html = published(branded, run, step("1.1"), tmp_path)
    check_page("p.html", html)
    assert 'alt="Demo client"' in html and "--link:#7a1f5c" in html and "data:image/svg+xml;base64," in html


def test_a_page_without_brand_has_the_clients_name_in_words(engagement: Engagement, run: RunDetails) -> None:
    html = published(engagement, run, step("1.1"), Path("nowhere"))
    assert '<p class="rk-client">Demo client</p>' in html and "<img" not in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<image href="https://x.org/a.png"/>',
        '<foreignObject><iframe src="https://x.org"></iframe></foreignObject>',
        '<use href="https://x.org/a.svg#b"/>',
        '<rect onload="x()" style="fill:url(https://x.org)"/>',
        '<rect fill="url(https://x.org/a)"/>',
        '<a href="https://x.org"><text>b</text></a>',
        "<style>@import 'https://x.org'</style>",
    ],
)
def test_clean_svg_keeps_shapes_alone(hostile: str) -> None:
    cleaned = clean_svg(MARK.replace("<g", f"{hostile}<g"))
    assert "x.org" not in cleaned and "alert" not in cleaned and "onload" not in cleaned
    assert 'd="M0 0h9v9z"' in cleaned


def test_clean_svg_refuses_a_logo_of_which_nothing_is_left() -> None:
    with pytest.raises(InputError, match="nothing of the logo"):
        clean_svg('<svg><image href="data:image/png;base64,AAAA"/></svg>')


def test_a_png_is_kept_as_it_is(engagement: Engagement, tmp_path: Path) -> None:
    made = b"\x89PNG\r\n\x1a\n" + bytes(20)
    (tmp_path / "logo.png").write_bytes(made)
    branded = Engagement(**engagement.model_dump() | {"brand": {"logo": "a.png"}})
    assert branding(branded, tmp_path)["logo"] == f"data:image/png;base64,{base64.b64encode(made).decode()}"


def test_nothing_is_told_of_a_brand_before_a_run(engagement: Engagement) -> None:
    assert branding(engagement, None) == {}


def test_a_page_that_is_handed_over_keeps_the_clients_name(
    engagement: Engagement, run: RunDetails, tmp_path: Path
) -> None:
    (tmp_path / "logo.svg").write_text(MARK)
    branded = Engagement(**engagement.model_dump() | {"brand": {"logo": "x.svg"}})
    assert read_page(published(branded, run, step("1.1"), tmp_path)).client == "Demo client"
