"""The tables beside an edition's pages."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest

from reviewkit.model import Engagement
from reviewkit.publish import Refused, RunDetails
from reviewkit.publish.exports import Leak
from reviewkit.publish.exports.parts import LeftOut, Part, Selection
from reviewkit.publish.gate import check_files, check_page
from reviewkit.publish.site import build_edition, put_in_place

TABLE = pd.DataFrame({"measure": ["fcr", "=1+1"], "site": ["Alder Park", "Elm Court"], "n": [12, 3]})
SELECTION = Selection(
    (Part.of("1.1_signals", TABLE, "Step 1.1"), Part.of("findings", TABLE, "all steps")),
    (LeftOut("2.5_people", "it holds statements about individuals"),),
)


@pytest.fixture
def build(engagement: Engagement, run: RunDetails, make: SimpleNamespace, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Build the leadership edition of one step with these tables; return its folder."""
    book = tmp_path / "book.ipynb"
    nbformat.write(make.book(make.cell(make.shown(leadership="<p>x</p>"))), book)

    def built(data: Selection | None = SELECTION, forbidden: set[str] | None = None) -> Path:
        build_edition(
            "leadership", engagement=engagement, run_folder=tmp_path, notebooks={"1.1": book}, findings=[],
            run=run, forbidden=forbidden or set(), data=data,
        )  # fmt: skip
        return put_in_place(tmp_path)["leadership"].parent

    return built


def test_every_table_is_a_file_that_the_page_of_data_lists(build) -> None:  # type: ignore[no-untyped-def]
    site = build()
    page = (site / "data.html").read_text()
    files = {path.name for path in (site / "data").iterdir()}
    assert files == {"1.1_signals.csv", "findings.csv", "demo_leadership.xlsx"}
    assert all(f'href="data/{name}"' in page for name in files)
    assert "2.5_people" in page and "individuals" in page and "All data are simulated" in page
    with (site / "data" / "1.1_signals.csv").open(encoding="utf-8-sig") as file:
        assert [row["measure"] for row in csv.DictReader(file)] == ["fcr", "'=1+1"]


def test_every_page_leads_to_the_data_and_a_steps_to_its_own(build) -> None:  # type: ignore[no-untyped-def]
    site = build()
    pages = {path.name: path.read_text() for path in site.glob("*.html")}
    assert all('href="data.html"' in html for html in pages.values())
    assert 'href="data.html#d-1.1"' in pages["1.1_performance_data.html"]
    assert 'id="d-1.1"' in pages["data.html"]


def test_without_tables_there_is_no_page_of_data(build) -> None:  # type: ignore[no-untyped-def]
    site = build(None)
    assert not (site / "data.html").exists() and not (site / "data").exists()
    assert 'href="data.html"' not in (site / "run.html").read_text()


def test_a_table_with_a_forbidden_name_is_not_published(build) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Leak):
        build(forbidden={"Alder Park"})


def page(body: str) -> str:
    from reviewkit.publish.templates import CONTENT_POLICY

    policy = f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">'
    top = f'<!DOCTYPE html>\n<html lang="en"><head>{policy}<title>t</title></head>'
    return f"{top}<body><main><h1>T</h1>{body}</main></body></html>"


@pytest.mark.parametrize(
    "address", ["data/../x.csv", "data/a.exe", "data/a/b.csv", "/data/a.csv", "data/.a.csv", "a.csv"]
)
def test_the_gate_lets_nothing_else_be_linked(address: str) -> None:
    with pytest.raises(Refused, match="outside address"):
        check_page("p.html", page(f'<a href="{address}">a</a>'))


def test_the_gate_refuses_a_file_of_data_anywhere_but_in_a_link() -> None:
    with pytest.raises(Refused, match="outside address"):
        check_page("p.html", page('<img src="data/a.csv" alt="A view of the site">'))


def test_a_link_to_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"leads to no file\. Publish again"):
        check_files("p.html", page('<a href="data/a.csv">a</a>'), tmp_path)
