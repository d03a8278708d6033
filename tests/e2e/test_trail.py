"""From every sentence, figure and remark of every page to what it rests on."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from .conftest import Ran

pytestmark = pytest.mark.slow
SHOWN = {
    "bottom line": ".rk-bottom p",
    "statement": ".rk-statements > li",
    "chart": "figure.rk-chart",
    "table": "table.rk-table > caption",
    "key figure": ".rk-tile:has(.rk-value)",
}
THROUGHOUT = ("data.", "evidence", "glossary.", "remarks", "run.")
"""Pages that are the trail, or tell of the run and not of the client."""


@pytest.mark.parametrize("edition", ["team", "leadership", "managers", "participants"])
def test_whatever_is_shown_leads_to_what_it_rests_on(ran: Ran, edition: str) -> None:
    places = cache(places_of)
    folder = ran.latest / "site" / edition
    lost, counted = [], Counter[str]()
    for path in sorted(folder.glob("*.html")):
        if path.name.startswith(THROUGHOUT):
            continue
        for kind, found in shown(BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")):
            counted[kind] += 1
            link = found.select_one("a.rk-trail")
            page, _, place = str(link["href"]).partition("#") if link else ("", "", "")
            if not page or place not in places(folder / page):
                lost.append(f"{path.name}: {kind}: {found.get_text(' ')[:80]}")
    assert lost == []
    if edition == "team":
        assert all(counted[kind] >= 5 for kind in SHOWN), counted


def test_the_team_follows_a_remark_to_its_words(ran: Ran) -> None:
    folder, followed = ran.latest / "site" / "team", 0
    places = cache(places_of)
    for path in folder.glob("evidence*.html"):
        for link in BeautifulSoup(path.read_text(encoding="utf-8"), "lxml").select(".rk-ids a"):
            page, _, place = str(link["href"]).partition("#")
            assert place in places(folder / page)
            followed += 1
    assert followed > 500
    assert not [*(ran.latest / "site").glob("[lmp]*/remarks*.html")]


def shown(page: BeautifulSoup) -> list[tuple[str, Tag]]:
    return [
        (kind, found)
        for kind, selector in SHOWN.items()
        for found in page.select(selector)
        # The table behind a chart is the chart's.
        if not (kind == "table" and found.find_parent("details", class_="rk-data"))
    ]


def places_of(path: Path) -> set[str]:
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    return {str(found["id"]) for found in page.select("[id]")}
