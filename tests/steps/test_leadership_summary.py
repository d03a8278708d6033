"""The leadership summary, on tables and findings of earlier steps made by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.model import Engagement, Finding, Measure
from reviewkit.present.blocks import Tile
from reviewkit.steps import summary_blocks, summary_points, summary_tiles
from reviewkit.steps.summary_evidence import Earlier

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


class Fake:
    """A review whose earlier steps handed on exactly this."""

    engagement = DEMO
    discloser = Discloser(DEMO.disclosure, pd.DataFrame(columns=["name", "department", "level", "headcount"]))

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
        "Resolved first time has fallen by 8 points; training gap, raised in 9 of 14 interviews, points the same way."  # noqa: E501
    )


def test_headline_of_voices_alone() -> None:
    made = summary_points.headline(earlier(THEME, PRAISE, themes=THEMES))
    assert made.statement == f"{THEME.statement[:-1]}; {PRAISE.statement}"


def test_headline_of_nothing() -> None:
    assert summary_points.headline(earlier()).statement == summary_points.NEITHER


def test_headline_changes_when_the_figures_beneath_change() -> None:
    other = FELL.model_copy(update={"figures": {**FELL.figures, "worth": 50000.0}})
    before, after = (summary_points.headline(earlier(one, **BOTH)) for one in (FELL, other))
    assert before.statement == after.statement and before.fingerprint != after.fingerprint


def test_main_points_say_one_thing_about_a_measure_and_keep_ids() -> None:
    points = summary_points.main_points(earlier(SITE, FELL, THEME, **BOTH))
    assert [point.id for point in points] == [FELL.id, THEME.id]
    assert points[0].statement == "Resolved first time has fallen by 8 points"


def test_main_points_leave_out_a_withdrawn_opinion() -> None:
    reviewed = pd.DataFrame([{"opinion_id": FELL.id, "status": "withdrawn", "words": ""}])
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
        "Resolved first time",
        "Most raised concern",
        "Cost of gaps, about",
    ]
    assert tiles[-1].value == "£300,000"
    assert tiles[0] == Tile(
        "Resolved first time",
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
    assert summary_blocks.conclusions(earlier(**BOTH)) == []
    assert "Only numbers" in summary_blocks.conclusions(earlier(signals=SIGNALS))[0]
    assert "Only voices" in summary_blocks.conclusions(earlier(themes=THEMES))[0]
