"""Pages made ready for paper."""

from __future__ import annotations

import re

from reviewkit.publish.handover.sheets import single, together

from .conftest import page_html

EVIDENCE = (
    '<html lang="en"><body class="x" data-mark="Agreed"><main id="content"><h1>Evidence</h1>'
    '<p id="f-x">Rows</p>'
    '<a href="index.html#s-gaps">back</a> <a href="data/a.csv">data</a></main></body></html>'
)


def test_links_lead_to_sheets_of_the_same_file_or_nowhere() -> None:
    made = together({"index.html": page_html(mark="Agreed"), "evidence_1.1.html": EVIDENCE}, "All")
    ids = re.findall(r' id="([^"]+)"', made)
    targets = re.findall(r'href="([^"]+)"', made)
    assert len(ids) == len(set(ids))
    assert "#p1-f-x" in targets and "#s-gaps" in targets
    assert {one.removeprefix("#") for one in targets} <= set(ids)


def test_least_settled_mark_stands_on_all_sheets() -> None:
    assert 'data-mark="Draft"' in together({"index.html": page_html(), "evidence_1.1.html": EVIDENCE}, "All")
    assert 'data-mark="Agreed"' in together({"evidence_1.1.html": EVIDENCE}, "All")


def test_page_of_its_own_names_where_the_evidence_is() -> None:
    made = single(page_html())
    assert ".html" not in made and "evidence 4.2<" in made
