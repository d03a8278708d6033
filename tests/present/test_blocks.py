"""Blocks as HTML: escaped, linked, empty where there is nothing to say."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.model import TABLES, Finding, step
from reviewkit.present.blocks import (
    Beside,
    Bottom,
    Bullets,
    Folded,
    Missing,
    Quote,
    Stack,
    Statements,
    Table,
    Tile,
    Tiles,
    Words,
)

HOSTILE = "<script>alert(1)</script>"
FCR = Finding.of("1.1", "opinion", "fcr", statement="it fell")
PERSON = Finding.of(
    "2.5", "support", "a1", statement="About one person", personal=True, audience=("managers",)
)
BLOCKS = [
    Bottom([HOSTILE]),
    Words(HOSTILE),
    Bullets([HOSTILE]),
    Quote(HOSTILE, HOSTILE),
    Statements([Finding.of("1.1", "opinion", "x", statement=HOSTILE)], why={"1.1/opinion/x": HOSTILE}),
    Tiles([Tile(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)]),
    Table(pd.DataFrame({"a": [HOSTILE]}), caption=HOSTILE, headings={"a": HOSTILE}, note=HOSTILE),
    Beside(Words(HOSTILE), Stack(Words(HOSTILE), None)),
    Folded(HOSTILE, Words(HOSTILE)),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_html_escapes_all_text(block: Words) -> None:
    html = block.html()
    assert "<script" not in html and "&lt;script&gt;" in html


def test_statements_snapshot() -> None:
    assert Statements([FCR], ordered=True, why={FCR.id: "it is a contract measure"}).html() == (
        '<ol class="rk-list rk-statements"><li data-finding="1.1/opinion/fcr"><span class="rk-what">It fell.</span>'  # noqa: E501
        ' <span class="rk-why">It is a contract measure.</span> <a class="rk-trail" '
        'href="evidence.html#f-1.1-opinion-fcr">evidence<span class="rk-hidden"> for 1.1/opinion/fcr</span></a></li></ol>'  # noqa: E501
    )


def test_statements_leave_out_what_an_edition_may_not_see() -> None:
    assert Statements([PERSON], edition="leadership").html() == ""
    assert "one person" in Statements([PERSON], edition="managers").html()


def test_statements_flag_changed_figures() -> None:
    changed = FCR.model_copy(update={"changed_since_decided": True})
    assert (
        "Figures changed" in Statements([changed]).html()
        and "Figures changed" not in Statements([FCR]).html()
    )


def test_missing_says_how_to_collect() -> None:
    html = Missing(step("1.1"), [TABLES["kpis"]]).html()
    assert "Nothing can be concluded" in html and TABLES["kpis"].collect[:20] in html
    assert Missing(step("1.1"), []).html() == ""


def test_table_snapshot() -> None:
    frame = pd.DataFrame({"site": ["A"], "n": [1200], "rate": [-1.25], "at": pd.to_datetime(["2025-03-04"])})
    headings = {"site": "Site", "n": "N", "rate": "Rate", "at": "When"}
    assert Table(frame, caption="C", headings=headings).html() == (
        '<div class="rk-scroll" role="region" tabindex="0" aria-label="C"><table class="rk-table"><caption>C</caption>'  # noqa: E501
        '<thead><tr><th scope="col">Site</th><th scope="col" class="rk-number">N</th><th scope="col" class="rk-number">Rate'  # noqa: E501
        '</th><th scope="col">When</th></tr></thead><tbody><tr><th scope="row">A</th>'
        '<td class="rk-number">1,200</td><td class="rk-number">−1.2</td><td>4 Mar 2025</td></tr></tbody></table></div>'  # noqa: E501
    )


def test_table_without_room_on_a_phone_carries_its_headings_in_its_cells() -> None:
    frame = pd.DataFrame({"site": ["A"], "n": [1], "what": ["Calls are handed over three times, on average"]})
    headings = {"site": "Site", "n": "N", "what": 'What "they" say'}
    html = Table(frame, caption="C", headings=headings).html()
    assert '<table class="rk-table rk-stack">' in html
    assert '<th scope="row">A</th><td data-label="N" class="rk-number">1</td>' in html
    assert '<td data-label="What &#34;they&#34; say">Calls' in html
    behind_a_chart = Table(frame, caption="C", headings=headings, linked=False).html()
    assert "rk-stack" not in behind_a_chart and "data-label" not in behind_a_chart
    long = pd.concat([frame] * 61)
    assert "rk-stack" not in Table(long, caption="C", headings=headings).html()


def test_table_formats_and_limit() -> None:
    frame = pd.DataFrame({"a": [0.123, 0.5, 0.9]})
    html = Table(
        frame, caption="C", headings={"a": "A"}, formats={"a": ".2f"}, limit=2, row_header=False
    ).html()
    assert ">0.12<" in html and ">0.90<" not in html and "The first 2 of 3 rows." in html


def test_folded_shows_nothing_where_its_block_shows_nothing() -> None:
    assert Folded("More", Words("")).html() == ""


def test_statements_go_on_from_a_number() -> None:
    assert (
        Statements([FCR], ordered=True, start=7)
        .html()
        .startswith('<ol class="rk-list rk-statements" start="7">')
    )
    assert " start=" not in Statements([FCR], ordered=True).html()
