"""Odd input: refused in one line, or read for what it is; never a wrong answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from reviewkit import performance as numbers
from reviewkit.model import InputError

MONTHS = pd.date_range("2023-01-01", periods=24, freq="MS")
SERIES = pd.DataFrame({"period": MONTHS, "value": np.tile([5.0, 6.0, 4.0, 7.0], 6)})
SITES = pd.concat([SERIES.assign(site="A"), SERIES.assign(site="B", value=SERIES["value"] + 3)])
LOG = pd.DataFrame(
    {"c": [1, 1, 2, 2, 3], "what": ["in", "out", "in", "talk", "in"], "site": list("AABBB"),
     "at": pd.to_datetime(["2025-01-01", "2025-01-11", "2025-02-01", "2025-08-01", "2025-08-20"])}
)  # fmt: skip
NAMES = {"case": "c", "activity": "what", "at": "at"}
HELD = {"case": "c", "holder": "what", "at": "at"}
UNITS = pd.DataFrame({"site": list("ABC"), "won": [9, 300, 500], "tried": [10, 500, 1000]})
CELLS = pd.DataFrame(
    {"agent": list("aabb"), "kind": ["easy", "hard"] * 2, "site": "s", "won": [81, 5, 9, 45],
     "tried": [90, 10, 10, 90]}
)  # fmt: skip
TABLE = pd.DataFrame(
    [("a", True, 8, 80), ("a", False, 2, 20), ("b", True, 10, 20), ("b", False, 40, 80)],
    columns=["stratum", "exposed", "won", "size"],
)
CALLS: dict[str, Callable[[str], Any]] = {
    "xmr": lambda name: numbers.xmr(SITES.rename(columns={"site": name}), by=name),
    "summarise_xmr": lambda name: numbers.summarise_xmr(
        numbers.xmr(SITES.rename(columns={"site": name}), by=name)
    ),
    "run_chart": lambda name: numbers.run_chart(SITES.rename(columns={"site": name}), by=name),
    "seasonality": lambda name: numbers.seasonality(SITES.rename(columns={"site": name}), by=name),
    "funnel": lambda name: numbers.funnel(
        UNITS.rename(columns={"site": name}), numerator="won", denominator="tried", by=name
    ),
    "shrink": lambda name: numbers.shrink(
        UNITS.rename(columns={"won": name}), successes=name, trials="tried"
    ),
    "adjust": lambda name: numbers.adjust(
        CELLS.rename(columns={"agent": name}), unit=name, successes="won", trials="tried", mix=["kind"]
    ),
    "response_rates": lambda name: numbers.response_rates(
        CELLS.rename(columns={"agent": name}), name, asked="tried", answered="won"
    ),
    "variants": lambda name: numbers.variants(LOG.rename(columns={"site": name}), by=name, **NAMES),
    "consistency": lambda name: numbers.consistency(LOG.rename(columns={"site": name}), by=name, **NAMES),
    "conformance": lambda name: numbers.conformance(
        LOG.rename(columns={"site": name}), ["in", "out"], by=name, **NAMES
    ),
    "durations": lambda name: numbers.durations(LOG.rename(columns={"site": name}), by=name, **NAMES),
    "handovers": lambda name: numbers.handovers(LOG.rename(columns={"site": name}), by=name, **HELD),
    "rework": lambda name: numbers.rework(LOG.rename(columns={"site": name}), by=name, **NAMES),
    "flow": lambda name: numbers.flow(LOG.rename(columns={"site": name}), ["in", "out"], by=[name], **NAMES),
}
TAKEN = {
    "xmr": ("mean", "phase", "rule", "lower"), "summarise_xmr": ("n", "latest", "variation", "since"),
    "run_chart": ("n", "median", "rule"), "seasonality": ("years", "f", "swing"), "funnel": ("rate", "z"),
    "shrink": ("rate", "rank"), "adjust": ("n", "ratio", "expected"), "response_rates": ("asked", "rate"),
    "variants": ("cases", "share", "path", "first"), "consistency": ("index", "cases", "lower"),
    "conformance": ("missing", "path", "case"), "durations": ("seconds", "first", "case"),
    "handovers": ("holders", "case"), "rework": ("repeats", "events", "case"), "flow": ("period", "caseload"),
}  # fmt: skip


@pytest.mark.parametrize(("function", "name"), [(key, name) for key in TAKEN for name in TAKEN[key]])
def test_a_column_that_bears_the_name_of_one_of_the_result_is_refused(function: str, name: str) -> None:
    CALLS[function]("unit")
    with pytest.raises(InputError, match=f"column {name}: the result has a column of that name"):
        CALLS[function](name)


@pytest.mark.parametrize(
    "period",
    [
        MONTHS.to_period("M"),
        [str(at.date()) if place % 2 else str(at) for place, at in enumerate(MONTHS)],
        [at.date() for at in MONTHS],
    ],
)
def test_periods_of_any_kind_of_date_give_what_dates_give(period: Any) -> None:
    frame, asked = SERIES.assign(period=period), ["mean", "upper", "rule"]
    pd.testing.assert_frame_equal(numbers.xmr(frame)[asked], numbers.xmr(SERIES)[asked])
    pd.testing.assert_frame_equal(numbers.seasonality(frame), numbers.seasonality(SERIES))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"direction": "up"}, "'up' is no direction"),
        ({"baseline": -1}, "-1 points cannot fix limits"),
        ({"target": np.inf}, "the target is infinite"),
        ({"rebase": ["whenever"]}, "column rebase"),
        ({"rebase": ["2024-01-01T00:00Z"]}, "time zone"),
    ],
)
def test_settings_of_a_chart_that_cannot_be_are_refused(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        numbers.xmr(SERIES, **asked)


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (SERIES.assign(target="x"), "column target: a figure is no number"),
        (SERIES.assign(period=[np.inf, *range(23)]), "a period is infinite"),
        (pd.concat([SERIES, SERIES[["value"]]], axis=1), "several columns of this name"),
    ],
)
def test_columns_of_a_chart_that_cannot_be_are_refused(frame: pd.DataFrame, said: str) -> None:
    with pytest.raises(InputError, match=said):
        numbers.xmr(frame)


def test_dates_of_rebasing_may_be_one_text_or_of_several_lengths() -> None:
    one = numbers.xmr(SERIES, rebase="2023-06-01")["phase"]
    assert one.tolist() == [0] * 5 + [1] * 19
    two = numbers.xmr(SERIES, rebase=["2023-06-01", "2024-01-01 00:00"])["phase"]
    assert two.nunique() == 3


def test_numbers_as_periods_have_no_season_and_are_refused() -> None:
    with pytest.raises(InputError, match="have no month"):
        numbers.seasonality(SERIES.assign(period=range(24)))


@pytest.mark.parametrize(
    "kind",
    [
        pd.Series(["easy", None, "easy", None], dtype="category"),
        pd.Series([1.0, np.nan, 1.0, np.nan]),
        pd.Series([True, False, True, False]),
    ],
)
def test_a_mix_of_any_type_adjusts_as_texts_do(kind: pd.Series) -> None:
    asked = {"unit": "agent", "successes": "won", "trials": "tried", "mix": ["kind"], "within": "site"}
    plain = numbers.adjust(CELLS, **asked)
    found = numbers.adjust(CELLS.assign(kind=kind, site=pd.Series(["s"] * 4, dtype="category")), **asked)
    pd.testing.assert_series_equal(found["adjusted"], plain["adjusted"])


def test_units_of_texts_and_numbers_together_are_adjusted() -> None:
    found = numbers.adjust(
        CELLS.assign(agent=[1, 1, "b", "b"]), unit="agent", successes="won", trials="tried", mix=["kind"]
    )
    assert set(found["agent"]) == {1, "b"}


def test_figures_that_are_texts_are_refused() -> None:
    with pytest.raises(InputError, match="column won: a figure is no number"):
        numbers.shrink(UNITS.assign(won="x"), successes="won", trials="tried")


@pytest.mark.parametrize(
    "frame",
    [
        TABLE.assign(exposed=[np.nan, False, True, False]),
        TABLE.assign(exposed=["True", "False", "True", "False"]),
        TABLE.assign(size=np.nan),
        TABLE.assign(size=np.inf),
        TABLE.assign(won=[np.nan, 2, 10, 40]),
        TABLE.drop(columns="won"),
    ],
)
def test_a_comparison_within_strata_is_refused_where_cells_are_not_known(frame: pd.DataFrame) -> None:
    with pytest.raises(InputError):
        numbers.stratified_difference(frame)


def test_a_journey_that_asks_for_a_step_twice_is_refused() -> None:
    with pytest.raises(InputError, match="asks for 'in' twice"):
        numbers.conformance(LOG, ["in", "out", "in"], **NAMES)


def test_durations_of_dates_are_whole_days() -> None:
    found = numbers.durations(LOG.assign(at=LOG["at"].dt.date), **NAMES)
    assert found["seconds"].tolist() == [10 * 86400.0, 181 * 86400.0, 0.0]


@pytest.mark.parametrize(
    "log",
    [
        LOG.assign(at=LOG["at"].dt.date),
        LOG.assign(site=[1, 1, 2, 2, 2]),
        LOG.assign(c=[1, 1, "b", "b", "c"]),
    ],
)
def test_flow_reads_dates_and_numbered_units_and_mixed_customers(log: pd.DataFrame) -> None:
    asked = {"as_of": dt.date(2025, 8, 31), "by": ["site"], **NAMES}
    counts = ["on_flow", "off_flow", "throughput", "caseload"]
    plain = numbers.flow(LOG, ["in", "out"], **asked)
    assert numbers.flow(log, ["in", "out"], **asked)[counts].equals(plain[counts])


def test_a_customer_finishes_when_the_last_step_is_done_though_other_events_follow() -> None:
    later = pd.DataFrame({"c": [1], "what": ["talk"], "site": ["A"], "at": pd.to_datetime(["2025-04-01"])})
    log = pd.concat([LOG, later], ignore_index=True)
    found = numbers.flow(log, ["in", "out"], as_of=dt.date(2025, 8, 31), **NAMES).set_index("period")
    assert found.loc[found["throughput"] > 0].index.strftime("%Y-%m").tolist() == ["2025-01"]
    assert found.loc[found["off_flow"] > 0].index.strftime("%Y-%m").tolist()[0] == "2025-04"
    reached = numbers.conversion(log, ["out"], follow_up=30, as_of=dt.date(2025, 8, 31), **NAMES)
    assert reached["days_to"].tolist() == [10.0]


@pytest.mark.parametrize("closed", [["True", "False"], [True, None]])
def test_time_in_service_refuses_cases_not_known_to_be_closed(closed: list[Any]) -> None:
    with pytest.raises(InputError, match="column closed"):
        numbers.time_in_service(pd.DataFrame({"days": [10, 20], "closed": closed, "customers": [3, 2]}))


def points(**more: Any) -> pd.DataFrame:
    made = {
        "period": pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01"]),
        "numerator": [5.0, 6.0, 9.0],
    }
    made |= {"denominator": [10.0, 10.0, 10.0], "value": [50.0, 60.0, 90.0], "target": [80.0, 80.0, 80.0]}
    return pd.DataFrame(made | more)


def test_ramp_up_reads_a_series_in_any_order() -> None:
    asked = {"ends": dt.date(2025, 6, 30), "adds_up": False}
    rows = points(target=[80.0, 80.0, 70.0])
    assert numbers.ramp_up(rows.iloc[::-1], **asked) == numbers.ramp_up(rows, **asked)


@pytest.mark.parametrize("volumes", [[0.0] * 3, [-10.0, 10.0, 10.0], [np.inf, 10.0, 10.0]])
def test_ramp_up_refuses_volumes_that_cannot_be(volumes: list[float]) -> None:
    with pytest.raises(InputError, match="column denominator"):
        numbers.ramp_up(points(denominator=volumes), dt.date(2025, 6, 30), adds_up=False)


def test_ramp_up_takes_a_missing_volume_for_a_usual_one() -> None:
    asked = {"ends": dt.date(2025, 6, 30), "adds_up": False}
    rows = points(denominator=[np.nan, 100.0, 100.0])
    assert numbers.ramp_up(rows, **asked) == numbers.ramp_up(points(denominator=[100.0] * 3), **asked)
