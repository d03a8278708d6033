"""Which ranks hold when the weights change."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.voices.patterns.ranks import rank_range

PART = st.floats(0.05, 1.0)


def ranked(rows: list[tuple[float, float, float]]) -> pd.DataFrame:
    parts = pd.DataFrame(rows, columns=["reach", "intensity", "relevance"])
    return rank_range([parts], list(parts.columns))


def test_what_leads_in_every_part_leads_whatever_the_weights() -> None:
    table = ranked([(0.2, 0.3, 0.5), (0.9, 0.9, 1.0)])
    assert table.iloc[1].tolist() == [1, 1, True]


def test_what_leads_in_one_part_alone_depends_on_its_weight() -> None:
    table = ranked([(0.9, 0.2, 1.0), (0.5, 0.4, 1.0), (0.45, 0.42, 1.0), (0.4, 0.48, 1.0)])
    assert (table["rank_best"].iloc[0], bool(table["firm"].iloc[0])) == (1, False)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(PART, PART, PART), min_size=1, max_size=8))
def test_ranks_lie_between_one_and_the_number_of_issues(rows: list[tuple[float, float, float]]) -> None:
    table = ranked(rows)
    assert table["rank_best"].between(1, len(rows)).all() and table["rank_worst"].between(1, len(rows)).all()
    assert (table["rank_best"] <= table["rank_worst"]).all()
