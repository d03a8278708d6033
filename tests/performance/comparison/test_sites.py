"""Which sites are left out of a comparison, and why: counted, named, never dropped without a word."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reviewkit.model import Engagement
from reviewkit.performance import funnel, site_comparison

MONTHS = pd.date_range("2024-04-01", periods=12, freq="MS")


@pytest.fixture
def engagement(root: Path) -> Engagement:
    from reviewkit.steps.workbench import open_review

    return open_review(root / "params" / "contact_centre.yaml").engagement


def panel(engagement: Engagement, sites: int, measure: str = "") -> pd.DataFrame:
    """One measure in percent at so many sites, twelve months each."""
    name = measure or next(m.id for m in engagement.measures if m.unit == "percent" and m.denominator)
    numbers = np.random.default_rng(4)
    frame = pd.DataFrame(
        [(name, f"S{n:02d}", "", month) for n in range(sites) for month in MONTHS],
        columns=["measure", "site", "contract", "period"],
    )
    frame["denominator"] = 200.0
    frame["numerator"] = numbers.binomial(200, 0.8, len(frame)).astype("float64")
    return frame.assign(value=lambda t: 100 * t["numerator"] / t["denominator"], cadence="month")


def left(comparison: pd.DataFrame) -> set[tuple[str, str]]:
    return {(row["site"], row["why"]) for row in comparison.attrs["left_out"]}


def at(frame: pd.DataFrame, site: str) -> pd.Series:
    return frame["site"] == site


@pytest.mark.parametrize(("sites", "method"), [(12, "funnel"), (5, "shrunken")])
def test_sites_that_cannot_be_compared_are_counted_and_named(
    engagement: Engagement, sites: int, method: str
) -> None:
    frame = panel(engagement, sites + 3)
    ended = at(frame, "S00") & (frame["period"] > MONTHS[5])
    frame = frame[~ended].copy()
    frame.loc[at(frame, "S01"), ["numerator", "denominator", "value"]] = [0.0, 0.0, np.nan]
    frame.loc[at(frame, "S02") & (frame["period"] == MONTHS[3]), "numerator"] = np.inf
    found = site_comparison(frame, engagement)
    assert found["method"].unique().tolist() == [method]
    assert left(found) == {("S00", "ended"), ("S01", "empty"), ("S02", "infinite")}
    assert found["site"].nunique() == sites
    assert np.isfinite(found[["rate", "lower", "upper"]].to_numpy()).all()


def test_one_site_only_is_said(engagement: Engagement) -> None:
    found = site_comparison(panel(engagement, 1), engagement)
    assert found.empty and left(found) == {("", "one")}


def test_two_sites_of_which_one_ended_leave_nothing_to_compare(engagement: Engagement) -> None:
    frame = panel(engagement, 2)
    found = site_comparison(frame[~(at(frame, "S00") & (frame["period"] > MONTHS[2]))], engagement)
    assert found.empty and left(found) == {("S00", "ended"), ("", "one")}


def test_more_counted_than_there_is_is_compared_by_level_and_said(engagement: Engagement) -> None:
    frame = panel(engagement, 12)
    frame.loc[at(frame, "S03"), "numerator"] = 230.0 + np.arange(12)
    frame["value"] = 100 * frame["numerator"] / frame["denominator"]
    found = site_comparison(frame, engagement)
    assert found["method"].unique().tolist() == ["shrunken"]
    assert left(found) == {("S03", "exceeds")}
    assert found.loc[found["site"] == "S03", "observed"].item() > 100


def test_sums_are_not_compared_and_that_is_said(engagement: Engagement) -> None:
    total = next(m.id for m in engagement.measures if m.denominator is None and m.unit in ("count", "money"))
    found = site_comparison(panel(engagement, 4, total), engagement)
    assert found.empty and left(found) == {("", "sum")}


def test_a_site_with_one_period_cannot_be_told_from_chance(engagement: Engagement) -> None:
    mean = next(m.id for m in engagement.measures if m.unit == "seconds")
    frame = panel(engagement, 4, mean).assign(value=lambda t: 300 + t["numerator"])
    frame["numerator"] = frame["value"] * frame["denominator"]
    found = site_comparison(frame[~at(frame, "S00") | (frame["period"] == MONTHS[-1])], engagement)
    assert left(found) == {("S00", "few_periods")}
    assert set(found["site"]) == {"S01", "S02", "S03"}


def test_accident_and_emergency_limits_without_over_dispersion_flag_nearly_all(shared_data: Path) -> None:
    rows = pd.read_csv(shared_data / "ae_attendances.csv")
    rows = rows[(rows["type"].astype(str) == "1") & rows["period"].between("2018-04-01", "2019-03-31")]
    sites = rows.groupby("org_code", as_index=False)[["attendances", "breaches"]].sum()
    sites["within"] = sites["attendances"] - sites["breaches"]
    counts = {"numerator": "within", "denominator": "attendances", "by": "org_code"}
    plain, wide = (funnel(sites, **counts, overdispersion=wide) for wide in (False, True))
    assert (len(sites), int(plain["outlier"].sum()), int(wide["outlier"].sum())) == (137, 130, 0)
