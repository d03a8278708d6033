"""The tests behind causes: against published packages, on pure noise, and on planted links."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reviewkit.findings.causes.graded import graded_association
from reviewkit.findings.causes.panel import effective_size, evened, linked, two_way


def autoregressive(rng: np.random.Generator, rho: float, sites: int, months: int = 24) -> np.ndarray:
    """Months by sites: neighbours alike by ``rho``, and a season that every site has in its own measure."""
    noise = rng.normal(size=(months + 20, sites))
    for t in range(1, len(noise)):
        noise[t] = rho * noise[t - 1] + np.sqrt(1 - rho**2) * noise[t]
    season = np.sin(2 * np.pi * np.arange(months) / 12)[:, None]
    return np.asarray(noise[20:] + season * rng.uniform(0.5, 1.5, size=sites))


@pytest.mark.parametrize(("rho", "sites"), [(0.0, 5), (0.3, 5), (0.3, 12)])
def test_linked_false_alarms_on_noise_with_season_stay_at_their_rate(rho: float, sites: int) -> None:
    rng = np.random.default_rng(20)
    pairs = ((autoregressive(rng, rho, sites), autoregressive(rng, rho, sites)) for _ in range(400))
    found = [linked(evened(y), evened(x)) for y, x in pairs]
    # What people act on: a link in the expected direction, of a size worth acting on.
    assert np.mean([link.p_value < 0.05 and link.effect >= 0.2 for link in found]) <= 0.05
    # Both directions: three standard errors of a share of 400 above 5 %.
    assert np.mean([link.p_value < 0.05 for link in found]) <= 0.083


@pytest.mark.parametrize(
    ("sites", "measure", "cause", "least"), [(1, 3.5, 3.0, 0.45), (2, 2.0, 4.0, 0.45)], ids=["one", "two"]
)
def test_linked_power_at_shifts_of_the_size_planted(
    sites: int, measure: float, cause: float, least: float
) -> None:
    """At the strictest step of Holm's method over three tests."""
    rng, p = np.random.default_rng(21), []
    for _ in range(150):
        y, x = autoregressive(rng, 0.2, 5), autoregressive(rng, 0.2, 5)
        y[14:, :sites] += measure
        x[14:, :sites] += cause
        p.append(linked(evened(y), evened(x)).p_value)
    assert np.mean(np.array(p) < 0.05 / 3) >= least


def test_evened_one_month_far_out_makes_no_link() -> None:
    rng = np.random.default_rng(6)
    y, x = rng.normal(size=(24, 5)), rng.normal(size=(24, 5))
    y[7, 2] += 40
    x[7, 2] += 40
    assert linked(evened(y), evened(x)).p_value > 0.01
    assert linked(two_way(y), two_way(x)).p_value < 1e-6


def test_two_way_leaves_the_residuals_of_statsmodels_with_cells_missing() -> None:
    from statsmodels.formula.api import ols

    values = np.random.default_rng(8).normal(size=(18, 4))
    values[[2, 5, 9], [0, 3, 1]] = np.nan
    month, site = np.indices(values.shape)
    long = pd.DataFrame({"value": values.ravel(), "month": month.ravel(), "site": site.ravel()}).dropna()
    theirs = ols("value ~ C(site) + C(month)", long).fit().resid
    np.testing.assert_allclose(two_way(values).ravel()[long.index], theirs, atol=1e-8)


def test_effective_size_is_bartletts_for_processes_of_known_memory() -> None:
    """For two AR(1) processes the variance of a correlation grows by (1 + ab) / (1 - ab)."""
    rng = np.random.default_rng(9)
    pairs = [(autoregressive(rng, 0.6, 6, 120), autoregressive(rng, 0.6, 6, 120)) for _ in range(40)]
    # The season is each site's own here: it is memory too, so it is taken away.
    season = np.sin(2 * np.pi * np.arange(120) / 12)
    fit = np.outer(season, season) / (season @ season)
    sizes = [effective_size(two_way(y - fit @ y), two_way(x - fit @ x)) for y, x in pairs]
    assert np.mean(sizes) == pytest.approx(119 * 5 * (1 - 0.36) / (1 + 0.36), rel=0.12)


def test_linked_is_scipys_correlation_with_the_pairs_it_is_worth() -> None:
    from scipy.stats import pearsonr

    noise = np.random.default_rng(3).normal(size=(2, 40, 4))
    y, x = two_way(noise[0]), two_way(noise[1] + 0.3 * noise[0])
    found, theirs = linked(y, x), pearsonr(y.ravel(), x.ravel())
    assert found.effect == pytest.approx(theirs.statistic)
    # What period, site and season took costs pairs: the p-value is the larger one.
    assert theirs.pvalue < found.p_value < 0.05


def test_graded_association_of_two_grades_is_mantel_and_haenszel_as_statsmodels_has_it() -> None:
    from statsmodels.stats.contingency_tables import StratifiedTable

    tables = [np.array([[12, 30], [5, 40]]), np.array([[20, 25], [14, 33]]), np.array([[7, 19], [4, 21]])]
    sums = []
    for (a, b), (c, d) in tables:
        high, low = a + b, c + d
        sums.append({"n": high + low, "q": high, "qq": high, "c": a + c, "qc": a})
    theirs = StratifiedTable(tables).test_null_odds(correction=False)
    assert graded_association(pd.DataFrame(sums), 1.0).p_value == pytest.approx(theirs.pvalue)
