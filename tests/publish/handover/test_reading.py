"""A page read back: its words, and what they rest on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.publish.handover.document import Figure, Items, Joint, Page, Table, Tiles
from reviewkit.publish.handover.reading import read_page, written

from .conftest import ALT


def block(page: Page, kind: type) -> object:
    return next(one for section in page.sections for one in section.blocks if isinstance(one, kind))


def test_page_says_what_its_sheets_must_say(page: Page) -> None:
    assert page.notice() == "Draft · Simulated data. All is invented. · Acme · Leadership edition"
    assert (page.language, page.kicker, page.facts) == (
        "en",
        "Week 4, step 4.2",
        (("Data as of", "1 May 2025"),),
    )


def test_words_keep_their_roles_and_ids_and_lose_their_links(page: Page) -> None:
    points = block(page, Items)
    assert isinstance(points, Items) and points.start == 3 and points.ordered
    assert points.items[0].text == "Costs have risen. It is a contract measure."
    assert points.items[0].of("what") == "Costs have risen."
    assert points.items[0].trail == ("1.1/b",)


def test_tiles_tables_and_charts_are_read(page: Page) -> None:
    tiles, table, joint = block(page, Tiles), block(page, Table), block(page, Joint)
    assert isinstance(tiles, Tiles) and tiles.tiles[0].direction == "up, for the worse"
    assert isinstance(table, Table) and table.header == ("Gap", "Now") and table.numbers == {1}
    assert isinstance(joint, Joint) and joint.title == "Rota, beside waits"
    (figure,) = page.figures()
    assert figure.alt == ALT
    assert figure.after == ("1: 10 Feb 2025, new rota", "Source: contacts")


def test_a_chart_of_many_rows_does_not_bring_its_data_along(page: Page) -> None:
    assert "secret figure" not in str(page)


@given(st.text())
def test_what_is_written_can_stand_in_xml(text: str) -> None:
    from lxml import etree

    element = etree.Element("a")
    element.text = written(text)
    assert written(written(text)) == written(text)


def test_what_is_no_page_is_refused() -> None:
    with pytest.raises(ValueError, match="no page of a review"):
        read_page("<p>hello</p>")


def test_figure_without_a_chart_is_its_words() -> None:
    figure = "<figure><p class='rk-title'>Nothing yet</p></figure>"
    html = f"<main><h1>A</h1><section><h2>B</h2>{figure}</section></main>"
    (section,) = read_page(html).sections
    assert not isinstance(section.blocks[0], Figure) and "Nothing yet" in str(section)
