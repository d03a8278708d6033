"""Charts: small, unique in their ids, themable, told in words."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from reviewkit.present import charts
from reviewkit.present.causal_maps import MapLinks
from reviewkit.present.chart import Chart
from reviewkit.present.svg import NARROW

from .series import FCR, points


def xmr(title: str = "It fell", key: str = "k") -> Chart:
    return charts.xmr_chart(points(), FCR, title=title, key=key)


def drawing(chart: Chart) -> str:
    return re.findall(r"<svg.*?</svg>", chart.html(), flags=re.S)[0]


def test_chart_is_the_same_every_time() -> None:
    assert xmr().html() == xmr().html()


def test_chart_is_drawn_once() -> None:
    chart = xmr()
    first = chart.html()
    chart.figure.axes[0].set_title("Drawn again")
    assert chart.html() is first


def test_chart_keeps_its_ticks_and_their_words() -> None:
    words = re.findall(r"<text[^>]*>([^<]+)</text>", drawing(xmr()))
    assert {"2022", "2023", "2024", "68%", "70%", "72%"} <= set(words)


def test_ascent_on_the_contract_dates_no_stage_that_was_passed_at_the_start() -> None:
    stages = STAGES.assign(basis="contract", passed=[True] + [False] * (len(STAGES) - 1))
    data = charts.ascent_chart(stages, title="T", key="k").data
    assert data is not None and data["Share of the contract"].notna().all()
    assert data["By"].iloc[0] == "passed at the start" and "passed at the start" not in set(
        data["By"].iloc[1:]
    )


def test_charts_share_no_ids() -> None:
    ids = [set(re.findall(r'\bid="([^"]+)"', xmr(key=key).html())) for key in ("a", "b")]
    assert ids[0] and not ids[0] & ids[1]


def test_chart_refers_only_to_its_own_ids() -> None:
    html = drawing(xmr())
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', html))
    assert used and used <= set(re.findall(r'\bid="([^"]+)"', html))


def test_chart_colours_are_variables() -> None:
    html = drawing(xmr())
    assert "var(--concern, #e46c0a)" in html
    assert not re.search(r"(fill|stroke): #(?!fff)", html)


def test_chart_loads_nothing_and_brings_no_style() -> None:
    html = drawing(xmr())
    assert (
        "<style" not in html and "<script" not in html and "xlink" not in html and "font-family" not in html
    )


def test_chart_keeps_text_as_it_is() -> None:
    text = "costs $5 to $9, #00b0f0, 1.23456 & <b>"
    frame = pd.DataFrame({"name": [text[:26]], "value": [1.0]})
    html = drawing(charts.bar_chart(frame, "name", "value", title="T", key="k"))
    assert "costs $5 to $9, #00b0f0," in html


def test_chart_puts_its_data_behind_it() -> None:
    html = xmr().html()
    assert (
        "<details" in html
        and "<caption>Data of the chart: It fell</caption>" in html
        and "3 Jan 2022" in html
    )


FRAME = pd.DataFrame(
    {"name": ["A", "B"], "value": [1.0, 2.0], "lower": [0.5, 1.5], "upper": [1.5, 2.5], "b": [2.0, 1.0]}
)
STAGES = pd.DataFrame(
    {
        "name": "M",
        "unit": "percent",
        "stage": ["base_camp", "summit"],
        "percent": [24.0, 100.0],
        "level": [61.0, 75.0],
        "due": pd.to_datetime(["2025-09-01", "2026-03-01"]),
    }
)
ACTIONS = pd.DataFrame(
    {
        "what": ["Do it"],
        "owner": ["Head"],
        "starts": pd.to_datetime(["2025-09-01"]),
        "due": pd.to_datetime(["2025-12-01"]),
    }
)
LINKS = pd.DataFrame({"cause": ["Training"], "gap": ["Sales"], "verdict": ["supported"]})
RANKED = pd.DataFrame({"title": ["A", "B"], "impact": [5, 5], "effort": [1, 1], "first": [True, False]})
UNITS = FRAME.assign(
    denominator=[100, 400], lower95=0.8, upper95=1.8, lower998=0.6, upper998=1.9, outlier=[False, True]
)
MADE = {
    "dot": lambda: charts.dot_chart(FRAME, "name", "value", reference=1.5, title="T", key="k"),
    "bar": lambda: charts.bar_chart(FRAME, "name", "value", title="T", key="k"),
    "dumbbell": lambda: charts.dumbbell(FRAME, "name", "value", "b", "us", "them", title="T", key="k"),
    "funnel": lambda: charts.funnel_chart(UNITS, label="name", value="value", title="T", key="k"),
    "impact": lambda: charts.impact_effort(RANKED, title="T", key="k"),
    "ascent": lambda: charts.ascent_chart(STAGES, title="T", key="k"),
    "gantt": lambda: charts.gantt(ACTIONS, title="T", key="k"),
    "causes": lambda: charts.causal_map(LINKS, title="T", key="k"),
    "multiples": lambda: charts.small_multiples(
        points(24).assign(site="A"), FCR, by="site", title="T", key="k"
    ),
}


@pytest.mark.parametrize("name", MADE)
def test_every_chart_passes_the_gate(name: str) -> None:
    html = MADE[name]().html()
    assert html.startswith('<figure class="rk-chart" id="c-k"><figcaption><p class="rk-title">T</p>')
    assert re.search(r'role="img" aria-label="[A-Za-z0-9][^"]{20,}"', html) and "<details" in html


@pytest.mark.parametrize("name", sorted(MADE.keys() - {"causes"}))
def test_a_phone_shows_every_chart_whole_but_the_map_which_it_tells_in_words(name: str) -> None:
    widths = re.findall(r'viewBox="0 0 ([\d.]+) ', drawing(MADE[name]()))
    assert widths and max(map(float, widths)) <= NARROW
    assert "rk-wide" in MADE["causes"]().html()


def test_gantt_names_actions_in_full_each_with_owner_and_date() -> None:
    long = "Give the two sites that lost most back the one learning hour a week which they had before"
    html = drawing(charts.gantt(ACTIONS.assign(what=long), title="T", key="k"))
    told = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", html))
    assert long in told and "due 1 Dec 2025" in told and "…" not in told


def test_matrix_says_absent_in_its_own_word() -> None:
    frame = pd.DataFrame({"code": ["a", "b"], "site": ["N", "S"], "n": [1, 4]})
    html = charts.matrix(frame, "code", "site", "n", caption="C", absent="not asked").html()
    assert (
        html.count("not asked") == 2 and 'class="rk-shade-4">4<' in html and 'class="rk-shade-1">1<' in html
    )


def test_causal_map_speaks_of_association_only() -> None:
    edges = pd.DataFrame({"cause": ["Training"], "gap": ["Handle time"], "verdict": ["supported"]})
    told = charts.causal_map(edges, title="Training goes with handle time", key="m").html()
    assert "Training goes with Handle time" in told
    assert "leads to" not in told


def test_links_of_a_map_are_told_in_words_the_supported_first() -> None:
    edges = pd.DataFrame(
        {
            "cause": ["Systems", "Training"],
            "gap": "Handle <time>",
            "verdict": ["inconclusive", "supported"],
            "evidence": ["", "p = 0.03"],
        }
    )
    html = MapLinks(edges).html()
    assert html.index("Training and Handle &lt;time&gt;") < html.index("Systems and")
    assert "supported: p = 0.03" in html
