"""Pages that every site has: terms and icons, and the run."""

from __future__ import annotations

from reviewkit.content import load_glossary
from reviewkit.model import Engagement, step
from reviewkit.publish import RunDetails
from reviewkit.publish.gate import check_page
from reviewkit.publish.reference import glossary_page, run_page

SPECS = [step("1.1"), step("4.2")]


def test_every_term_stands_on_a_page_that_the_gate_lets_pass() -> None:
    page = glossary_page({})
    check_page("glossary.html", page)
    assert page.count("<dt>") == len(load_glossary())


def test_parameters_and_versions_are_for_the_team_and_addresses_for_nobody(
    engagement: Engagement, run: RunDetails
) -> None:
    secret = engagement.model_copy(update={"databases": {"crm": "postgresql://who:${CRM}@host/db"}})
    team = run_page("team", secret, SPECS, run, {})
    check_page("run.html", team)
    assert "reviewkit" in team and "<pre" in team and "2.0" in team
    assert "postgresql" not in team and "CRM" not in team
    led = run_page("leadership", secret, SPECS, run, {})
    assert "<pre" not in led and "0.1" not in led and 'href="index.html"' in led
