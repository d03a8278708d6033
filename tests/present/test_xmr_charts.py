"""Process behaviour charts: what is drawn, where words stand, and what is said of them."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from reviewkit.present import charts
from reviewkit.present.chart import Chart
from reviewkit.present.palette import COMMON, MARKERS, TONES
from reviewkit.present.spread_charts import spread_chart
from reviewkit.publish.sanitise import sanitise

from .series import FCR, WAIT, changing, measure, points, run_chart, seasonal, texts

MONTHLY = charts.Display(measure(decimals=1))
NOTES = pd.DataFrame(
    {
        "at": pd.to_datetime(["2023-12-20", "2023-03-01", "2023-03-08", "1999-01-01"]),
        "text": ["New telephones", "New system <b>", "Strike over $5 and $9.", "Long ago"],
    }
)


def funnel_frame(n: int = 40) -> pd.DataFrame:
    size = np.linspace(60, 3000, n)
    error = 46 / np.sqrt(size)
    frame = pd.DataFrame({"site": [f"Site {i} of $x$" for i in range(n)], "denominator": size})
    frame["rate"] = 70 + error * np.sin(np.arange(n))
    frame.loc[[1, 2, n - 2, n - 1], "rate"] = [40.0, 41.0, 80.0, 60.0]
    for name, wide in (("95", 1.96), ("998", 3.09)):
        frame[f"lower{name}"], frame[f"upper{name}"] = 70 - wide * error, 70 + wide * error
    return frame.assign(outlier=(frame["rate"] < frame["lower998"]) | (frame["rate"] > frame["upper998"]))


def interval_frame(n: int) -> pd.DataFrame:
    frame = funnel_frame(n).rename(columns={"lower95": "lower", "upper95": "upper"})
    return frame.assign(tone=["better", "worse", ""] * (n // 3) + [""] * (n % 3))


def long_points(n: int) -> pd.DataFrame:
    shapes = ["improvement", "concern", "common_cause", "neutral_high"]
    signals = [shapes[step // 3 % 4] for step in range(n)]
    return points(n).assign(signal=signals, phase=np.arange(n) // 40, target=71 + np.arange(n) // 30)


def units(n: int) -> pd.DataFrame:
    names = [name for name in ("North", "South", "East") for _ in range(n)]
    return pd.DataFrame({"site": names, "value": 60 + 5 * np.sin(np.arange(3 * n) * 1.7)})


KINDS = {
    "xmr": lambda n: charts.xmr_chart(long_points(n), FCR, title="T", annotations=NOTES, key="k"),
    "phases": lambda n: charts.xmr_chart(changing(n), MONTHLY, title="T", annotations=NOTES, key="k"),
    "run": lambda n: charts.xmr_chart(run_chart(11), MONTHLY, title="T", key="k"),
    "seasonal": lambda n: charts.xmr_chart(seasonal(n), MONTHLY, title="T", key="k"),
    "multiples": lambda n: charts.small_multiples(
        pd.concat([long_points(n).assign(site=name) for name in "AB"]), FCR, by="site", title="T", key="k"
    ),
    "spread": lambda n: spread_chart(units(n), "site", MONTHLY, title="T", key="k"),
    "funnel": lambda n: charts.funnel_chart(funnel_frame(n), display=MONTHLY, title="T", key="k"),
    "dots": lambda n: charts.dot_chart(
        interval_frame(min(n, 40)),
        "site",
        "rate",
        reference=70.0,
        tone="tone",
        display=MONTHLY,
        title="T",
        key="k",
    ),
    "money": lambda n: charts.xmr_chart(
        points(n).assign(
            value=lambda frame: frame["value"] * 9000, mean=6.3e5, lower=6e5, upper=6.6e5, target=6.4e5
        ),
        charts.Display(measure(unit="money", decimals=0), currency="EUR"),
        title="T",
        key="k",
    ),
}


def drawings(chart: Chart) -> list[str]:
    return re.findall(r'<svg class="rk-svg".*?</svg>', chart.html(), flags=re.S)


def words(chart: Chart) -> list[str]:
    return [text for drawn in drawings(chart) for text in re.findall(r"<text[^>]*>([^<]+)</text>", drawn)]


@pytest.mark.parametrize("n", [36, 156])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_chart_is_under_40_kilobytes(kind: str, n: int) -> None:
    sizes = [len(drawn.encode()) for drawn in drawings(KINDS[kind](n))]
    assert sizes and sum(sizes) < 40_000


@pytest.mark.parametrize("n", [36, 156])
@pytest.mark.parametrize("kind", KINDS)
def test_words_in_a_chart_neither_overlap_nor_are_cut(kind: str, n: int) -> None:
    chart = KINDS[kind](n)
    for figure in [panel for panel, _ in chart.panels] or [chart.figure]:
        width, height = figure.get_size_inches() * 72
        found = texts(figure)
        assert len(found) > 4
        for kind_of, text, (left, low, right, high) in found:
            assert left >= -1 and right <= width + 1, (kind_of, text)
            assert low >= -1 and high <= height + 1, (kind_of, text)
        for (_, one, a), (_, other, b) in combinations(found, 2):
            wide, tall = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            # Boxes of letters have room above and below: a pixel or two of it may be shared.
            assert wide <= 1 or tall <= 3, (one, other)


@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_passes_the_sanitiser_unchanged_in_what_is_seen(kind: str) -> None:
    html = KINDS[kind](36).html()
    clean = sanitise(html)
    for tag in ("<path", "<text", "<use", "<svg", "<li"):
        assert clean.count(tag) == html.count(tag)
    assert set(re.findall(r'class="([^"]+)"', html)) == set(re.findall(r'class="([^"]+)"', clean))


def test_meanings_differ_in_shape_not_in_colour_alone() -> None:
    looks = ("improvement", "concern", "common_cause", "neutral")
    assert len({MARKERS[tone] for tone in looks}) == 4
    drawn = {}
    for signal in ("improvement", "concern", "common_cause", "neutral_high"):
        html = charts.xmr_chart(points(12).assign(signal=signal), FCR, title="t", key="k").html()
        drawn[signal] = tuple(re.findall(r'<path id="[^"]+" d="([^"]+)"', html))
    assert len(set(drawn.values())) == 4 and set(drawn) <= set(TONES)


def test_shapes_that_occur_are_told_below_the_chart_and_no_others() -> None:
    chart = charts.xmr_chart(points(), FCR, title="t", key="k")
    assert chart.keys == {"concern": "worsening (lower)", "common_cause": "no significant change"}
    calm = charts.xmr_chart(points().assign(signal="common_cause"), FCR, title="t", key="k")
    assert not calm.keys and "rk-keys" not in calm.html()


def test_description_holds_the_figures_of_the_chart() -> None:
    drawn = changing()
    chart = charts.xmr_chart(drawn, MONTHLY, title="It fell", annotations=NOTES, key="k")
    known = drawn.dropna(subset=["value"])
    last = known.iloc[-1]
    assert chart.alt.startswith("Process behaviour chart of Resolved first time, by month. It fell.")
    for told in (
        f"{len(known)} points from January 2022, {known['value'].iloc[0]:.1f}%, "
        f"to December 2024, {last['value']:.1f}%.",
        f"Mean now {last['mean']:.1f}%, limits {last['lower']:.1f}% to {last['upper']:.1f}%.",
        "Target 78.0% since January 2024, 75.0% before: ",
        "improving (higher), November 2022, a point outside the limits",
        "No figure for June 2023, July 2023 and August 2024.",
        "Marked: 1: 1 Mar 2023, New system <b>; 2: 8 Mar 2023, Strike over $5 and $9; "
        "3: 20 Dec 2023, limits start anew: New telephones.",
    ):
        assert told in chart.alt
    assert f'aria-label="{chart.alt[:60]}' in chart.html()


def test_run_chart_says_median_and_why_there_are_no_limits() -> None:
    chart = charts.xmr_chart(run_chart(), MONTHLY, title="It rises", subtitle="Site A.", key="k")
    assert chart.alt.startswith("Run chart of Resolved first time")
    assert "median 64.0%" in words(chart) and not any(
        "limit" in text or "mean" in text for text in words(chart)
    )
    assert chart.subtitle == "Site A. A run chart, too few points for limits: the line is the median."
    assert "a longer run on one side of the median" in chart.alt and "Median" in chart.data


def test_a_phase_that_is_a_run_chart_says_since_when() -> None:
    frame = changing().assign(chart="xmr")
    now = frame["phase"] == 1
    frame.loc[now, ["lower", "upper"]] = np.nan
    chart = charts.xmr_chart(frame.assign(chart=np.where(now, "run", "xmr")), MONTHLY, title="t", key="k")
    assert "A run chart since January 2024" in chart.subtitle


def test_limits_that_follow_the_season_are_told_and_drawn_point_by_point() -> None:
    chart = charts.xmr_chart(seasonal(), MONTHLY, title="t", key="k")
    assert "Mean and limits follow the time of year." in chart.subtitle
    heights = [len(set(np.round(line.get_ydata(), 6))) for line in chart.figure.axes[0].lines]
    assert max(heights) > 6


def test_targets_are_steps_each_with_its_value() -> None:
    chart = charts.xmr_chart(changing(), MONTHLY, title="t", key="k")
    assert [text for text in words(chart) if text.startswith("target")] == [
        "target 78.0%",
        "target 70.0%",
        "target 75.0%",
    ]


def test_a_target_that_ended_is_labelled_where_it_stood() -> None:
    ended = points(30).assign(target=[72.0] * 15 + [np.nan] * 15)
    assert words(charts.xmr_chart(ended, FCR, title="t", key="k")).count("target 72.0%") == 1


def test_a_phase_begins_with_a_marked_line_and_its_reason() -> None:
    frame = changing()
    frame["rebased"] = ""
    frame.loc[frame["phase"].diff() == 1, "rebased"] = "a new contract"
    chart = charts.xmr_chart(frame, MONTHLY, title="t", key="k")
    assert chart.notes == ("Jan 2024, limits start anew: a new contract",) and "1▾" in words(chart)
    bare = charts.xmr_chart(changing(), MONTHLY, title="t", key="k")
    assert bare.notes == ("Jan 2024, limits start anew",)


def test_local_knowledge_is_numbered_in_order_of_time_and_told_below() -> None:
    html = charts.xmr_chart(points(), FCR, title="t", annotations=NOTES, key="k").html()
    assert "<li>1 Mar 2023, New system &lt;b&gt;</li><li>8 Mar 2023, Strike over $5 and $9</li>" in html
    assert "Long ago" not in html


def test_line_breaks_where_a_period_is_missing_and_the_gap_is_marked() -> None:
    whole, holed = points(40), points(40).drop(index=[20, 21])
    breaks = []
    for frame in (whole, holed):
        lines = charts.xmr_chart(frame, FCR, title="t", key="k").figure.axes[0].lines
        (course,) = [line for line in lines if line.get_color() == COMMON and line.get_linestyle() == "-"]
        breaks.append(int(np.isnan(course.get_ydata().astype(float)).sum()))
    assert breaks == [0, 2]
    chart = charts.xmr_chart(holed, FCR, title="t", key="k")
    assert "No figure for 23 May 2022 and 30 May 2022." in chart.subtitle and chart.keys["gap"] == "no figure"


@pytest.mark.parametrize("empty", ["value", "limits", "all"])
def test_chart_of_half_the_columns_is_still_drawn(empty: str) -> None:
    frame = points(5)
    if empty == "value":
        frame["value"] = np.nan
    elif empty == "limits":
        frame = frame.assign(mean=np.nan, lower=np.nan, upper=np.nan, target=np.nan)
    else:
        frame = frame[["period", "value", "mean", "lower", "upper", "signal"]]
    chart = charts.xmr_chart(frame, FCR, title="t", key="k")
    assert drawings(chart) and ("no values" in chart.alt) == (empty == "value")


def test_signs_of_money_and_markup_in_names_do_no_harm() -> None:
    chart = charts.xmr_chart(changing(), WAIT, title="$a_b^c$ & <i>", annotations=NOTES, key="$k$")
    assert "Waits of $5 to $9" in chart.alt and 'id="c-k"' in chart.html() and "<i>" not in chart.html()


def test_chart_over_time_opens_at_its_latest_point() -> None:
    assert 'class="rk-canvas rk-latest"' in charts.xmr_chart(points(), FCR, title="t", key="k").html()


def test_figures_behind_the_chart_have_the_measures_decimals() -> None:
    short = charts.xmr_chart(points(8), WAIT, title="t", key="k").html()
    assert '<td class="rk-number">67 s</td>' in short and not re.search(r"<td[^>]*>6\d\.\d", short)


def test_limits_that_hold_in_every_row_of_a_long_table_are_told_once() -> None:
    html = charts.xmr_chart(points(20), WAIT, title="t", key="k").html()
    assert "In every row: mean 70 s, lower limit 67 s, upper limit 73 s, target 72 s." in html
    assert "Lower limit</th>" not in html and ">Value</th>" in html


def test_small_charts_stand_beside_one_another_each_with_its_description() -> None:
    frame = pd.concat([points(30).assign(site=name) for name in ("North", "South")])
    frame = frame[~((frame["site"] == "North") & (frame["period"] == frame["period"].iloc[5]))]
    chart = charts.small_multiples(frame, FCR, by="site", title="T", key="k")
    assert len(drawings(chart)) == 2 and "rk-panels" in chart.html()
    assert chart.subtitle == "North: no figure for 7 February 2022."
    ids = [set(re.findall(r'\bid="([^"]+)"', drawn)) for drawn in drawings(chart)]
    assert ids[0] and not ids[0] & ids[1]
    scales = {(panel.axes[0].get_ylim(), panel.axes[0].get_xlim()) for panel, _ in chart.panels}
    assert len(scales) == 1


def test_spread_chart_orders_units_and_tells_their_medians() -> None:
    frame = pd.DataFrame({"site": list("AAABBBC"), "value": [1, 2, 9, 4, 5, 6, np.nan]})
    chart = spread_chart(frame, "site", MONTHLY, title="t", key="k")
    assert chart.data["Site"].tolist() == ["B", "A"] and chart.data["Median"].tolist() == [5.0, 2.0]
    assert "B: 3 figures, median 5.0%, middle half 4.5% to 5.5%." in chart.alt
    assert chart.html() == spread_chart(frame, "site", MONTHLY, title="t", key="k").html()


def test_dots_say_what_their_shapes_mean_only_where_rows_are_told_apart() -> None:
    told = {"improvement": "better", "concern": "worse", "neutral": "no difference shown"}
    assert KINDS["dots"](9).keys == told
    plain = charts.dot_chart(interval_frame(9), "site", "rate", title="T", key="k")
    same = charts.dot_chart(
        interval_frame(9).assign(tone=""), "site", "rate", tone="tone", title="T", key="k"
    )
    assert not plain.keys and not same.keys


def test_dots_and_funnels_are_written_in_the_currency_of_the_engagement() -> None:
    euros = charts.Display(measure(unit="money", decimals=0), currency="EUR")
    frame = funnel_frame(5).assign(lower=1.0, upper=2.0)
    for chart in (
        charts.dot_chart(frame, "site", "rate", display=euros, title="T", key="k"),
        charts.funnel_chart(frame, display=euros, title="T", key="k"),
    ):
        assert "€" in chart.html() and "£" not in chart.html()


def test_charts_alone_do_not_load_seaborn() -> None:
    import subprocess
    import sys

    code = "import sys, reviewkit.present.charts; print('seaborn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
