"""The sites of the four editions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from reviewkit.model import Evidence, Finding
from reviewkit.publish import Refused

Site = Callable[..., Path]
THEME = Finding.of(
    "1.4", "theme", "morale", statement="Morale is low.",
    evidence=(Evidence(source="remarks", rule="coded", remarks=("R0001", "R0002")),),
)  # fmt: skip


def everyone(make: SimpleNamespace, html: str) -> object:
    return make.book(make.cell(make.shown(team=html, leadership=html, managers=html, participants=html)))


def test_publish_site_gives_each_edition_its_pages(site: Site, make: SimpleNamespace) -> None:
    book = everyone(make, "<p>x</p>")
    made = site(step1_1=book, step2_5=book, step4_2=book, heard=book)
    pages = {folder.name: {path.name for path in folder.iterdir()} for folder in made.iterdir()}
    both = {"index.html", "evidence.html", "glossary.html", "run.html"}
    assert pages["managers"] == {"2.5_people_performance.html"} | both
    assert pages["participants"] == {"what_we_heard.html"} | both
    assert pages["leadership"] == {"1.1_performance_data.html", "2.5_people_performance.html"} | both
    assert pages["team"] == pages["leadership"] | {"what_we_heard.html"}


def test_publish_site_makes_the_summary_the_index(site: Site, make: SimpleNamespace) -> None:
    made = site(step4_2=everyone(make, "<p>The headline.</p>"))
    assert "The headline." in (made / "leadership" / "index.html").read_text()


def test_publish_site_shows_remark_ids_to_the_team_alone(site: Site, make: SimpleNamespace) -> None:
    made = site((THEME,), step1_4=everyone(make, "<p>x</p>"))
    assert "R0001" in (made / "team" / "evidence.html").read_text()
    assert "R0001" not in (made / "leadership" / "evidence.html").read_text()
    assert "Morale is low" in (made / "leadership" / "evidence.html").read_text()
    assert "Morale is low" not in (made / "participants" / "evidence.html").read_text()


def test_publish_site_links_only_to_evidence_that_is_there(site: Site, make: SimpleNamespace) -> None:
    links = "".join(
        f'<a class="rk-trail" href="evidence.html#f-1.4-theme-{name}">evidence</a>'
        for name in ("morale", "gone")
    )
    page = (
        site((THEME,), step1_4=everyone(make, links)) / "team" / "1.4_interviews_and_themes.html"
    ).read_text()
    assert (
        'id="f-1.4-theme-morale"'
        in (Path(site((THEME,), step1_4=everyone(make, links))) / "team" / "evidence.html").read_text()
    )
    assert "#f-1.4-theme-morale" in page and "#f-1.4-theme-gone" not in page


def test_publish_site_says_what_every_page_must(site: Site, make: SimpleNamespace) -> None:
    page = (site(step1_1=everyone(make, "<p>x</p>")) / "leadership" / "1.1_performance_data.html").read_text()
    for words in (
        "Simulated data",
        "Demo client",
        "r1",
        "30 June 2025",
        "Made up",
        "CC0",
        "Draft",
        "Skip to content",
        "<nav",
    ):
        assert words in page


def test_publish_site_leaves_the_old_site_when_a_page_is_refused(site: Site, make: SimpleNamespace) -> None:
    made = site(step1_1=everyone(make, "<p>first</p>"))
    with pytest.raises(Refused, match=r"leadership/1\.1"):
        site(forbidden={"leadership": {"Ann Lee"}}, step1_1=everyone(make, "<p>Ann Lee</p>"))
    assert "first" in (made / "leadership" / "1.1_performance_data.html").read_text()
    assert sorted(path.name for path in made.parent.iterdir()) == ["site"]


def test_publish_site_replaces_the_old_site(site: Site, make: SimpleNamespace) -> None:
    site(step1_1=everyone(make, "<p>first</p>"))
    made = site(step1_4=everyone(make, "<p>second</p>"))
    assert not (made / "team" / "1.1_performance_data.html").exists()
    assert (made / "team" / "1.4_interviews_and_themes.html").exists()


def test_publish_site_works_without_any_notebook(site: Site) -> None:
    assert "Evidence" in (site() / "participants" / "index.html").read_text()
