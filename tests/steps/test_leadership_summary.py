"""The leadership summary, on tables and findings of earlier steps made by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from reviewkit.content import load_codebook
from reviewkit.disclosure import Discloser
from reviewkit.evidence.checking import empty
from reviewkit.model import TABLES, Engagement, Finding, Measure
from reviewkit.present.blocks import Tile
from reviewkit.steps.leadership_summary import blocks as summary_blocks
from reviewkit.steps.leadership_summary import choice as summary_choice
from reviewkit.steps.leadership_summary import joint as summary_joint
from reviewkit.steps.leadership_summary import limits as summary_limits
from reviewkit.steps.leadership_summary import points as summary_points
from reviewkit.steps.leadership_summary import quotes as summary_quotes
from reviewkit.steps.leadership_summary import tiles as summary_tiles
from reviewkit.steps.leadership_summary.evidence import Earlier
from reviewkit.steps.recommendations.limits import overlooked
from reviewkit.steps.worded import words_note

FCR = Measure(
    id="fcr",
    name="Resolved first time",
    unit="percent",
    direction="increase",
    table="contacts",
    numerator="sum(resolved)",
    denominator="count(*)",
    contract_kpi=True,
)
DEMO = Engagement(
    id="demo", name="D", client="C", purpose="p", data_as_of=dt.date(2025, 6, 30), data="d", measures=(FCR,)
)
FELL = Finding.of(
    "1.1",
    "opinion",
    "fcr",
    statement="Resolved first time has fallen by 8 points, 4.0 times the smallest change worth acting on.",
    figures={"measure": "fcr", "worth": 40000.0, "variation": "concern"},
)
SITE = Finding.of(
    "1.1",
    "opinion",
    "fcr",
    "North",
    statement="At North it fell.",
    figures={"measure": "fcr", "site": "North"},
)
THEME = Finding.of(
    "1.4", "theme", "training_gap", statement="Training gap is a concern in 9 of 14 interviews."
)
PRAISE = Finding.of(
    "1.4", "strength", "culture", statement="Culture is named as a strength in 8 of 14 interviews."
)
SIGNALS = pd.DataFrame(
    [
        {
            "measure": "fcr",
            "name": "Resolved first time",
            "unit": "percent",
            "site": "",
            "contract": "",
            "latest": 61.0,
            "target": 75.0,
            "variation": "concern",
            "effect": -8.0,
            "promoted": True,
            "contract_kpi": True,
        }
    ]
)
THEMES = pd.DataFrame(
    [
        {
            "code": "training_gap",
            "name": "Training gap",
            "stance": "concern",
            "kind": "interview",
            "units": 9,
            "units_total": 14,
            "spontaneous": 9,
        },
    ]
)
PAIRS = pd.DataFrame(
    [
        {
            "code": "training_gap",
            "name": "Training gap",
            "measure": "fcr",
            "measure_name": "Resolved first time",
            "site": "",
            "relationship": "agreement",
            "units": 9,
            "units_total": 14,
            "kind": "interview",
            "leading": True,
            "next_step": "Look.",
        }
    ]
)
GAPS = pd.DataFrame(
    {
        "gap_id": ["2.1/gap/fcr", "2.1/gap/fcr/north"],
        "kind": "measured",
        "measure": "fcr",
        "name": "Resolved first time",
        "site": ["", "North"],
        "contract": "",
        "target": 75.0,
        "actual": 61.0,
        "cost_per_year": [300000.0, 120000.0],
        "overlaps": ["", "2.1/gap/fcr"],
    }
)


class Nothing:
    """Evidence without a row."""

    def frame(self, name: str) -> pd.DataFrame:
        return empty(TABLES[name])

    def has(self, name: str) -> bool:
        return False


class Fake:
    """A review whose earlier steps handed on exactly this."""

    engagement = DEMO
    codebook = load_codebook()
    evidence = Nothing()
    discloser = Discloser(DEMO.disclosure, pd.DataFrame(columns=["name", "department", "level", "headcount"]))
    quoting = discloser

    def __init__(self, findings: tuple[Finding, ...] = (), **tables: pd.DataFrame) -> None:
        self.found, self.tables = findings, tables

    def table(self, number: str, name: str) -> pd.DataFrame:
        return self.tables.get(name, pd.DataFrame())

    def findings(self, number: str) -> list[Finding]:
        return [finding for finding in self.found if finding.step == number]


def earlier(*findings: Finding, **tables: pd.DataFrame) -> Earlier:
    fake: Any = Fake(findings, **tables)
    return Earlier(fake)


BOTH = {"signals": SIGNALS, "themes": THEMES, "convergence": PAIRS, "gaps": GAPS}


def test_headline_joins_the_opinion_and_the_topic_that_agrees() -> None:
    made = summary_points.headline(earlier(SITE, FELL, **BOTH))
    assert made.id == "4.2/headline/review"
    assert made.statement == (
        "Resolved first time has fallen by 8 points; the change costs about £40,000 a year; "
        "training gap, raised in 9 of 14 interviews, points the same way."
    )


def test_headline_of_voices_alone() -> None:
    made = summary_points.headline(earlier(THEME, PRAISE, themes=THEMES))
    assert made.statement == f"{THEME.statement[:-1]}; {PRAISE.statement}"


def voices(*rows: tuple[str, str, int]) -> pd.DataFrame:
    known = {"kind": "customer", "units_total": 600, "spontaneous": float("nan"), "share": 0.1}
    return pd.DataFrame(
        [
            known | {"code": code, "name": code.title(), "stance": stance, "units": n}
            for code, stance, n in rows
        ]
    )


def test_headline_of_voices_sets_praise_against_concern_of_one_topic() -> None:
    made = summary_points.headline(
        earlier(THEME, PRAISE, themes=voices(("care", "strength", 189), ("care", "concern", 39)))
    )
    assert made.statement == "Care is praised in 189 of 600 customers' comments and criticised in 39."


def test_headline_of_voices_names_both_topics_where_they_differ() -> None:
    made = summary_points.headline(
        earlier(THEME, PRAISE, themes=voices(("care", "strength", 189), ("waiting", "concern", 39)))
    )
    assert made.statement == (
        "Care is praised in 189 of 600 customers' comments; waiting is criticised in 39 of 600."
    )


def test_headline_calls_those_served_what_the_engagement_calls_them() -> None:
    found = earlier(THEME, PRAISE, themes=voices(("care", "strength", 189), ("care", "concern", 39)))
    found.review.engagement = DEMO.model_copy(update={"customer_label": "patient"})
    assert "189 of 600 patients' comments" in summary_points.headline(found).statement


def test_why_it_matters_names_only_places_that_moved_the_same_way() -> None:
    rose = Finding.of(
        "1.1",
        "opinion",
        "fcr",
        "South",
        statement="At South it rose.",
        figures={"measure": "fcr", "site": "South", "variation": "improvement"},
    )
    made = summary_points.why_it_matters([FELL], earlier(SITE, rose, FELL, **BOTH), DEMO)[FELL.id]
    assert made.endswith("it shows most at North")


def test_headline_of_nothing() -> None:
    assert summary_points.headline(earlier()).statement == summary_points.NEITHER


def test_headline_changes_when_the_figures_beneath_change() -> None:
    other = FELL.model_copy(update={"figures": {**FELL.figures, "worth": 50000.0}})
    before, after = (summary_points.headline(earlier(one, **BOTH)) for one in (FELL, other))
    assert before.id == after.id and before.fingerprint != after.fingerprint


def test_main_points_say_one_thing_about_a_measure_and_keep_ids() -> None:
    points = summary_points.main_points(earlier(SITE, FELL, THEME, **BOTH))
    assert [point.id for point in points] == [FELL.id, THEME.id]
    assert points[0].statement == "Resolved first time has fallen by 8 points"


def test_main_points_leave_out_a_withdrawn_opinion() -> None:
    row = {"opinion_id": FELL.id, "status": "withdrawn", "stands": "", "remains": "", "changed": False}
    reviewed = pd.DataFrame([row])
    assert summary_points.main_points(earlier(FELL, THEME, reviewed_opinions=reviewed, **BOTH)) == [
        THEME.model_copy(update={"statement": THEME.statement[:-1]})
    ]


def test_main_points_are_at_most_six() -> None:
    many = [Finding.of("1.4", "theme", f"t{place}", statement=f"Theme {place}.") for place in range(9)]
    opinions = [
        Finding.of("1.1", "opinion", f"m{place}", statement=f"Opinion {place}.") for place in range(9)
    ]
    assert len(summary_points.main_points(earlier(*many, *opinions, **BOTH))) == 6


def test_why_it_matters_gives_worth_and_place() -> None:
    made = summary_points.why_it_matters([FELL], earlier(SITE, FELL, **BOTH), DEMO)[FELL.id]
    assert (
        made
        == "it is a contract measure, the change is worth about £40,000 a year and it shows most at North"
    )


def test_tiles_never_add_costs_that_overlap() -> None:
    tiles = summary_tiles.tiles(earlier(FELL, THEME, **BOTH), DEMO, "leadership")
    assert [tile.label for tile in tiles] == [
        "Resolved first time, latest month",
        "Concern raised most, unprompted",
        "Cost of gaps, about",
    ]
    assert tiles[-1].value == "£300,000"
    assert tiles[0] == Tile(
        "Resolved first time, latest month",
        "61.0%",
        "down 8.0 percentage points, for the worse; target 75.0%",
        "concern",
        FELL.id,
    )


def test_tiles_band_small_counts() -> None:
    few = THEMES.assign(units=2)
    shown = {
        edition: summary_tiles.tiles(earlier(themes=few), DEMO, edition)[0]
        for edition in ("team", "leadership")
    }  # type: ignore[arg-type]
    assert "2 of 14" in shown["team"].direction_words and "2 of 14" not in shown["leadership"].direction_words


def test_gaps_and_money_marks_what_lies_inside() -> None:
    html = summary_blocks.gaps_and_money(earlier(**BOTH), DEMO).html()
    assert "£120,000 *" in html and "about £300,000 a year" in html and "£420,000" not in html


def test_conclusions_of_half_the_evidence() -> None:
    assert summary_limits.conclusions(earlier(**BOTH)) == []
    assert "numbers alone" in summary_limits.conclusions(earlier(signals=SIGNALS))[0]
    assert "voices alone" in summary_limits.conclusions(earlier(themes=THEMES))[0]


def test_costs_are_marked_only_where_one_lies_inside_another() -> None:
    html = summary_blocks.gaps_and_money(earlier(**(BOTH | {"gaps": GAPS.head(1)})), DEMO).html()
    assert "*" not in html


def pair(code: str, measure: str, relationship: str = "agreement", **more: object) -> dict[str, object]:
    known = {"name": code, "measure_name": measure, "site": "", "contract": "", "stance": "concern"}
    known |= {"units": 5, "units_total": 14, "share": 0.3, "kind": "interview", "leading": True}
    return known | {"code": code, "measure": measure, "relationship": relationship} | more


def opinion(measure: str) -> Finding:
    return Finding.of("1.1", "opinion", measure, statement=f"{measure} fell.", figures={"measure": measure})


def chosen(*rows: dict[str, object], **tables: pd.DataFrame) -> list[tuple[str, str]]:
    found = earlier(opinion("fcr"), opinion("sales"), convergence=pd.DataFrame(list(rows)), **tables)
    return [(row["code"], row["measure"]) for row in summary_choice.pairs(found)]


def test_pairs_top_measures_then_dissonance_then_strength() -> None:
    rows = [
        pair("culture", "csat", stance="strength"),
        pair("systems_and_it", "downtime", "dissonance"),
        pair("lead_quality", "sales"),
        pair("training_gap", "fcr"),
        pair("morale", "absence"),
    ]
    assert [code for code, _ in chosen(*rows)] == [
        "training_gap",
        "lead_quality",
        "systems_and_it",
        "culture",
    ]


def test_pairs_use_no_topic_and_no_measure_twice() -> None:
    rows = [
        pair("training_gap", "fcr", units=9),
        pair("training_gap", "sales", units=9),
        pair("lead_quality", "sales"),
        pair("strategy", "sales", "dissonance"),
    ]
    assert chosen(*rows) == [("training_gap", "fcr"), ("lead_quality", "sales")]


def test_pairs_prefer_the_topic_that_points_at_what_a_test_supports() -> None:
    gaps = pd.DataFrame({"gap_id": ["g"], "measure": ["sales"]})
    causes = pd.DataFrame({"gap_id": ["g"], "cause": ["lead_quality"], "verdict": ["supported"]})
    rows = [pair("misaligned_goals", "sales", units=8), pair("lead_quality", "sales", units=6)]
    assert chosen(*rows, gaps=gaps, causes=causes)[0] == ("lead_quality", "sales")


def coded(remark: str, code: str, stance: str, person: str) -> dict[str, object]:
    return {
        "remark_id": remark,
        "code": code,
        "stance": stance,
        "unit_id": person,
        "stakeholder_id": person,
        "source": "customer_feedback",
        "on_record": True,
    }


class Frames:
    """Evidence that holds quotes alone."""

    def __init__(self, **words: str) -> None:
        self.quotes = pd.DataFrame(
            {"remark_id": list(words), "words": list(words.values()), "status": "approved"}
        )

    def frame(self, name: str) -> pd.DataFrame:
        return self.quotes


def quotes_of(rows: list[dict[str, object]], **words: str) -> summary_quotes.Quotes:
    found = earlier(coded_remarks=pd.DataFrame(rows))
    found.review.evidence = Frames(**words)  # type: ignore[assignment]
    return summary_quotes.Quotes(found, "leadership")


def test_quotes_of_a_strength_never_go_on_to_complain() -> None:
    rows = [coded("r1", "care", "strength", "p1"), coded("r1", "morale", "concern", "p1")]
    assert quotes_of(rows, r1="They stay late for us. Nobody thanks them.").choose("care", "strength") == []


def test_quotes_one_topic_first_then_short() -> None:
    rows = [
        coded("r1", "care", "concern", "p1"),
        coded("r2", "care", "concern", "p2"),
        coded("r3", "care", "concern", "p3"),
        coded("r3", "morale", "concern", "p3"),
    ]
    made = quotes_of(rows, r1="one " * 12, r2="two " * 8, r3="three " * 7).choose("care", "concern", 3)
    assert [quote.words.split()[0] for quote in made] == ["two", "one", "three"]


def test_quotes_nobody_and_no_words_twice() -> None:
    rows = [coded(f"r{n}", "care", "concern", who) for n, who in enumerate(("a", "a", "b"))]
    said = {
        "r0": "we wait for weeks and weeks",
        "r1": "another thing that the same person said",
        "r2": "Still, we wait for weeks and weeks on end.",
    }
    assert len(quotes_of(rows, **said).choose("care", "concern", 3)) == 1


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        ("inconclusive", "tested, none supported"),
        ("untested", "nothing tested yet"),
        ("supported", "training"),
    ],
)
def test_a_gap_says_whether_its_causes_were_tested(verdict: str, told: str) -> None:
    causes = pd.DataFrame({"gap_id": ["2.1/gap/fcr"], "cause": ["training"], "verdict": [verdict]})
    tables = {"gaps": GAPS, "causes": causes, "opinions": pd.DataFrame()}
    html = summary_blocks.gaps_and_money(earlier(**BOTH | tables), DEMO).html()
    assert f"{told}</td>" in html


def test_signals_hardly_raised_are_not_said_to_be_raised_by_nobody() -> None:
    rows = pd.DataFrame(
        {"relationship": "silence_in_voices", "stance": "", "name": "", "measure_name": ["Waits", "Costs"],
         "raised_as": ["hardly_raised", "not_raised"]}
    )  # fmt: skip
    told = summary_joint._silences(rows)
    assert told is not None and "nobody raised: costs." in told.html()
    assert "hardly anybody raised: waits." in told.html()


def test_where_a_level_shows_most_is_where_the_gap_is_widest() -> None:
    level = FELL.model_copy(update={"figures": {**FELL.figures, "variation": "common_cause"}})
    gaps = pd.DataFrame(
        {
            "gap_id": ["n", "s"],
            "kind": "measured",
            "measure": "fcr",
            "site": ["North", "South"],
            "gap": [2.0, 9.0],
        }
    )
    made = summary_points.why_it_matters([level], earlier(SITE, level, **BOTH | {"gaps": gaps}), DEMO)
    assert "it shows most at South and North" in made[level.id]


def test_a_gap_of_the_whole_names_the_cause_supported_at_one_place() -> None:
    causes = pd.DataFrame(
        {"gap_id": ["2.1/gap/fcr/north"], "cause": ["inconsistent_journey"], "verdict": ["supported"]}
    )
    tables = {"gaps": GAPS, "causes": causes, "opinions": pd.DataFrame()}
    html = summary_blocks.gaps_and_money(earlier(**BOTH | tables), DEMO).html()
    assert "inconsistent journey, at North</td>" in html


def test_a_gap_says_over_which_periods_its_level_holds() -> None:
    gaps = GAPS.assign(over="latest 12 weeks", basis="target")
    html = summary_blocks.gaps_and_money(earlier(**BOTH | {"gaps": gaps}), DEMO).html()
    assert "61.0%, latest 12 weeks" in html
    before = gaps.assign(basis="earlier level")
    assert (
        "its own earlier level"
        in summary_blocks.gaps_and_money(earlier(**BOTH | {"gaps": before}), DEMO).html()
    )


def test_a_negative_value_of_one_unit_is_told_and_not_counted() -> None:
    wrong = DEMO.model_copy(update={"measures": (FCR.model_copy(update={"value_per_unit": -5.0}),)})
    gaps = GAPS.assign(cost_per_year=float("nan"))
    html = summary_blocks.gaps_and_money(earlier(**BOTH | {"gaps": gaps}), wrong).html()
    assert "valued below nought" in html


def test_a_concern_both_sides_see_comes_before_a_strength() -> None:
    good, bad = (
        Finding.of("1.5", "agreement", code, "fcr", statement=f"X and fcr point to the same {side}.")
        for code, side in (("culture", "strength"), ("training_gap", "concern"))
    )
    told = [finding.id for finding in summary_points.main_points(earlier(good, bad, **BOTH))]
    assert bad.id in told and good.id not in told


def test_main_points_leave_what_works_well_to_its_own_place() -> None:
    rose = SITE.model_copy(update={"figures": SITE.figures | {"variation": "improvement"}})
    assert [one.id for one in summary_points.main_points(earlier(FELL, SITE, signals=SIGNALS))] == [
        FELL.id,
        SITE.id,
    ]
    assert [one.id for one in summary_points.main_points(earlier(FELL, rose, signals=SIGNALS))] == [FELL.id]
    alone = summary_points.main_points(earlier(THEME, PRAISE, themes=THEMES))
    assert [one.id for one in alone] == [THEME.id]


def test_why_it_matters_is_said_once_for_a_measure_and_then_how_far_a_place_is() -> None:
    made = summary_points.why_it_matters([FELL, SITE], earlier(SITE, FELL, **BOTH), DEMO)
    assert "it is a contract measure" in made[FELL.id]
    assert made[SITE.id] == "it stands at 61.0%, against an expected 75.0%"


def test_plan_says_what_it_may_return_and_what_it_takes_and_no_return_where_none_is_known() -> None:
    row = {"recommendation_id": "r", "title": "Train", "first": True, "stop": False}
    actions = pd.DataFrame({"days": [3.0, 4.0], "cost": [float("nan"), 500.0]})
    known = earlier(recommendations=pd.DataFrame([row]), action_plan=actions)
    page = summary_blocks.plan(known, DEMO, "leadership", "It may return £5.").html()
    assert (
        "It may return £5. The plan of step 3.2 takes 7 working days and £500 for the 1 of 2 actions" in page
    )
    assert "Returns are ranges" not in summary_blocks.plan(known, DEMO, "leadership").html()


def test_progress_says_from_which_day_the_next_check_is_reckoned() -> None:
    table = pd.DataFrame({"verdict": ["draft"], "next_check": pd.to_datetime(["2025-07-09"])})
    page = summary_blocks.progress(earlier(progress=table), "leadership").html()
    assert "Reckoned from 30 June 2025, when the data end, the next check would be on 9 July 2025." in page


def test_what_was_not_given_is_named_in_readers_words() -> None:
    assert summary_limits.not_on_file(["kpis", "leads"]) == (
        "Not on file: figures of performance by month and sales leads."
    )
    assert summary_limits.not_on_file([]) == ""


def revised(words: str, status: str = "revised") -> pd.DataFrame:
    row = {"opinion_id": FELL.id, "status": status, "stands": words, "remains": "", "changed": False}
    return pd.DataFrame([row | {"role": "Operations director", "decided_on": pd.Timestamp("2025-09-05")}])


def test_headline_in_words_that_people_revised_says_whose_they_are() -> None:
    words = "It has fallen at two sites."
    found = earlier(FELL, reviewed_opinions=revised(words), **BOTH)
    made = summary_points.headline(found)
    assert made.statement.startswith("It has fallen at two sites")
    points = summary_points.main_points(found)
    whose = "the words of the Operations director (5 September 2025)."
    # The main point is what the headline is made of, and is not counted again.
    assert words_note(points, made) == f"The headline begins with {whose}"
    edited = PRAISE.model_copy(update={"worded_by": "the Editor (6 September 2025)"})
    assert words_note([*points, edited], made) == (
        f"The headline begins with {whose} 1 other statement on this page is in the words of the Editor "
        "(6 September 2025)."
    )
    own = made.model_copy(update={"computed": "It fell."})
    assert words_note(points, own) == f"The headline is in {whose}"


@pytest.mark.parametrize("reviewed", [revised("It fell.", "confirmed"), revised(FELL.statement)])
def test_headline_in_words_of_the_analysis_names_nobody(reviewed: pd.DataFrame) -> None:
    found = earlier(FELL, reviewed_opinions=reviewed, **BOTH)
    assert words_note(summary_points.main_points(found), summary_points.headline(found)) == ""


def test_rules_are_told_of_what_was_done_a_survey_s_only_where_one_was() -> None:
    quotes, survey = "Nobody is quoted", "Survey scores are shown"
    heard = " ".join(summary_limits.rules_kept(earlier(themes=THEMES)))
    assert quotes in heard and survey not in heard
    answered = pd.DataFrame({"statement": ["key_2"]})
    both = " ".join(summary_limits.rules_kept(earlier(themes=THEMES, partner_gaps=answered)))
    assert quotes in both and survey in both
    assert summary_limits.rules_kept(earlier(signals=SIGNALS)) == []


def test_a_top_concern_without_an_action_says_why_as_step_3_1_does() -> None:
    gaps = pd.DataFrame([{"kind": "described", "code": "waiting", "gap_id": "2.1/described_gap/waiting"}])
    themes = voices(("care", "strength", 189), ("care", "concern", 39), ("waiting", "concern", 16))
    told = summary_limits.no_action(earlier(themes=themes, gaps=gaps))
    assert told == overlooked(gaps, themes)
    assert "The concern raised most, care, brings no recommendation: 189 comments praise it and 39" in told
    acted = voices(("waiting", "concern", 39), ("care", "concern", 16))
    assert summary_limits.no_action(earlier(themes=acted, gaps=gaps)) == ""


def test_a_top_concern_of_few_interviews_is_told_without_its_number() -> None:
    gaps = pd.DataFrame([{"kind": "described", "code": "waiting", "gap_id": "2.1/described_gap/waiting"}])
    told = voices(("care", "strength", 9), ("care", "concern", 2)).assign(kind="interview", units_total=14)
    shown = summary_limits.no_action(earlier(themes=told, gaps=gaps))
    assert "9 interviews praise it and a few find it wanting" in shown
