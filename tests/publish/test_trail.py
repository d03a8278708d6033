"""What pages rest on: by step, and remark by remark."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.model import Evidence, Finding, step
from reviewkit.present.blocks import Bottom, Table
from reviewkit.present.trail import on_page
from reviewkit.publish.rests import Basis, Read, Rests, Said
from reviewkit.publish.trail import LONGEST, evidence_pages, linked, remark_homes, remark_pages, trail

WAIT = Finding.of(
    "1.4", "theme", "waiting", statement="Waiting is a concern.",
    evidence=(Evidence(source="remarks", rule="coded waiting", remarks=("R1", "R2")),),
)  # fmt: skip
BASIS = Rests(
    {"1.4": Basis((Read("remarks", "What people said", "2 rows"),)), "1.5": Basis(steps=(step("1.4"),))},
    {"R1": Said("We <b>wait</b>.", "front line"), "R9": Said("Nobody rests on this.", "")},
)


def test_a_step_without_findings_still_says_what_it_rests_on() -> None:
    groups = trail([WAIT], "team", BASIS, ["1.4", "1.5"])
    pages = evidence_pages(groups, {})
    page = linked(pages["evidence.html"], pages)
    assert [group["number"] for group in groups] == ["1.4", "1.5"]
    assert 'id="f-1.5"' in page and 'href="evidence.html#f-1.4"' in page and "2 rows" in page


def test_the_team_reads_remarks_that_statements_rest_on_as_text() -> None:
    made = remark_pages([WAIT], "team", BASIS, {})
    assert list(made) == ["remarks.html"]
    assert (
        "We &lt;b&gt;wait&lt;/b&gt;." in made["remarks.html"] and "Nobody rests" not in made["remarks.html"]
    )
    listed = trail([WAIT], "team", BASIS, [])[0]["entries"][0]["evidence"][0]["remarks"]
    assert [remark["href"] for remark in listed] == ["remarks.html#R1", ""]


def test_a_remark_of_any_id_has_a_place_on_its_page() -> None:
    number = 'Interview 3, <i>"waiting"</i>'
    finding = Finding.of(
        "1.4", "theme", "w", statement="W.",
        evidence=(Evidence(source="remarks", rule="coded", remarks=(number,)),),
    )  # fmt: skip
    basis = Rests({}, {number: Said("We wait.", "front line")})
    page = remark_pages([finding], "team", basis, {})["remarks.html"]
    href = trail([finding], "team", basis, [])[0]["entries"][0]["evidence"][0]["remarks"][0]["href"]
    assert re.fullmatch(r"remarks\.html#[\w-]+", href) and f'id="{href.partition("#")[2]}"' in page


def test_what_names_no_finding_leads_to_its_page_and_what_names_one_to_that() -> None:
    line = Bottom(["It fell.", "It rose."], {"It fell.": "1.1/opinion/fcr"})
    with on_page("1.1"):
        html = line.html()
    assert "#f-1.1-opinion-fcr" in html.split("It rose.")[0] and '#f-1.1"' in html.split("It rose.")[1]
    assert "evidence.html" not in line.html().split("It rose.")[1]


def test_a_table_behind_a_chart_leaves_the_link_to_the_chart() -> None:
    import pandas as pd

    frame = pd.DataFrame({"a": [1]})
    with on_page("1.1"):
        own, behind = (Table(frame, "A", {"a": "A"}, linked=linked).html() for linked in (True, False))
    assert "rk-trail" in own and "rk-trail" not in behind


@given(st.lists(st.integers(0, 120_000), min_size=1, max_size=12))
def test_no_page_of_remarks_grows_too_long(lengths: list[int]) -> None:
    remarks = {f"R{place:03d}": Said("x" * (size // 6), "") for place, size in enumerate(lengths)}
    homes = remark_homes(remarks, set(remarks))
    assert set(homes) == set(remarks)
    for page in set(homes.values()):
        words = [remarks[number].words for number, home in homes.items() if home == page]
        assert sum(200 + 6 * len(text) for text in words) <= LONGEST - 80_000 or len(words) == 1
