"""Case mix: the regression agrees with statsmodels on single cases, and with simulated truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.model import InputError
from reviewkit.performance import adjust
from reviewkit.performance.comparison.case_mix_fit import Grid, mean_effects, share_effects
from reviewkit.performance.comparison.mix import usable

MIX = ["reason", "readiness"]
HARD = {"billing": 1.2, "moving": 0.4, "complaint": -0.9}


def cases(seed: int, units: int = 12, each: int = 160) -> pd.DataFrame:
    """Single cases: unit u is truly better the higher u; the best get the hardest cases."""
    numbers = np.random.default_rng(seed)
    unit = np.repeat(np.arange(units), each)
    skill = np.linspace(-0.5, 0.5, units)[unit]
    hard = numbers.random(len(unit)) < np.linspace(0.1, 0.8, units)[unit]
    reason = np.where(hard, "complaint", numbers.choice(["billing", "moving"], len(unit)))
    ready = numbers.choice(["ready", "not_ready"], len(unit))
    odds = skill + pd.Series(reason).map(HARD).to_numpy() + np.where(ready == "ready", 0.5, 0.0)
    solved = numbers.random(len(unit)) < 1 / (1 + np.exp(-odds))
    seconds = 400 - 60 * odds + numbers.normal(0, 50, len(unit))
    return pd.DataFrame({"agent": unit, "reason": reason, "readiness": ready, "solved": solved,
                         "seconds": seconds, "site": np.where(unit % 2, "North", "South")})  # fmt: skip


def cells(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.assign(square=rows["seconds"] ** 2)
    sums = {name: (name, "sum") for name in ("solved", "seconds", "square")}
    return rows.groupby(["agent", "site", *MIX], as_index=False).agg(n=("solved", "size"), **sums)


def dummies(rows: pd.DataFrame) -> pd.DataFrame:
    units = pd.get_dummies(rows["agent"], prefix="u", dtype=float)
    return units.join(pd.get_dummies(rows[MIX], drop_first=True, dtype=float))


def test_share_effects_are_those_of_statsmodels_on_single_cases() -> None:
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM

    rows = cases(1)
    theirs = GLM(rows["solved"].astype(float), dummies(rows), family=families.Binomial()).fit().params
    grid = Grid.of(cells(rows), "agent", None, MIX, ["n", "solved"])
    kinds = cells(rows)[MIX].drop_duplicates().sort_values(MIX, ignore_index=True)
    expected = pd.get_dummies(kinds, drop_first=True, dtype=float).to_numpy() @ theirs[12:].to_numpy()
    np.testing.assert_allclose(share_effects(grid), expected, atol=1e-5)


def test_mean_effects_are_those_of_statsmodels_on_single_cases() -> None:
    from statsmodels.regression.linear_model import OLS

    rows = cases(2)
    theirs = OLS(rows["seconds"], dummies(rows)).fit()
    grid = Grid.of(cells(rows), "agent", None, MIX, ["n", "seconds", "square"])
    kinds = cells(rows)[MIX].drop_duplicates().sort_values(MIX, ignore_index=True)
    expected = pd.get_dummies(kinds, drop_first=True, dtype=float).to_numpy() @ theirs.params[12:].to_numpy()
    effects, spread = mean_effects(grid)
    np.testing.assert_allclose(effects, expected, atol=1e-8)
    assert spread == pytest.approx(np.sqrt(theirs.scale), rel=1e-9)


def test_expected_of_two_units_is_the_others_own_model() -> None:
    rows = cases(3, units=2, each=500)
    found = adjust(cells(rows), unit="agent", successes="solved", trials="n", mix=MIX).set_index("agent")
    # With one other unit, what is expected of a unit is the other's fitted level on the unit's mix.
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM

    design = dummies(rows)
    model = GLM(rows["solved"].astype(float), design, family=families.Binomial()).fit()
    swapped = design[rows["agent"] == 0].assign(u_0=0.0, u_1=1.0)
    assert found.loc[0, "expected"] == pytest.approx(model.predict(swapped).sum(), rel=1e-4)


@pytest.mark.parametrize("kind", ["share", "mean"])
def test_adjust_puts_right_what_raw_ranks_mislead_about(kind: str) -> None:
    table = cells(cases(4, each=1500))
    if kind == "share":
        found = adjust(table, unit="agent", successes="solved", trials="n", mix=MIX)
        better = 1
    else:
        found = adjust(table, unit="agent", successes="seconds", trials="n", mix=MIX, squares="square")
        better = -1
    truth = pd.Series(range(12))
    raw = found["observed"] / found["n"]
    assert (better * raw).corr(truth, method="spearman") < 0
    assert (better * found["adjusted"]).corr(truth, method="spearman") > 0.9


def test_adjusting_by_cells_pooled_over_units_would_leak_their_own_effect() -> None:
    """Why effects are learnt within units: pooled cells blame hard cases on those who handle them."""
    table = cells(cases(5, each=3000))
    like = table.groupby(MIX)[["n", "solved"]].transform("sum")
    pooled = (table["solved"] - table["n"] * like["solved"] / like["n"]).groupby(table["agent"]).sum()
    pooled = pooled / table.groupby("agent")["n"].sum()
    found = adjust(table, unit="agent", successes="solved", trials="n", mix=MIX).set_index("agent")
    ours = found["adjusted"] - found["centre"]
    assert ours.iloc[-1] - ours.iloc[0] > 1.2 * (pooled.iloc[-1] - pooled.iloc[0])
    odds = np.log(found["adjusted"] / (1 - found["adjusted"]))
    assert odds.iloc[-1] - odds.iloc[0] == pytest.approx(1.0, abs=0.25)  # as simulated


def test_within_compares_only_units_of_the_same_site() -> None:
    table = cells(cases(6)).assign(site=lambda t: np.where(t["agent"] == 3, "Alone", t["site"]))
    found = adjust(table, unit="agent", successes="solved", trials="n", mix=MIX, within="site")
    alone = found[found["agent"] == 3].iloc[0]
    assert alone["n"] == 0 and alone["uncompared"] == 160 and np.isnan(alone["adjusted"])
    assert (found["n"] + found["uncompared"] == 160).all()


def test_error_is_the_spread_of_adjusted_over_repetitions() -> None:
    kept = []
    for seed in range(40):
        found = adjust(cells(cases(100 + seed)), unit="agent", successes="solved", trials="n", mix=MIX)
        kept.append(found[["adjusted", "error"]].iloc[5])
    frame = pd.DataFrame(kept)
    assert frame["error"].mean() == pytest.approx(frame["adjusted"].std(), rel=0.3)


def test_units_alike_are_told_apart_no_more_often_than_chance() -> None:
    """Nominal 95 % intervals of units that do not differ, with very different mixes, miss about 5 %."""
    missed = []
    for seed in range(25):
        numbers = np.random.default_rng(seed)
        table = cells(cases(200 + seed))
        odds = table["reason"].map(HARD) + np.where(table["readiness"] == "ready", 0.5, 0.0)
        table["solved"] = numbers.binomial(table["n"], 1 / (1 + np.exp(-odds)))
        found = adjust(table, unit="agent", successes="solved", trials="n", mix=MIX)
        missed.append(((found["adjusted"] - found["centre"]).abs() > 1.96 * found["error"]).mean())
    # Effects of the mix are themselves estimated: a little more than 5 %.
    assert 0.02 < np.mean(missed) < 0.11


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from("xyz"), st.integers(0, 9), st.integers(0, 9)),
                min_size=1, max_size=15))  # fmt: skip
def test_adjust_keeps_figures_finite_and_counts_every_case(rows: list[tuple[int, str, int, int]]) -> None:
    table = pd.DataFrame(rows, columns=["agent", "kind", "won", "lost"])
    table["n"] = table["won"] + table["lost"]
    found = adjust(table, unit="agent", successes="won", trials="n", mix=["kind"])
    assert (found["n"] + found["uncompared"]).sum() == table["n"].sum()
    known = found[found["n"] > 0]
    assert known["adjusted"].between(0, 1).all()
    assert (known["effective"] <= known["n"] + 1e-9).all() and (known["effective"] >= 0).all()
    assert (known["expected"] >= 0).all() and (known["expected"] <= known["n"] + 1e-6).all()


def test_adjust_says_what_it_adjusted_for_and_what_not() -> None:
    table = cells(cases(7)).assign(channel="phone")
    words = adjust(table, unit="agent", successes="solved", trials="n", mix=[*MIX, "channel", "contract"])
    assert words["adjusted_for"].unique().tolist() == [
        "adjusted for reason and readiness; not for channel, which is the same in all cases; "
        "not for contract, which is not on file"
    ]


def test_usable_names_kinds_that_specialists_alone_handle() -> None:
    table = pd.DataFrame(
        {"agent": ["a", "a", "b", "b", "c"], "reason": ["x", "y", "x", "y", "fraud"], "n": 5}
    )
    assert usable(table, ["reason"], unit="agent", trials="n").alone == (("reason", "fraud"),)


BAD = [
    ("solved", -1.0, "below 0"),
    ("n", np.inf, "infinite"),
    ("n", np.nan, "missing"),
    ("solved", 1e9, "exceed"),
]


@pytest.mark.parametrize(("column", "value", "said"), BAD)
def test_adjust_refuses(column: str, value: float, said: str) -> None:
    table = cells(cases(8)).astype({"n": float, "solved": float})
    table.loc[0, column] = value
    with pytest.raises(InputError, match=said):
        adjust(table, unit="agent", successes="solved", trials="n", mix=MIX)


def test_adjust_empty_frame_gives_no_rows() -> None:
    assert adjust(cells(cases(9)).iloc[:0], unit="agent", successes="solved", trials="n", mix=MIX).empty


def test_a_unit_that_solved_none_or_all_keeps_finite_error() -> None:
    table = pd.DataFrame({"agent": ["a", "b", "c"], "kind": "k", "won": [0, 40, 25], "n": 40})
    found = adjust(table, unit="agent", successes="won", trials="n", mix=["kind"])
    assert found["adjusted"].round(6).tolist()[:2] == [0, 1]
    assert np.isfinite(found["error"]).all()
