"""The whole review of a simulated client, from its files to the leadership page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from ruamel.yaml import YAML

from reviewkit.model import EDITIONS, STEPS
from reviewkit.run import read_manifest

from .conftest import Ran

pytestmark = pytest.mark.slow


def text_of(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def test_run_prints_the_leadership_page(ran: Ran) -> None:
    assert ran.out.strip().endswith("contact_centre/latest/site/leadership/index.html"), ran.err
    assert Path(ran.out.strip()).is_file()


def test_run_reports_the_broken_engagement_and_goes_on(ran: Ran) -> None:
    lines = [line for line in ran.err.splitlines() if "clint" in line]
    assert ran.status == 2 and len(lines) == 1
    assert "broken.yaml, line" in lines[0] and "Did you mean 'client'?" in lines[0]
    assert not (ran.runs / "patient_voice").exists()


def test_manifest_records_every_step(ran: Ran) -> None:
    manifest = read_manifest(ran.latest)
    assert [step.status for step in manifest.steps] == ["done"] * len(STEPS)
    assert {step.kernel for step in manifest.steps} == {"warm"}
    assert manifest.status == "published" and manifest.headline and manifest.inputs["contacts"]
    assert manifest.versions["pandas"] and all(step.outputs and step.made_from for step in manifest.steps)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_has_its_pages(ran: Ran, edition: str) -> None:
    pages = {path.name for path in (ran.latest / "site" / edition).glob("*.html")}
    wanted = {spec.page for spec in STEPS if edition in spec.editions}
    assert wanted | {"index.html", "evidence.html"} <= pages


def test_summary_names_the_planted_main_problem(ran: Ran, root: Path) -> None:
    truths = YAML(typ="safe").load(root / "data/sample/contact_centre/truths.yaml")
    sites = [one["site"] for one in truths["shifts"] if one["measure"] == "first_contact_resolution"]
    headline = read_manifest(ran.latest).headline
    assert "First-contact resolution" in headline and headline in text_of(ran.page("leadership"))
    assert len(sites) == 2 and all(site in headline and site in truths["main_problem"] for site in sites)


def test_summary_puts_themes_beside_charts(ran: Ran) -> None:
    page = BeautifulSoup(ran.page("leadership"), "html.parser")
    beside = [block for block in page.select(".rk-beside") if block.select_one("svg")]
    assert beside and all(block.get_text(strip=True) for block in beside)
    charts = page.select("svg[role=img]")
    assert len(charts) >= 4 and all(len(chart["aria-label"]) > 40 for chart in charts)


def test_pages_ask_nothing_of_the_network_and_run_nothing(ran: Ran) -> None:
    for path in (ran.latest / "site").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<script|\son\w+=|javascript:", html, re.IGNORECASE), path.name
        assert not re.search(r"""(src|href)=["']https?:|url\(https?:""", html), path.name


def test_leadership_and_participants_see_no_name(ran: Ran, root: Path) -> None:
    register = (root / "data/sample/contact_centre/stakeholders.csv").read_text(encoding="utf-8").splitlines()
    column = register[0].split(",").index("name")
    names = {line.split(",")[column] for line in register[1:]} - {""}
    assert len(names) > 10
    for edition in ("leadership", "participants"):
        for path in (ran.latest / "site" / edition).glob("*.html"):
            seen = text_of(path.read_text(encoding="utf-8"))
            assert [name for name in names if name in seen] == [], path.name


def test_pages_say_the_data_are_simulated(ran: Ran) -> None:
    for path in (ran.latest / "site").rglob("*.html"):
        assert "simulated" in text_of(path.read_text(encoding="utf-8")).lower(), path.name


def test_trail_links_resolve(ran: Ran) -> None:
    links = set(re.findall(r'href="(evidence[\w.]*\.html)#([^"]+)"', ran.page("leadership")))
    assert len(links) >= 5
    for page, place in links:
        assert f'id="{place}"' in ran.page("leadership", page)
