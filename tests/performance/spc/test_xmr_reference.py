"""XmR charts agree with NHSRplotthedots and with Wheeler's tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from reviewkit.performance import summarise_xmr, xmr
from reviewkit.performance.spc.runs import complete, covered, run_rules, trends, two_in_three

RULES = {
    "Common Cause": "",
    "Above UCL": "outside",
    "Below LCL": "outside",
    "2 in 3 Above CL": "two_in_three",
    "2 in 3 Below CL": "two_in_three",
    "7 Points Above CL": "shift",
    "7 Points Below CL": "shift",
    "7 Point Trend (Increasing)": "trend",
    "7 Point Trend (Decreasing)": "trend",
}
ASSURANCE = {"consistent_fail": "fails", "consistent_pass": "passes", "inconsistent": "hit_or_miss"}
CASES = ["ae_type1_attendances_neutral", "ae_type1_breaches", "ae_type1_within4h_target95"]


def charted(expected: pd.DataFrame, case: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = expected[expected["case"] == case].reset_index(drop=True)
    data = rows[["facet", "x", "y", "target"]]
    return rows, xmr(data, period="x", value="y", by="facet", direction=rows["direction"].iloc[0])


@pytest.mark.parametrize("case", CASES)
def test_xmr_limits(expected_points: pd.DataFrame, case: str) -> None:
    rows, points = charted(expected_points, case)
    assert len(rows) == 2437
    for ours, theirs in (("mean", "mean"), ("lower", "lpl"), ("upper", "upl")):
        np.testing.assert_allclose(points[ours], rows[theirs], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("case", CASES)
def test_xmr_rules_and_signals(expected_points: pd.DataFrame, case: str) -> None:
    rows, points = charted(expected_points, case)
    assert points["rule"].tolist() == rows["special_cause_type"].map(RULES).tolist()
    assert points["signal"].tolist() == rows["point_type"].str.replace("special_cause_", "").tolist()


@pytest.mark.parametrize("case", CASES)
def test_summarise_xmr_verdicts(expected_points: pd.DataFrame, reference: Path, case: str) -> None:
    expected = pd.read_csv(reference / "spc" / "xmr_expected_summary.csv")
    both = summarise_xmr(charted(expected_points, case)[1]).merge(
        expected[expected["case"] == case], on="facet"
    )
    assert len(both) == 68
    assert both["n_x"].tolist() == both["n_y"].tolist()
    assert both["variation"].tolist() == both["variation_last"].str.replace("special_cause_", "").tolist()
    assert both["rule"].tolist() == both["rule_last"].map(RULES).tolist()
    assert both["assurance"].tolist() == both["assurance_type"].map(ASSURANCE).fillna("").tolist()


def test_complete_shift_vectors(vectors: dict[str, Any]) -> None:
    for side, ends in vectors["shift7_flag_end"]:
        side, groups = np.array(side, dtype=int), np.zeros(len(side), dtype=int)
        found = complete(side > 0, groups, 7) | complete(side < 0, groups, 7)
        assert found.astype(int).tolist() == ends


def test_covered_backfill_vectors(vectors: dict[str, Any]) -> None:
    for ends, expected in vectors["backfill7"]:
        assert covered(np.array(ends) != 0, 7).astype(int).tolist() == expected


def test_trends_end_vectors(vectors: dict[str, Any]) -> None:
    for values, ends in vectors["trend7_flag_end"]:
        steps = np.sign(np.diff(values, prepend=values[:1])).astype(int)
        found = trends(steps, np.zeros(len(values), dtype=int))
        assert [bool(end) <= bool(flag) for end, flag in zip(ends, found, strict=True)] == [True] * len(ends)
        assert sorted(set(found.tolist()) - {0}) == sorted(set(ends) - {0})


def test_two_in_three_vectors(vectors: dict[str, Any]) -> None:
    for near, side, window in vectors["two_in_three_window"]:
        near = np.array(near, dtype=bool)
        found = two_in_three(near, np.array(side), np.zeros(len(near), dtype=int))
        assert found.tolist() == (near & np.array(window, dtype=bool)).tolist()


def test_assurance_vectors(vectors: dict[str, Any]) -> None:
    for direction, lower, upper, target, expected in vectors["assurance"]:
        middle, width = (lower + upper) / 2, (upper - lower) / 2
        half = width / 2.66 / 2  # moving ranges of 2 x half around the middle
        values = [middle - half, middle + half] * 10
        points = xmr(pd.DataFrame({"period": range(20), "value": values}), direction=direction, target=target)
        assert summarise_xmr(points)["assurance"][0] == ASSURANCE.get(expected, "")


def test_limits_of_wheeler_without_screening(wheeler: dict[str, Any]) -> None:
    table = wheeler["verifying_software_p382"]
    frame = pd.DataFrame({"period": range(16), "value": table["values"]})
    first = xmr(frame, screen=False).iloc[0]
    assert first["mean"] == pytest.approx(table["mean"], abs=0.05)
    assert first["lower"] == pytest.approx(table["lnpl"], abs=0.05)
    assert first["upper"] == pytest.approx(table["unpl"], abs=0.05)


@pytest.mark.parametrize("place", [0, 1])
def test_limits_of_statprocon(wheeler: dict[str, Any], place: int) -> None:
    table = wheeler["unpl"][place]
    frame = pd.DataFrame({"period": range(len(table["values"])), "value": table["values"]})
    assert xmr(frame, screen=False)["upper"][0] == pytest.approx(table["unpl"], abs=0.001)


def test_limits_of_peak_flow(wheeler: dict[str, Any]) -> None:
    table = wheeler["peak_flow_p130"]
    frame = pd.DataFrame({"period": range(18), "value": table["values"]})
    first = xmr(frame, screen=False).iloc[0]
    assert first["mean"] == pytest.approx(table["mean"], abs=0.1)
    assert first["upper"] == pytest.approx(table["unpl"], abs=0.2)


def test_screening_of_snapshot(vectors: dict[str, Any]) -> None:
    # R: set.seed(123); rnorm(20), the 15th replaced by 10.
    noise = [-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621]
    noise += [-1.26506123, -0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272]
    noise += [10, 1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141]
    frame = pd.DataFrame({"period": range(20), "value": noise})
    for screen, name in ((True, "y15=10 screened"), (False, "y15=10 unscreened")):
        first = xmr(frame, screen=screen).iloc[0]
        found = [first["mean"], first["lower"], first["upper"]]
        assert found == pytest.approx(vectors["limits_snapshot"][name], abs=1e-6)


def test_limits_from_median_moving_ranges_of_wheeler(wheeler: dict[str, Any]) -> None:
    table = wheeler["median_mr_p145"]
    frame = pd.DataFrame({"period": range(len(table["values"])), "value": table["values"]})
    first = xmr(frame, average="median").iloc[0]
    found = [first["mean"], first["lower"], first["upper"]]
    assert found == pytest.approx([table["mean"], table["lnpl"], table["unpl"]], abs=0.002)


@pytest.mark.parametrize("name", ["table_9_1_rule1_external_limits", "table_9_1b"])
def test_points_beyond_limits_of_wheeler(wheeler: dict[str, Any], name: str) -> None:
    table = wheeler[name]
    values, middle = np.array(table["values"], dtype=float), (table["upper"] + table["lower"]) / 2
    width = np.full(len(values), (table["upper"] - table["lower"]) / 2)
    rule, _ = run_rules(values, np.zeros(len(values), dtype=int), np.full(len(values), middle), width)
    assert np.flatnonzero(rule == 1).tolist() == table["flag_idx"]


def test_run_of_eight_of_wheeler(wheeler: dict[str, Any]) -> None:
    table = wheeler["table_8_1_rule2_8pt_run"]
    values = np.array(table["values"])
    mean = values.mean()
    groups = np.zeros(len(values), dtype=int)
    ends = complete(values < mean, groups, 8)
    assert np.flatnonzero(covered(ends, 8)).tolist() == table["flag_idx"]
