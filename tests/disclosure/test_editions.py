"""Editions see what is meant for them, and counts no more exact than the rules allow."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.disclosure import Discloser, band, for_edition, may_see
from reviewkit.model import Disclosure, Evidence, Finding

GATE = Discloser(Disclosure(), pd.DataFrame())
EVIDENCE = Evidence(source="remarks", rule="coded", rows=2, remarks=("r1", "r2"))


def test_may_see_keeps_individuals_from_leadership_whatever_the_audience() -> None:
    person = Finding.of("2.5", "support", "a1", statement="x", personal=True)
    forced = person.model_copy(update={"audience": ("team", "leadership", "managers")})
    assert not may_see(forced, "leadership") and may_see(forced, "managers")


def test_for_edition_takes_remark_ids_and_figures_out_for_leadership() -> None:
    theme = Finding.of("1.4", "theme", "morale", statement="x", figures={"units": 2}, evidence=(EVIDENCE,))
    shown = for_edition([theme], "leadership")[0]
    assert shown.evidence[0].remarks == () and shown.evidence[0].rows is None and shown.figures == {}


def test_for_edition_leaves_measured_findings_whole() -> None:
    fact = Finding.of("1.1", "opinion", "fcr", statement="x", figures={"latest": 61.0})
    assert for_edition([fact], "leadership") == [fact]


def test_count_is_exact_for_the_team_and_banded_in_small_groups() -> None:
    assert GATE.count(2, 14, "team") == "2 of 14"
    assert [GATE.count(n, 14, "leadership") for n in (1, 2, 9)] == ["one", "a few", "9 of 14"]
    assert GATE.count(5, 6, "leadership") == "most"


@given(st.integers(0, 30), st.integers(0, 30))
def test_count_shows_leadership_no_number_under_the_minimum(n: int, more: int) -> None:
    words = GATE.count(n, n + more, "leadership")
    assert words in ("none", "one", "a few", "several", "most") or n >= GATE.disclosure.minimum_pool


@given(st.integers(2, 60), st.integers(0, 60))
def test_band_calls_most_what_is_more_than_half(n: int, more: int) -> None:
    assert (band(n, n + more) == "most") == (n > more)


def test_rules_show_the_reason_for_a_lower_threshold() -> None:
    lowered = Discloser(Disclosure(minimum_survey=3, reason="Agreed with staff."), pd.DataFrame())
    assert "Agreed with staff." in lowered.rules()[-1]
