"""The table of key figures says what the charts say, on a phone too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from reviewkit.performance import summarise_xmr
from reviewkit.present import charts
from reviewkit.present.icons import icon, key, with_words
from reviewkit.present.kpis import standing
from reviewkit.present.sparklines import sparkline
from reviewkit.present.style import stylesheet
from reviewkit.publish.sanitise import sanitise

from .series import WAIT, changing, measure, points, run_chart

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MONTHLY = charts.Display(measure())
SHOWN = {"fcr": MONTHLY, "wait": WAIT}


def signal(**changes: Any) -> pd.DataFrame:
    row = {
        "measure": "fcr",
        "site": "",
        "contract": "",
        "period": pd.Timestamp("2024-12-01"),
        "latest": 61.04,
        "target": 75.0,
        "variation": "concern",
        "assurance": "fails",
        "rule": "shift",
    }
    return pd.DataFrame([row | changes])


def of(frame: pd.DataFrame, name: str = "fcr") -> pd.DataFrame:
    return frame.assign(measure=name, site="", contract="")


def cells(html: str) -> list[str]:
    html = re.sub(r'<span class="rk-cell".*?</span>', "", html)
    return [
        " ".join(re.sub(r"<[^>]+>", " ", cell).split())
        for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", html.split("<tbody>")[1])
    ]


def test_row_says_value_target_variation_and_assurance_in_words() -> None:
    html = charts.kpi_table(signal(), SHOWN).html()
    assert cells(html) == [
        "Resolved first time asked for by the contract",
        "61.0% Dec 2024",
        "75.0%",
        "worsening (lower) seven or more points on one side of the mean",
        "misses the target consistently",
    ]


def test_row_says_since_when_it_holds_and_since_when_the_target_is_in_force() -> None:
    drawn = changing()
    drawn.loc[drawn.index[-4:], ["signal", "rule"]] = ["concern", "shift"]
    html = charts.kpi_table(signal(), SHOWN, of(drawn)).html()
    assert (
        "since September 2024: seven or more points" in html and "75.0%</span><small>since Jan 2024" in html
    )


def test_nothing_is_added_where_the_signal_told_is_not_that_of_the_last_point() -> None:
    assert "since September" not in charts.kpi_table(signal(), SHOWN, of(changing())).html()


@pytest.mark.parametrize("name", ["fcr", "wait"])
def test_chart_and_table_write_the_same_words_and_figures(name: str) -> None:
    display, drawn = SHOWN[name], changing()
    row = summarise_xmr(drawn).iloc[0]
    chart = charts.xmr_chart(drawn, display, title="t", key="k")
    html = charts.kpi_table(
        signal(measure=name, latest=row["latest"], target=78.0), SHOWN, of(drawn, name)
    ).html()
    for value in (row["latest"], 78.0):
        assert f">{display.figure(value, short=True)}<" in html
        assert display.figure(value) in chart.alt and display.figure(value, short=True) in chart.html()
    assert display.name.replace("&", "&amp;") in html and display.name in chart.alt


def test_too_few_points_and_no_target_are_said() -> None:
    html = charts.kpi_table(signal(variation="", assurance="", target=np.nan, rule=""), SHOWN).html()
    assert "too few points to say" in html and "no target" in html
    few = charts.kpi_table(signal(variation="", assurance=""), SHOWN, of(run_chart())).html()
    assert "run chart: too few points for limits" in few and "no verdict" in few


def test_sites_and_courses_have_columns_only_where_there_are_any() -> None:
    assert "Course</th>" not in charts.kpi_table(signal(), SHOWN).html()
    html = charts.kpi_table(signal(site="North"), SHOWN, of(changing()).assign(site="North")).html()
    assert '<th scope="col">Site</th>' in html and '<th scope="col">Course</th>' in html
    assert "Course of Resolved first time, North: 33 points, 73." in html


def test_a_table_of_nothing_is_a_table() -> None:
    assert "<caption>" in charts.kpi_table(signal().iloc[:0], SHOWN).html()


def test_table_passes_the_sanitiser_with_its_icons_and_lines() -> None:
    html = charts.kpi_table(signal(), SHOWN, of(changing())).html()
    clean = sanitise(html)
    assert clean.count("<path") == html.count("<path") > 4 and clean.count("<small>") == html.count("<small>")
    assert set(re.findall(r'class="([^"]+)"', html)) == set(re.findall(r'class="([^"]+)"', clean))


def test_icons_differ_in_shape_and_are_hidden_from_screen_readers() -> None:
    tones = [
        icon("improvement", side="high"),
        icon("improvement", side="low"),
        icon("concern", side="high"),
        icon("concern", side="low"),
        icon("common_cause"),
        icon("neutral"),
        icon("neutral_high"),
        icon("neutral_low"),
        *(
            icon(tone, higher_is_better=way)
            for tone in ("passes", "fails", "hit_or_miss")
            for way in (True, False)
        ),
    ]
    shapes = [re.sub(r'class="[^"]*"', "", drawn) for drawn in tones]
    # Hit or miss looks the same whichever way is better: the target lies within the limits.
    assert len(set(shapes)) == len(shapes) - 1
    assert all('aria-hidden="true"' in drawn and sanitise(drawn) == drawn for drawn in tones)


@pytest.mark.parametrize(
    ("direction", "signal", "side", "words"),
    [
        ("increase", "improvement", "high", "improving (higher)"),
        ("increase", "concern", "low", "worsening (lower)"),
        ("decrease", "improvement", "low", "improving (lower)"),
        ("decrease", "concern", "high", "worsening (higher)"),
        ("neutral", "neutral_high", "high", "higher than before"),
        ("neutral", "common_cause", "", "no significant change"),
    ],
)
def test_side_is_that_of_the_rule(direction: str, signal: str, side: str, words: str) -> None:
    from reviewkit.performance import xmr

    values = np.r_[50 + np.sin(np.arange(20) * 2.3), 60 if side == "high" else 40 if side == "low" else 50]
    frame = pd.DataFrame({"period": pd.date_range("2023-01-01", periods=21, freq="MS"), "value": values})
    display = charts.Display(measure(direction=direction))
    assert xmr(frame, direction=direction)["signal"].iloc[-1] == signal  # type: ignore[arg-type]
    assert display.side(signal) == side and display.variation(signal) == words


def test_words_stand_beside_every_icon() -> None:
    assert "</svg><span>improving<" in with_words("improvement") and "rk-gap" in key("gap")


def test_line_needs_two_values() -> None:
    assert sparkline(points(1)) == "" and "polyline" in sparkline(points(2))


def test_line_breaks_at_a_gap_and_shows_target_steps_and_special_points() -> None:
    drawn = sparkline(changing())
    assert drawn.count("<polyline") == 3
    goal = re.search(r'class="rk-goal" d="([^"]+)"', drawn)
    assert goal and goal[1].count("V") == 2
    assert 'class="rk-improvement"' in drawn


def test_since_is_the_first_point_of_the_last_run() -> None:
    assert standing(points()) == points()["period"].iloc[-8]
    assert standing(points().assign(signal="common_cause")) is None


@pytest.mark.browser
def test_on_a_phone_nothing_scrolls_but_the_latest_part_of_a_chart_is_seen(browser: Browser) -> None:
    table = charts.kpi_table(signal(), SHOWN, of(changing())).html()
    chart = charts.xmr_chart(changing(), MONTHLY, title="It fell", key="k").html()
    several = pd.concat([changing().assign(site=name) for name in ("North", "South")])
    panels = charts.small_multiples(several, MONTHLY, by="site", title="T", key="m").html()
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_content(
        f"<!doctype html><html lang=en><style>{stylesheet()}</style>"
        f"<main>{sanitise(table + chart + panels)}</main>"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    wide = "e => e.scrollWidth - e.clientWidth"
    assert page.locator(".rk-scroll").first.evaluate(wide) <= 0
    assert page.locator(".rk-canvas").nth(1).evaluate(wide) <= 0
    end = page.locator(".rk-latest text", has_text="target 78.0%").bounding_box()
    assert end and end["x"] >= 0 and end["x"] + end["width"] <= 360
    smallest = page.locator(".rk-canvas text").evaluate_all(
        "all => Math.min(...all.map(e => e.getBoundingClientRect().height))"
    )
    assert smallest >= 9
    page.close()
