"""Funnels agree with FunnelPlotR; shrinking keeps its promises."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.model import InputError
from reviewkit.performance import funnel, shrink

CASES = {"ae_type1_2018_19_within4h_PR": "proportion", "testthat_six_SR_SHMI": "ratio"}
LIMITS = {"lower95": "LCL95", "upper95": "UCL95", "lower998": "LCL99", "upper998": "UCL99"}
WIDE = {"lower95": "OD95LCL", "upper95": "OD95UCL", "lower998": "OD99LCL", "upper998": "OD99UCL"}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("wide", [True, False])
def test_funnel_limits(reference: Path, case: str, wide: bool) -> None:
    expected = pd.read_csv(reference / "funnel" / "funnel_expected.csv").query("case == @case")
    found = funnel(expected, numerator="numerator", denominator="denominator", by="group", kind=CASES[case],
                   overdispersion=wide)  # fmt: skip
    np.testing.assert_allclose(found["rate"], expected["rr"], rtol=1e-9)
    np.testing.assert_allclose(found["z"], expected["Uzscore"], rtol=1e-9, atol=1e-9)
    for ours, theirs in (WIDE if wide else LIMITS).items():
        np.testing.assert_allclose(found[ours], expected[theirs], rtol=1e-9)


@pytest.mark.parametrize("case", CASES)
def test_funnel_over_dispersion(reference: Path, case: str) -> None:
    rows = pd.read_csv(reference / "funnel" / "funnel_expected.csv").query("case == @case")
    expected = pd.read_csv(reference / "funnel" / "funnel_expected_phi_tau2.csv").set_index("case").loc[case]
    found = funnel(rows, numerator="numerator", denominator="denominator", by="group", kind=CASES[case])
    assert found["phi"].iloc[0] == pytest.approx(expected["phi"], rel=1e-9)
    assert found["tau2"].iloc[0] == pytest.approx(expected["tau2"], rel=1e-9)
    assert found["outlier"].sum() == expected["outliers"]


def test_funnel_refuses_more_than_all() -> None:
    frame = pd.DataFrame({"site": ["A"], "x": [11], "n": [10]})
    with pytest.raises(InputError, match="exceeds"):
        funnel(frame, numerator="x", denominator="n", by="site")


def test_funnel_site_without_cases_has_no_limits() -> None:
    frame = pd.DataFrame({"site": ["A", "B", "C"], "x": [5, 0, 6], "n": [10, 0, 10]})
    found = funnel(frame, numerator="x", denominator="n", by="site")
    assert found["lower95"].isna().tolist() == [False, True, False]
    assert not found["outlier"].any()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=12))
def test_shrink_lies_between_own_rate_and_prior(pairs: list[tuple[int, int]]) -> None:
    frame = pd.DataFrame({"won": [won for won, _ in pairs], "tried": [won + lost for won, lost in pairs]})
    found = shrink(frame, successes="won", trials="tried")
    assert ((found["lower"] <= found["shrunk"]) & (found["shrunk"] <= found["upper"])).all()
    assert ((found["rank_lower"] <= found["rank_upper"]) & found["rank"].between(1, len(frame))).all()
    assert found["shrunk"].between(0, 1).all()


def test_shrink_draws_small_numbers_in_more() -> None:
    frame = pd.DataFrame({"won": [9, 900, 300, 500], "tried": [10, 1000, 500, 1000]})
    found = shrink(frame, successes="won", trials="tried")
    assert found["shrunk"][0] < found["shrunk"][1]
