"""A page that shows an agreed statement whose figures changed says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from reviewkit.model import Finding
from reviewkit.publish import RunDetails

Site = Callable[..., Path]
FLAG = "figures changed since agreed"
CHANGED = {"status": "agreed", "changed_since_decided": True}
MORALE = Finding.of("1.4", "theme", "morale", statement="Morale is low.").model_copy(update=CHANGED)
PERSON = Finding.of(
    "2.5", "person", "p1", statement="P1 stands out.", personal=True, audience=("managers",)
).model_copy(update=CHANGED)
LINK = '<a class="rk-trail" href="evidence.html#f-1.4-theme-morale">evidence</a>'


@pytest.fixture
def run(run: RunDetails) -> RunDetails:
    """A run all of whose pages are agreed."""
    statuses = dict.fromkeys(("1.1", "1.4", "2.5", "4.2"), "agreed")
    return RunDetails(run.run, run.started, run.data_as_of, statuses=statuses)


def everyone(make: SimpleNamespace, html: str) -> object:
    return make.book(make.cell(make.shown(team=html, leadership=html, managers=html, participants=html)))


def page(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def test_page_of_a_changed_finding_stays_agreed_and_says_so(site: Site, make: SimpleNamespace) -> None:
    made = site((MORALE,), step1_4=everyone(make, "<p>x</p>")) / "leadership"
    html = page(made, "1.4_interviews_and_themes.html")
    assert f'<span class="rk-badge">Agreed; {FLAG}</span>' in html
    assert f"Status: Agreed; {FLAG}." in html
    assert '<body class="rk-status-agreed rk-changed" data-mark="Changed">' in html


def test_page_that_shows_a_changed_finding_of_another_step_says_so(site: Site, make: SimpleNamespace) -> None:
    made = site((MORALE,), step4_2=everyone(make, LINK), step1_1=everyone(make, "<p>x</p>")) / "leadership"
    assert FLAG in page(made, "index.html")
    assert FLAG not in page(made, "1.1_performance_data.html")


def test_evidence_and_contents_say_so(site: Site, make: SimpleNamespace) -> None:
    made = site((MORALE,), step1_4=everyone(make, "<p>x</p>")) / "leadership"
    assert f"Agreed; <strong>{FLAG}</strong>" in page(made, "evidence.html")
    assert f"Agreed; {FLAG}</span>" in page(made, "index.html")


def test_of_a_split_trail_only_the_page_that_holds_it_says_so(
    site: Site, make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviewkit.publish.trail.LONGEST", 0)
    other = Finding.of("1.1", "opinion", "fcr", statement="It fell.")
    made = site((MORALE, other), step1_4=everyone(make, "<p>x</p>")) / "leadership"
    said = {name: FLAG in page(made, f"evidence{name}.html") for name in ("", "_1.1", "_1.4")}
    assert said == {"": True, "_1.1": False, "_1.4": True}


def test_flag_of_a_person_is_told_only_where_the_person_is(site: Site, make: SimpleNamespace) -> None:
    made = site((PERSON,), step2_5=everyone(make, "<p>x</p>"))
    name = "2.5_people_performance.html"
    assert FLAG in page(made / "managers", name)
    assert FLAG not in page(made / "leadership", name)


def test_page_without_a_change_has_no_flag(site: Site, make: SimpleNamespace) -> None:
    same = MORALE.model_copy(update={"changed_since_decided": False})
    made = site((same,), step1_4=everyone(make, "<p>x</p>")) / "leadership"
    html = page(made, "1.4_interviews_and_themes.html")
    assert '<span class="rk-badge">Agreed</span>' in html and "changed" not in html.split("</style>")[1]


def test_fingerprint_is_on_the_teams_evidence_page_alone(site: Site, make: SimpleNamespace) -> None:
    made = site((MORALE,), step1_4=everyone(make, "<p>x</p>"))
    shown = f"fingerprint <code>{MORALE.fingerprint}</code>"
    assert shown in page(made / "team", "evidence.html")
    assert "fingerprint" not in page(made / "leadership", "evidence.html")
