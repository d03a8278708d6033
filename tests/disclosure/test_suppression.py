"""No suppressed cell can be worked out from what is shown."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.disclosure import suppress


def shown(counts: tuple[int, ...], minimum: int) -> tuple[int | None, ...]:
    table = suppress(pd.DataFrame({"n": counts}), "n", minimum=minimum)
    return tuple(None if pd.isna(n) else int(n) for n in table["n"])


def test_suppress_leaves_out_small_cells_and_the_next_smallest() -> None:
    assert shown((3, 9, 30), 5) == (None, None, 30)


def test_suppress_adds_a_third_cell_where_two_together_stay_small() -> None:
    assert shown((1, 1, 20, 40), 5) == (None, None, None, 40)


def test_suppress_shows_a_table_without_small_cells() -> None:
    assert shown((5, 9, 30), 5) == (5, 9, 30)


def test_suppress_takes_the_values_with_the_count() -> None:
    table = suppress(pd.DataFrame({"n": [2, 6, 50], "mean": [1.0, 2.0, 3.0]}), "n", values=("mean",))
    assert table["mean"].isna().tolist() == [True, True, False]


def test_suppress_treats_each_table_by_itself() -> None:
    frame = pd.DataFrame({"site": list("aabb"), "n": [2, 30, 20, 30]})
    assert suppress(frame, "n", by="site")["suppressed"].tolist() == [True, True, False, False]


def test_suppress_leaves_its_input_alone() -> None:
    frame = pd.DataFrame({"n": [2, 30]})
    suppress(frame, "n")
    assert frame.columns.tolist() == ["n"] and frame["n"].tolist() == [2, 30]


@given(st.lists(st.integers(0, 40), min_size=2, max_size=8), st.integers(2, 10))
def test_suppress_hides_none_or_at_least_two_that_reach_the_minimum(counts: list[int], minimum: int) -> None:
    table = suppress(pd.DataFrame({"n": counts}), "n", minimum=minimum)
    hidden = np.array(counts)[table["suppressed"]]
    assert table["n"].dropna().ge(minimum).all()
    assert len(hidden) != 1 and (len(hidden) in (0, len(counts)) or hidden.sum() >= minimum)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=4), st.integers(2, 5))
def test_suppress_hides_no_cell_that_subtraction_gives_away(counts: list[int], minimum: int) -> None:
    """With the total known, every hidden cell could hold at least two numbers."""
    hidden = [n for n, cell in zip(counts, shown(tuple(counts), minimum), strict=True) if cell is None]
    rest = sum(hidden)
    fits = [cells for cells in product(range(rest + 1), repeat=len(hidden)) if sum(cells) == rest]
    fits = [cells for cells in fits if min(cells, default=0) < minimum]
    known = [place for place in range(len(hidden)) if len({cells[place] for cells in fits}) < 2]
    assert not known or sum(counts) < minimum
