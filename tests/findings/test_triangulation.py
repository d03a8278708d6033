"""How themes and signals stand to one another."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.content import load_codebook, load_counts
from reviewkit.findings import Thresholds, triangulate
from reviewkit.findings.convergence.next_steps import next_step, to_ask
from reviewkit.findings.convergence.topics import DataState, VoiceState
from reviewkit.findings.convergence.triangulation import relationship
from reviewkit.model import Measure

BOOK = SimpleNamespace(
    codes={
        "systems": SimpleNamespace(name="Systems", heading="resources", measures=("aht",)),
        "morale": SimpleNamespace(name="Morale", heading="leadership", measures=()),
    }
)


def themes(units: int, stance: str = "concern", code: str = "systems") -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "code": code,
                "stance": stance,
                "kind": "interview",
                "units": units,
                "units_total": 20,
                "spontaneous": units,
            }
        ]
    )


def signals(variation: str = "concern", promoted: bool = True, assurance: str = "") -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "measure": "aht",
                "name": "Handle time",
                "site": "",
                "contract": "",
                "effect": 40.0,
                "variation": variation,
                "assurance": assurance,
                "promoted": promoted,
                "reason": "",
            }
        ]
    )


@pytest.mark.parametrize(
    ("voice", "data", "expected"),
    [
        (themes(10), signals(), "agreement"),
        (themes(3), signals(), "partial"),
        (themes(2), signals(), "silence_in_voices"),
        (themes(10), signals("improvement"), "dissonance"),
        (themes(10), signals(promoted=False), "silence_in_data"),
        (themes(10, "strength"), signals("improvement"), "agreement"),
        (themes(10), signals(promoted=False, assurance="fails"), "agreement"),
        (themes(0), signals(), "silence_in_voices"),
    ],
)
def test_triangulate_relationship(voice: pd.DataFrame, data: pd.DataFrame, expected: str) -> None:
    assert triangulate(voice, data, BOOK)["relationship"].tolist() == [expected]


def test_triangulate_topic_without_measure_asks_for_one() -> None:
    table = triangulate(themes(9, code="morale"), signals(promoted=False), BOOK)
    row = table[table["code"].eq("morale")].iloc[0]
    assert row["relationship"] == "silence_in_data"
    assert row["next_step"].startswith("Measure this")


def test_triangulate_not_asked_differs_from_not_raised() -> None:
    asked = triangulate(themes(0), signals(), BOOK, asked={"systems"})
    not_asked = triangulate(themes(0), signals(), BOOK, asked=set())
    assert "when asked" in asked["reason"][0]
    assert not_asked["reason"][0].startswith("Nobody was asked")


def test_triangulate_sensitivity_names_a_fragile_verdict() -> None:
    table = triangulate(themes(6), signals(), BOOK)
    assert table["relationship"].tolist() == ["agreement"]
    assert not table["firm"][0]
    assert table["sensitivity"][0] == (
        "Would be partial if “prominent among all” began up to a quarter higher"
    )


def test_triangulate_banded_count_does_not_tell_which_threshold() -> None:
    told = triangulate(themes(6), signals(), BOOK, count=lambda n, total: "a few")
    assert told["sensitivity"].tolist() == ["Another verdict with thresholds moved by half"]


def test_triangulate_concerns_and_suggestions_count_together_each_interview_once() -> None:
    both = pd.concat([themes(3), themes(3, "suggestion")], ignore_index=True)
    said = pd.DataFrame(
        {"code": "systems", "kind": "interview", "department": "", "site": ""}, index=range(6)
    )
    said["stance"] = ["concern"] * 3 + ["suggestion"] * 3
    said["unit_id"], said["prompting"] = ["1", "2", "3", "3", "4", "5"], "spontaneous"
    assert triangulate(both, signals(), BOOK)["units"].tolist() == [3]
    assert triangulate(both, signals(), BOOK, coded=said)["units"].tolist() == [5]
    assert triangulate(both, signals(), BOOK, coded=said)["relationship"].tolist() == ["agreement"]


def test_triangulate_interview_of_one_gives_way_to_customers_comments() -> None:
    one = themes(1)
    many = themes(9).assign(kind="customer", units_total=60)
    table = triangulate(pd.concat([one, many], ignore_index=True), signals(), BOOK)
    assert table["kind"].tolist() == ["customer"] and table["units"].tolist() == [9]


def test_triangulate_two_interviews_are_never_full_agreement() -> None:
    table = triangulate(themes(2).assign(units_total=2), signals(), BOOK)
    assert table["relationship"].tolist() == ["partial"]


def test_triangulate_hardly_raised_signal_is_a_silence_of_the_voices() -> None:
    table = triangulate(themes(2), signals(), BOOK)
    assert table[["relationship", "raised_as"]].values.tolist() == [["silence_in_voices", "hardly_raised"]]
    assert "hardly raised" in table["meaning"][0] and table["next_step"][0].startswith("Ask this")


def test_relationship_topic_nobody_raises_where_the_signal_is_does_not_speak_for_it() -> None:
    signal = DataState("abandonment", "Abandoned calls", "Brook", tone="concern", size=4.7, promoted=True)
    elsewhere = VoiceState("staffing", concern=20, total=70, sites=(("Brook", 0, 10), ("Other", 20, 60)))
    few = replace(elsewhere, concern=14, sites=(("Brook", 0, 10), ("Other", 14, 60)))
    there = replace(elsewhere, concern=6, sites=(("Brook", 4, 10), ("Other", 2, 60)))
    found = [relationship(voice, signal, Thresholds()) for voice in (elsewhere, few, there)]
    assert found == ["partial", "silence_in_voices", "partial"]


def test_relationship_met_target_against_a_prominent_concern_is_dissonance() -> None:
    met = DataState("csat", "Satisfaction", assurance="passes")
    assert relationship(VoiceState("care", concern=8, total=20), met, Thresholds()) == "dissonance"
    assert relationship(VoiceState("care", concern=2, total=20), met, Thresholds()) == "silence_in_data"


def test_next_step_says_what_to_measure_from_where_and_what_to_ask_whom() -> None:
    counted = next_step("silence_in_data", "recognition", None, DataState(), "concern", "raised", ())
    assert "Source: the log of feedback given" in counted and "How: count by team" in counted
    signal = DataState("abandonment", "Abandoned calls", "Brook House", tone="concern", promoted=True)
    unasked = next_step("silence_in_voices", "", None, signal, "", "not_asked", ["systems_and_it"])
    assert "Which system costs you time?" in unasked and "team leads at Brook House" in unasked


def test_counts_cover_every_code_of_the_codebook() -> None:
    assert set(load_counts()) == set(load_codebook().codes)


def test_triangulate_neither_side_gives_columns() -> None:
    table = triangulate(pd.DataFrame(), pd.DataFrame(), BOOK)
    assert table.empty and "relationship" in table.columns


def test_relationship_signal_of_other_sites_is_partial() -> None:
    voice = VoiceState("systems", concern=9, total=12, sites=(("North", 1, 6), ("South", 5, 6)))
    data = DataState("aht", "Handle time", site="North", tone="concern", size=3.0, promoted=True)
    assert relationship(voice, data, Thresholds()) == "partial"


@given(units=st.integers(0, 20), tone=st.sampled_from(["concern", "strength", ""]), promoted=st.booleans())
def test_relationship_dissonance_needs_two_sides_that_differ(units: int, tone: str, promoted: bool) -> None:
    voice = VoiceState("systems", concern=units, total=20)
    data = DataState("aht", "Handle time", tone=tone, promoted=promoted)  # type: ignore[arg-type]
    if relationship(voice, data, Thresholds()) == "dissonance":
        assert units >= 2 and tone == "strength" and promoted


def test_relationship_change_at_one_site_does_not_contradict_a_concern_raised_elsewhere() -> None:
    data = DataState("csat", "Satisfaction", "A", tone="strength", size=4.0, promoted=True, sites=("A",))
    sites = (("A", 0, 8), ("B", 6, 8))
    voice = VoiceState("journey", concern=6, total=16, sites=sites)
    assert relationship(voice, data, Thresholds()) == "silence_in_data"
    assert relationship(VoiceState("journey", concern=6, total=16), data, Thresholds()) == "dissonance"


def test_triangulate_site_that_was_always_worse_agrees_with_a_concern() -> None:
    quiet = signals("common_cause", promoted=False)
    apart = pd.DataFrame(
        [{"measure": "aht", "site": "E", "rate": 60.0, "centre": 40.0, "outlier": True, "direction": "worse"}]
    )
    measure = Measure(
        id="aht",
        name="Handle time",
        unit="seconds",
        direction="decrease",
        table="contacts",
        numerator="sum(seconds)",
        minimum_effect=5,
    )
    alone = triangulate(themes(9), quiet, BOOK, measures=[measure])
    table = triangulate(themes(9), quiet, BOOK, measures=[measure], comparison=apart)
    assert alone["relationship"].tolist() == ["silence_in_data"]
    assert table["relationship"].tolist() == ["agreement"]
    assert "long been worse than elsewhere by 4.0 times" in table["reason"].iloc[0]
    # It says nothing to those who praise, and adds no row where nobody speaks.
    praised = triangulate(themes(9, "strength"), quiet, BOOK, measures=[measure], comparison=apart)
    assert praised["relationship"].tolist() == ["silence_in_data"]


def test_dissonance_asks_where_and_when_instead_of_naming_the_topic_twice() -> None:
    entry = SimpleNamespace(name="Systems and IT", causes=("systems",))
    data = DataState("downtime", "System downtime")
    told = next_step("dissonance", "systems_and_it", entry, data, "concern", "raised", ())
    assert told.startswith("Look here first: ask where and when people find fault with systems and IT, ")
    assert "look at system downtime there and then" in told


def test_a_wait_that_nobody_was_asked_about_is_asked_about_as_a_wait() -> None:
    state = DataState("four_hours", "Four-hour performance", tone="concern")
    asked = to_ask(state, ["waiting_and_access", "staffing_and_workload"], "not_asked")
    assert asked.question == "Where and at what time do people wait longest, and what for?"
